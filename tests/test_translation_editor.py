"""Where localize's editor is not as news/translation.js expects it, the page says so."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from tests.test_glossary import TRANSLATION
from tests.upstream.register import source

SCRIPT = "wagtail_localize/static/wagtail_localize/js/wagtail-localize.js"
NOTICE = "[data-unless-drawn]"


@pytest.fixture
def editor(sit_down, demo_site):
    """`editor(language, words, others)`: a translation before its translator, `words` of the script being `others`."""
    opened = []

    def open_editor(language, words="", others=""):
        def change(route):
            script = route.fetch().text()
            route.fulfill(body=script.replace(words, others), content_type="text/javascript")

        assert words in source(SCRIPT).text
        person = sit_down("lin", language)
        opened.append(person)
        if words:
            person.page.route("**/wagtail-localize*.js*", change)
        with closing(sqlite3.connect(f"{demo_site.environment['VAR_DIR']}/newsroom.sqlite3")) as connection:
            (page,) = connection.execute(TRANSLATION).fetchone()
        person.page.goto(f"{demo_site.url}/cms/pages/{page}/edit/")
        expect(person.page.locator(".js-translation-editor textarea, .js-translation-editor p").first).to_be_visible()
        return person

    yield open_editor
    for person in opened:
        person.page.unroute_all()
        person.page.evaluate("onbeforeunload = null; localStorage.clear()")


@pytest.mark.full
@pytest.mark.parametrize(
    ("language", "words", "others", "told"),
    [
        ("en", "=Xe.h3`", "=Xe.h4`", "tell your administrator"),
        ("zh-hans", 'p="incomplete"', 'p="unfinished"', "请告知管理员"),
        ("en", "Array.from(u.entries()).map(", "Array.from(u.entries()).reverse().map(", "tell your administrator"),
    ],
    ids=["its list is elsewhere", "what is open is called otherwise", "its order is another"],
)
def test_it_says_what_does_not_work(editor, language, words, others, told):
    person = editor(language, words, others)
    notice = person.page.locator(NOTICE)
    expect(notice).to_be_visible()
    expect(notice).to_contain_text(told)
    expect(notice).to_have_role("alert")
    expect(person.page.locator(".segment-glossary")).to_have_count(0)
    expect(person.page.locator("[data-findings] .findings")).to_have_count(1)  # in the side panel all the same
    person.shot(f"translation-editor-{language}")
    person.page.evaluate("document.dispatchEvent(new CustomEvent('newsroom:drawn'))")  # by a machine that was slow
    expect(notice).to_be_hidden()


@pytest.mark.full
def test_it_says_nothing_where_all_is_well(editor):
    person = editor("en")
    expect(person.page.locator(".segment-glossary").first).to_be_visible()  # so the paragraphs have been found
    person.page.wait_for_timeout(8000)
    expect(person.page.locator(NOTICE)).to_be_hidden()
