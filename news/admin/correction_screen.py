"""Correcting what is public, in both languages on one screen."""

import re
from collections.abc import Callable
from hashlib import sha256
from html import escape, unescape
from itertools import zip_longest
from typing import Any, NamedTuple

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Revision

from home.characters import clean
from home.gate import Refused
from news.models import Correction, Release
from news.pair.pair import Pair
from news.pair.refusals import MarksChanged, NotPublic, NoWordChanged, ShownOtherwise, TextEmptied
from news.pair.stamps import approvals, shown_now
from news.pair.version import Version
from news.release.correction import correct as open_correction
from news.translation.texts import texts_of

from .access import StaffRequest, seen_pair
from .forms import Labelled, NotesForm, shown_anew
from .release_page import say_unsent

NUMBERED = re.compile("[0-9]{1,5}")
MARKS = re.compile(r"</?\w[^>]*>")
TEXT_FIELD = re.compile(r"note_\w+|[a-z-]+-\d+")


class CorrectionForm(NotesForm):
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=Correction.Kind.choices, widget=forms.RadioSelect)


class Cell(NamedTuple):
    name: str
    """Of the field."""
    text: str
    was: str
    """What says which text was shown: left as it was, it is nobody's correction, whatever readers have by then."""
    is_changed: bool


def correct(request: StaffRequest, release_id: int) -> HttpResponse:
    pair = seen_pair(request, release_id)
    columns = [Column(version, request.user, public_revision(version)) for version in pair.versions.values()]
    if not any(column.is_open for column in columns):
        if request.method != "POST" or pair.is_live:
            raise PermissionDenied
        messages.error(request, str(NotPublic()))
        say_unsent(request, typed_anyhow(pair, request.POST))
        return redirect("newsroom_releases:release", pair.release.pk)
    form = CorrectionForm(
        request.POST or None, initial={"kind": Correction.Kind.CORRECTION, "stamp": shown_now(approvals(pair))}
    )
    return answer(request, "news/admin/correct.html", pair, columns, form, save, say_that_it_waits)


def say_that_it_waits(request: StaffRequest, release: Release) -> None:
    messages.success(request, _("The correction waits for somebody else to approve it."))


def public_revision(version: Version) -> Revision | None:
    return version.existing_page.live_revision if version.is_live else None


class Column:
    """One language's texts as a revision has them, and what the form makes of them."""

    def __init__(self, version: Version, user: User, revision: Revision | None, is_open: bool = True) -> None:
        self.version = version
        self.language = version.language
        may_write = revision is not None and version.existing_page.permissions_for_user(user).can_edit()
        self.is_open = is_open and may_write
        self.waits = version.is_live and version.has_changes
        self.stored = [html for _path, html in texts_of(revision.as_object())] if revision is not None else []
        self.digests = [digest(shown(html)) for html in self.stored]
        self.typed: dict[int, str] = {}
        self.left_over: list[str] = []
        """What was typed for a text that readers do not have any more."""

    def take(self, data: QueryDict) -> None:
        """Each for the text that it was typed for: others may have gone or come since they were shown."""
        if not self.is_open:
            return
        found = (NUMBERED.fullmatch(name.removeprefix(f"{self.language.code}-")) for name in data)
        fields = sorted({int(name[0]) for name in found if name})
        all_shown = [data.get(f"{self.name(asked)}-was") for asked in fields]
        for at, (asked, was) in enumerate(zip(fields, all_shown, strict=True)):
            typed = " ".join(data.get(self.name(asked), "").replace("\0", "").split())
            number = self.place_of(asked, was, all_shown, all_shown[:at].count(was))
            if number is None:
                self.left_over += [typed] if digest(typed) != was else []
            elif digest(typed) not in {self.digests[number], was}:
                self.typed[number] = " ".join(clean(typed).split())

    def place_of(self, asked: int, was: str | None, all_shown: list[str | None], before: int) -> int | None:
        """Where the text is by now that was shown under this number; None where it is not any more.

        `before`: how many texts stood before it that said the same.
        """
        there = self.digests[asked] if asked < len(self.digests) else None
        same = [number for number, it in enumerate(self.digests) if it == was]
        if same and len(same) == all_shown.count(was):
            return same[before]
        if same and was != there:
            return same[before] if before < len(same) else None
        is_same = was in (None, there) or there not in all_shown  # as it was, or changed since by somebody else
        return asked if there is not None and is_same else None

    def name(self, number: int) -> str:
        return f"{self.language.code}-{number}"

    def cells(self) -> list[Cell]:
        return [
            Cell(self.name(number), self.typed.get(number, shown(html)), self.digests[number], number in self.typed)
            for number, html in enumerate(self.stored)
        ]

    def changed(self) -> dict[int, str]:
        """HTML by the number of the text. Raises MarksChanged and TextEmptied."""
        return {number: as_html(typed, self.stored[number]) for number, typed in self.typed.items()}


def answer(
    request: StaffRequest,
    template: str,
    pair: Pair,
    columns: list[Column],
    form: Labelled,
    take: Callable[[Pair, User, dict[str, Any], list[Column]], None],
    done: Callable[[StaffRequest, Release], None],
) -> HttpResponse:
    """Both languages' texts to be changed on one screen: shown, or taken where they were sent.

    `take` raises Refused, and nothing typed is lost; once it has not, `done` says what it led to.
    """
    error = ""
    if request.method == "POST":
        for column in columns:
            column.take(request.POST)
        if form.is_valid():
            try:
                take(pair, request.user, form.cleaned_data, columns)
            except Refused as refusal:
                error = str(refusal)
                if isinstance(refusal, ShownOtherwise):
                    form = shown_anew(form, shown_now(approvals(pair)))
            else:
                done(request, pair.release)
                return redirect("newsroom_releases:release", pair.release.pk)
    context = {
        "pair": pair,
        "release": pair.release,
        "columns": columns,
        "rows": rows_of(columns),
        "form": form,
        "error": error,
    }
    return render(request, template, context, status=422 if request.method == "POST" else 200)


def typed_anyhow(pair: Pair, data: QueryDict) -> list[str]:
    """What a form holds that is in neither version, once there is nothing to correct."""
    known = {shown(text) for version in pair.versions.values() for _path, text in version.texts}
    typed = [str(data[name]).strip() for name in data if TEXT_FIELD.fullmatch(name)]
    return [text for text in typed if text and text not in known]


def shown(html: str) -> str:
    """A text as one types it: without entities, but with its marks where it has any."""
    return html if MARKS.search(html) else unescape(html)


def digest(text: str) -> str:
    return sha256(" ".join(text.split()).encode()).hexdigest()[:16]


def as_html(typed: str, before: str) -> str:
    if not typed:
        raise TextEmptied(text=unescape(MARKS.sub("", before))[:60])
    if not MARKS.search(before):
        return escape(typed, quote=False)
    if sorted(MARKS.findall(typed)) != sorted(MARKS.findall(before)):
        raise MarksChanged(text=unescape(MARKS.sub("", before))[:60])
    return typed


def rows_of(columns: list[Column]) -> list[tuple[Cell | None, Cell | None]]:
    """English and Chinese beside each other."""
    english, chinese = (column.cells() for column in columns)
    return list(zip_longest(english, chinese))


def save(pair: Pair, user: User, data: dict[str, Any], columns: list[Column]) -> None:
    texts = {column.language: changed for column in columns if (changed := column.changed())}
    if not texts:
        raise NoWordChanged
    notes = data["note_en"], data["note_zh_hans"]
    open_correction(pair.release, user, data["kind"], *notes, texts, data["stamp"], data["other_is_right"])
