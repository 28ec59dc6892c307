"""Figures: how much correct translation is flagged, and how many seeded errors are caught.

    .venv/bin/python bench/checks_numbers.py FOLDER [--seed N] [--show] [--missed]

FOLDER holds line-aligned translations made by people, *.eng.txt and *.zho-CN.txt. Errors are seeded into segments that
are not flagged as they are.
"""

import argparse
import random
import re
import sys
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT)]

DIGITS = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
SCALED = re.compile(r"(?<=[0-9])(\s?)([万亿])")
OUR_CHECKS = ("numbers", "dates", "percent", "currency", "units")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", action="store_true", help="what is flagged as it is")
    parser.add_argument("--missed", action="store_true", help="the seeded errors that are not caught")
    options = parser.parse_args()
    random.seed(options.seed)
    pairs = lines(options.folder)
    clean = correct(pairs, options.show)
    print(f"\n{'seeded':40} {'errors':>7} {'caught':>7} {'share':>7}")
    for kind, side, spoil, names in KINDS:
        seeded(kind, side, spoil, names, clean, options.missed)


def lines(folder):
    """[(English, Chinese)]"""
    [english], [chinese] = folder.glob("*.eng.txt"), folder.glob("*.zho-CN.txt")
    return list(zip(english.read_text().splitlines(), chinese.read_text().splitlines(), strict=True))


def findings(english, chinese, names=OUR_CHECKS):
    from news.checks import REGISTER, run_on

    return run_on(english, chinese, off=frozenset(REGISTER) - set(names))


def correct(pairs, show):
    """Prints what is flagged; gives the pairs back that are not, by any check."""
    clean, flagged, with_digits, started = [], Counter(), 0, time.perf_counter()
    for number, (english, chinese) in enumerate(pairs, 1):
        found = findings(english, chinese)
        has_digits = bool(DIGITS.search(english + chinese))
        with_digits += has_digits
        flagged.update({finding.check for finding in found})
        flagged["any, of segments with digits"] += bool(found) and has_digits
        if not found:
            clean.append((english, chinese))
        elif show:
            print(f"{number}: {english}\n    {chinese}")
            print(*(f"    {finding.check} {finding.level}: {finding.message.en}" for finding in found), sep="\n")
    took = time.perf_counter() - started
    print(f"{len(pairs)} segments, {with_digits} with digits, {took:.2f} s, {took / len(pairs) * 1000:.2f} ms each")
    print(f"\n{'flagged, as translated by people':40} {'segments':>8} {'share':>7}")
    for name, count in sorted(flagged.items()):
        print(f"{name:40} {count:8} {count / with_digits:7.1%}")
    return clean


def seeded(kind, side, spoil, names, clean, show):
    """Every place where the error can be made, one at a time."""
    errors = caught = 0
    for pair in clean:
        for spoilt in spoil(pair[side]):
            errors += 1
            other = (spoilt, pair[1]) if side == 0 else (pair[0], spoilt)
            if findings(*other, names):
                caught += 1
            elif show:
                print(f"{kind}: {other[0]}\n    {other[1]}\n    was {pair[side]}")
    print(f"{kind:40} {errors:7} {caught:7} {caught / max(errors, 1):7.1%}", flush=True)


def last_digit(text):
    for figure in DIGITS.finditer(text):
        digit = random.choice([each for each in "0123456789" if each != figure[0][-1]])
        yield text[: figure.end() - 1] + digit + text[figure.end() :]


def swapped(text):
    for figure in DIGITS.finditer(text):
        places = [at for at in range(figure.start(), figure.end() - 1) if text[at : at + 2].isdigit()]
        places = [at for at in places if text[at] != text[at + 1]]
        if places:
            at = random.choice(places)
            yield text[:at] + text[at + 1] + text[at] + text[at + 2 :]


def scale_exchanged(text):
    for scale in SCALED.finditer(text):
        yield text[: scale.start(2)] + {"万": "亿", "亿": "万"}[scale[2]] + text[scale.end() :]


def scale_dropped(text):
    for scale in SCALED.finditer(text):
        yield text[: scale.start()] + text[scale.end() :]


def replaced(*changes):
    """Each occurrence of each pattern, by a text, or by what a function makes of the match."""

    def spoil(text):
        for old, new in changes:
            for match in re.finditer(old, text):
                yield text[: match.start()] + (new(match) if callable(new) else new) + text[match.end() :]

    return spoil


def later(most):
    return lambda match: str(int(match[0]) % most + 1)


def next_weekday(match):
    return WEEKDAYS[(WEEKDAYS.index(match[0]) + 1) % 7]


WEEKDAYS = "一二三四五六日"
NUMBERS = ("numbers",)
KINDS = [
    ("last digit changed, in the Chinese", 1, last_digit, NUMBERS),
    ("two digits swapped, in the Chinese", 1, swapped, NUMBERS),
    ("last digit changed, in the English", 0, last_digit, NUMBERS),
    ("two digits swapped, in the English", 0, swapped, NUMBERS),
    ("万 and 亿 exchanged", 1, scale_exchanged, NUMBERS),
    ("万 or 亿 dropped", 1, scale_dropped, NUMBERS),
    ("month changed (dates)", 1, replaced((r"(?<![0-9])[0-9]{1,2}(?=\s?月\s?[0-9]{1,2}\s?日)", later(12))), ("dates",)),
    ("day changed (dates)", 1, replaced((r"(?<=月)\s?[0-9]{1,2}(?=\s?日)", later(28))), ("dates",)),
    ("weekday changed (dates)", 1, replaced(("(?<=周)[一二三四五六日]", next_weekday)), ("dates",)),
    ("% made percentage points (percent)", 1, replaced(("%", "个百分点")), ("percent",)),
    ("percentage points made % (percent)", 1, replaced(("个?百分点", "%")), ("percent",)),
    ("% dropped (percent)", 1, replaced(("%", "")), ("percent",)),
    ("美元 made 元 (currency)", 1, replaced((r"(?<=[0-9万亿])\s?美元", "元")), ("currency",)),
    ("英镑 made 美元 (currency)", 1, replaced((r"(?<=[0-9万亿])\s?英镑", "美元")), ("currency",)),
    ("公里 made 米 (units)", 1, replaced((r"(?<=[0-9])\s?公里", "米")), ("units",)),
    ("英里 made 公里 (units)", 1, replaced((r"(?<=[0-9])\s?英里", "公里")), ("units",)),
    (
        "英尺, 英寸, 磅 made 米, 厘米, 公斤 (units)",
        1,
        replaced((r"(?<=[0-9])\s?英尺", "米"), (r"(?<=[0-9])\s?英寸", "厘米"), (r"(?<=[0-9])\s?磅", "公斤")),
        ("units",),
    ),
]

if __name__ == "__main__":
    main()
