"""Which pages are private, without a query for each time it is asked."""

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Left, Length
from wagtail.models import PageViewRestriction

from home.mixins import BeforePage


def restricted() -> Exists:
    """An annotation: whether a page, or one above it, is private. Wagtail's `.public()` costs a query of its own."""
    return Exists(PageViewRestriction.objects.filter(page__path=Left(OuterRef("path"), Length("page__path"))))


class PublicPageMixin(BeforePage):
    """For pages that `home.routing` found: what it learned about restrictions is not asked again."""

    known_public = False

    def get_view_restrictions(self) -> QuerySet[PageViewRestriction]:
        return PageViewRestriction.objects.none() if self.known_public else super().get_view_restrictions()
