from .article import ArticlePage, ArticlePartner, ArticleTopic
from .assignment import Assignment
from .legacy import LegacyRecord
from .look import Look
from .notice import Event, Notice
from .partner import FormerName, PartnerKind, PartnerPage
from .release import Approval, Correction, Kind, Mode, Release
from .review import ReviewTask
from .sections import NewsIndexPage, PartnerIndexPage
from .topic import Topic

__all__ = [
    "Approval",
    "ArticlePage",
    "ArticlePartner",
    "ArticleTopic",
    "Assignment",
    "Correction",
    "Event",
    "FormerName",
    "Kind",
    "LegacyRecord",
    "Look",
    "Mode",
    "NewsIndexPage",
    "Notice",
    "PartnerIndexPage",
    "PartnerKind",
    "PartnerPage",
    "Release",
    "ReviewTask",
    "Topic",
]
