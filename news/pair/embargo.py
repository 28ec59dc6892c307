"""Rule 27: while the moment of a release lies ahead, nothing goes public unless somebody says that it breaks it."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home import clock
from home.gate import Refused
from news.models import Release

from .pair import Pair


class EmbargoAhead(Refused):
    message = _("It goes out on %(moment)s, and not before. To release it earlier, break the embargo.")


class NowOrThen(Refused):
    message = _(
        "An embargo lies ahead, until %(moment)s. Say whether this goes out now or at that moment; if now, confirm it."
    )


class NoEmbargoAhead(Refused):
    message = _("No embargo lies ahead any more.")


class EmbargoMoved(Refused):
    message = _("Somebody has set another moment meanwhile: %(moment)s. Nothing has gone out.")


def ahead(release: Release) -> datetime | None:
    """The moment of a release, if it has not come yet."""
    at = release.release_at
    return at if at is not None and at > timezone.now() else None


def require_no_embargo(pair: Pair) -> None:
    at = ahead(pair.release)
    if at is not None:
        raise EmbargoAhead(moment=clock.words(at))
