"""Into the public, and out of it."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home import clock
from home.above import NotRenamed
from home.languages import Words, language_of
from news.admin.embargo_forms import BreakForm, ScheduleForm, UnscheduleForm, UrgentForm, known
from news.admin.forms import AddressForm, CorrectForm, SingleForm, WithdrawForm
from news.pair import rules, stamps
from news.pair.embargo import ahead
from news.pair.pair import Pair, VersionState
from news.pair.parents import stays_for_what_is_below
from news.pair.readiness import ready
from news.pair.stops import stop_of
from news.release import correction, embargo, freezing, publishing, review, schedule, withdrawal
from news.release.address import change_address as give_address

from .base import Data, Offered, step


def to_publishers(offers: Callable[[Pair], Offered]) -> Callable[[Pair, User], Offered]:
    """`offers` of a pair, for those who may publish both its languages."""
    return lambda pair, user: offers(pair) if rules.may_publish(user, pair) else False


@to_publishers
def offers_release(pair: Pair) -> Offered:
    """While an embargo lies ahead it goes out by itself; earlier is a step of its own."""
    if ahead(pair.release) or stop_of(pair) is not None:
        return False
    versions = ready(pair)
    if len(versions) > 1:
        return {"label": _("Release both now")}
    if pair.release.alone and not pair.is_live:
        return [{"label": _("Release %(language)s only") % {"language": found.language.label}} for found in versions]
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
    form=UnscheduleForm,
    known=known,
    writes=("unschedule",),
)
def unschedule(pair: Pair, user: User, data: Data) -> None:
    schedule.unschedule(pair.release, user, data.get("reason", ""))


@step(
    "break_embargo",
    gettext_lazy("Break the embargo…"),
    gettext_lazy("The embargo is broken: released."),
    to_publishers(lambda pair: bool(ahead(pair.release) and stop_of(pair) is None and ready(pair))),
    covers=stamps.approvals,
    form=BreakForm,
    known=known,
    publishes=True,
    is_grave=True,
    writes=("break_embargo",),
)
def break_embargo(pair: Pair, user: User, data: Data) -> None:
    given = data["reason"], data["password"], data["until"]
    embargo.break_embargo(pair.release, user, *given, seen=data["stamp"])


@to_publishers
def offers_schedule(pair: Pair) -> Offered:
    versions = [version for version in pair.versions.values() if version.page is not None]
    if not ready(pair) and all(version.state == VersionState.LIVE for version in versions):
        return False
    if pair.release.release_at:
        return {"label": _("Set another moment"), "initial": {"at": pair.release.release_at}}
    tomorrow = clock.now() + timedelta(days=1)
    return {"initial": {"at": tomorrow.replace(hour=9, minute=0, second=0, microsecond=0)}}


@step(
    "schedule",
    gettext_lazy("Schedule"),
    gettext_lazy("Scheduled."),
    offers_schedule,
    covers=stamps.approvals,
    form=ScheduleForm,
    known=known,
    writes=("schedule", "bring_forward"),
)
def set_schedule(pair: Pair, user: User, data: Data) -> None:
    said = data.get("reason", ""), data.get("password", "")
    schedule.schedule(pair.release, data["at"], user, data["stamp"], *said)


@to_publishers
def offers_single(pair: Pair) -> Iterator[dict[str, Any]]:
    if ahead(pair.release) or stop_of(pair) is not None:
        return
    ready_count, is_alone = len(ready(pair)), bool(pair.release.alone)
    for version in pair.versions.values():
        other = pair.counterpart(version)
        rides_alone = ready_count == 1 and other.is_live
        rides_along = pair.correction is not None and other.is_live and other.is_pending
        if version.is_pending and version.is_original and not rides_alone and not rides_along and not is_alone:
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


def offers_no_update(pair: Pair) -> bool:
    is_left = pair.translation.is_live and pair.translation.is_stale and pair.original.is_pending
    return is_left and stop_of(pair) is None


@step(
    "no_update_needed",
    gettext_lazy("No update needed"),
    gettext_lazy("Recorded: the translation needs no update."),
    to_publishers(offers_no_update),
    covers=stamps.approvals,
    writes=("no_update_needed",),
)
def no_update_needed(pair: Pair, user: User, data: Data) -> None:
    review.no_update_needed(pair.original.page, user, seen=data["stamp"])


def is_urgent_possible(pair: Pair) -> bool:
    return stop_of(pair) is None and not ready(pair) and any(version.has_changes for version in pair.versions.values())


step(
    "freeze",
    gettext_lazy("Urgent release"),
    gettext_lazy("Both versions stay as they are for ten minutes. Read them, then release or let others write again."),
    to_publishers(lambda pair: not pair.is_frozen and is_urgent_possible(pair)),
    writes=("freeze",),
)(lambda pair, user, data: freezing.freeze(pair.release, user))


def offers_urgent(pair: Pair, user: User) -> Offered:
    if pair.is_frozen and pair.release.frozen_by_id == user.pk and is_urgent_possible(pair):
        pages = pair.pages if not pair.release.alone else [pair.original.page]
        return {"initial": {"languages": [language_of(page).code for page in pages]}, "is_open": True}
    return False


URGENTLY = ("approve_urgently", "release_urgently", "schedule_urgently")


def goes_out_later(pair: Pair) -> Words:
    later = ahead(pair.release) and ready(pair)
    return gettext_lazy("Approved urgently. Somebody else still has to review it.") if later else ""


@step(
    "urgent",
    gettext_lazy("Urgent release"),
    gettext_lazy("Released. Somebody else still has to review it."),
    offers_urgent,
    covers=stamps.drafts,
    form=UrgentForm,
    known=known,
    publishes=True,
    done_otherwise=goes_out_later,
    writes=(*URGENTLY, "one_language", "sync", "return_to_drafting", "overtake_review", "end_approval"),
)
def urgent(pair: Pair, user: User, data: Data) -> None:
    given = data["languages"], user, data["reason"], data["password"], data["stamp"]
    publishing.urgent(pair.release, *given, data.get("when", ""), data.get("confirmed", False))


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
    to_publishers(lambda pair: pair.is_live and not pair.is_section and stays_for_what_is_below(pair) is None),
    form=WithdrawForm,
    is_grave=True,
    writes=("withdraw", "take_back"),
)
def withdraw(pair: Pair, user: User, data: Data) -> None:
    withdrawal.withdraw(pair.release, user, data["reason"], data["languages"])


@to_publishers
def offers_address(pair: Pair) -> Offered:
    if not pair.is_live or pair.is_section or stays_for_what_is_below(pair, NotRenamed) is not None:
        return False
    return {"initial": {"slug": pair.pages[0].slug}}


@step(
    "change_address",
    gettext_lazy("Change address"),
    gettext_lazy("The address is changed; the old one leads to it."),
    offers_address,
    form=AddressForm,
    writes=("change_address",),
)
def change_address(pair: Pair, user: User, data: Data) -> None:
    give_address(pair.release, user, data["slug"])
