from .article import ArticlePage, ArticlePartner, ArticleTopic
from .assignment import Assignment
from .authorship import Authorship
from .claim import Claim
from .glossary import GlossaryTerm
from .job import Job
from .last_view import LastView
from .legacy import LegacyRecord
from .link import LinkStatus
from .notice import Event, Notice
from .partner import FormerName, PartnerKind, PartnerPage
from .release import Approval, Correction, Kind, Mode, Release
from .review import ReviewTask
from .sections import NewsIndexPage, PartnerIndexPage
from .sign_off import SignOff
from .topic import Topic
from .waiver import CheckSettings, Waiver

__all__ = [
    "Approval",
    "ArticlePage",
    "ArticlePartner",
    "ArticleTopic",
    "Assignment",
    "Authorship",
    "CheckSettings",
    "Claim",
    "Correction",
    "Event",
    "FormerName",
    "GlossaryTerm",
    "Job",
    "Kind",
    "LastView",
    "LegacyRecord",
    "LinkStatus",
    "Mode",
    "NewsIndexPage",
    "Notice",
    "PartnerIndexPage",
    "PartnerKind",
    "PartnerPage",
    "Release",
    "ReviewTask",
    "SignOff",
    "Topic",
    "Waiver",
]
