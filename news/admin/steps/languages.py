"""In which languages it is to be public. Rule 32."""

from collections.abc import Iterator
from typing import Any

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.pair.pair import Pair
from news.release import alone, submission

from .base import Data, allowed, step


def may_choose(pair: Pair, user: User) -> bool:
    page = pair.original.page
    may_write = page is not None and page.permissions_for_user(user).can_edit()
    return may_write and allowed(alone.require_may_choose, pair, user)


def offers_one(pair: Pair, user: User) -> Iterator[dict[str, Any]]:
    is_open = not pair.release.alone and alone.may_stay_alone(pair) and not pair.original.is_locked_for(user)
    if is_open and may_choose(pair, user):
        yield {"label": _("In %(language)s only") % {"language": pair.original.language.label}}


@step(
    "one_language",
    gettext_lazy("In one language only"),
    gettext_lazy("It is to be released in this language alone: nobody is asked for a translation."),
    offers_one,
    writes=("one_language",),
)
def stay_alone(pair: Pair, user: User, data: Data) -> None:
    alone.choose(pair.release, user)


@step(
    "both_languages",
    gettext_lazy("Both languages after all"),
    gettext_lazy("It is to be released in both languages: the translation is begun."),
    lambda pair, user: submission.may_be_translated(pair) and may_choose(pair, user),
    writes=("both_languages", "sync", "return_to_drafting", "end_approval"),
)
def translate_after_all(pair: Pair, user: User, data: Data) -> None:
    submission.translate_after_all(pair.release, user)
