"""Bilingual checks: what they flag in good translations, and what they cost.

    .venv/bin/python bench/checks.py FOLDER documents [--show 30] [--only half_width ...]
    .venv/bin/python bench/checks.py FOLDER traditional
    .venv/bin/python bench/checks.py FOLDER speed

FOLDER holds line-aligned texts, *.eng.txt, *.zho-CN.txt and *.zho-TW.txt, and DOCUMENT_IDS.tsv.
"""

import argparse
import random
import statistics
import sys
import time
from collections import Counter
from datetime import date
from html import escape
from itertools import islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from news import checks
from news.checks.base import REGISTER, About, Document, Level, Term

PARAGRAPHS, TERMS, LINES = 30, 2000, 2000
ROUNDS = 7


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("what", choices=["documents", "traditional", "speed"])
    parser.add_argument("--show", type=int, default=0, help="so many findings with their texts, by chance")
    parser.add_argument("--only", nargs="*", choices=list(REGISTER), help="the checks to show, by default all")
    options = parser.parse_args()
    random.seed(1)
    return {"documents": documents, "traditional": traditional, "speed": speed}[options.what](options)


def lines(folder, language):
    [path] = folder.glob(f"*.{language}.txt")
    return [escape(line, quote=False) for line in path.read_text("utf-8").splitlines()]


def pairs(folder):
    """{document: [(English, Chinese)]}"""
    names = (folder / "DOCUMENT_IDS.tsv").read_text("utf-8").splitlines()
    grouped = {}
    for name, *texts in zip(names, lines(folder, "eng"), lines(folder, "zho-CN"), strict=True):
        grouped.setdefault(name, []).append(texts)
    return grouped


def as_documents(texts):
    return [
        Document(tuple((str(number), html) for number, html in enumerate(side))) for side in zip(*texts, strict=True)
    ]


def documents(options):
    count, alarms, found = Counter(), [], []
    grouped = pairs(options.folder)
    for name, texts in grouped.items():
        findings = checks.run(*as_documents(texts))
        count.update((finding.check, finding.level) for finding in findings)
        alarms.append(sum(finding.level is not Level.INFORMS for finding in findings))
        found += [(name, finding) for finding in findings if finding.check in (options.only or REGISTER)]
    for name in REGISTER:
        print(f"{name:16}", "  ".join(f"{level.value} {count[name, level]:5}" for level in Level))
    ranked = sorted(alarms)
    print(f"{len(ranked)} documents, warnings and blocks in each: median {statistics.median(ranked)}, "
          f"95th percentile {ranked[int(0.95 * len(ranked))]}")  # fmt: skip
    for name, finding in random.sample(found, min(options.show, len(found))):
        print(f"\n{name} {finding.check} {finding.level}: {finding.message.zh}")
        for language, text, places in zip(("en", "zh"), finding.texts, (finding.english, finding.chinese), strict=True):
            print(f"  {language} {text[:400]}  {[place.words[:20] for place in places]}")


def traditional(options):
    for language in ("zho-CN", "zho-TW"):
        texts = lines(options.folder, language)
        flagged = sum(any(found.check == "traditional" for found in checks.run_on("", text)) for text in texts)
        print(f"{language}: {flagged} of {len(texts)} lines flagged, {flagged / len(texts):.2%}")


def speed(options):
    everything = [pair for texts in pairs(options.folder).values() for pair in texts]
    english, chinese = as_documents(everything[:PARAGRAPHS])
    for terms in ((), glossary(everything)):
        about = About(terms, date.today())
        whole = price(lambda about=about: checks.run(english, chinese, about))
        segment = price(lambda about=about: checks.run_on(*everything[0], about))
        print(f"{len(terms)} terms: {PARAGRAPHS} paragraphs {whole:.1f} ms, one segment {segment:.1f} ms")
    for family in dict.fromkeys(check.family for check in REGISTER.values()):
        off = frozenset(check.name for check in REGISTER.values() if check.family != family)
        print(f"  {family}: {price(lambda off=off: checks.run(english, chinese, about, off=off)):.1f} ms")
    begun = time.perf_counter()
    for pair in islice(everything, LINES):
        checks.run_on(*pair)
    print(f"{min(len(everything), LINES)} segments: {time.perf_counter() - begun:.1f} s")


def price(call):
    """Milliseconds, the median of some rounds that remember nothing of a text; the first warms up."""
    taken = []
    for _round in range(ROUNDS + 1):
        for remembered in remembering():
            remembered.cache_clear()
        begun = time.perf_counter()
        call()
        taken.append(1000 * (time.perf_counter() - begun))
    return statistics.median(taken[1:])


def remembering():
    """The caches of the checks, but for that of the glossary: a site has one."""
    for module in [module for name, module in sys.modules.items() if name.startswith("news.checks.")]:
        for value in list(vars(module).values()):
            if hasattr(value, "cache_clear") and value.__name__ != "glossary_of":
                yield value


def glossary(everything):
    """Names made of pieces of the texts, some of them people."""
    random.seed(2)
    terms = []
    while len(terms) < TERMS:
        english, chinese = random.choice(everything)
        words, start = english.split(), random.randrange(max(len(chinese) - 4, 1))
        first = random.randrange(len(words))
        terms.append(
            Term(
                (" ".join(words[first : first + 3]).strip(".,\"'"),),
                (chinese[start : start + 4],),
                is_person=len(terms) % 4 == 0,
            )
        )
    return tuple(terms)


if __name__ == "__main__":
    sys.exit(main())
