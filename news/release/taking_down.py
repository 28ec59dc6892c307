"""Taking a picture or a document down, for its rights or for an error: at once, wherever it is used. Rule 19."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from home.files import LibraryFile
from home.models import HomePage, TakenDown
from news import jobs
from news.models import Release, Replacement
from news.models.release import name_of
from news.pair.file_refusals import NotTakenOut, TakenDownAlready, UsesShownOtherwise
from news.pair.refusals import NotAPublisher
from news.pair.rules import has, may_publish, require_reason
from news.pair.showings import Showing, showings_of
from news.pair.uses import NAMED

from .exchanging import Exchange, exchange
from .holding import locked

logger = logging.getLogger(__name__)
KIND = "take_down_file"
AT_ONCE = 30
"""Releases that lose it while the form is answered; more are left to the background."""
Tell = Callable[[int, int], None]


def may_take_down(user: User, showings: list[Showing]) -> bool:
    """A publisher of both languages, of each release that shows it."""
    if not all(may_publish(user, showing.pair) for showing in showings):
        return False
    return all(has(user, home, "publish") for home in HomePage.objects.all())


def stamp_of(showings: list[Showing]) -> str:
    """Which releases were shown."""
    return ",".join(str(key) for key in sorted(showing.release.pk for showing in showings))


def take_down(file: LibraryFile, user: User, reason: str, seen: str | None = None) -> tuple[TakenDown, list[str]]:
    """From then on nobody gets it. Each release loses it in both languages at once.

    Returns also the titles of those where it could not be taken out: they wait, and hold up no other.
    """
    require_reason(reason)
    name = NAMED[type(file)]
    showings = showings_of(file)
    if not may_take_down(user, showings):
        raise NotAPublisher
    if seen is not None and {showing.release.pk for showing in showings} - keys_in(seen):
        raise UsesShownOtherwise
    with transaction.atomic():
        made, is_new = TakenDown.objects.get_or_create(
            **{name: file}, defaults={"reason": reason.strip(), "by": user, "by_name": name_of(user)}
        )
        if not is_new and not showings:
            raise TakenDownAlready
        take_off_home_pages(made)
        Replacement.objects.filter(ended_at=None, **{f"new_{name}": file}).update(ended_at=made.at, dropped_at=made.at)
    left = [] if len(showings) > AT_ONCE else take_out_of(showings, made)
    if left or len(showings) > AT_ONCE:
        jobs.ask(KIND, f"{name} {file.pk}", {"taken_down": made.pk, "about": str(file)}, user)
    return made, [showing.title for showing in left]


def take_out_of(showings: list[Showing], it: TakenDown, tell: Tell | None = None) -> list[Showing]:
    """Each in a transaction of its own. Returns those where it failed, whatever the reason."""
    left = []
    for number, showing in enumerate(showings, 1):
        try:
            take_out(showing.release, it)
        except Exception:
            logger.exception("%s is still named by “%s”", it, showing.title)
            left.append(showing)
        if tell is not None:
            tell(number, len(showings))
    return left


def take_off_home_pages(it: TakenDown) -> None:
    """A logo is part of no release."""
    for home in HomePage.objects.filter(logo=it.image) if it.image is not None else ():
        home.logo = None
        home.save(update_fields=["logo"])
        data = {"language": home.locale.language_code, "file": str(it), "reason": it.reason}
        log(instance=home, action="newsroom.take_down", user=it.by, data=data)


def keys_in(seen: str) -> set[int]:
    return {int(key) for key in seen.split(",") if key.isdecimal()}


def take_out(release: Release, it: TakenDown) -> None:
    with locked(release) as pair:
        exchange(pair, Exchange(file_of(it), None, it.by, it.by, "take_down", it.reason))


def file_of(it: TakenDown) -> Any:
    return it.image or it.document


@jobs.job(KIND, _("Taking a picture or a document down"))
def take_out_of_all(run: jobs.Run) -> None:
    """Whatever still shows it: broken off, it goes on with those."""
    it = TakenDown.objects.filter(pk=run.data["taken_down"]).first()
    if it is None:
        return
    left = take_out_of(showings_of(file_of(it)), it, run.tell)
    if left:
        raise NotTakenOut(titles=", ".join(showing.title for showing in left))
