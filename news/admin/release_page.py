"""The release page: both texts, where they stand, what may be done, what was done."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest

from django.shortcuts import render
from django.utils import timezone
from wagtail.admin import messages
from wagtail.models import PageLogEntry

from home.languages import CHINESE, ENGLISH
from home.search.highlight import marked
from news.checks.text import plain
from news.findings.elsewhere import given_up, holders
from news.models import LastView, ReviewTask
from news.pair.state import state_of
from news.release.review import refusal_to_approve_version

from .access import seen_pair
from .findings_list import context_of
from .forms import with_form
from .steps import offers_of


def release(request, release_id):
    pair = seen_pair(request, release_id)
    return show(request, pair)


def show(request, pair, invalid=None):
    """The page; `invalid` is (name of a step, its form with errors)."""
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
                "reviewers": version.task.groups_for(request.user) if isinstance(version.task, ReviewTask) else [],
                "may_edit": version.page is not None and version.page.permissions_for_user(request.user).can_edit(),
            }
            for language, version in pair.versions.items()
        ],
        "old_date": old_date(pair),
        "rows": rows,
        "marked_since": seen.at if any(passage and passage.is_changed for row in rows for passage in row) else None,
        "trail": trail_of(pair),
        "error": bool(invalid),
        "elsewhere": old_figures(pair),
        **checked,
    }
    if invalid and not is_shown(invalid, context):
        messages.error(request, " ".join(error for errors in invalid[1].errors.values() for error in errors))
    response = render(request, "news/admin/release.html", context, status=422 if invalid else 200)
    remember(pair.release, request.user, texts)
    return response


def is_shown(invalid, context):
    """Whether the form with the errors stands on the page: what is offered may have changed since it was sent."""
    offered = [*context["steps"], *(step for shown in context["versions"] for step in shown["steps"])]
    return any(form is invalid[1] for _offer, form, _is_open in offered)


def remember(release, user, texts):
    """What somebody has seen now. Not `update_or_create`: it locks the row, and two looks at once need no order."""
    now = {"at": timezone.now(), "texts": texts}
    if not LastView.objects.filter(release=release, user=user).update(**now):
        LastView.objects.get_or_create(release=release, user=user, defaults=now)


def obstacle(version, user):
    """Why a draft cannot be submitted, or a review cannot be decided by this reviewer, in words; or nothing."""
    if version.page is None:
        return None
    if not version.task:
        return version.incompleteness if version.has_changes and not version.is_pending else None
    if version.actions_for(user):
        return refusal_to_approve_version(version, user)
    return None


def old_date(pair):
    """The date that readers will see, where it lies before today and nobody has released the article yet."""
    date = getattr(pair.original.page, "date", None)
    return date if date and not pair.was_released and timezone.localdate(date) < timezone.localdate() else None


def old_figures(pair):
    """[(words, number of other public pages that hold them)] of figures that the newest drafts correct."""
    counted = [(words, len(holders(words, [pair.release.translation_key]))) for words in given_up(pair)]
    return [(words, count) for words, count in counted if count]


@dataclass(frozen=True)
class ShownPassage:
    name: str
    """Where links lead: `text-en-3`."""
    pieces: list
    """[(words, whether the checks found something there that is not settled)]"""
    is_changed: bool
    """Since the reader of the page last looked."""
    is_open: bool
    """Whether it shows the original's words, because nobody has translated them yet."""


def rows_of(pair, texts, seen, places):
    """[(English, Chinese)], each a ShownPassage or None. `places`: {(language's code, number): [(start, end)]}"""

    def passages(version):
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

    return list(zip_longest(*(passages(pair.versions[language]) for language in (ENGLISH, CHINESE))))


def places_of(found):
    """{(language's code, number of the text): [(start, end)]} of what is not settled."""
    places = defaultdict(list)
    for judged in found:
        for language, spots in ((ENGLISH, judged.finding.english), (CHINESE, judged.finding.chinese)):
            for place in spots if not judged.is_settled else ():
                places[language.code, place.number].append((place.start, place.end))
    return places


HIDDEN = ["wagtail.edit", "wagtail.copy_for_translation", "wagtail.publish", "wagtail.rename"]
"""Wagtail's lines that say nothing of a release, or what a line of ours says better."""


def trail_of(pair):
    """Wagtail's log of both versions, newest first."""
    keys = [page.pk for page in pair.pages]
    entries = PageLogEntry.objects.filter(page_id__in=keys).exclude(action__in=HIDDEN)
    return entries.select_related("user", "page__locale").order_by("-timestamp", "-pk")
