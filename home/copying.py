"""What the admin asks when a page that needs a release is copied."""

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class GatedCopyForm(CopyForm):
    """A copy is a draft: nothing to publish, no second address for the same text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("alias", "publish_copies"):
            self.fields.pop(name, None)
