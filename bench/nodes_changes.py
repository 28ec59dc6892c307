"""What the newsroom does in bench/nodes.py, and what readers have to be told once it is done."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import count, cycle
from math import ceil
from typing import NamedTuple

from freshness_changes import TOPIC

from news.demo.review import person
from news.models import Topic
from news.release.bringing_back import agree_to_return, propose_return
from news.release.correction import approve_correction, correct
from news.release.publishing import release_both
from news.release.withdrawal import withdraw
from tests.stored.changes.ways import BOTH, admin, article, new_article, petra, release_of, titled

CODES = [language.code for language in BOTH]
LISTS = ("", "news/", "news/feed/", f"news/?topic={TOPIC}")
EVERYWHERE = [f"/{code}/{path}" for code in CODES for path in LISTS] + ["/sitemap.xml"]
"""What shows articles of the topic."""


class Says(NamedTuple):
    """What is answered: the words are among it."""

    status: int
    words: str = ""

    def is_so(self, answer):
        return answer.status == self.status and self.words.encode() in answer.body


@dataclass
class Step:
    subject: str
    addresses: list[str]
    """In both languages; and then whatever else shows the same."""
    after: list[Says]
    """What the first two of them say once it is done."""
    act: Callable[[], object]


def all_so(says, answers):
    return all(each.is_so(answer) for each, answer in zip(says, answers, strict=False))


class Newsroom:
    def __init__(self):
        self.numbers, self.ready = count(1), []
        self.known = {}
        """{slug of an article, or the topic: (its addresses in both languages, what they say)}"""
        self.aside = {TOPIC}
        """Those of them whose step has failed: nobody goes on with them. Nor is the topic an article."""
        self.at_hand = ""
        kinds = self.release, self.correct, self.rename, self.correct, self.release, self.withdraw, self.bring_back
        self.kinds = cycle(kinds)
        self.releases = kinds.count(self.release) / len(kinds)

    def make_ready(self, changes):
        """As many articles as they may release, and three more to begin with. They take their time."""
        for _article in range(4 + ceil(changes * self.releases)):
            slug = f"count-{next(self.numbers):03}"
            self.ready.append((slug, new_article(slug, "ready", topics=[Topic.objects.get(slug=TOPIC)])))

    def next_kind(self):
        """What makes the next Step, or what there is for it."""
        kind = next(self.kinds)
        return self.withdraw if kind == self.bring_back and not self.those(410) else kind

    def lay_aside(self):
        self.aside.add(self.at_hand)

    def settle(self, step, is_told, answers):
        """Whether a change is "done", "not at all", "by half", or "lost" though it was told to be done."""
        addresses, before = self.known[step.subject]
        if all_so(step.after, answers):
            self.known[step.subject] = addresses, step.after
            return "done"
        if is_told:
            return "lost"
        return "not at all" if all_so(before, answers) else "by half"

    def differing(self, answers):
        """Of all that is known, what says something else now."""
        return [
            subject
            for subject, (addresses, says) in self.known.items()
            if not all_so(says, [answers[address] for address in addresses])
        ]

    def those(self, status):
        return [
            slug
            for slug, (_addresses, says) in self.known.items()
            if says[0].status == status and slug not in self.aside
        ]

    def take(self, status):
        """The article that had its last step longest ago, of those that are answered so."""
        self.at_hand = self.those(status)[0]
        self.known[self.at_hand] = self.known.pop(self.at_hand)
        return self.at_hand

    def release(self):
        self.at_hand, page = self.ready.pop()
        slug = self.at_hand
        self.known[slug] = addresses_of(slug)[:2], [Says(404), Says(404)]
        after = [Says(200, f"Count {slug}"), Says(200, f"调查 {slug}")]
        return Step(slug, addresses_of(slug), after, lambda: release_both(release_of(page), petra()))

    def correct(self):
        slug, number = self.take(200), next(self.numbers)
        english, chinese = f"Edition {number:03} of {slug}", f"第{number:03}版{slug}"
        correct(release_of(article(slug)), admin(), "minor", texts=titled(english, chinese))
        approve_correction(release_of(article(slug)), person("wei"))
        after = [Says(200, english), Says(200, chinese)]
        return Step(slug, addresses_of(slug), after, lambda: release_both(release_of(article(slug)), petra()))

    def withdraw(self):
        slug, after = self.take(200), [Says(410), Says(410)]
        return Step(slug, addresses_of(slug), after, lambda: withdraw(release_of(article(slug)), petra(), "Wrong."))

    def bring_back(self):
        slug = self.take(410)
        propose_return(release_of(article(slug)), petra(), "It was right.", BOTH)
        after = [Says(200, slug), Says(200, slug)]
        act = agree_to_return, release_of(article(slug)), person("wei")
        return Step(slug, addresses_of(slug), after, partial(*act))

    def rename(self):
        topic, number = Topic.objects.get(slug=TOPIC), next(self.numbers)
        addresses = [f"/{code}/news/?topic={TOPIC}" for code in CODES]
        self.known.setdefault(TOPIC, (addresses, [Says(200, topic.name_en), Says(200, topic.name_zh_hans)]))
        topic.name_en, topic.name_zh_hans = f"Forum {number:03}", f"论坛{number:03}"
        return Step(TOPIC, addresses, [Says(200, topic.name_en), Says(200, topic.name_zh_hans)], topic.save)


def addresses_of(slug):
    return [f"/{code}/news/{slug}/{how}" for how in ("", "bilingual/") for code in CODES]
