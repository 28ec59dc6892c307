"""Who publishes, in both languages beside each other: address, telephone, registration numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import override
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.images.widgets import AdminImageChooser

from home.chrome import shown_with
from home.identity import IDENTITY
from home.images import CustomImage
from home.languages import Language
from home.models import HomePage
from home.taken_down import still_there
from news.pair.face import digest
from news.release.identity import change_identity, halves, homes, label, may_change_identity

from .access import StaffRequest
from .forms import Labelled

Values = dict[Language, dict[str, Any]]
"""What was typed, by the names of the fields."""


class IdentityMenuItem(MenuItem):
    def is_shown(self, request: Any) -> bool:
        """Wagtail asks twice for each page."""
        if not hasattr(request, "may_change_identity"):
            request.may_change_identity = request.user.is_authenticated and may_change_identity(request.user)
        return bool(request.may_change_identity)


class IdentityForm(Labelled):
    """Of one language, whose code is the prefix."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields = forms.models.fields_for_model(HomePage, IDENTITY, widgets={"logo": AdminImageChooser})
        logo: Any = self.fields["logo"]
        logo.queryset = still_there(CustomImage.objects.all())


def identity(request: StaffRequest) -> HttpResponse:
    if not may_change_identity(request.user):
        raise PermissionDenied
    shown, error, data = homes(), "", request.POST or None
    previews: list[Preview] = []
    seen = ""
    stamp = stamp_of(shown)
    asked = {
        language: IdentityForm(data, prefix=language.code, initial={name: getattr(home, name) for name in IDENTITY})
        for language, home in shown.items()
    }
    wrong = [form for form in asked.values() if not form.is_valid()]  # each is asked, and says what is wrong
    if request.method == "POST" and not wrong:
        values = {language: form.cleaned_data for language, form in asked.items()}
        say_halves(asked, values)
        if request.POST.get("stamp") != stamp:
            error = _("Somebody has changed it meanwhile. What you typed still stands here: look at it once more.")
        elif any(form.errors for form in asked.values()):
            pass
        elif is_changed(shown, values) and request.POST.get("seen") != (seen := seen_of(values)):
            previews = previews_of(shown, values)
        else:
            changed = change_identity(values, request.user)
            done = _("Changed in public, and all publishers are told.") if changed else _("Nothing has been changed.")
            messages.success(request, done)
            return redirect("newsroom_identity")
    context = {
        "rows": [
            (capfirst(label(name)), [(language, form[name]) for language, form in asked.items()]) for name in IDENTITY
        ],
        "stamp": stamp,
        "seen": seen,
        "previews": previews,
        "error": error,
        "media": asked[next(iter(asked))].media,
    }
    is_refused = request.method == "POST" and not previews
    return render(request, "news/admin/identity.html", context, status=422 if is_refused else 200)


@dataclass(frozen=True)
class Preview:
    """What the public pages of a language will say."""

    language: Language
    home: HomePage
    """With what was typed, not stored."""
    footer: SafeString


def previews_of(shown: dict[Language, HomePage], values: Values) -> list[Preview]:
    found = []
    for language, home in shown.items():
        for name in IDENTITY:
            setattr(home, name, values[language][name])
        with override(language.code), shown_with(home):
            found.append(Preview(language, home, render_to_string("includes/footer.html")))
    return found


def is_changed(shown: dict[Language, HomePage], values: Values) -> bool:
    return any(getattr(home, name) != values[language][name] for language, home in shown.items() for name in IDENTITY)


def seen_of(values: Values) -> str:
    """Of what was typed when both languages were shown: what is typed since is shown anew."""
    return digest([[str(fields[name] or "") for name in IDENTITY] for fields in values.values()])


def stamp_of(shown: dict[Language, HomePage]) -> str:
    return digest([[str(getattr(home, name) or "") for name in IDENTITY] for home in shown.values()])


def say_halves(asked: dict[Language, IdentityForm], values: Values) -> None:
    for name in halves(values):
        for language, form in asked.items():
            if not values[language][name]:
                form.add_error(name, _("Fill it in in both languages, or in neither."))
