"""Choosers of snippets. It goes once Wagtail leaves out the address that adds one where there is no form for it."""

from django.urls import URLPattern
from wagtail.snippets.views.chooser import SnippetChooserViewSet


class ChooserViewSet(SnippetChooserViewSet):
    """Wagtail's, without the address that adds what is then chosen.

    The chooser shows a form for it only where it is told of one; without one the address ends in an error page.
    """

    def get_urlpatterns(self) -> list[URLPattern]:
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
