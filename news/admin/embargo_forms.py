"""Forms of steps that have to do with the moment of a release, `release_at`, which each is told of. Rule 27."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from home import clock
from home.accounts.factors import asks_for_code
from home.moments import MomentFormField
from news.models import Release
from news.pair.embargo import EmbargoMoved
from news.release.publishing import AT_ITS_MOMENT, NOW

from .forms import LANGUAGE_CHOICES, ReasonForm, StepForm, WithdrawForm, text


def known(release: Release) -> dict[str, Any]:
    """What these forms are told, when they are shown and when they are sent."""
    return {"release_at": release.release_at}


def password_field(**options: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "current-password"})
    return forms.CharField(label=gettext_lazy("Your password, once more"), widget=widget, strip=False, **options)


class AtAMoment(StepForm):
    def __init__(self, *args: Any, release_at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "password" in self.fields and asks_for_code():
            self.fields["password"].label = _("Code of your app, now")
            self.fields["password"].widget.attrs = {"autocomplete": "one-time-code", "inputmode": "numeric"}
        self.embargo = release_at if release_at is not None and release_at > timezone.now() else None
        """The moment, if it lies ahead."""


class ScheduleForm(AtAMoment):
    """Whoever brings an embargo forward is asked for more, once it is seen that they do."""

    at = MomentFormField(
        label=gettext_lazy("Release at"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
        help_text=gettext_lazy("For both languages."),
    )
    reason = forms.CharField(label=gettext_lazy("Reason"), widget=text(), required=False)
    password = password_field(required=False)

    def __init__(self, *args: Any, release_at: datetime | None = None, **kwargs: Any) -> None:
        super().__init__(*args, release_at=release_at, **kwargs)
        if release_at is not None:
            self.initial["at"] = release_at  # as it is, seconds and all
        if not self.is_bound:
            self.leave_out()

    def leave_out(self) -> None:
        for name in ("reason", "password"):
            self.fields.pop(name, None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        at = data.get("at")
        if at is None or self.embargo is None or at >= self.embargo:
            self.leave_out()
        elif not (data.get("reason", "").strip() and data.get("password")):
            told = _("That is before the embargo ends, %(moment)s: give a reason, and your password once more.")
            self.add_error("at", told % {"moment": clock.words(self.embargo)})
        return data


class UnscheduleForm(AtAMoment):
    """A moment that was missed is taken back without a word."""

    reason = forms.CharField(label=gettext_lazy("Reason"), widget=text())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.embargo is None:
            del self.fields["reason"]
        else:
            told = _("The embargo ends on %(moment)s. All publishers are told.")
            self.fields["reason"].help_text = told % {"moment": clock.words(self.embargo)}


class BreakForm(AtAMoment, ReasonForm):
    until = forms.CharField(widget=forms.HiddenInput)
    """The moment that was named."""
    password = password_field()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.embargo is not None:
            self.initial["until"] = self.embargo.isoformat()
            told = _("It is to go out on %(moment)s. Now it goes out before that, and all publishers are told.")
            self.fields["reason"].help_text = told % {"moment": clock.words(self.embargo)}

    def clean_until(self) -> datetime:
        """Another moment was set since: it is named anew, and asked once more."""
        if self.embargo is not None and self.cleaned_data["until"] != self.embargo.isoformat():
            data: Any = self.data
            self.data = changed = data.copy()
            changed[self.add_prefix("until")] = self.embargo.isoformat()
            self.add_error(None, str(EmbargoMoved(moment=clock.words(self.embargo))))
        try:
            return datetime.fromisoformat(self.cleaned_data["until"])
        except ValueError:
            raise forms.ValidationError(_("No moment was named.")) from None


class UrgentForm(AtAMoment, ReasonForm):
    """While an embargo lies ahead: now, which is asked once more after the first answer, or at its moment."""

    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages"), choices=LANGUAGE_CHOICES, widget=forms.CheckboxSelectMultiple
    )
    when = forms.ChoiceField(label=gettext_lazy("When it goes out"), widget=forms.RadioSelect)
    confirmed = forms.BooleanField(required=False)
    password = password_field()
    clean_languages = WithdrawForm.clean_languages

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.embargo is None:
            del self.fields["when"], self.fields["confirmed"]
            return
        moment = {"moment": clock.words(self.embargo)}
        field: Any = self.fields["when"]
        field.choices = [
            (AT_ITS_MOMENT, _("When its embargo ends, %(moment)s") % moment),
            (NOW, _("Now, before its embargo ends")),
        ]
        self.fields["confirmed"].label = _("Break the embargo until %(moment)s: it goes out now") % moment
        if not self.is_bound:
            del self.fields["confirmed"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("when") != NOW:
            self.fields.pop("confirmed", None)
        elif not data.get("confirmed"):
            told = _("This breaks an embargo. Confirm it, and type your password once more.")
            self.add_error("confirmed", told)
        return data
