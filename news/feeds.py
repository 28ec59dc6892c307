"""One Atom feed for each language, with full text; `?topic=` narrows it as it does the list."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid5

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.utils.xmlutils import SimplerXMLGenerator

from home import clock
from home.asked import one
from home.characters import cleaned
from home.chrome import Chrome, chrome_of
from home.languages import current_language
from home.renditions import with_renditions
from news.models import ArticlePage, Topic
from news.models.released import models_with, newest_of

LENGTH = 30


@dataclass(frozen=True)
class Asked:
    chrome: Chrome
    topic: Topic | None


if TYPE_CHECKING:
    FeedOfArticles = Feed[ArticlePage, Asked]
else:
    FeedOfArticles = Feed


class FullTextAtomFeed(Atom1Feed):
    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xml:base": self.feed["link"]}

    def write(self, outfile: Any, encoding: str) -> None:
        """Django would raise an error for a single character, and nobody would get the other entries."""
        self.feed, self.items = cleaned(self.feed), cleaned(self.items)
        super().write(outfile, encoding)

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


class ArticleFeed(FeedOfArticles):
    feed_type = FullTextAtomFeed

    def get_object(self, request: HttpRequest) -> Asked:
        slug = one(request, "topic")
        topic = Topic.objects.filter(slug=slug).first() if slug else None
        if slug and topic is None:
            raise Http404
        return Asked(chrome_of(current_language()), topic)

    def title(self, asked: Asked) -> str:
        home = asked.chrome.home
        title = _("News of %(organisation)s") % {"organisation": home.organisation if home else ""}
        return f"{title} · {asked.topic.name}" if asked.topic else title

    def link(self, asked: Asked) -> str:
        return asked.chrome.root_url + current_language().home_url

    def feed_url(self, asked: Asked) -> str:
        url = asked.chrome.root_url + reverse("feed")
        return f"{url}?topic={asked.topic.slug}" if asked.topic else url

    feed_guid = feed_url

    def language(self, asked: Asked) -> str:  # type: ignore[override]  # Django asks with the object, as of a title
        return current_language().tag

    def author_name(self, asked: Asked) -> str:
        return asked.chrome.home.organisation if asked.chrome.home else ""

    def items(self, asked: Asked) -> list[ArticlePage]:
        if asked.chrome.home is None:
            return []
        news = [model.objects.in_language(asked.chrome.home.locale_id).released() for model in models_with("feed")]
        if asked.topic:
            news = [pages.on_topics(asked.topic) for pages in news]
        articles = newest_of([pages.with_changes().newest_first() for pages in news], LENGTH)
        blocks = [block for article in articles for block in article.body if block.block_type == "image"]
        with_renditions([block.value["image"] for block in blocks])
        return articles

    def get_feed(self, obj: Asked, request: HttpRequest) -> SyndicationFeed:
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
        return clock.local(article.date) if article.date else None

    def item_updateddate(self, article: ArticlePage) -> datetime:
        return clock.local(article.updated)

    def item_extra_kwargs(self, article: ArticlePage) -> dict[str, Any]:
        return {"full_text": render_to_string("news/feed_entry.html", {"article": article})}
