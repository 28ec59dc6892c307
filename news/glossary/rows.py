"""A file of terms as rows, whatever its format: the fields of a term by the names of the model, all as text."""

from dataclasses import dataclass, field

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from news.models import GlossaryTerm
from news.models.glossary import FORMS

COLUMNS = ["kind", "english", "chinese", "office_en", "office_zh_hans", *FORMS, "until", "note"]
LARGEST_MB = 5
LARGEST = LARGEST_MB * 1024 * 1024
MOST_ROWS = 5000


class Unreadable(ValueError):
    """Nothing can be made of the file; its text says why, to an editor."""


@dataclass(frozen=True)
class TermRow:
    line: int
    """Where it begins in the file."""
    values: dict[str, str]


@dataclass(frozen=True)
class Left:
    """What of a file is not written into the glossary."""

    line: int
    message: str
    """Why, to an editor."""


@dataclass
class Reading:
    rows: list[TermRow] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    """How the file was read: columns, languages."""
    left: list[Left] = field(default_factory=list)
    """What no row was made of."""

    def add(self, line: int, values: dict[str, str]) -> None:
        """Raises Unreadable past MOST_ROWS."""
        self.rows.append(TermRow(line, values))
        if len(self.rows) > MOST_ROWS:
            raise Unreadable(_("The file has more than %(number)d terms. Split it.") % {"number": MOST_ROWS})


def value_of(term: GlossaryTerm, name: str) -> str:
    """As files hold it: a day in ISO 8601, what is not given empty."""
    value = getattr(term, name)
    return value.isoformat() if name == "until" and value else value or ""


def label_of(name: str) -> str:
    field = GlossaryTerm._meta.get_field(name)
    return capfirst(str(getattr(field, "verbose_name", name)))
