"""A translation that comes back as a PO file: what of it is taken, what is left, and why.

wagtail-localize takes every entry that has words, those that a translator was not sure of among them, and says that all
went well whatever the file holds.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from uuid import UUID

import polib
from django.contrib.auth.models import User
from django.db import transaction
from django.utils.html import strip_tags
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_localize.models import String, StringTranslation, Translation

from home.characters import clean

BELONGS_TO = "X-WagtailLocalize-TranslationID"
TOOL = "PO File"
"""As localize calls it; the editor says it in the language of the admin."""
HELD = {ord(sign): 0x10FF00 + at for at, sign in enumerate("\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029")}
"""What polib takes for the end of a line, and a program that writes PO files leaves within one."""
GIVEN_BACK = {held: sign for sign, held in HELD.items()}
Place = tuple[str, UUID]
"""(path of the text, hash of the original's words)"""


class NotThisFile(ValueError):
    """Nothing can be made of the file; its text says why, to an editor."""


class Why(Enum):
    EMPTY = gettext_lazy("Not translated in the file")
    FUZZY = gettext_lazy("Marked as not sure (fuzzy)")
    OBSOLETE = gettext_lazy("Marked as no longer used (obsolete)")
    ELSEWHERE = gettext_lazy("Not in this translation, or the original has other words there now")
    TWICE = gettext_lazy("In the file twice, with different translations")
    ABSENT = gettext_lazy("Not in the file")


@dataclass
class Taken:
    """What became of a file; each text as (original, translation), without its mark-up."""

    new: list[tuple[str, str]] = field(default_factory=list)
    replaced: list[tuple[str, str]] = field(default_factory=list)
    """What had another translation here."""
    same: int = 0
    faulty: list[tuple[str, str]] = field(default_factory=list)
    """Taken, and open all the same: its links or its mark-up are not those of the original."""
    left: dict[Why, list[tuple[str, str]]] = field(default_factory=lambda: defaultdict(list))

    @property
    def number(self) -> int:
        return len(self.new) + len(self.replaced)

    @property
    def number_left(self) -> int:
        return sum(map(len, self.left.values()))


def read(content: bytes, translation: Translation) -> polib.POFile:
    """Raises NotThisFile for what is no PO file, or was not made for this translation."""
    # The first line keeps polib from taking the text for the name of a file.
    try:
        file = polib.pofile("#\n" + decode(content).translate(HELD))
    except (OSError, ValueError) as error:
        raise NotThisFile(_("This is not a PO file that was downloaded here.")) from error
    owner = file.metadata.get(BELONGS_TO)
    if owner is None:
        raise NotThisFile(_("This is not a PO file that was downloaded here."))
    if owner != str(translation.uuid):
        raise NotThisFile(_("This PO file was downloaded for another translation."))
    for entry in file:
        entry.msgid = entry.msgid.translate(GIVEN_BACK)
        entry.msgstr = clean(entry.msgstr.translate(GIVEN_BACK))
    return file


def decode(content: bytes) -> str:
    """Raises UnicodeDecodeError. A program may save in another encoding than it names."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


@transaction.atomic
def take(file: polib.POFile, translation: Translation, user: User) -> Taken:
    translation = Translation.objects.select_for_update().get(pk=translation.pk)
    segments = translation.source.stringsegment_set.order_by("order").select_related("context", "string")
    originals = {(each.context.path, each.string.data_hash): each.string.data for each in segments}
    before = words_of(translation)
    taken, sure = Taken(), polib.POFile()
    sure.metadata = file.metadata
    said = said_of(file)
    for entry in file:
        place = place_of(entry)
        why = why_left(entry, place, originals, said)
        if why is not None:
            note(taken, why, entry)
        elif before.get(place) == entry.msgstr:
            taken.same += 1
        else:
            sure.append(entry)
            (taken.replaced if before.get(place) else taken.new).append(shown(entry.msgid, entry.msgstr))
    taken.left[Why.ABSENT] += [
        shown(words, "") for place, words in originals.items() if place not in said and not before.get(place)
    ]
    translation.import_po(sure, user=user, tool_name=TOOL)
    places = {place_of(entry) for entry in sure}
    taken.faulty = [
        shown(originals[place], words) for place, words in words_of(translation, faulty=True).items() if place in places
    ]
    return taken


def said_of(file: polib.POFile) -> dict[Place, set[str]]:
    """What the file says for each text, of that which it is sure of."""
    said: dict[Place, set[str]] = defaultdict(set)
    for entry in file:
        if not entry.obsolete:
            said[place_of(entry)] |= {entry.msgstr} if entry.msgstr.strip() and not entry.fuzzy else set()
    return said


def why_left(
    entry: polib.POEntry, place: Place, originals: dict[Place, str], said: dict[Place, set[str]]
) -> Why | None:
    if entry.obsolete:
        return Why.OBSOLETE
    if place not in originals:
        return Why.ELSEWHERE
    if not entry.msgstr.strip():
        return Why.EMPTY
    if entry.fuzzy:
        return Why.FUZZY
    return Why.TWICE if len(said[place]) > 1 else None


def note(taken: Taken, why: Why, entry: polib.POEntry) -> None:
    told = shown(entry.msgid, entry.msgstr)
    if told not in taken.left[why]:
        taken.left[why].append(told)


def words_of(translation: Translation, *, faulty: bool = False) -> dict[Place, str]:
    found = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id, locale=translation.target_locale
    ).exclude(data="")
    if faulty:
        found = found.filter(has_error=True)
    rows = found.values_list("context__path", "translation_of__data_hash", "data")
    return {(path, digest): data for path, digest, data in rows}


def place_of(entry: polib.POEntry) -> Place:
    return entry.msgctxt or "", String._get_data_hash(entry.msgid)


def shown(original: str, translation: str) -> tuple[str, str]:
    return strip_tags(original), strip_tags(translation)
