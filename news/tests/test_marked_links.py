"""Links in running text into the other language say so: on the page, beside the translation, in the feed."""

import re

import feedparser
import pytest

from home import gate
from home.languages import CHINESE, ENGLISH
from home.links import marked
from news.checks import Level
from news.findings.judged import findings_of
from news.models import ArticlePage
from news.pair.pair import pair_of, release_of
from news.release.withdrawal import withdraw

from .pairs import article_pair, member_of

pytestmark = pytest.mark.django_db

NOTE = {
    ENGLISH: '<span class="language-note"> (in Chinese)</span>',
    CHINESE: '<span class="language-note">（英文）</span>',
}


def link(page, words="the plan"):
    return f'<a linktype="page" id="{page.pk}">{words}</a>'


def linking(*pages, words=("the plan", "规划")):
    """A pair, whose both versions link to these pages."""
    texts = [" ".join(link(page, said) for page in pages) for said in words]
    pair = article_pair(("Links", "链接"), text=("Text.", "文。"))
    for page, text in zip(pair, texts, strict=True):
        page = ArticlePage.objects.get(pk=page.pk)
        page.body = [("paragraph", f"<p>{text}</p>")]
        with gate.opened(page.translation_key):
            page.save_revision().publish()
    return pair


def take_down(page, *languages):
    publisher = member_of("Publishers", username="petra")
    withdraw(release_of(page), publisher, "Wrong.", languages)


def prose(client, path):
    html = client.get(path).content.decode()
    return re.findall(r"<a [^>]*>(?:the plan|规划).*?</a>", html)


def feed(client, code):
    entries = feedparser.parse(client.get(f"/{code}/news/feed/").content, sanitize_html=False).entries
    text = next(entry.content[0].value for entry in entries if entry.title in ("Links", "链接"))
    return text.replace('href="http://testserver/', 'href="/')  # as it was written


def test_a_version_that_is_there_is_led_to_unmarked(client):
    english, chinese = article_pair()
    here, there = linking(english, chinese)
    assert prose(client, here.url) == [f'<a href="{english.url}">the plan</a>'] * 2
    assert prose(client, there.url) == [f'<a href="{chinese.url}">规划</a>'] * 2


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_one_that_is_not_there_is_marked_for_eyes_and_ears(client, language):
    pair = article_pair(original=language, live=[language], translated=False)
    target = pair[language == CHINESE]
    here, there = linking(target)
    own, foreign = (here, there) if language == ENGLISH else (there, here)
    reader = CHINESE if language == ENGLISH else ENGLISH
    expected = f'<a href="{target.url}" hreflang="{language.tag}">{{}}{NOTE[reader]}</a>'
    words = "规划" if reader == CHINESE else "the plan"
    assert prose(client, foreign.url) == [expected.format(words)]
    assert "language-note" not in "".join(prose(client, own.url))
    assert expected.format(words) in feed(client, reader.code)
    assert "language-note" not in feed(client, language.code)
    for page in (own, foreign):  # beside each other, each column says so in its own language
        found = prose(client, f"{page.url}bilingual/")
        assert expected.format(words) in found
        assert len(found) == 2
        assert sum("language-note" in each for each in found) == 1


@pytest.mark.parametrize("chosen", [0, 1])
def test_one_that_was_withdrawn_here_is_marked_whichever_was_linked_to(client, chosen):
    targets = article_pair()
    here, there = linking(targets[chosen])
    take_down(targets[0], CHINESE)
    assert NOTE[CHINESE] in prose(client, there.url)[0]
    assert "language-note" not in prose(client, here.url)[0]


def test_one_that_was_withdrawn_altogether_leads_to_its_410_and_a_draft_nowhere(client):
    english, _chinese = article_pair()
    draft, _ = article_pair(("Canary", "金丝雀"), live=[])
    here, _there = linking(english, draft)
    take_down(english, ENGLISH, CHINESE)
    assert prose(client, here.url) == [f'<a href="{english.url}">the plan</a>']
    assert client.get(english.url).status_code == 410
    assert "the plan" in client.get(here.url).content.decode()
    assert draft.slug not in client.get(here.url).content.decode()


@pytest.mark.parametrize(
    ("html", "is_marked"),
    [
        ('<a href="/zh-hans/news/">x</a>', True),
        ("<a class='y' href='/zh/news/'>x</a>", True),
        ('<a href="http://testserver/zh-hans/about/?a=1&amp;b=2">x</a>', True),
        ('<a href="http://testserver.example/zh-hans/">x</a>', False),
        ('<a href="https://www.gov.cn/zh/">x</a>', False),
        ('<a href="/en/news/">x</a>', False),
        ('<a href="#zh-hans">x</a>', False),
        ('<a href="mailto:zh-hans@example.org">x</a>', False),
        ('<a href="http://[zh">x</a>', False),
        ("<a>x</a>", False),
        ('<a href="/zh-hans/news/">the list in Chinese</a>', False),
        ('<a href="/zh-hans/news/">the list</a> (in Chinese)', False),
        ('<a href="/zh-hans/news/">the list</a> (the Chinese version, long)', False),
        ('<a href="/zh-hans/news/">the list</a>. A plan in Chinese follows.', True),
        ('<a href="/zh-hans/a/"><b>x</b></a>, <a href="/en/a/">y</a>', True),
    ],
)
def test_addresses_written_by_hand(html, is_marked):
    result = marked(html, ENGLISH)
    assert (NOTE[ENGLISH] in result) == is_marked
    assert ('hreflang="zh-Hans"' in result) == ("/zh" in html and "gov.cn" not in html and "example/" not in html)


class TestFinding:
    def found(self, page, check="absent_versions"):
        judged = findings_of(pair_of(page))
        return {
            (each.finding.level, bool(each.finding.english), bool(each.finding.chinese)): each.message
            for each in judged
            if each.finding.check == check
        }

    def test_one_language_alone_informs_in_the_text_of_the_other(self):
        target, _ = article_pair(live=[ENGLISH], translated=False)
        here, _there = linking(target)
        found = self.found(here)
        assert list(found) == [(Level.INFORMS, False, True)]
        assert "A week of clean air" in "".join(found.values())

    def test_what_was_withdrawn_warns(self):
        target, _ = article_pair()
        here, _there = linking(target)
        assert not self.found(here)
        take_down(target, ENGLISH)
        assert list(self.found(here)) == [(Level.WARNS, True, False)]

    def test_what_is_public_in_neither_informs_in_both(self):
        target, _ = article_pair(live=[])
        here, _there = linking(target)
        assert set(self.found(here)) == {(Level.INFORMS, True, False), (Level.INFORMS, False, True)}

    def test_an_address_written_by_hand(self):
        target, _ = article_pair(live=[ENGLISH], translated=False)
        here, there = linking(target)
        page = ArticlePage.objects.get(pk=there.pk)
        page.body = [("paragraph", f'<p><a href="{target.url}">规划</a></p>')]
        with gate.opened(page.translation_key):
            page.save_revision().publish()
        assert (Level.INFORMS, False, True) in self.found(here)
        assert not self.found(here, "internal_links")
