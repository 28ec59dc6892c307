"""The release page: both texts, where they stand, what may be done, what was done."""

from html import unescape

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.html import strip_tags
from wagtail.models import PageLogEntry

from home.locales import CHINESE, ENGLISH
from news.models import Kind, Look, Release
from news.release.pair import Pair
from news.release.review import refusal_to_approve_version
from news.release.state import state_of
from news.release.steps import steps_of
from news.release.submission import missing_for_submission
from news.translation.texts import texts_of

from .forms import with_form


def release(request, release_id):
    pair = seen_pair(request, release_id)
    return show(request, pair)


def seen_pair(request, release_id):
    """The Pair of a release, for whoever writes in either language; else 404 or PermissionDenied."""
    pair = Pair(get_object_or_404(Release, pk=release_id))
    if not any(may_read(page, request.user) for page in pair.pages):
        raise PermissionDenied
    return pair


def may_read(page, user):
    """Whoever may write in its section reads along, others' releases among them."""
    return page.permissions_for_user(user).can_edit() or page.get_parent().permissions_for_user(user).can_add_subpage()


def show(request, pair, invalid=None):
    """The page; `invalid` is (name of a step, its form with errors)."""
    steps, version_steps = steps_of(pair, request.user)
    seen = Look.objects.filter(release=pair.release, user=request.user).first()
    context = {
        "pair": pair,
        "release": pair.release,
        "state": state_of(pair),
        "steps": [with_form(step, invalid) for step in steps],
        "versions": [
            (version, [with_form(step, invalid) for step in version_steps[language]], obstacle(version, request.user))
            for language, version in pair.versions.items()
        ],
        "old_date": old_date(pair),
        "rows": rows_of(pair, seen),
        "seen": seen,
        "trail": trail_of(pair),
        "error": bool(invalid),
    }
    response = render(request, "news/admin/release.html", context, status=422 if invalid else 200)
    Look.objects.update_or_create(
        release=pair.release, user=request.user, defaults={"at": timezone.now(), "texts": texts_now(pair)}
    )
    return response


def obstacle(version, user):
    """Why a draft cannot be submitted, or a review cannot be decided by this reviewer, in words; or nothing."""
    if version.page is None:
        return None
    if not version.task:
        return missing_for_submission(version) if version.has_changes and not version.is_pending else None
    if user.groups.filter(pk__in=version.task.groups.all()).exists():
        return refusal_to_approve_version(version, user)
    return None


def old_date(pair):
    """The date that readers will see, where it lies before today and nobody has released the article yet."""
    date = getattr(pair.original.page, "date", None)
    return date if date and not pair.was_released and timezone.localdate(date) < timezone.localdate() else None


def current_texts(version):
    if version.page is None:
        return []
    return texts_of(version.newest())


def texts_now(pair):
    return {language.code: dict(current_texts(version)) for language, version in pair.versions.items()}


def rows_of(pair, seen):
    """[(English, Chinese)], each (text, whether it changed since it was last looked at) or None."""
    texts = {language: current_texts(version) for language, version in pair.versions.items()}

    def marked(language, path, text):
        before = seen.texts.get(language.code, {}).get(path) if seen else text
        return unescape(strip_tags(text)), before != text

    english, chinese = texts[ENGLISH], texts[CHINESE]
    if len(english) == len(chinese) and pair.release.kind == Kind.FULL:
        pairs = zip(english, chinese, strict=True)
    else:
        longest = max(len(english), len(chinese))
        pairs = zip(*(side + [None] * (longest - len(side)) for side in (english, chinese)), strict=True)
    return [
        tuple(found and marked(language, *found) for language, found in zip((ENGLISH, CHINESE), row, strict=True))
        for row in pairs
    ]


HIDDEN = ["wagtail.edit", "wagtail.copy_for_translation"]
"""Wagtail's lines that say nothing of a release, or what a line of ours says better."""


def trail_of(pair):
    """Wagtail's log of both versions, newest first."""
    keys = [page.pk for page in pair.pages]
    entries = PageLogEntry.objects.filter(page_id__in=keys).exclude(action__in=HIDDEN)
    return entries.select_related("user", "page__locale").order_by("-timestamp", "-pk")
