"""Which column of a table holds what: by the names that people give them, else by what stands in them."""

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import override

from home.languages import CHINESE, ENGLISH

from .rows import COLUMNS, Unreadable, label_of
from .statuses import kind_of

ADDED = re.compile("(terms?|names?|术语|词条|名称|译名|译法|译文)$")
HAN = re.compile("[㐀-鿿豈-﫿\U00020000-\U0003ffff]")
LETTER = re.compile("[A-Za-z]")
STATUS = "status"
"""No field of a term: what it says decides whether the row is one."""
NAMES = {
    "english": ("english", "en", "eng", "enus", "engb", "英文", "英语", "英译"),
    "chinese": (
        "chinese", "zh", "zho", "chi", "cn", "zhcn", "zhhans", "simplifiedchinese", "chinesesimplified", "中文",
        "汉语", "简体中文", "中译",
    ),
    "kind": ("type", "类型", "类别", "种类"),
    "note": ("notes", "remark", "remarks", "comment", "comments", "备注", "说明", "注释"),
    STATUS: (
        "status", "termstatus", "administrativestatus", "normativeauthorization", "usage", "usagestatus", "approval",
        "状态", "术语状态", "审核状态", "使用状态", "审定状态",
    ),
}  # fmt: skip
PLACES = (
    "source", "original", "target", "translation", "term", "原文", "源语", "源语言", "译文", "译名", "目标语",
    "目标语言", "术语", "词条", "名称",
)  # fmt: skip
"""Names that say nothing of the language."""


def plain(cell: str) -> str:
    """What a column is called, without what people add to it."""
    word = re.sub(r"[\W_]", "", cell.casefold())
    return ADDED.sub("", word) or word


def names_known() -> dict[str, str]:
    """{as people write it: name of the column}, the labels of the admin among them."""
    known = {plain(word): name for name, words in NAMES.items() for word in words}
    for code in (ENGLISH.code, CHINESE.code):
        with override(code):
            known |= {plain(label_of(name)): name for name in COLUMNS}
    return known | {plain(name): name for name in COLUMNS}


def is_head(cells: Sequence[str]) -> bool:
    known = names_known()
    named = [known.get(plain(cell)) for cell in cells]
    places = sum(plain(cell) in PLACES for cell in cells)
    return bool({"english", "chinese"} & set(named)) or places > 1


def columns_of(head: Sequence[str] | None, rows: Sequence[Sequence[str]]) -> list[str]:
    """The name of each column, empty where it is not read; `head` None where the first line is a term already."""
    known = names_known()
    names = [known.get(plain(cell), "") for cell in head] if head is not None else [""] * max(map(len, rows), default=0)
    for at, name in enumerate(names):
        cells = [row[at] for row in rows if not name and at < len(row) and row[at].strip()]
        if cells and STATUS not in names and all(kind_of(cell) is not None for cell in cells):
            names[at] = STATUS
    twice = sorted({name for name in names if name and names.count(name) > 1})
    if twice:
        raise Unreadable(_("This column is there twice: %s.") % twice[0])
    if not {"english", "chinese"} & set(names):
        asked = [at for at, name in enumerate(names) if not name and (head is None or plain(head[at]) in PLACES)]
        english, chinese = by_content(asked, rows)
        names[english], names[chinese] = "english", "chinese"
    elif head is not None and not {"english", "chinese"} <= set(names):
        asked = [at for at, name in enumerate(names) if not name and plain(head[at]) in PLACES]
        if len(asked) == 1:
            names[asked[0]] = "chinese" if "english" in names else "english"
    return names


def by_content(asked: Sequence[int], rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """(English column, Chinese column): of those asked, the one of each. Raises Unreadable where that is open."""
    found: dict[str, list[int]] = {"english": [], "chinese": []}
    for at in asked:
        cells = [row[at] for row in rows if at < len(row) and row[at].strip()]
        han = sum(bool(HAN.search(cell)) for cell in cells)
        if cells and han * 10 >= len(cells) * 9:
            found["chinese"].append(at)
        elif (
            cells and han * 10 <= len(cells) and sum(bool(LETTER.search(cell)) for cell in cells) * 10 >= len(cells) * 9
        ):
            found["english"].append(at)
    if len(found["english"]) != 1 or len(found["chinese"]) != 1:
        message = _(
            "It is not clear which column is English and which is Chinese. Name them in the first line: “english” or"
            " “chinese” must be among them. All are: %s."
        )
        raise Unreadable(message % ", ".join(COLUMNS))
    return found["english"][0], found["chinese"][0]
