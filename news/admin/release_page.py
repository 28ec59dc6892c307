"""The release page: both texts, where they stand, what may be done, what was done."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import zip_longest
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import PageLogEntry

from home import clock
from home.gate import Refused
from home.languages import CHINESE, ENGLISH, Words
from home.reading import noted
from home.search.highlight import Pieces, marked
from news.checks.text import plain
from news.findings.elsewhere import given_up, holders
from news.findings.judged import Judged
from news.models import LastView, Release, ReviewRule, ReviewTask
from news.pair.amended import as_amended, fits
from news.pair.dead_ends import dead_ends
from news.pair.embargo import ahead
from news.pair.pair import Pair
from news.pair.parents import refusal_of_parents, stays_for_what_is_below
from news.pair.readiness import ready
from news.pair.remarks import remark_on
from news.pair.state import state_of
from news.pair.stops import stop_of
from news.pair.uses import missing_files
from news.pair.version import Version
from news.release.claims import may_take_over
from news.release.correction import waiting
from news.release.privacy import restriction_of
from news.release.replacing import replacements_in
from news.release.review import refusal_to_approve_version
from news.translation.texts import PageText

from .access import StaffRequest, seen_pair
from .differences import amended_changes, changes_in
from .findings_list import context_of
from .forms import READERS, Invalid, StepForm, typed_in, with_form
from .onward import onward_of
from .release_facts import facts_of, files_of, reviews_of
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
    found = as_amended(pair)
    texts = {language.code: version.texts for language, version in found.versions.items()}
    checked = context_of(found, request.user)
    places = places_of(row.judged for row in checked["findings"])
    rows = rows_of(found, texts, seen, places)
    reviews = reviews_of(pair)
    missing = missing_files(page.latest_revision_id for page in pair.pages if page.latest_revision_id)
    context = {
        "pair": pair,
        "release": pair.release,
        "state": state_of(pair),
        "steps": [with_form(offer, invalid) for offer in offers],
        "versions": [
            {
                "version": version,
                "steps": [with_form(offer, invalid) for offer in version_offers[language]],
                "may_take_over": may_take_over(version, request.user),
                "reviews": reviews.get(language.code, []),
                "obstacle": obstacle(version, request.user),
                "passed_over": passed_over(version),
                "remark": remark_on(version) if version.page else None,
                "changes": changes_in(version),
                "reviewers": version.task.groups_for(request.user) if isinstance(version.task, ReviewTask) else [],
                "missing": missing.get(version.page.latest_revision_id, []) if version.page else [],
                "may_edit": version.page is not None and version.page.permissions_for_user(request.user).can_edit(),
            }
            for language, version in pair.versions.items()
        ],
        "waiting": waiting(pair),
        "old_date": old_date(pair),
        "readers": readers_of(pair),
        "goes_out": ahead(pair.release) if ready(pair) and stop_of(pair) is None else None,
        "stays": None if pair.is_section else stays_for_what_is_below(pair),
        "amended": amended_changes(pair, found),
        "fits_no_more": pair.amendment is not None and not fits(pair.amendment, pair),
        "dead_ends": dead_ends(pair, of_drafts=pair.release.release_at is not None),
        "replacements": replacements_in(pair.release),
        "facts": facts_of(pair),
        "files": files_of(pair),
        "rows": rows,
        "marked_since": seen.at if seen and is_marked(rows) else None,
        "trail": trail_of(pair),
        "error": bool(invalid),
        "elsewhere": old_figures(pair),
        "onward": onward_of(request, pair.release.pk),
        **checked,
    }
    if invalid and not is_shown(invalid, context):
        say_unshown(request, invalid[1])
    response = render(request, "news/admin/release.html", context, status=422 if invalid else 200)
    remember(pair.release, request.user, texts)
    return response


def is_shown(invalid: Invalid, context: dict[str, Any]) -> bool:
    """Whether the form with the errors stands on the page: what is offered may have changed since it was sent."""
    offered = [*context["steps"], *(step for shown in context["versions"] for step in shown["steps"])]
    return any(form is invalid[1] for _offer, form, _is_open in offered)


def say_unshown(request: StaffRequest, form: StepForm) -> None:
    """The form is gone, what it held is not."""
    errors = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if errors:
        messages.error(request, errors)
    say_unsent(request, typed_in(form))


def say_unsent(request: StaffRequest, texts: Iterable[str]) -> None:
    for text in texts:
        messages.warning(request, _("You wrote, and it has not been sent: “%(words)s”") % {"words": text})


def remember(release: Release, user: User, texts: Texts) -> None:
    """What somebody has seen now. Not `update_or_create`: it locks the row, and two looks at once need no order."""
    if settings.READ_ONLY:
        return
    now = {"at": timezone.now(), "texts": texts}
    with noted():
        if not LastView.objects.filter(release=release, user=user).update(**now):
            LastView.objects.get_or_create(release=release, user=user, defaults=now)


def obstacle(version: Version, user: User) -> Refused | None:
    """Why a draft cannot be submitted, or a review cannot be decided by this reviewer, in words; or nothing."""
    if version.page is None:
        return None
    if not version.task:
        if version.is_pending:
            return refusal_of_parents(version)
        is_draft = version.has_changes
        return (version.incompleteness or version.want_of_review) if is_draft else None
    is_told = version.is_decided_by(user) and not may_take_over(version, user)  # a claim stands there with its name
    return refusal_to_approve_version(version, user) if is_told else None


def passed_over(version: Version) -> list[ReviewRule]:
    """Review rules for a draft that are not in force, which is said before the original is submitted."""
    is_draft = version.is_original and version.has_changes and not version.is_pending and version.review is None
    return version.assigned.passed_over if is_draft and version.assigned is not None else []


def old_date(pair: Pair) -> datetime | None:
    """The date that readers will see, where it lies before today and nobody has released the article yet."""
    date = getattr(pair.original.page, "date", None)
    return date if date and not pair.was_released and clock.day(date) < clock.day() else None


def readers_of(pair: Pair) -> Words:
    """Who alone may read it, where that is not everybody."""
    found = restriction_of(pair)
    return READERS[found.restriction_type] if found is not None else ""


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
        before = Counter(tuple(found) for found in seen.texts.get(code, [])) if seen else None
        changed = come_since(before, texts[code]) if before is not None else set()
        return [
            ShownPassage(
                f"text-{code}-{number}",
                marked(plain(text), sorted(places.get((code, number), ()))),
                is_changed=number in changed,
                is_open=number in version.open_numbers,
            )
            for number, (_path, text) in enumerate(texts[code])
        ]

    return list(zip_longest(passages(pair.versions[ENGLISH]), passages(pair.versions[CHINESE])))


def come_since(before: Counter[tuple[str, str]], texts: Iterable[PageText]) -> set[int]:
    """Numbers of the texts that were not there: the second of two that are equal may have come alone."""
    left, come = Counter(before), set()
    for number, found in enumerate(texts):
        if left[found]:
            left[found] -= 1
        else:
            come.add(number)
    return come


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
