"""What an office does around the moment of release: stopping it, changing it, and bringing back what was withdrawn."""

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from news.admin.forms import BringBackForm, HoldForm
from news.pair import amended, rules, stamps
from news.pair.pair import Pair
from news.pair.readiness import ready
from news.release import amending, bringing_back, stopping

from .base import Data, Offered, allowed, step


def offers_hold(pair: Pair, user: User) -> Offered:
    """Where it may go out at any moment, its form stands open: one click and a reason."""
    may_go_out = any(version.has_changes or not version.is_live for version in pair.versions.values() if version.page)
    if pair.is_held or not may_go_out or not stopping.may_hold(pair, user):
        return False
    return {"is_open": pair.release.release_at is not None or bool(ready(pair))}


@step(
    "agree_to_amendment",
    _("Agree to the amendment"),
    _("The amendment is approved; what was approved before stays so."),
    lambda pair, user: allowed(amending.require_may_agree, pair, user),
    is_main=True,
    covers=amended.amendment,
    writes=("agree_to_amendment", "sync", "return_to_drafting", "end_approval"),
)
def agree_to_amendment(pair: Pair, user: User, data: Data) -> None:
    amending.agree_to_amendment(pair.release, user, seen=data["stamp"])


@step(
    "drop_amendment",
    _("Give up the amendment"),
    _("The amendment is given up: what was approved stands as before."),
    lambda pair, user: amending.may_drop(pair, user),
    writes=("drop_amendment",),
)
def drop_amendment(pair: Pair, user: User, data: Data) -> None:
    amending.drop_amendment(pair.release, user)


step(
    "amend",
    _("Amend"),
    "",
    lambda pair, user: pair.amendment is None and amending.may_amend(pair, user),
    writes=("amend",),
    screen="newsroom_releases:amend",
)(None)


@step(
    "lift",
    _("Lift the hold"),
    _("The hold is lifted."),
    lambda pair, user: pair.is_held and rules.may_publish(user, pair),
    writes=("lift",),
)
def lift(pair: Pair, user: User, data: Data) -> None:
    stopping.lift(pair.release, user)


@step(
    "hold",
    _("Hold"),
    _("On hold."),
    offers_hold,
    form=HoldForm,
    writes=("hold",),
)
def hold(pair: Pair, user: User, data: Data) -> None:
    stopping.hold(pair.release, user, data["reason"])


@step(
    "agree_to_return",
    _("Agree to bring it back"),
    _("Public again, as it was."),
    lambda pair, user: allowed(bringing_back.require_may_agree, pair, user),
    is_main=True,
    covers=stamps.drafts,
    publishes=True,
    writes=("agree_to_return", "bring_back"),
)
def agree_to_return(pair: Pair, user: User, data: Data) -> None:
    bringing_back.agree_to_return(pair.release, user, seen=data["stamp"])


def offers_return(pair: Pair, user: User) -> Offered:
    if not pair.release.withdrawn_languages or pair.bringing_back is not None or not rules.may_publish(user, pair):
        return False
    found = bringing_back.may_come_back(pair)
    return {"initial": {"languages": [version.language.code for version in found]}} if found else False


@step(
    "propose_return",
    _("Bring back"),
    _("It comes back once somebody else agrees."),
    offers_return,
    covers=stamps.drafts,
    form=BringBackForm,
    writes=("propose_return",),
)
def propose_return(pair: Pair, user: User, data: Data) -> None:
    bringing_back.propose_return(pair.release, user, data["reason"], data["languages"], seen=data["stamp"])


@step(
    "drop_return",
    _("Do not bring it back"),
    _("It stays withdrawn."),
    bringing_back.may_drop,
    writes=("drop_return",),
)
def drop_return(pair: Pair, user: User, data: Data) -> None:
    bringing_back.drop_return(pair.release, user)
