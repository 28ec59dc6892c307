"""Other released pages that hold what has been corrected here."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from wagtail.models import Locale, Page

from home.languages import CHINESE, ENGLISH, Language
from home.search.find import PageSearch
from home.visibility import private
from news.checks.figures import Value
from news.checks.figures_chinese import read_chinese
from news.checks.figures_english import read_english
from news.checks.text import plain
from news.models.released import models_with
from news.pair.pair import Pair
from news.pair.version import Version
from news.translation.texts import texts_of

FigureKey = tuple[frozenset[Value], frozenset[str]]
"""Its values and its units."""
READ = {ENGLISH: read_english, CHINESE: read_chinese}
AT_MOST = 50
"""Pages that are listed, and so many candidates are read for each list."""
AROUND = 40
"""Characters that are shown on either side of the words."""
TELLING = 3
"""Characters of a figure that says something by itself; 5 or 12 stands in half of all releases."""


@dataclass(frozen=True)
class Holder:
    """A public page that holds some words; `before` and `after` are what stands around their first place."""

    page: Page
    before: str
    words: str
    after: str


def holders(words: str, unless: Iterable[UUID] = ()) -> list[Holder]:
    """Public pages in either language, the newest first. `unless`: translation keys that are left out.

    Words are found as they are written, small letters and capitals alike.
    """
    words = " ".join(words.split())
    search, keys = PageSearch(words, private()), []
    for locale in Locale.objects.all():
        for model in models_with():
            keys += [key for key, _moment in search.newest(model, locale, ("first_published_at",), AT_MOST)]
    pages = Page.objects.filter(pk__in=keys).exclude(translation_key__in=list(unless)).specific()
    found = [holder_of(page, words) for page in pages.order_by("-first_published_at", "-pk")]
    return [holder for holder in found if holder is not None][:AT_MOST]


def holder_of(page: Page, words: str) -> Holder | None:
    text = "\n".join(plain(html) for _path, html in texts_of(page))
    place = re.search(re.escape(words), text, re.IGNORECASE)
    if place is None:
        return None
    start, end = place.span()
    return Holder(page, text[max(0, start - AROUND) : start], text[start:end], text[end : end + AROUND])


def given_up(pair: Pair) -> list[str]:
    """Figures, as they are written, that the public texts of a release hold more often than its newest drafts."""
    words = []
    for version in pair.versions.values():
        if version.is_live and version.has_changes:
            before, after = (figures_of(page, version.language) for page in (public(version), version.newest))
            fewer = [said for value, said in before.items() if len(said) > len(after.get(value, []))]
            words += [said[0] for said in fewer if len(said[0]) >= TELLING]
    return list(dict.fromkeys(words))


def public(version: Version) -> Page:
    """The page as readers have it."""
    page = version.existing_page
    return version.at(page.live_revision) if page.live_revision else page


def figures_of(page: Page, language: Language) -> dict[FigureKey, list[str]]:
    """How each figure is written, each time; dates and names that hold digits are no figures here."""
    found: defaultdict[FigureKey, list[str]] = defaultdict(list)
    for _path, html in texts_of(page):
        for figure in READ[language](plain(html)):
            if figure.is_strict and figure.values and not figure.code and not figure.shape:
                found[figure.values, figure.units].append(figure.words)
    return found
