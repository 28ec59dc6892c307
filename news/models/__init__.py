from .article import ArticlePage, ArticlePartner, ArticleTopic
from .legacy import LegacyRecord
from .partner import FormerName, PartnerKind, PartnerPage
from .sections import NewsIndexPage, PartnerIndexPage
from .topic import Topic

__all__ = [
    "ArticlePage",
    "ArticlePartner",
    "ArticleTopic",
    "FormerName",
    "LegacyRecord",
    "NewsIndexPage",
    "PartnerIndexPage",
    "PartnerKind",
    "PartnerPage",
    "Topic",
]
