"""One Atom feed for each language, with full text."""

from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from home.chrome import Chrome, chrome_of
from home.languages import current_language
from news.models import ArticlePage
from news.models.released import models_with, newest_of
from news.seo import beijing

LENGTH = 30


if TYPE_CHECKING:
    FeedOfArticles = Feed[ArticlePage, Chrome]
else:
    FeedOfArticles = Feed


class FullTextAtomFeed(Atom1Feed):
    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xml:base": self.feed["link"]}

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


class ArticleFeed(FeedOfArticles):
    feed_type = FullTextAtomFeed

    def get_object(self, request: HttpRequest) -> Chrome:
        return chrome_of(current_language())

    def title(self, chrome: Chrome) -> str:
        return _("News of %(organisation)s") % {"organisation": chrome.home.organisation if chrome.home else ""}

    def link(self, chrome: Chrome) -> str:
        return chrome.root_url + current_language().home_url

    def feed_url(self, chrome: Chrome) -> str:
        return chrome.root_url + reverse("feed")

    feed_guid = feed_url

    def language(self, chrome: Chrome) -> str:  # type: ignore[override]  # Django asks with the object, as of a title
        return current_language().tag

    def author_name(self, chrome: Chrome) -> str:
        return chrome.home.organisation if chrome.home else ""

    def items(self, chrome: Chrome) -> list[ArticlePage]:
        if chrome.home is None:
            return []
        news = [model.objects.in_language(chrome.home.locale_id).released() for model in models_with("feed")]
        return newest_of([pages.with_changes().newest_first() for pages in news], LENGTH)

    def get_feed(self, obj: Chrome, request: HttpRequest) -> SyndicationFeed:
        feed = super().get_feed(obj, request)
        feed.feed["language"] = current_language().tag
        return feed

    def item_title(self, article: ArticlePage) -> str:
        return article.title

    def item_description(self, article: ArticlePage) -> str:
        return article.summary

    def item_link(self, article: ArticlePage) -> str:
        return article.full_url

    def item_guid(self, article: ArticlePage) -> str:
        """Stays when the address changes, and differs between the languages of a release."""
        return f"urn:uuid:{uuid5(article.translation_key, article.locale.language_code)}"

    def item_pubdate(self, article: ArticlePage) -> datetime | None:
        return beijing(article.date) if article.date else None

    def item_updateddate(self, article: ArticlePage) -> datetime:
        return beijing(article.updated)

    def item_extra_kwargs(self, article: ArticlePage) -> dict[str, Any]:
        return {"full_text": render_to_string("news/feed_entry.html", {"article": article})}
