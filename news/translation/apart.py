"""Where paragraphs of a text say the same, each keeps its own translation, whatever comes, goes or moves between them.

localize finds a translation by path and words, and of equal words the path says only which of them it is: the second of
two is the first once that is gone.
"""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from copy import copy
from typing import NamedTuple

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page
from wagtail_localize.models import StringSegment, StringTranslation, TemplateSegment, TranslationSource

from home.paragraphs import text_path

from .likeness import Line, paired

PLACES = re.compile(r'data-block-key="([^"]*)"|<text position="(\d+)"')
"""In a template of localize's."""


class ParagraphPlace(NamedTuple):
    """Where a paragraph stands, or stood."""

    context: int
    string: int
    line: Line


Texts = Mapping[str, Sequence[ParagraphPlace]]
"""{path of a text: its paragraphs in order}"""
Said = dict[int, StringTranslation]
"""{key of a context: how one string is translated there}"""


def texts(
    paragraphs: Iterable[tuple[str, int, int, str]], templates: Iterable[tuple[str, str]]
) -> dict[str, list[ParagraphPlace]]:
    """Of paragraphs (path, key of context, key of string, words) in order, and templates (path, template)."""
    keys = {path: keys_in(template) for path, template in templates}
    found: dict[str, list[ParagraphPlace]] = defaultdict(list)
    for path, context, string, words in paragraphs:
        path = text_path(path)
        number, known = len(found[path]), keys.get(path, [])
        found[path].append(ParagraphPlace(context, string, Line(words, known[number] if number < len(known) else "")))
    return found


def keys_in(template: str) -> list[str]:
    """The key of the editor's block that each paragraph stands in."""
    keys, key = [], ""
    for found in PLACES.finditer(template):
        if found[2] is None:
            key = found[1]
        else:
            keys.append(key)
    return keys


def texts_stored(source: TranslationSource) -> dict[str, list[ParagraphPlace]]:
    rows = StringSegment.objects.filter(source=source).order_by("order")
    forms = TemplateSegment.objects.filter(source=source)
    return texts(
        rows.values_list("context__path", "context_id", "string_id", "string__data"),
        forms.values_list("context__path", "template__template"),
    )


def keep_apart(source: TranslationSource, before: Texts, after: Texts) -> None:
    """Each of equal paragraphs has the translation that it had before; one that comes has that of one that went."""
    for path, places in after.items():
        former = before.get(path, ())
        again = repeated(places) | repeated(former)
        if former and again:
            come_from = paired([place.line for place in former], [place.line for place in places])
            said = said_at(source, path, again)
            for string in again:
                old = [place.context for place in former if place.string == string]
                new = {
                    place.context: former[come_from[number]].context
                    if number in come_from and former[come_from[number]].string == string
                    else None
                    for number, place in enumerate(places)
                    if place.string == string
                }
                for rows in said[string].values() if old else ():
                    move(rows.values(), given_back(rows, old, new))


def said_at(source: TranslationSource, path: str, strings: Collection[int]) -> dict[int, dict[int, Said]]:
    """{string: {locale: {context: translation}}} of a text, of paragraphs that are gone as well."""
    found: dict[int, dict[int, Said]] = defaultdict(lambda: defaultdict(dict))
    rows = StringTranslation.objects.filter(
        translation_of__in=strings, context__object=source.object_id, context__path__startswith=path
    )
    for row in rows.select_related("context").order_by("pk"):
        if text_path(row.context.path) == path:
            found[row.translation_of_id][row.locale_id][row.context_id] = row
    return found


def repeated(places: Sequence[ParagraphPlace]) -> set[int]:
    """Keys of strings that come more than once."""
    strings = [place.string for place in places]
    return {string for string in strings if strings.count(string) > 1}


def given_back(said: Said, old: Sequence[int], new: Mapping[int, int | None]) -> dict[int, StringTranslation | None]:
    """{context: the translation that stands there from now on}

    `old`: the contexts that a string had; `new`: {one that it has: which of the old that was}.
    """
    wanted = {context: said.get(former) for context, former in new.items() if former is not None}
    come = [context for context, former in new.items() if former is None]
    parked = {context: row for context, row in said.items() if context not in old}
    wanted |= {context: parked.pop(context) for context in come if context in parked}
    wanted |= dict(zip([context for context in come if context not in wanted], parked.values(), strict=False))
    placed = {row.pk for row in wanted.values() if row is not None}
    left = [row for row in said.values() if row.pk not in placed]
    free = [context for context in dict.fromkeys([*said, *old]) if context not in new]
    return wanted | dict(zip(free, left, strict=False))  # what was said of one that is gone waits for its return


def move(said: Iterable[StringTranslation], wanted: Mapping[int, StringTranslation | None]) -> None:
    """Past any signal: nobody writes anything. Who wrote it and when stays; where one stood for two, it is doubled."""
    kept: dict[int, int] = {}
    doubled = []
    for context, row in wanted.items():
        if row is None:
            continue
        if row.pk in kept:
            doubled.append((context, row))
        else:
            kept[row.pk] = context
    rows = StringTranslation.objects.filter(pk__in=[row.pk for row in said])
    rows.exclude(pk__in=kept).delete()
    moved = {row.pk for row in said if row.pk in kept and kept[row.pk] != row.context_id}
    rows.filter(pk__in=moved).update(context=None)
    for pk in moved:
        rows.filter(pk=pk).update(context_id=kept[pk])
    for context, row in doubled:
        made = copy(row)
        made.pk, made.context_id = None, context
        StringTranslation.objects.bulk_create([made])
        here = StringTranslation.objects.filter(translation_of=row.translation_of_id, locale=row.locale_id)
        here.filter(context=context).update(created_at=row.created_at, updated_at=row.updated_at)


def together() -> QuerySet[TranslationSource]:
    """Those taken apart while equal paragraphs still shared their path, of pages that are there."""
    twins = StringSegment.objects.filter(
        source=OuterRef("source"), context=OuterRef("context"), string=OuterRef("string"), order__lt=OuterRef("order")
    )
    there = Page.objects.filter(translation_key=OuterRef("object_id"), locale=OuterRef("locale"))
    shared = StringSegment.objects.filter(Exists(twins), source=OuterRef("pk"))
    return TranslationSource.objects.filter(Exists(shared), Exists(there))
