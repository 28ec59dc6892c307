"""How the translation is made."""

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _

from news.models import Kind
from news.pair import rules
from news.pair.pair import Pair, VersionState
from news.release import kinds

from .base import Data, step


def is_changeable(pair: Pair, user: User) -> bool:
    if pair.is_section:
        return False
    version = pair.translation
    open_states = (VersionState.DRAFTING, VersionState.CHANGES_ASKED)
    if version.page is None or version.state not in open_states or version.is_locked_for(user):
        return False
    return rules.has(user, version.page, "change")


@step(
    "adapt",
    _("Adapt: edit the translation as a page"),
    _("The translation is edited as a page from now on."),
    lambda pair, user: pair.release.kind == Kind.FULL and is_changeable(pair, user),
    writes=("adapt",),
)
def adapt(pair: Pair, user: User, data: Data) -> None:
    kinds.adapt(pair.release, user)


@step(
    "translate_fully",
    _("Translate paragraph by paragraph"),
    _("The translation is made paragraph by paragraph from now on."),
    lambda pair, user: pair.release.kind == Kind.ADAPTED and is_changeable(pair, user),
    writes=("translate_fully",),
)
def translate_fully(pair: Pair, user: User, data: Data) -> None:
    kinds.translate_fully(pair.release, user)
