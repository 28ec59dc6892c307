"""What files say of a form: that it is right, right as well, wrong, out of use. What is not known is none of these.

The words are those of TBX-Basic, TBX-Min and ISO 30042:2008, and what programs and people write in their place.
"""

import re
from collections.abc import Iterable

SAID = {
    "": (
        "preferred", "preferredterm", "standardized", "standardised", "recommended", "approved", "final", "finalized",
        "valid", "ok", "right", "correct", "main", "规范", "规范译法", "推荐", "首选", "已审定", "已核准", "已批准",
        "审定", "通过", "已通过", "有效", "正确",
    ),
    "also": ("admitted", "accepted", "allowed", "permitted", "legal", "regulated", "synonym", "允许", "可用", "容许"),
    "former": ("superseded", "obsolete", "former", "formerly", "outdated", "旧称", "曾用", "曾用名", "已过时", "过时"),
    "forbidden": (
        "deprecated", "notrecommended", "forbidden", "rejected", "prohibited", "donotuse", "banned", "disallowed",
        "wrong", "incorrect", "invalid", "禁用", "禁用译法", "禁止", "不推荐", "已弃用", "弃用", "错误", "无效",
        "不通过", "未通过", "已否决", "已拒绝",
    ),
}  # fmt: skip
KINDS = {word: kind for kind, words in SAID.items() for word in words}
WORST = ("forbidden", "former", None, "also", "")
"""Of several statuses of one form the first of these holds: doubt goes before a yes, a no before doubt."""


def kind_of(said: str) -> str | None:
    """A field of the term, as in `english_forbidden`, empty for the form to write; None for what is not known."""
    word = re.sub(r"[\W_]", "", said.casefold().removesuffix("-admn-sts"))
    return KINDS.get(word, KINDS.get(word.removesuffix("term")))


def worst(statuses: Iterable[str]) -> str | None:
    """Of at least one."""
    return min(map(kind_of, statuses), key=WORST.index)
