from wagtail.snippets.views.chooser import SnippetChooserViewSet


class ChooserViewSet(SnippetChooserViewSet):
    """Wagtail's, without the address that adds what is then chosen.

    The chooser shows a form for it only where it is told of one; without one the address ends in an error page.
    """

    def get_urlpatterns(self):
        return [pattern for pattern in super().get_urlpatterns() if pattern.name != "create"]
