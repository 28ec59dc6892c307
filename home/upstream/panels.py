"""The title of a page, which fills in no slug. It goes once Wagtail leaves the slug empty where a title has letters
that no slug takes: what it does now is meant so (wagtail #7255)."""

from wagtail.admin.panels import TitleFieldPanel

from home.languages import Words


class TitlePanel(TitleFieldPanel):
    """Wagtail's title panel without its script that fills the slug: of a mixed title it would leave a stub like `2026`.

    The page proposes its slug itself, see home.slugs.
    """

    class BoundPanel(TitleFieldPanel.BoundPanel):
        def get_attrs(self) -> dict[str, Words]:
            return {"placeholder": self.get_placeholder()}
