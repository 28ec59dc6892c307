"""Rows of a file become terms. First a plan, which is shown and says what is left out; then it is carried out."""

import re
from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from typing import NamedTuple
from uuid import uuid4

from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter
from wagtail.models import BaseLogEntry, ModelLogEntry, Revision
from wagtail.search.backends import get_search_backends_with_name

from news.models import GlossaryTerm
from news.models.glossary import FORMS, lines, tidy
from news.pinyin import pinyin_of

from .rows import COLUMNS, Left, Reading, TermRow, label_of, value_of
from .terms import forget

ACTION = "newsroom.import_term"
DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?)?")


TermKey = tuple[str, str] | tuple[tuple[str, ...], ...]


class Difference(NamedTuple):
    label: str
    """Of the field."""
    gone: tuple[str, ...]
    come: tuple[str, ...]
    """Lines."""


@dataclass(frozen=True)
class Change:
    line: int
    term: GlossaryTerm
    differences: tuple[Difference, ...]
    """None for what is as it was, and for a new term."""
    beside: str = ""
    """Another term with the same English or Chinese: maybe the row means that one."""


@dataclass
class Plan:
    new: list[Change] = field(default_factory=list)
    changed: list[Change] = field(default_factory=list)
    unchanged: list[Change] = field(default_factory=list)
    left: list[Left] = field(default_factory=list)
    """By line."""

    @property
    def stamp(self) -> str:
        """The same as long as the same would be written."""
        told = [
            (change.term.pk, [each[1:] for each in change.differences], values_of(change.term))
            for change in (*self.new, *self.changed)
        ]
        return sha256(repr(told).encode("utf-8", "surrogatepass")).hexdigest()


def plan_of(reading: Reading) -> Plan:
    """What the rows would change, and what of the file is left out. Nothing is written."""
    known = {key_of(values_of(term)): term for term in GlossaryTerm.objects.all()}
    by_form = {form: term for term in known.values() for form in (term.english, term.chinese) if form}
    plan = Plan(left=list(reading.left))
    seen: dict[TermKey, TermRow] = {}
    for row in reading.rows:
        key = key_of(row.values)
        if key in seen and any(key):
            plan.left.append(Left(row.line, said_before(row, seen[key])))
            continue
        term = copy(known[key]) if key in known else GlossaryTerm()
        before = values_of(term)
        wrong = fill(term, row.values)
        if wrong:
            plan.left += [Left(row.line, message) for message in wrong]
            continue
        seen[key] = row
        differences = differences_of(before, values_of(term))
        if term.pk is None:
            others = {str(by_form[form]) for form in (term.english, term.chinese) if form in by_form}
            plan.new.append(Change(row.line, term, (), "; ".join(sorted(others))))
        else:
            (plan.changed if differences else plan.unchanged).append(Change(row.line, term, differences))
    plan.left.sort(key=lambda left: left.line)
    return plan


def said_before(row: TermRow, first: TermRow) -> str:
    """Two meanings of the same two words are one term here: what the second has besides is for somebody to add."""
    given = {name: value for name, value in row.values.items() if value.strip()}
    same = all(first.values.get(name, "") == value for name, value in given.items())
    told = (
        _("It is the same term as on line %(line)d.")
        if same
        else _("It is the same term as on line %(line)d, and says other things of it. What is written there holds.")
    )
    return told % {"line": first.line}


def differences_of(before: dict[str, str], after: dict[str, str]) -> tuple[Difference, ...]:
    return tuple(
        Difference(label_of(name), *gone_and_come(before[name].splitlines(), after[name].splitlines()))
        for name in COLUMNS
        if before[name] != after[name]
    )


def gone_and_come(old: list[str], new: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Without the lines that stay; all of them if only their order changes."""
    gone = tuple(line for line in old if line not in new)
    come = tuple(line for line in new if line not in old)
    return (gone, come) if gone or come else (tuple(old), tuple(new))


def key_of(values: Mapping[str, str]) -> TermKey:
    """What a term is known by: what to write in English and in Chinese; if there is neither, all its other forms."""
    english, chinese = tidy(values.get("english", "")), tidy(values.get("chinese", ""))
    if not english and kind_of(values.get("kind", "")) == GlossaryTerm.Kind.PERSON:
        english = pinyin_of(chinese)
    return (english, chinese) if english or chinese else tuple(lines(values.get(name, "")) for name in FORMS)


def fill(term: GlossaryTerm, values: Mapping[str, str]) -> list[str]:
    """Set the fields; what is wrong with them, as sentences."""
    wrong = []
    for name, value in values.items():
        if name == "kind":
            kind = kind_of(value)
            if kind is not None:
                term.kind = kind
            else:
                kinds = ", ".join(GlossaryTerm.Kind.values)
                wrong.append(_("“%(value)s” is no kind of term: %(kinds)s.") % {"value": value, "kinds": kinds})
        elif name == "until":
            try:
                term.until = day_of(value)
            except ValueError:
                wrong.append(_("“%(value)s” is no day such as 2018-12-31.") % {"value": value})
        else:
            setattr(term, name, value)
    if not wrong:
        try:
            term.make_tidy()
            term.clean_fields()
            term.clean()
        except ValidationError as error:
            wrong += sentences(error)
    return wrong


def sentences(error: ValidationError) -> list[str]:
    if not hasattr(error, "error_dict"):
        return error.messages
    told = error.message_dict.items()
    return [of_field(name, message) if name in COLUMNS else message for name, said in told for message in said]


def of_field(name: str, message: str) -> str:
    return _("%(field)s: %(message)s") % {"field": label_of(name), "message": message}


def kind_of(value: str) -> GlossaryTerm.Kind | None:
    """By its name in files, or as the admin calls it; empty is a term; None for anything else."""
    named = {"": GlossaryTerm.Kind.TERM, **{kind.value: kind for kind in GlossaryTerm.Kind}}
    named |= {str(kind.label).casefold(): kind for kind in GlossaryTerm.Kind}
    return named.get(value.strip().casefold())


def day_of(value: str) -> date | None:
    """2018-12-31, also as spreadsheets turn it round, or a year: its last day. Raises ValueError."""
    if not value.strip():
        return None
    match = DAY.fullmatch(value.strip())
    if not match:
        raise ValueError
    year, month, day = match.groups()
    return date(int(year), int(month or 12), int(day or 31))


def values_of(term: GlossaryTerm) -> dict[str, str]:
    return {name: value_of(term, name) for name in COLUMNS}


@transaction.atomic
def carry_out(plan: Plan, user: User | None, file_name: str) -> None:
    """Write what is new and changed, each with its revision and its line in the log.

    All at once, as Wagtail does it one by one: thousands of terms would take longer than a request may.
    """
    terms = [change.term for change in (*plan.new, *plan.changed)]
    if not terms:
        return
    GlossaryTerm.objects.bulk_create([change.term for change in plan.new])
    for change in plan.changed:  # bulk_update() takes ten times as long
        term = change.term
        GlossaryTerm.objects.filter(pk=term.pk).update(**{name: getattr(term, name) for name in COLUMNS})
    kind = ContentType.objects.get_for_model(GlossaryTerm)
    common = {"content_type": kind, "user": user}
    now, batch = timezone.now(), uuid4()
    revisions = Revision.objects.bulk_create(
        Revision(
            **common,
            base_content_type=kind,
            object_id=str(term.pk),
            object_str=str(term),
            content=term.serializable_data(),
            created_at=now,
        )
        for term in terms
    )
    for term, revision in zip(terms, revisions, strict=True):
        term.latest_revision = revision
    GlossaryTerm.objects.bulk_update(terms, ["latest_revision"], batch_size=100)
    ModelLogEntry.objects.bulk_create(
        ModelLogEntry(
            **common,
            object_id=str(term.pk),
            label=str(term),
            action=ACTION,
            timestamp=now,
            uuid=batch,
            data={"file": file_name},
            revision=term.latest_revision,
            content_changed=True,
        )
        for term in terms
    )
    for _label, backend in get_search_backends_with_name(with_auto_update=True):
        backend.add_bulk(GlossaryTerm, terms)
    forget()


def register(actions: LogActionRegistry) -> None:
    @actions.register_action(ACTION)
    class Formatter(LogFormatter):
        label = message = gettext_lazy("Brought in from a file")

        def format_comment(self, log_entry: BaseLogEntry) -> str:
            return log_entry.data.get("file", "")
