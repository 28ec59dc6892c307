"""The glossary's terms in the translation editor of the demo, under the hands of a translator."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

TRANSLATION = """
SELECT page.id FROM wagtailcore_page page JOIN wagtailcore_locale locale ON locale.id = locale_id
WHERE slug = 'call-for-papers-2027' AND language_code = 'zh-hans'
"""
PARAGRAPH = "Each paper is read by two referees"


@pytest.fixture
def paragraph(sit_down, demo_site):
    """A paragraph that is open and names a term."""
    person = sit_down("lin")
    with closing(sqlite3.connect(f"{demo_site.environment['VAR_DIR']}/newsroom.sqlite3")) as connection:
        (page,) = connection.execute(TRANSLATION).fetchone()
    person.page.goto(f"{demo_site.url}/cms/pages/{page}/edit/")
    yield person.page.locator("[data-segment]", has_text=PARAGRAPH)
    person.page.evaluate("onbeforeunload = null; localStorage.clear()")


@pytest.mark.full
def test_a_click_opens_the_paragraph_and_writes_the_term(paragraph):
    chip = paragraph.get_by_role("button", name="评审专家")
    expect(paragraph.locator("textarea")).to_have_count(0)
    chip.click()
    expect(paragraph.locator("textarea")).to_have_value("评审专家")
    expect(paragraph.locator("textarea")).to_be_focused()
    expect(paragraph.locator("del")).to_contain_text("裁判")


def test_a_term_is_written_where_the_caret_is_and_can_be_undone(paragraph):
    paragraph.locator(":scope > ul button").click()
    field = paragraph.locator("textarea")
    field.fill("由两名审阅。")
    field.evaluate("field => field.setSelectionRange(3, 3)")
    chip = paragraph.get_by_role("button", name="评审专家")
    chip.focus()
    chip.press("Enter")
    expect(field).to_have_value("由两名评审专家审阅。")
    assert field.evaluate("field => field.selectionStart") == 7
    field.press("Control+z")
    expect(field).to_have_value("由两名审阅。")


def test_paragraphs_without_terms_have_no_list(paragraph):
    other = paragraph.page.locator("[data-segment]", has_text="Measures that failed")
    expect(paragraph.locator(".segment-glossary")).to_have_count(1)
    expect(other.locator(".segment-glossary")).to_have_count(0)
