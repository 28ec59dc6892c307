"""The site has two languages: a third in the settings or among Wagtail's locales is refused in words."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.exceptions import ValidationError
from django.db.models.signals import pre_save
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Locale

from home.gate import Refused
from home.languages import LANGUAGES

OTHERWISE_CALLED = {"en-gb": "en", "en-us": "en", "zh": "zh-hans", "zh-cn": "zh-hans", "zh-sg": "zh-hans"}
SETTINGS = ("LANGUAGES", "WAGTAIL_CONTENT_LANGUAGES", "WAGTAILADMIN_PERMITTED_LANGUAGES")


class AnotherLanguage(Refused):
    message = _("This site is written in English (en) and Chinese (zh-hans), and in no other language: “%(code)s”.")


def refuse_another(code: str) -> None:
    """A validator of Locale. Raises ValidationError."""
    if code not in LANGUAGES:
        raise ValidationError(str(AnotherLanguage(code=code)))


@receiver(pre_save, sender=Locale, dispatch_uid="home.two_languages")
def guard_locale(sender: type[Locale], instance: Locale, raw: bool = False, **kwargs: Any) -> None:
    if not raw and instance.language_code not in LANGUAGES:
        raise AnotherLanguage(code=instance.language_code)


def codes_of(languages: Iterable[Any]) -> list[str]:
    """Of a setting, whatever somebody has made of it."""
    return [str(pair[0]) if isinstance(pair, list | tuple) and pair else str(pair) for pair in languages]


@register("languages")
def check_languages(app_configs: Sequence[AppConfig] | None, **kwargs: Any) -> list[CheckMessage]:
    wrong: list[CheckMessage] = []
    for name in SETTINGS:
        codes = codes_of(getattr(settings, name, settings.LANGUAGES))
        if sorted(codes) != sorted(LANGUAGES):
            hints = [
                f"{code} is {OTHERWISE_CALLED[code.lower()]} here."
                for code in codes
                if code.lower() in OTHERWISE_CALLED
            ]
            wrong.append(
                Error(
                    f"{name} names {', '.join(codes) or 'nothing'}; this site has {' and '.join(LANGUAGES)}.",
                    hint=" ".join(
                        [*hints, "A third language takes a change of the software: leave the setting as it is."]
                    ),
                    id="home.E008",
                )
            )
    if settings.LANGUAGE_CODE not in LANGUAGES:
        wrong.append(
            Error(
                f"LANGUAGE_CODE is {settings.LANGUAGE_CODE}; it is one of {' and '.join(LANGUAGES)}.",
                hint="Leave the setting as it is.",
                id="home.E009",
            )
        )
    return wrong


def install() -> None:
    """Wagtail's form of a locale says what the model's field says."""
    field: Any = Locale._meta.get_field("language_code")
    if refuse_another not in field.validators:
        field.validators.append(refuse_another)
