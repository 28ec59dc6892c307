"""What the mixins for page types may take for granted."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wagtail.models import Page

    BeforePage = Page
else:
    BeforePage = object
    """The base of a mixin that comes before Page in the bases: its `super()` is a page's."""
