"""What a step of a release asks before it is taken."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.languages import LANGUAGES, Language
from news.models import Correction
from news.models.release import name_of

if TYPE_CHECKING:
    from news.admin.steps.base import Offer

LANGUAGE_CHOICES = [(code, language.label) for code, language in LANGUAGES.items()]


def text(rows: int = 2) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class Labelled(forms.Form):
    """Labels as Wagtail's own forms have them: Django would put a colon after each, half-width after Chinese."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})


class StepForm(Labelled):
    """The version that a step concerns travels along, hidden, and the stamp of what was shown, see news.pair.stamps."""

    stamp = forms.CharField(required=False, widget=forms.HiddenInput)

    language = forms.ChoiceField(choices=[("", ""), *LANGUAGE_CHOICES], required=False, widget=forms.HiddenInput)

    def clean_language(self) -> Language | None:
        return LANGUAGES.get(self.cleaned_data["language"])


class CommentForm(StepForm):
    comment = forms.CharField(label=_("Remark"), required=False, widget=text())


class ReasonForm(StepForm):
    reason = forms.CharField(label=_("Reason"), widget=text())


class SingleForm(ReasonForm):
    due = forms.DateField(
        label=_("Translation due"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Leave it empty if the release stays in this language."),
    )
    confirmed = forms.BooleanField(label=_("The other language has to wait, although it is approved"), required=False)


class HandOverForm(StepForm):
    to = forms.ModelChoiceField(label=_("Assigned to"), queryset=get_user_model().objects.filter(is_active=True))
    due = forms.DateField(
        label=_("Due"), required=False, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    note = forms.CharField(label=_("Note to them"), required=False, widget=text())

    def __init__(self, *args: Any, people: QuerySet[User] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["to"]
        if people is not None:
            field.queryset = people
        field.label_from_instance = name_of


class ScheduleForm(StepForm):
    at = forms.DateTimeField(
        label=_("Release at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=_("Beijing time, for both languages."),
    )

    def clean_at(self) -> datetime:
        given = self.cleaned_data["at"]
        return timezone.make_aware(timezone.make_naive(given), timezone.get_default_timezone())


class UrgentForm(ReasonForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    password = forms.CharField(
        label=_("Your password, once more"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def clean_languages(self) -> list[Language]:
        return [LANGUAGES[code] for code in self.cleaned_data["languages"]]


class WithdrawForm(ReasonForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=LANGUAGE_CHOICES,
        initial=list(LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
    )

    clean_languages = UrgentForm.clean_languages


class NotesForm(Labelled):
    """What readers are told of a correction."""

    kind = forms.ChoiceField(label=_("Kind"), choices=Correction.Kind.choices)
    note_en = forms.CharField(label=_("Note to English readers"), required=False, widget=text(), max_length=1000)
    note_zh_hans = forms.CharField(label=_("Note to Chinese readers"), required=False, widget=text(), max_length=1000)
    other_is_right = forms.BooleanField(
        label=_("Only one language was wrong: the other is right as it stands"), required=False
    )


class CorrectForm(StepForm, NotesForm):
    pass


class AddressForm(StepForm):
    slug = forms.CharField(label=_("New address"), max_length=255)


Invalid = tuple[str, StepForm]
"""The name of a step, and its form with errors."""


AnyForm = TypeVar("AnyForm", bound=forms.Form)


def shown_anew(form: AnyForm, stamp: str) -> AnyForm:
    """The form as it was sent, with the stamp of what is shown beside it now."""
    data: Any = form.data
    changed = data.copy()  # a QueryDict, which is not to be changed
    changed[form.add_prefix("stamp")] = stamp
    form.data = changed
    return form


def typed_in(form: forms.Form) -> list[str]:
    """What somebody wrote in a form in words of their own."""
    texts = (form.data.get(field.html_name, "") for field in form if isinstance(field.field.widget, forms.Textarea))
    return [text.strip() for text in texts if text.strip()]


def with_form(offer: Offer, invalid: Invalid | None = None) -> tuple[Offer, StepForm, bool]:
    """(Offer of a step, its form, whether it stands open)"""
    if invalid and invalid[0] == offer.name and invalid[1].data.get(f"{offer.name}-language", "") == offer.language:
        return offer, invalid[1], True
    people: dict[str, Any] = {} if offer.people is None else {"people": offer.people}
    form = offer.step.form(
        **people,
        prefix=offer.name,
        initial={"language": offer.language, "stamp": offer.stamp, **offer.initial},
        auto_id=f"id_{offer.language}_%s",  # the same step may be open to both versions
    )
    return offer, form, offer.is_open
