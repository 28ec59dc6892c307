"""What makes another release of this one."""

from django.utils.translation import gettext_lazy as _

from news.release.duplicating import may_duplicate

from .base import step

step(
    "duplicate",
    _("Duplicate"),
    "",
    may_duplicate,
    writes=("duplicate",),
    screen="newsroom_releases:duplicate",
)(None)
