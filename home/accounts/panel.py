"""One's account in the admin leads to the pages of the second factor."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

from . import factors
from .sessions import sessions_of


class SessionsPanel(BaseSettingsPanel):
    name = "sessions"
    title = _("Where you are signed in")
    order = 520
    template_name = "home/accounts/sessions_panel.html"

    def get_form(self) -> forms.Form:
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        return {"count": sessions_of(self.user).count()}


class SecondFactorPanel(BaseSettingsPanel):
    name = "second_factor"
    title = _("Second factor")
    order = 510
    template_name = "home/accounts/panel.html"

    def is_active(self) -> bool:
        return factors.are_offered()

    def get_form(self) -> forms.Form:
        """Nothing is typed here."""
        return forms.Form()

    def get_context_data(self) -> dict[str, Any]:
        return {"factors": factors.factors_of(self.user)}
