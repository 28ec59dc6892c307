"""One Atom feed for each language, with full text."""

from uuid import uuid5

from django.contrib.syndication.views import Feed
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from home.chrome import chrome_of
from home.languages import current_language
from news.models.released import models_with, newest_of
from news.seo import beijing

LENGTH = 30


class FullTextAtomFeed(Atom1Feed):
    def root_attributes(self):
        return {**super().root_attributes(), "xml:base": self.feed["link"]}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("content", item["full_text"], {"type": "html"})


class ArticleFeed(Feed):
    feed_type = FullTextAtomFeed

    def get_object(self, request):
        return chrome_of(current_language())

    def title(self, chrome):
        return _("News of %(organisation)s") % {"organisation": chrome.home.organisation if chrome.home else ""}

    def link(self, chrome):
        return chrome.root_url + current_language().home_url

    def feed_url(self, chrome):
        return chrome.root_url + reverse("feed")

    feed_guid = feed_url

    def language(self, chrome):
        return current_language().tag

    def author_name(self, chrome):
        return chrome.home.organisation if chrome.home else ""

    def items(self, chrome):
        if chrome.home is None:
            return []
        news = [model.objects.in_language(chrome.home.locale_id).released() for model in models_with("feed")]
        return newest_of([pages.with_changes().newest_first() for pages in news], LENGTH)

    def get_feed(self, obj, request):
        feed = super().get_feed(obj, request)
        feed.feed["language"] = current_language().tag
        return feed

    def item_title(self, article):
        return article.title

    def item_description(self, article):
        return article.summary

    def item_link(self, article):
        return article.full_url

    def item_guid(self, article):
        """Stays when the address changes, and differs between the languages of a release."""
        return f"urn:uuid:{uuid5(article.translation_key, article.locale.language_code)}"

    def item_pubdate(self, article):
        return beijing(article.date)

    def item_updateddate(self, article):
        return beijing(article.updated)

    def item_extra_kwargs(self, article):
        return {"full_text": render_to_string("news/feed_entry.html", {"article": article})}
