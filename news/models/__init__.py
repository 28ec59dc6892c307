from .article import ArticlePage, ArticlePartner, ArticleTopic
from .assignment import Assignment
from .authorship import Authorship
from .beginning import Beginning
from .calendar_feed import CalendarFeed
from .carrier import Carrier, Reason, Trouble
from .claim import Claim
from .duty import ActingPublisher, Duty
from .file_use import FileUse
from .glossary import GlossaryTerm
from .heartbeat import Heartbeat
from .job import Job
from .last_view import LastView
from .legacy import LegacyRecord
from .link import LinkStatus
from .notice import DailyDigest, Event, Notice
from .partner import FormerName, PartnerKind, PartnerPage
from .proposal import Amendment, BringingBack
from .release import Approval, Correction, Kind, Mode, Release
from .replacement import Replacement, ReplacementUse
from .review import ReviewTask
from .review_rule import ReviewRule
from .sections import NewsIndexPage, PartnerIndexPage
from .sent_form import SentForm
from .sign_off import SignOff
from .stage_record import StageRecord
from .summary import ReleaseSummary
from .topic import Topic
from .vacated import VacatedAddress
from .waiver import CheckSettings, Waiver

__all__ = [
    "ActingPublisher",
    "Amendment",
    "Approval",
    "ArticlePage",
    "ArticlePartner",
    "ArticleTopic",
    "Assignment",
    "Authorship",
    "Beginning",
    "BringingBack",
    "CalendarFeed",
    "Carrier",
    "CheckSettings",
    "Claim",
    "Correction",
    "DailyDigest",
    "Duty",
    "Event",
    "FileUse",
    "FormerName",
    "GlossaryTerm",
    "Heartbeat",
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
    "Reason",
    "Release",
    "ReleaseSummary",
    "Replacement",
    "ReplacementUse",
    "ReviewRule",
    "ReviewTask",
    "SentForm",
    "SignOff",
    "StageRecord",
    "Topic",
    "Trouble",
    "VacatedAddress",
    "Waiver",
]
