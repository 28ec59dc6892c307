"""Where some words stand in public: asked after a figure was corrected or a term changed."""

from collections.abc import Iterable
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from wagtail.admin import messages

from home.languages import language_of
from news.findings.elsewhere import AT_MOST, holders
from news.models import GlossaryTerm
from news.pair.pair import release_of
from news.pair.rules import may_read

from .access import StaffRequest

LONGEST = 200


def elsewhere(request: StaffRequest) -> HttpResponse:
    """`?words=`: released pages, in both languages, that hold them as they are written."""
    words = request.GET.get("words", "").replace("\0", "")[:LONGEST]
    found = [
        {"holder": holder, "release": release_of(holder.page), "language": language_of(holder.page)}
        for holder in holders(words)
        if may_read(holder.page, request.user)
    ]
    return render(request, "news/admin/elsewhere.html", {"words": words, "found": found, "most": AT_MOST})


def after_edit_term(request: StaffRequest, term: object) -> None:
    """A term was changed: say which released pages hold a form that is no longer right."""
    if not isinstance(term, GlossaryTerm):
        return
    before = term.revisions.order_by("-created_at", "-pk")[1:2]
    given_up = [form for revision in before for form in no_longer_right(revision.as_object(), term)]
    say_held(request, given_up)


def say_held(request: StaffRequest, given_up: Iterable[str], unless: Iterable[UUID] = ()) -> None:
    """A warning that names those of the given up words that public pages hold, with links to the lists of them."""
    held = [(words, len(holders(words, unless))) for words in given_up]
    links = format_html_join(
        ", ",
        '<a href="{}?words={}">{} ({})</a>',
        ((here(), quote(words), words, count) for words, count in held if count),
    )
    if links:
        messages.warning(request, format_html("{} {}", _("Released pages still hold:"), links))


def no_longer_right(before: GlossaryTerm, now: GlossaryTerm) -> list[str]:
    """Forms that were right and are not, in either language."""
    return [
        form
        for language in ("english", "chinese")
        for form in before.right(language)
        if form not in now.right(language)
    ]


def here() -> str:
    return reverse("newsroom_releases:elsewhere")
