from .article import ArticlePage, ArticlePartner, ArticleTopic
from .legacy import LegacyRecord
from .look import Look
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
    "Correction",
    "FormerName",
    "Kind",
    "LegacyRecord",
    "Look",
    "Mode",
    "NewsIndexPage",
    "PartnerIndexPage",
    "PartnerKind",
    "PartnerPage",
    "Release",
    "ReviewTask",
    "Topic",
]
