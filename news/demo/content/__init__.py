"""The demo's texts, each as (English, Chinese).

The organisation and the release on the California centre keep to what the forum's old site reported. Everything else,
people and organisations included, is invented, and the about page says so.

An article's "state" says how far its release is:
- "old", or none given: both languages are public, as old news;
- "changed": both were reviewed and released here, and the original has a draft with the "new_summary" since;
- "original": the original alone is public, for good, and the other side of its pairs is empty;
- "half": the original is public, its translation is owed and the pairs with an empty side are still to do;
- "review": the original is in review; "returned": it came back for changes;
- "waiting": the original is approved, its translation awaits the final review;
- "ready": both are approved; "scheduled": and wait for their date;
- "withdrawn": both were public and were taken down.
"""

from typing import Any

from . import (
    articles_2017_2018,
    articles_2019_2020,
    articles_2021,
    articles_2022_2025,
    articles_2026_autumn,
    articles_2026_december,
    articles_2026_november,
)
from .glossary import TERMS
from .partners import PARTNERS
from .site import ABOUT, FRONT_PAGE, IDENTITY, NOTICE, PEOPLE, PICTURE_CREDIT, PICTURES, TOPICS

ARTICLES: list[dict[str, Any]] = [
    *articles_2017_2018.ARTICLES,
    *articles_2019_2020.ARTICLES,
    *articles_2021.ARTICLES,
    *articles_2022_2025.ARTICLES,
    *articles_2026_autumn.ARTICLES,
    *articles_2026_november.ARTICLES,
    *articles_2026_december.ARTICLES,
]

__all__ = [
    "ABOUT",
    "ARTICLES",
    "FRONT_PAGE",
    "IDENTITY",
    "NOTICE",
    "PARTNERS",
    "PEOPLE",
    "PICTURES",
    "PICTURE_CREDIT",
    "TERMS",
    "TOPICS",
]
