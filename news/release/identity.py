"""Who publishes, in both languages at once: public words by one publisher alone. Rule 22."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext

from home.gate import Refused
from home.identity import IDENTITY
from home.languages import LANGUAGES, Language, language_of
from home.models import HomePage
from news import trail
from news.pair.refusals import NotAPublisher
from news.pair.rules import has

from . import pictures


class BothLanguages(Refused):
    message = _("Fill it in in both languages, or in neither: %(fields)s.")


def homes() -> dict[Language, HomePage]:
    """Those that readers see."""
    found = HomePage.objects.filter(alias_of=None).select_related("locale", "logo").order_by("-live", "pk")
    first = {language_of(home): home for home in reversed(found)}
    return {language: first[language] for language in LANGUAGES.values() if language in first}


def may_change_identity(user: User) -> bool:
    found = homes().values()
    return bool(found) and all(has(user, home, "publish") for home in found)


def halves(values: Mapping[Language, Mapping[str, Any]]) -> list[str]:
    """The names of the fields that one language has and another has not."""
    return [name for name in IDENTITY if len({bool(fields[name]) for fields in values.values()}) > 1]


@transaction.atomic
def change_identity(values: Mapping[Language, Mapping[str, Any]], user: User) -> list[str]:
    """`values`: {Language: {name of a field: value}} of all fields. Returns the names of what was changed."""
    if not may_change_identity(user):
        raise NotAPublisher
    missing = halves(values)
    if missing:
        raise BothLanguages(fields=", ".join(label(name) for name in missing))
    changed: list[str] = []
    told: list[str] = []
    for language, home in homes().items():
        names = [name for name in IDENTITY if getattr(home, name) != values[language][name]]
        for name in names:
            before, after = getattr(home, name), values[language][name]
            told.append(
                pgettext("a field that was changed", "%(language)s, %(field)s: %(before)s → %(after)s")
                % {
                    "language": language.label,
                    "field": label(name),
                    "before": before or "–",
                    "after": after or "–",
                }
            )
            setattr(home, name, after)
        if names:
            home.save(update_fields=names)
            changed += names
    for home in homes().values() if changed else ():
        for image, place in home.pictures() if "logo" in changed else ():
            pictures.ask_for_picture(image, place)
        trail.record(home, "change_identity", user, reason="\n".join(told))
    return list(dict.fromkeys(changed))


def label(name: str) -> str:
    return str(HomePage._meta.get_field(name).verbose_name)
