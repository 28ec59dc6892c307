"""Each notice at once or one digest a day: a panel of everybody's account."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.utils.functional import lazystr
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.views.account import BaseSettingsPanel, notifications_tab

from home import clock
from news.models import DailyDigest


def choices() -> list[tuple[str, str]]:
    each = [(str(hour), _("Once a day, at %(hour)02d:00") % {"hour": hour}) for hour in range(24)]
    return [("", _("Each at once")), *each]


class Zone:
    def __str__(self) -> str:
        return _("%(zone)s. What is urgent comes at once all the same. A day without notices brings no digest.") % {
            "zone": clock.name()
        }


class DigestForm(forms.Form):
    hour = forms.TypedChoiceField(
        label=gettext_lazy("Notices by e-mail"),
        choices=choices,
        coerce=int,
        empty_value=None,
        required=False,
        help_text=lazystr(Zone()),
    )

    def __init__(self, *args: Any, instance: User, **kwargs: Any) -> None:
        self.user = instance
        hour = DailyDigest.objects.filter(user=instance).values_list("hour", flat=True).first()
        super().__init__(*args, **kwargs)
        self.initial["hour"] = "" if hour is None else hour

    def save(self) -> None:
        hour = self.cleaned_data["hour"]
        if hour is None:
            DailyDigest.objects.filter(user=self.user).delete()
        else:
            DailyDigest.objects.update_or_create(user=self.user, defaults={"hour": hour})


class DigestPanel(BaseSettingsPanel):
    name = "digest"
    title = gettext_lazy("When notices come")
    tab = notifications_tab
    order = 200
    form_class = DigestForm
