"""What a step of a release asks before it is taken."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, User
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from home.languages import LANGUAGES, Language
from home.typed import LatinFormField
from news.called import called
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

    refusal = ""
    """Why the step was refused that it was sent for."""

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


class WhichLanguagesForm(StepForm):
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        choices=LANGUAGE_CHOICES,
        initial=list(LANGUAGES),
        widget=forms.CheckboxSelectMultiple,
    )

    def clean_languages(self) -> list[Language]:
        return [LANGUAGES[code] for code in self.cleaned_data["languages"]]


class WithdrawForm(WhichLanguagesForm, ReasonForm):
    pass


class HoldForm(ReasonForm):
    reason = forms.CharField(label=_("Why it must not go out"), widget=text(1))


class BringBackForm(WithdrawForm):
    """`initial` says which languages there are to bring back."""


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
    slug = LatinFormField(label=_("New address"), max_length=255)


class GroupsField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # it takes none at run time
    def label_from_instance(self, obj: Group) -> str:
        return called(obj.name)


READERS = {
    PageViewRestriction.NONE: _("Everybody"),
    PageViewRestriction.PASSWORD: _("Whoever knows the password"),
    PageViewRestriction.LOGIN: _("Whoever has an account here"),
    PageViewRestriction.GROUPS: _("Members of the groups chosen"),
}


class PrivacyForm(StepForm):
    restriction_type = forms.ChoiceField(
        label=_("Who may read both languages"),
        choices=list(READERS.items()),
        widget=forms.RadioSelect,
        help_text=_(
            "What is not for everybody is in no list, feed, sitemap or search of the site. Whoever has its address is "
            "asked for the password, or to sign in, and gets its pictures and documents only then. It takes effect at "
            "once in both languages, also of what is public already."
        ),
    )
    password = forms.CharField(
        label=_("Password for readers"),
        required=False,
        max_length=255,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    groups = GroupsField(
        label=_("Groups that may read"),
        required=False,
        queryset=Group.objects.order_by("name"),
        widget=forms.CheckboxSelectMultiple,
    )


Invalid = tuple[str, StepForm]
"""The name of a step, and its form with errors."""


NOT_WRITTEN = (forms.CheckboxInput, forms.PasswordInput, forms.HiddenInput, forms.FileInput)
AnyForm = TypeVar("AnyForm", bound=forms.Form)


def shown_anew(form: AnyForm, stamp: str) -> AnyForm:
    """The form as it was sent, with the stamp of what is shown beside it now."""
    data: Any = form.data
    changed = data.copy()  # a QueryDict, which is not to be changed
    changed[form.add_prefix("stamp")] = stamp
    form.data = changed
    return form


def typed_in(form: forms.Form) -> list[str]:
    """What somebody wrote in a form: words, dates, addresses. No password, and nothing that was left as proposed."""
    asked = (
        field
        for field in form.visible_fields()
        if isinstance(field.field.widget, forms.Textarea | forms.widgets.Input)
        and not isinstance(field.field.widget, NOT_WRITTEN)
        and field.name != "password"
    )
    texts = ((field, field.data if isinstance(field.data, str) else "") for field in asked)
    return [text.strip() for field, text in texts if text.strip() and text.strip() != str(field.initial or "")]


def with_form(offer: Offer, invalid: Invalid | None = None) -> tuple[Offer, StepForm, bool]:
    """(Offer of a step, its form, whether it stands open)"""
    if invalid and invalid[0] == offer.name and invalid[1].data.get(f"{offer.name}-language", "") == offer.language:
        return offer, invalid[1], True
    people: dict[str, Any] = {} if offer.people is None else {"people": offer.people}
    form = offer.step.form(
        **people,
        **offer.step.known(offer.pair.release),
        prefix=offer.name,
        initial={"language": offer.language, "stamp": offer.stamp, **offer.initial},
        auto_id=f"id_{offer.language}_%s",  # the same step may be open to both versions
    )
    return offer, form, offer.is_open
