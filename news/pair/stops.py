"""What keeps a release from going public, whatever is approved and whoever asks: a hold, or a change that waits for a
yes. Rules 28 and 29.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from home.gate import Refused

from .office_refusals import AmendmentWaits, Held, MomentPassed

if TYPE_CHECKING:
    from .pair import Pair


def refusal_of_hold(pair: Pair) -> Held | None:
    release = pair.release
    return Held(name=release.held_by_name, reason=release.held_reason) if pair.is_held else None


def stop_of(pair: Pair) -> Refused | None:
    """The Refused that releasing anything of it would meet, or None."""
    if pair.is_held:
        return refusal_of_hold(pair)
    return AmendmentWaits(name=pair.amendment.opened_by_name) if pair.amendment is not None else None


def require_no_stop(pair: Pair) -> None:
    refusal = stop_of(pair)
    if refusal is not None:
        raise refusal


def is_stopped_at(pair: Pair, moment: datetime) -> bool:
    """Whether it is stopped now, or was when this moment came: then nothing goes out by itself afterwards."""
    resumed = pair.release.resumed_at
    return (resumed is not None and resumed > moment) or stop_of(pair) is not None


def require_not_stopped_at(pair: Pair, moment: datetime) -> None:
    """Raises Held, AmendmentWaits or MomentPassed."""
    require_no_stop(pair)
    if is_stopped_at(pair, moment):
        raise MomentPassed
