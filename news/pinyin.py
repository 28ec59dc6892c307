"""The names of Chinese people in Latin letters, by GB/T 28039-2011: 单小禾 is Shan Xiaohe, 吕安 is Lyu An."""

import re

from news.checks.persons import COMPOUND_SURNAMES

COMPOUND = re.compile(f"{COMPOUND_SURNAMES.pattern}|万俟|澹台|单于")
READINGS = {
    **{"万俟": "moqi", "尉迟": "yuchi", "澹台": "tantai", "长孙": "zhangsun", "单于": "chanyu", "令狐": "linghu"},
    **{"单": "shan", "仇": "qiu", "解": "xie", "曾": "zeng", "查": "zha", "朴": "piao", "华": "hua", "任": "ren"},
    **{"区": "ou", "盖": "ge", "缪": "miao", "翟": "zhai", "乐": "yue", "员": "yun", "繁": "po", "折": "she"},
    **{"召": "shao", "种": "chong", "过": "guo", "祭": "zhai", "覃": "qin", "郇": "xun", "隗": "wei", "卜": "bu"},
    **{"秘": "bi", "黑": "he", "洗": "xian", "句": "gou", "薄": "bo", "柏": "bai", "宓": "mi", "都": "du"},
}
"""Of family names that are read otherwise than the word is."""


def sounds_of(letter: str) -> set[str]:
    """All readings of one Han character, without tones; empty of anything else."""
    from pypinyin import Style, pinyin  # its tables are half a second to load

    return set(pinyin(letter, style=Style.NORMAL, heteronym=True, errors="ignore")[0]) if is_han(letter) else set()


def is_han(letter: str) -> bool:
    return "\u3400" <= letter <= "\u9fff"


def pinyin_of(name: str) -> str:
    """Empty for what is not two to four Han: other people's names are spelt by themselves."""
    if not 2 <= len(name) <= 4 or not all(map(is_han, name)):
        return ""
    from pypinyin import lazy_pinyin  # its tables are half a second to load

    size = 2 if COMPOUND.match(name) and len(name) > 2 else 1
    family = READINGS.get(name[:size]) or "".join(lazy_pinyin(name[:size]))
    first, *others = lazy_pinyin(name[size:])
    given = first + "".join(f"'{part}" if part[0] in "aoe" else part for part in others)
    return " ".join(part.replace("v", "yu").capitalize() for part in (family, given))
