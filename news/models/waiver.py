from django import forms
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from home.languages import Words
from news.checks import REGISTER, Said
from news.spoken import sentence

from .release import Release


class Waiver(models.Model):
    """Somebody read what a check found and says that it is correct as it is.

    It holds in the release in which it was given. Where the same two texts stand in another, its reason is offered
    there; so is one whose release nobody knows.
    """

    name = models.CharField(_("check"), max_length=40)
    key = models.CharField(_("key"), max_length=64, help_text=_("Of the finding: it holds both texts."))
    release = models.ForeignKey(
        Release, verbose_name=_("release"), null=True, on_delete=models.SET_NULL, related_name="waivers"
    )
    message = models.JSONField(_("message"), default=dict, help_text=_("What was found, by language."))
    overrides = models.BooleanField(_("overrides"), default=False)
    reason = models.TextField(_("reason"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    user_name = models.CharField(_("name"), max_length=255)
    at = models.DateTimeField(pgettext_lazy("waiver", "at"), auto_now_add=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("waiver")
        verbose_name_plural = _("waivers")
        constraints = [
            models.UniqueConstraint(fields=["key", "release", "overrides"], name="settled_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.reason}"

    @property
    def said(self) -> str:
        """What was found, in the language that is spoken."""
        return sentence(Said(**self.message))

    @property
    def kind(self) -> Words:
        return _("Overridden") if self.overrides else _("Correct as it is")


def check_choices() -> list[tuple[str, str]]:
    """[(name, title)] in the language that is spoken."""
    return [(check.name, sentence(check.title)) for check in REGISTER.values()]


class CheckSettingsForm(WagtailAdminModelForm):
    off = forms.MultipleChoiceField(
        label=_("Switched off"),
        choices=check_choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("What is ticked is no longer looked for in any release of this site."),
    )


@register_setting(icon="tasks")
class CheckSettings(BaseSiteSetting):
    """Which checks a site does without."""

    off = models.JSONField(_("switched off"), default=list, blank=True, help_text=_("Names of checks."))

    base_form_class = CheckSettingsForm

    class Meta:
        verbose_name = _("checks")
