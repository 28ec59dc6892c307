"""All terms of the site, as the checks take them: the glossary's, and the names of partners."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid4

from django.core.cache import cache
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.signals import page_published, page_unpublished

from home.languages import CHINESE, ENGLISH
from news.checks.glossary import Term
from news.models import FormerName, GlossaryTerm, PartnerPage

KEY = "newsroom.glossary"
SECONDS = 600


@dataclass(frozen=True)
class Entry:
    """A term, with what helps whoever writes it. `offices` are English, Chinese."""

    term: Term
    offices: tuple[str, str] = ("", "")
    note: str = ""


def terms_of_site() -> tuple[Term, ...]:
    """(Term, ...): the same tuple until something changes."""
    return read(current_state())[0]


def entries_of_site() -> dict[Term, Entry]:
    """{Term: Entry}"""
    return read(current_state())[1]


def current_state() -> str:
    """A word that changes when a term does, for all processes."""
    return str(cache.get_or_set(KEY, lambda: uuid4().hex, SECONDS))


@receiver([post_save, post_delete], sender=GlossaryTerm)
@receiver([post_save, post_delete], sender=PartnerPage)
@receiver([page_published, page_unpublished], sender=PartnerPage)
def forget(**kwargs: Any) -> None:
    """At once, for the rest of this request, and again when others can see the change."""
    cache.delete(KEY)
    transaction.on_commit(lambda: cache.delete(KEY))


@lru_cache(maxsize=2)
def read(state: str) -> tuple[tuple[Term, ...], dict[Term, Entry]]:
    """Once for each `current_state`."""
    entries = [*map(entry_of, GlossaryTerm.objects.all()), *map(Entry, partner_terms())]
    by_term = {entry.term: entry for entry in entries}
    return tuple(by_term), by_term


def entry_of(row: GlossaryTerm) -> Entry:
    term = Term(
        english=row.right("english"),
        chinese=row.right("chinese"),
        forbidden_english=row.forbidden("english"),
        forbidden_chinese=row.forbidden("chinese"),
        former_english=row.former("english"),
        former_chinese=row.former("chinese"),
        until=row.until and row.until + timedelta(days=1),
        is_person=row.kind == row.Kind.PERSON,
    )
    return Entry(term, (row.office_en, row.office_zh_hans), row.note)


def partner_terms() -> Iterator[Term]:
    """A term for each partner that was ever public, and one more for each further year that ended a name of it.

    A profile that never was holds words nobody approved, and those of the other language until it is translated.
    """
    names: dict[UUID, dict[str, tuple[str, ...]]] = {}
    public = PartnerPage.objects.filter(first_published_at__isnull=False).order_by("pk")
    for key, code, *forms in public.values_list("translation_key", "locale__language_code", "title", "short_name"):
        names.setdefault(key, {})[code] = tuple(dict.fromkeys(form.strip() for form in forms if form.strip()))
    former: dict[UUID, dict[int | None, dict[str, list[str]]]] = {}
    rows = FormerName.objects.filter(page__in=public.order_by()).order_by("sort_order", "pk")
    for key, code, name, until in rows.values_list(
        "page__translation_key", "page__locale__language_code", "name", "until"
    ):
        former.setdefault(key, {}).setdefault(until, {}).setdefault(code, []).append(name)
    for key, right in names.items():
        for until, formerly in former.get(key, {None: {}}).items():
            yield Term(
                english=right.get(ENGLISH.code, ()),
                chinese=right.get(CHINESE.code, ()),
                former_english=tuple(formerly.get(ENGLISH.code, ())),
                former_chinese=tuple(formerly.get(CHINESE.code, ())),
                until=date(until + 1, 1, 1) if until else None,
            )
