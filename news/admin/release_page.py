"""The release page: both texts, where they stand, what may be done, what was done."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail.admin import messages
from wagtail.models import PageLogEntry

from home.gate import Refused
from home.languages import CHINESE, ENGLISH
from home.search.highlight import Pieces, marked
from news.checks.text import plain
from news.findings.elsewhere import given_up, holders
from news.findings.judged import Judged
from news.models import LastView, Release, ReviewTask
from news.pair.pair import Pair
from news.pair.state import state_of
from news.pair.version import Version
from news.release.claims import may_take_over
from news.release.review import refusal_to_approve_version
from news.translation.texts import PageText

from .access import StaffRequest, seen_pair
from .differences import changes_in
from .findings_list import context_of
from .forms import Invalid, with_form
from .steps import offers_of

Texts = dict[str, list[PageText]]
"""By the code of the language."""
Places = dict[tuple[str, int], list[tuple[int, int]]]
"""{(code of the language, number of the text): [(start, end)]}"""


def release(request: StaffRequest, release_id: int) -> HttpResponse:
    pair = seen_pair(request, release_id)
    return show(request, pair)


def show(request: StaffRequest, pair: Pair, invalid: Invalid | None = None) -> HttpResponse:
    offers, version_offers = offers_of(pair, request.user)
    seen = LastView.objects.filter(release=pair.release, user=request.user).first()
    texts = {language.code: version.texts for language, version in pair.versions.items()}
    checked = context_of(pair, request.user)
    places = places_of(row.judged for row in checked["findings"])
    rows = rows_of(pair, texts, seen, places)
    context = {
        "pair": pair,
        "release": pair.release,
        "state": state_of(pair),
        "steps": [with_form(offer, invalid) for offer in offers],
        "versions": [
            {
                "version": version,
                "steps": [with_form(offer, invalid) for offer in version_offers[language]],
                "obstacle": obstacle(version, request.user),
                "changes": changes_in(version),
                "reviewers": version.task.groups_for(request.user) if isinstance(version.task, ReviewTask) else [],
                "may_edit": version.page is not None and version.page.permissions_for_user(request.user).can_edit(),
            }
            for language, version in pair.versions.items()
        ],
        "old_date": old_date(pair),
        "rows": rows,
        "marked_since": seen.at if seen and is_marked(rows) else None,
        "trail": trail_of(pair),
        "error": bool(invalid),
        "elsewhere": old_figures(pair),
        **checked,
    }
    if invalid and not is_shown(invalid, context):
        messages.error(request, " ".join(str(error) for errors in invalid[1].errors.values() for error in errors))
    response = render(request, "news/admin/release.html", context, status=422 if invalid else 200)
    remember(pair.release, request.user, texts)
    return response


def is_shown(invalid: Invalid, context: dict[str, Any]) -> bool:
    """Whether the form with the errors stands on the page: what is offered may have changed since it was sent."""
    offered = [*context["steps"], *(step for shown in context["versions"] for step in shown["steps"])]
    return any(form is invalid[1] for _offer, form, _is_open in offered)


def remember(release: Release, user: User, texts: Texts) -> None:
    """What somebody has seen now. Not `update_or_create`: it locks the row, and two looks at once need no order."""
    now = {"at": timezone.now(), "texts": texts}
    if not LastView.objects.filter(release=release, user=user).update(**now):
        LastView.objects.get_or_create(release=release, user=user, defaults=now)


def obstacle(version: Version, user: User) -> Refused | None:
    """Why a draft cannot be submitted, or a review cannot be decided by this reviewer, in words; or nothing."""
    if version.page is None:
        return None
    if not version.task:
        is_draft = version.has_changes and not version.is_pending
        return (version.incompleteness or version.want_of_review) if is_draft else None
    if version.actions_for(user) or may_take_over(version, user):
        return refusal_to_approve_version(version, user)
    return None


def old_date(pair: Pair) -> datetime | None:
    """The date that readers will see, where it lies before today and nobody has released the article yet."""
    date = getattr(pair.original.page, "date", None)
    return date if date and not pair.was_released and timezone.localdate(date) < timezone.localdate() else None


def old_figures(pair: Pair) -> list[tuple[str, int]]:
    """[(words, number of other public pages that hold them)] of figures that the newest drafts correct."""
    counted = [(words, len(holders(words, [pair.release.translation_key]))) for words in given_up(pair)]
    return [(words, count) for words, count in counted if count]


@dataclass(frozen=True)
class ShownPassage:
    name: str
    """Where links lead: `text-en-3`."""
    pieces: Pieces
    """A hit is where the checks found something that is not settled."""
    is_changed: bool
    """Since the reader of the page last looked."""
    is_open: bool
    """Whether it shows the original's words, because nobody has translated them yet."""


Row = tuple[ShownPassage | None, ShownPassage | None]
"""English and Chinese beside each other."""


def rows_of(pair: Pair, texts: Texts, seen: LastView | None, places: Places) -> list[Row]:
    def passages(version: Version) -> list[ShownPassage]:
        code = version.language.code
        before = {tuple(found) for found in seen.texts.get(code, [])} if seen else None
        return [
            ShownPassage(
                f"text-{code}-{number}",
                marked(plain(text), sorted(places.get((code, number), ()))),
                is_changed=before is not None and (path, text) not in before,
                is_open=number in version.open_numbers,
            )
            for number, (path, text) in enumerate(texts[code])
        ]

    return list(zip_longest(passages(pair.versions[ENGLISH]), passages(pair.versions[CHINESE])))


def is_marked(rows: Iterable[Row]) -> bool:
    return any(passage and passage.is_changed for row in rows for passage in row)


def places_of(found: Iterable[Judged]) -> Places:
    """Of what is not settled."""
    places: Places = defaultdict(list)
    for judged in found:
        for language, spots in ((ENGLISH, judged.finding.english), (CHINESE, judged.finding.chinese)):
            for place in spots if not judged.is_settled else ():
                places[language.code, place.number].append((place.start, place.end))
    return places


HIDDEN = ["wagtail.edit", "wagtail.copy_for_translation", "wagtail.publish", "wagtail.rename"]
"""Wagtail's lines that say nothing of a release, or what a line of ours says better."""


def trail_of(pair: Pair) -> QuerySet[PageLogEntry]:
    """Wagtail's log of both versions, newest first."""
    keys = [page.pk for page in pair.pages]
    entries = PageLogEntry.objects.filter(page_id__in=keys).exclude(action__in=HIDDEN)
    return entries.select_related("user", "page__locale").order_by("-timestamp", "-pk")
