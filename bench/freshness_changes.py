"""What the newsroom does in bench/freshness.py, through the product's own functions, as the demo's people."""

from itertools import count, cycle, islice

from news.demo.review import person
from news.models import Topic
from news.release.bringing_back import agree_to_return, propose_return
from news.release.correction import approve_correction, correct
from news.release.identity import change_identity
from news.release.publishing import release_both
from news.release.withdrawal import withdraw
from tests.stored.changes.site import identity
from tests.stored.changes.ways import BOTH, admin, article, new_article, petra, release_of, titled

TOPIC = "forum"
LISTS = ("", "news/", f"news/?topic={TOPIC}", "news/feed/", "partners/")
NUMBERS = count(1)
PUBLIC, WITHDRAWN = [], []
"""Slugs of what this has written."""


def some(number):
    """(name, addresses of an article in both languages, and read side by side; what makes the change) for each.

    What comes before the step that readers see has been done by then.
    """
    for _first in range(2):
        released()[-1]()
    for kind in islice(cycle(KINDS), number):
        slug, act = kind()
        yield kind.__name__, [f"/{code}/news/{slug}/{how}" for how in ("", "bilingual/") for code in codes()], act


def codes():
    return [language.code for language in BOTH]


def lists():
    years = {f"/{code}/news/?year={article(slug).date.year}" for code in codes() for slug in PUBLIC[:1]}
    return years | {f"/{code}/{path}" for code in codes() for path in LISTS} | {"/sitemap.xml", "/news-sitemap.xml"}


def released():
    slug = f"fresh-{next(NUMBERS)}"
    page = new_article(slug, "ready", topics=[Topic.objects.get(slug=TOPIC)])
    PUBLIC.append(slug)
    return slug, lambda: release_both(release_of(page), petra())


def corrected():
    slug, number = PUBLIC[next(NUMBERS) % len(PUBLIC)], next(NUMBERS)
    texts = titled(f"Count {slug}, edition {number}", f"调查 {slug}，第{number}版")
    correct(release_of(article(slug)), admin(), "minor", texts=texts)
    approve_correction(release_of(article(slug)), person("wei"))
    return slug, lambda: release_both(release_of(article(slug)), petra())


def withdrawn():
    slug = PUBLIC.pop(0)
    WITHDRAWN.append(slug)
    return slug, lambda: withdraw(release_of(article(slug)), petra(), "Wrong.")


def brought_back():
    slug = WITHDRAWN.pop()
    PUBLIC.append(slug)
    propose_return(release_of(article(slug)), petra(), "It was right.", BOTH)
    return slug, lambda: agree_to_return(release_of(article(slug)), person("wei"))


def topic_renamed():
    topic, number = Topic.objects.get(slug=TOPIC), next(NUMBERS)
    topic.name_en, topic.name_zh_hans = f"Forum {number}", f"论坛{number}"
    return PUBLIC[-1], topic.save


def identity_changed():
    number = next(NUMBERS)
    values = identity(organisation=(f"The Forum {number}", f"论坛{number}"))
    return PUBLIC[-1], lambda: change_identity(values, petra())


KINDS = [
    *(released, corrected, withdrawn, brought_back, corrected),
    *(topic_renamed, released, corrected, corrected, identity_changed),
]
