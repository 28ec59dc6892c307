"""What is asked before something is done with several releases at once."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.permission_policies.pages import PagePermissionPolicy

from home import clock

from .embargo_forms import ScheduleForm
from .forms import HandOverForm, WhichLanguagesForm

LONGEST = 60 * 24 * 366
"""Minutes."""


def moved(data: dict[str, Any], moment: datetime) -> datetime:
    """Where a moment moves to, by what a MoveForm gave."""
    return data["at"] or moment + timedelta(minutes=data["minutes"])


class MoveForm(ScheduleForm):
    """To one moment, or each by so many minutes; `moments`: {key of a release: its own}.

    Those that were shown travel along: sent twice, or after somebody else has set another, it moves nothing further.
    """

    shown = forms.JSONField(required=False, widget=forms.HiddenInput)

    minutes = forms.IntegerField(
        label=gettext_lazy("Each later by so many minutes"),
        required=False,
        min_value=-LONGEST,
        max_value=LONGEST,
        help_text=gettext_lazy("Minutes below zero, such as -30, make it earlier."),
    )

    def __init__(self, *args: Any, moments: Mapping[int, datetime], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.moments = moments
        self.initial["shown"] = {str(key): at.isoformat() for key, at in moments.items()}
        self.fields["at"].required = False
        self.fields["at"].label = _("All at")
        self.order_fields(["minutes", "at", "reason", "password"])

    def clean_shown(self) -> dict[str, str]:
        shown = self.cleaned_data["shown"]
        return shown if isinstance(shown, dict) else {}

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if self.errors:
            return data
        if (data.get("at") is None) == (not data.get("minutes")):
            self.leave_out()
            raise forms.ValidationError(_("Say by how many minutes, or at which moment: one of the two."))
        now = timezone.now()
        broken = [at for at in self.moments.values() if at > now and moved(data, at) < at]
        if not broken:
            self.leave_out()
        elif not (data.get("reason", "").strip() and data.get("password")):
            told = _("That is before the embargo ends, %(moment)s: give a reason, and your password once more.")
            self.add_error("reason", told % {"moment": clock.words(min(broken))})
        return data


class HandOverReleasesForm(HandOverForm, WhichLanguagesForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, people=who_writes(), **kwargs)
        self.order_fields(["to", "languages", "due", "note"])


def who_writes() -> QuerySet[User]:
    """Whoever may change something somewhere. Whether it is this page is asked of each."""
    users = PagePermissionPolicy().users_with_any_permission({"change", "publish"})
    found: QuerySet[User] = get_user_model().objects.filter(pk__in=users.values("pk"), is_active=True)
    return found.order_by("first_name", "username")
