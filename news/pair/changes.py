"""The difference of two faces, in words people read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.core.exceptions import FieldDoesNotExist
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from wagtail.fields import StreamField
from wagtail.models import Page

from news.translation.parts import Part, PartKind

from .face import NOTE, Face, FaceChange

FEW = 4


class SaidChange(NamedTuple):
    place: str
    """Where it is: “Paragraph 3”."""
    what: str
    """What happened there: “picture replaced”."""
    before: str
    """The words that were there; empty of what is no text."""
    after: str

    def __str__(self) -> str:
        return _("%(place)s: %(what)s") % {"place": self.place, "what": self.what}


def say(changes: Iterable[FaceChange], page: Page, face: Face) -> list[SaidChange]:
    """`face` is one that has the places of the changes, or had them: it tells which paragraph is the third."""
    places = Places(page, face)
    said: list[SaidChange] = []
    for change in changes:
        place = places.of(change.part)
        if change.part.kind == PartKind.FORM and any(found.place == place for found in said):
            continue  # the text beside it has changed as well: that says it
        said.append(SaidChange(place, happened(change), words(change.before), words(change.after)))
    return list(dict.fromkeys(said))


def places_of(changes: Iterable[FaceChange], page: Page, face: Face) -> str:
    """Each once, in one line."""
    return ", ".join({said.place: None for said in say(changes, page, face)})


def listed(said: Iterable[SaidChange]) -> str:
    """In one sentence; of many the first few."""
    found = [str(one) for one in said]
    shown = pgettext("between changes", "; ").join(found[:FEW])
    if len(found) > FEW:
        return _("%(changes)s, and %(count)d more") % {"changes": shown, "count": len(found) - FEW}
    return shown


class Places:
    def __init__(self, page: Page, face: Face) -> None:
        self.model = type(page)
        self.blocks: dict[str, str] = {}
        for part in face.parts.values():
            if part.kind == PartKind.ORDER and "." not in part.path:
                self.read_order(part)

    def read_order(self, order: Part) -> None:
        field = self.model._meta.get_field(order.path)
        if isinstance(field, StreamField):
            labels = {name: str(block.label) for name, block in field.stream_block.child_blocks.items()}
        else:
            labels = {order.path: capfirst(str(field.related_model._meta.verbose_name))}
        of_kind = Counter(kind for _key, kind in order.value)
        seen: Counter[str] = Counter()
        for key, kind in order.value:
            seen[kind] += 1
            label = labels.get(kind, kind)
            numbered = _("%(label)s %(number)d") % {"label": label, "number": seen[kind]}
            self.blocks[f"{order.path}.{key}"] = numbered if of_kind[kind] > 1 else label

    def of(self, part: Part) -> str:
        name, _dot, rest = part.path.partition(".")
        if name == NOTE:
            return _("Note to readers")
        try:
            field = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return name
        known = self.blocks.get(f"{name}.{rest.partition('.')[0]}")
        if known:
            return known
        of_field = field.related_model._meta.verbose_name_plural if field.one_to_many else field.verbose_name
        return capfirst(str(of_field))


def happened(change: FaceChange) -> str:
    kind, before, after = change.part.kind, change.before, change.after
    if kind == PartKind.LINK and after is not None:
        return _("link now leads to %(address)s") % {"address": after.value}
    if kind == PartKind.PICTURE and before is not None and after is not None and is_same_file(before, after):
        return _("picture is cut otherwise")
    added, changed, removed = WORDS.get(kind, WORDS[PartKind.FIELD])()
    if before is None:
        return added
    return changed if after is not None else removed


def is_same_file(before: Part, after: Part) -> bool:
    return {**before.value, "focal": None} == {**after.value, "focal": None}


WORDS: dict[str, Callable[[], tuple[str, ...]]] = {
    PartKind.TEXT: lambda: (_("text added"), _("text changed"), _("text removed")),
    PartKind.PICTURE: lambda: (_("picture added"), _("picture replaced"), _("picture removed")),
    PartKind.DOCUMENT: lambda: (_("document added"), _("document replaced"), _("document removed")),
    PartKind.LINK: lambda: ("", "", _("link removed")),
    PartKind.PAGE: lambda: (_("entry added"), _("entry replaced"), _("entry removed")),
    PartKind.ORDER: lambda: (_("entries added"), _("entries added, moved or removed"), _("entries removed")),
    PartKind.FORM: lambda: (_("layout changed"),) * 3,
    PartKind.FIELD: lambda: (_("setting added"), _("setting changed"), _("setting removed")),
}
"""{kind: (added, changed, removed)}"""


def words(part: Part | None) -> str:
    if part is None or part.kind != PartKind.TEXT:
        return ""
    return "\n".join(part.value) if isinstance(part.value, list) else part.value
