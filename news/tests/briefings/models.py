"""A page type of somebody else's app, that goes public through a release: what it takes, and nothing else."""

from django.db import models
from wagtail.models import Page, PageManager
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField, TranslatableField

from home.fields import WAGTAILS_FIELDS, BodyField
from home.gate import GatedMixin
from home.images import CustomImage
from home.slugs import SharedSlugMixin
from home.visibility import PublicPageMixin
from news.blocks import BODY_BLOCKS
from news.models import ArticlePage
from news.models.querysets import DatedQuerySet
from news.models.released import released


@released("news.NewsIndexPage", feed=True, lists=True, parallel=True)
class BriefingPage(GatedMixin, PublicPageMixin, SharedSlugMixin, Page):
    summary = models.TextField()
    date = models.DateTimeField(null=True, blank=True)
    lead_image = models.ForeignKey(CustomImage, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    body = BodyField(BODY_BLOCKS)

    objects = PageManager.from_queryset(DatedQuerySet)()

    content_panels = [*Page.content_panels, "summary", "date", "lead_image", "body"]
    override_translatable_fields = [
        *WAGTAILS_FIELDS,
        TranslatableField("summary"),
        SynchronizedField("date", overridable=False),
        SynchronizedField("lead_image"),
        TranslatableField("body"),
    ]
    search_fields = [*Page.search_fields, index.SearchField("summary"), index.SearchField("body")]
    template = "home/standard_page.html"
    parent_page_types = ["news.NewsIndexPage"]
    updated = ArticlePage.updated

    def pictures(self):
        return []
