"""What is refused of front pages and sections, whose words are released, and which stay where they are. Rule 22."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from home.gate import Refused

if TYPE_CHECKING:
    from .pair import Pair


class SectionStays(Refused):
    message = _("Front pages and sections stay public at their addresses: all else stands below them.")


class OwnWordsInEach(Refused):
    message = _("Front pages and sections have words of their own in each language.")


def require_no_section(pair: Pair, refusal: type[Refused] = SectionStays) -> None:
    """Raises Refused."""
    if pair.is_section:
        raise refusal
