"""The admin's search of pages: named, and counted once. It goes once Wagtail's view has a name for what it lists and
takes the sum of its facets for the count."""

from django.db.models import QuerySet
from wagtail import hooks
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import Page

from home.search.base import CountedResults

from .creating import PageCreateView


class PageSearchView(SearchView):
    """Counts by type are asked for once. What they add up to is not counted again, as Wagtail does twice."""

    verbose_name, verbose_name_plural = Page._meta.verbose_name, Page._meta.verbose_name_plural
    """Left out by Wagtail: the head of the titles said "1-20 of 26 None"."""

    def get_queryset(self) -> QuerySet[Page] | CountedResults:
        found = super().get_queryset()
        if isinstance(found, CountedResults):
            counts = dict(self.content_types)
            total, kind = sum(counts.values()), self.selected_content_type
            self.all_pages.note_count(total)
            found.note_count(counts.get(kind, 0) if kind else total)
        return found


class PagesViewSet(PageViewSet):
    add_view_class = PageCreateView
    search_view_class = PageSearchView


@hooks.register("register_admin_viewset")
def register_pages_viewset() -> PagesViewSet:
    """In the place of Wagtail's own, which is registered before."""
    return PagesViewSet()
