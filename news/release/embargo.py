"""Breaking an embargo: what was to go out later goes out now. Rule 27."""

from datetime import datetime

from django.contrib.auth.models import User

from home import clock
from news.models import Release
from news.pair.embargo import EmbargoMoved, NoEmbargoAhead, ahead
from news.pair.pair import Pair
from news.pair.rules import require_identity, require_publisher, require_reason
from news.pair.stamps import approvals, require_seen

from .holding import locked
from .pictures import draw_approved
from .publishing import going_out_now, publish


def break_embargo(
    release: Release,
    user: User,
    reason: str,
    password: str,
    until: datetime | None = None,
    seen: str | None = None,
) -> None:
    """A publisher says why, and once more who they are; all publishers are told.

    `until`: the moment that was named to them. `seen`: the stamp of what was shown, see news.pair.stamps.
    """
    require_reason(reason)
    require_publisher(user, Pair(release))  # nobody else's password is looked at
    require_identity(user, password)
    draw_approved(Pair(release))
    with locked(release) as pair:
        require_publisher(user, pair)
        at = ahead(pair.release)
        if at is None:
            raise NoEmbargoAhead
        if until is not None and until != at:
            raise EmbargoMoved(moment=clock.words(at))
        require_seen(pair, approvals, seen)
        versions = going_out_now(pair)
        publish(pair, versions, user, "break_embargo", is_lifted=True, until=at.isoformat(), reason=reason)
