"""What stood at the place of a paragraph that is open now: from before the original changed, or from an adaptation."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import unescape

from django.utils.html import strip_tags
from wagtail_localize.models import String, StringSegment, StringTranslation, Translation

from home.paragraphs import text_path

from .likeness import ALIKE, Line, likeness, paired
from .texts import PageText, texts_of

Rows = Sequence[StringTranslation]


@dataclass(frozen=True)
class Earlier:
    words: str
    source: str
    """What the words translated; empty if they come from an adaptation."""


@dataclass(frozen=True)
class FormerParagraph:
    """A paragraph as it was."""

    source: str
    words: str
    """Empty where nobody had translated it."""
    is_known: bool
    """Whether `source` is what `words` translated; else it is the words themselves."""


def earlier(translation: Translation, said: Iterable[PageText] | None = None) -> dict[StringSegment, Earlier]:
    """For open segments. `said`: the texts of the newest stored draft of the target, where it has been read."""
    paragraphs = translation.source.stringsegment_set.annotate_translation(translation.target_locale)
    now_at: dict[str, list[StringSegment]] = defaultdict(list)
    open_at: dict[str, list[StringSegment]] = defaultdict(list)
    for segment in paragraphs.select_related("context", "string").order_by("order"):
        path = text_path(segment.context.path)
        now_at[path].append(segment)
        if not segment.translation:  # as in `without_translation`
            open_at[path].append(segment)
    if not open_at:
        return {}
    if said is None:
        target = translation.source.get_translated_instance(translation.target_locale)
        said = texts_of(target.get_latest_revision_as_object())
    said_at: dict[str, list[str]] = defaultdict(list)
    for path, html in said:
        said_at[path].append(html)
    rows_at = rows_of(translation, open_at)
    sources = untranslated(translation, [html for path in open_at for html in said_at[path]])
    found: dict[StringSegment, Earlier] = {}
    for path, opened in open_at.items():
        now, stored, rows = now_at[path], said_at[path], rows_at[path]
        if len(now) == 1 and len(stored) <= 1:
            found |= of_one(opened[0], stored, rows, sources)
        else:
            found |= of_several(opened, now, formers(stored, rows, sources), rows)
    return found


def rows_of(translation: Translation, paths: Iterable[str]) -> dict[str, list[StringTranslation]]:
    """{path of a text: whatever its paragraphs have been translated as}, the newest last."""
    found: dict[str, list[StringTranslation]] = {path: [] for path in paths}
    rows = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale
    )
    for row in rows.select_related("translation_of", "context").order_by("updated_at", "pk"):
        if (path := text_path(row.context.path)) in found:
            found[path].append(row)
    return found


def untranslated(translation: Translation, texts: Iterable[str]) -> set[str]:
    """An untranslated paragraph is stored in the original's words, those of a former original among them."""
    strings = String.objects.filter(locale=translation.source.locale, data__in=set(texts))
    return set(strings.values_list("data", flat=True))


def of_one(segment: StringSegment, said: Sequence[str], rows: Rows, sources: set[str]) -> dict[StringSegment, Earlier]:
    if rows:
        return {segment: Earlier(rows[-1].data, rows[-1].translation_of.data)}
    written = [words for words in said if words and words not in sources]
    return {segment: Earlier(written[0], "")} if written else {}


def formers(said: Sequence[str], rows: Rows, sources: set[str]) -> list[FormerParagraph]:
    """The paragraphs of a text as the draft has them."""
    left = list(rows)
    found = []
    for words in said:
        row = next((row for row in reversed(left) if plain(row.data) == plain(words)), None)
        if row is not None:
            left.remove(row)
            found.append(FormerParagraph(row.translation_of.data, row.data, is_known=True))
        else:
            found.append(FormerParagraph(words, "" if words in sources else words, is_known=words in sources))
    return found


def plain(html: str) -> str:
    return unescape(strip_tags(html))


def of_several(
    opened: Iterable[StringSegment], now: Sequence[StringSegment], before: Sequence[FormerParagraph], rows: Rows
) -> dict[StringSegment, Earlier]:
    """Those of one text, paired by likeness and order; what is like none of them is beside none of them."""
    lines = [Line(segment.string.data) for segment in now]
    come_from = paired([Line(former.source) for former in before], lines)
    number_of = {segment.pk: number for number, segment in enumerate(now)}
    found: dict[StringSegment, Earlier] = {}
    for segment in opened:
        former = before[come_from[number_of[segment.pk]]] if number_of[segment.pk] in come_from else None
        if former is not None and former.words:
            found[segment] = Earlier(former.words, former.source if former.is_known else "")
    if any(not former.is_known for former in before):
        found |= left_of_an_adaptation(opened, found, before, set(come_from.values()))
    current = {(segment.context_id, segment.string_id) for segment in now}
    offered = {earlier.words for earlier in found.values()}
    older = [row for row in rows if (row.context_id, row.translation_of_id) not in current and row.data not in offered]
    left = [segment for segment in opened if segment not in found]
    return found | alike(left, older)


def left_of_an_adaptation(
    opened: Iterable[StringSegment],
    found: dict[StringSegment, Earlier],
    before: Sequence[FormerParagraph],
    used: set[int],
) -> dict[StringSegment, Earlier]:
    """Nobody knows which paragraph it belongs to: beside the first that has nothing stands all of it."""
    left = [former.words for number, former in enumerate(before) if number not in used and not former.is_known]
    first = next((segment for segment in opened if segment not in found), None)
    return {first: Earlier("<br/>".join(left), "")} if first is not None and left else {}


def alike(segments: Sequence[StringSegment], rows: Rows) -> dict[StringSegment, Earlier]:
    """From before the draft was made: what is like an open paragraph."""
    ordered = sorted(rows, key=lambda row: row.pk)
    come_from = paired(
        [Line(row.translation_of.data) for row in ordered], [Line(segment.string.data) for segment in segments]
    )
    found = {}
    for number, row in ((number, ordered[old]) for number, old in come_from.items()):
        if likeness(row.translation_of.data, segments[number].string.data) >= ALIKE:
            found[segments[number]] = Earlier(row.data, row.translation_of.data)
    return found
