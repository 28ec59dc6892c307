"""Into the public, and out of it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home.languages import language_of
from news.admin.forms import AddressForm, CorrectForm, ScheduleForm, SingleForm, UrgentForm, WithdrawForm
from news.pair import rules, stamps
from news.pair.pair import Pair, VersionState
from news.pair.readiness import ready
from news.release import correction, freezing, publishing, review, schedule, withdrawal
from news.release.address import change_address as give_address

from .base import Data, Offered, step


def to_publishers(offers: Callable[[Pair], Offered]) -> Callable[[Pair, User], Offered]:
    """`offers` of a pair, for those who may publish both its languages."""
    return lambda pair, user: offers(pair) if rules.may_publish(user, pair) else False


@to_publishers
def offers_release(pair: Pair) -> Offered:
    versions = ready(pair)
    if len(versions) > 1:
        return {"label": _("Release both now")}
    return [{"label": _("Release %(language)s now") % {"language": version.language.label}} for version in versions]


@step(
    "release",
    gettext_lazy("Release"),
    gettext_lazy("Released."),
    offers_release,
    covers=stamps.approvals,
    is_main=True,
    publishes=True,
    writes=("release",),
)
def release(pair: Pair, user: User, data: Data) -> None:
    publishing.release_both(pair.release, user, pair, seen=data["stamp"])


@step(
    "unschedule",
    gettext_lazy("Take back the schedule"),
    gettext_lazy("The schedule is taken back."),
    to_publishers(lambda pair: pair.release.release_at is not None),
    writes=("unschedule",),
)
def unschedule(pair: Pair, user: User, data: Data) -> None:
    schedule.unschedule(pair.release, user)


@to_publishers
def offers_schedule(pair: Pair) -> Offered:
    versions = [version for version in pair.versions.values() if version.page is not None]
    if not ready(pair) and all(version.state == VersionState.LIVE for version in versions):
        return False
    if pair.release.release_at:
        return {"label": _("Set another moment"), "initial": {"at": pair.release.release_at}}
    tomorrow = timezone.localtime(timezone=timezone.get_default_timezone()) + timedelta(days=1)
    return {"initial": {"at": tomorrow.replace(hour=9, minute=0, second=0, microsecond=0)}}


@step(
    "schedule",
    gettext_lazy("Schedule"),
    gettext_lazy("Scheduled."),
    offers_schedule,
    covers=stamps.approvals,
    form=ScheduleForm,
    writes=("schedule",),
)
def set_schedule(pair: Pair, user: User, data: Data) -> None:
    schedule.schedule(pair.release, data["at"], user, seen=data["stamp"])


@to_publishers
def offers_single(pair: Pair) -> Iterator[dict[str, Any]]:
    ready_count = len(ready(pair))
    for version in pair.versions.values():
        other = pair.counterpart(version)
        rides_alone = ready_count == 1 and other.is_live
        rides_along = pair.correction is not None and other.is_live and other.is_pending
        if version.is_pending and version.is_original and not rides_alone and not rides_along:
            label = _("%(language)s first, or only") % {"language": version.language.label}
            yield {"label": label, "language": version.language.code}


@step(
    "release_single",
    gettext_lazy("Release in one language"),
    gettext_lazy("Released in one language."),
    offers_single,
    covers=stamps.approvals,
    form=SingleForm,
    of_version=True,
    publishes=True,
    writes=("release",),
)
def release_single(pair: Pair, user: User, data: Data) -> None:
    given = data["language"], user, data["reason"], data["due"], data["confirmed"]
    publishing.release_single(pair.release, *given, seen=data["stamp"])


@step(
    "no_update_needed",
    gettext_lazy("No update needed"),
    gettext_lazy("Recorded: the translation needs no update."),
    to_publishers(lambda pair: pair.translation.is_live and pair.translation.is_stale and pair.original.is_pending),
    covers=stamps.approvals,
    writes=("no_update_needed",),
)
def no_update_needed(pair: Pair, user: User, data: Data) -> None:
    review.no_update_needed(pair.original.page, user, seen=data["stamp"])


def is_urgent_possible(pair: Pair) -> bool:
    return not ready(pair) and any(version.has_changes for version in pair.versions.values())


step(
    "freeze",
    gettext_lazy("Urgent release"),
    gettext_lazy("Both versions stay as they are for ten minutes. Read them, then release or let others write again."),
    to_publishers(lambda pair: not pair.is_frozen and is_urgent_possible(pair)),
    writes=("freeze",),
)(lambda pair, user, data: freezing.freeze(pair.release, user))


def offers_urgent(pair: Pair, user: User) -> Offered:
    if pair.is_frozen and pair.release.frozen_by_id == user.pk and is_urgent_possible(pair):
        return {"initial": {"languages": [language_of(page).code for page in pair.pages]}, "is_open": True}
    return False


@step(
    "urgent",
    gettext_lazy("Urgent release"),
    gettext_lazy("Released. Somebody else still has to review it."),
    offers_urgent,
    covers=stamps.drafts,
    form=UrgentForm,
    publishes=True,
    writes=("approve_urgently", "release_urgently", "sync", "return_to_drafting", "overtake_review", "end_approval"),
)
def urgent(pair: Pair, user: User, data: Data) -> None:
    publishing.urgent(pair.release, data["languages"], user, data["reason"], data["password"], seen=data["stamp"])


step(
    "thaw",
    gettext_lazy("Let others write again"),
    gettext_lazy("Others can write again."),
    to_publishers(lambda pair: pair.is_frozen),
    writes=("thaw",),
)(lambda pair, user, data: freezing.thaw(pair.release, user))


def may_correct(pair: Pair, user: User) -> bool:
    live = [version.existing_page for version in pair.versions.values() if version.is_live]
    return any(page.permissions_for_user(user).can_edit() for page in live)


def is_written_already(pair: Pair) -> bool:
    """What is written in the editors already is corrected by them; else both texts open on one screen."""
    return any(version.is_live and version.has_changes for version in pair.versions.values())


def offers_correction(in_editors: bool) -> Callable[[Pair, User], bool]:
    def offers(pair: Pair, user: User) -> bool:
        if not pair.is_live or pair.correction or is_written_already(pair) != in_editors:
            return False
        return rules.may_publish(user, pair) or may_correct(pair, user)

    return offers


@step(
    "correct",
    gettext_lazy("Correct"),
    gettext_lazy("The correction is written down."),
    offers_correction(in_editors=True),
    covers=stamps.drafts,
    form=CorrectForm,
    writes=("correct",),
)
def correct(pair: Pair, user: User, data: Data) -> None:
    notes = data["note_en"], data["note_zh_hans"]
    correction.correct(
        pair.release, user, data["kind"], *notes, seen=data["stamp"], other_is_right=data["other_is_right"]
    )


step(
    "correct_texts",
    gettext_lazy("Correct"),
    "",
    offers_correction(in_editors=False),
    writes=("correct", "sync", "return_to_drafting", "end_approval"),
    screen="newsroom_releases:correct",
)(None)


@step(
    "withdraw",
    gettext_lazy("Withdraw"),
    gettext_lazy("Withdrawn: readers no longer see it."),
    to_publishers(lambda pair: pair.is_live),
    form=WithdrawForm,
    writes=("withdraw", "take_back"),
)
def withdraw(pair: Pair, user: User, data: Data) -> None:
    withdrawal.withdraw(pair.release, user, data["reason"], data["languages"])


@step(
    "change_address",
    gettext_lazy("Change address"),
    gettext_lazy("The address is changed; the old one leads to it."),
    to_publishers(lambda pair: pair.is_live and {"initial": {"slug": pair.pages[0].slug}}),
    form=AddressForm,
    writes=("change_address",),
)
def change_address(pair: Pair, user: User, data: Data) -> None:
    give_address(pair.release, user, data["slug"])
