"""What a site starts with bears one name for everybody: here it is said in the language of the admin."""

import re
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from home.languages import Words

GROUPS: dict[str, Words] = {
    "English authors": _("English authors"),
    "Chinese authors": _("Chinese authors"),
    "English translators": _("English translators"),
    "Chinese translators": _("Chinese translators"),
    "Bilingual reviewers": _("Bilingual reviewers"),
    "Publishers": _("Publishers"),
}
STAGES: dict[str, Words] = {
    "First review · 初审": _("In first review"),
    "Second review · 复审": _("In second review"),
    "Final review · 终审": _("In final review"),
}
"""What is said of a version that waits there."""
HAN = re.compile("[\u4e00-\u9fff]")


def called(name: str) -> str:
    """A group by its name here, and of `First review · 初审` one half. Any other name stays as it is."""
    if name in GROUPS:
        return str(GROUPS[name])
    halves = name.split(" · ")
    in_han = [half for half in halves if HAN.search(half)]
    if len(halves) != 2 or len(in_han) != 1:
        return name
    is_chinese = (get_language() or "").startswith("zh")
    return in_han[0] if is_chinese else next(half for half in halves if half not in in_han)


def waits_at(stage: str) -> str:
    return str(STAGES[stage]) if stage in STAGES else _("In review: %(task)s") % {"task": called(stage)}


def told(message: str, data: dict[str, Any] | None) -> str:
    """A line of the trail, the stage and the workflow that it names called so."""
    for named in (data or {}).values():
        if isinstance(named, dict):
            name = str(named.get("title") or "")
            message = told(message.replace(name, called(name)) if name else message, named)
    return message
