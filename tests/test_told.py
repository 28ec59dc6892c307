"""Editors are told the truth: in both languages of the admin, at a desk and on a phone."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

WIDTHS = [1440, 375]
PEOPLE = {"en": "theo", "zh-hans": "lin"}
COVERED = """() => [...document.querySelectorAll('.translation-page .review-bar :is(a, button, summary)'),
    ...document.querySelectorAll('.js-translation-editor button')].filter((each) => {
    if (!each.getClientRects().length) return false;
    if (each.closest('details:not([open])') && each.tagName !== 'SUMMARY') return false;
    each.scrollIntoView({ block: 'center' });
    const box = each.getClientRects()[0];
    const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    return top && !each.contains(top) && !top.contains(each);
}).map((each) => each.innerText)"""
OLD_WORDS = ["moderation", "Live + ", "发布+", "在用", "审稿中"]


def pages(demo_site, slug):
    """{code of the language: id}"""
    query = """
    SELECT language_code, page.id FROM wagtailcore_page page JOIN wagtailcore_locale locale ON locale.id = locale_id
    WHERE slug = ?
    """
    with closing(sqlite3.connect(f"{demo_site.environment['VAR_DIR']}/newsroom.sqlite3")) as connection:
        return dict(connection.execute(query, [slug]))


@pytest.mark.full
@pytest.mark.parametrize("width", [1440, 920])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_panel_of_checks_covers_nothing_one_may_press(sit_down, demo_site, language, width):
    lin = sit_down("lin", language)
    lin.page.set_viewport_size({"width": width, "height": 900})
    lin.page.goto(f"{demo_site.url}/cms/pages/{pages(demo_site, 'call-for-papers-2027')['zh-hans']}/edit/")
    expect(lin.page.locator("[data-segment]").first).to_be_visible()
    lin.page.locator("[data-side-panel-toggle=findings]").click()
    expect(lin.page.locator(".form-side--open")).to_be_visible()
    lin.page.wait_for_timeout(500)  # it slides in
    assert lin.page.evaluate(COVERED) == []
    lin.page.evaluate("onbeforeunload = null; localStorage.clear()")


@pytest.mark.full
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_one_state_has_one_name_on_every_screen(sit_down, demo_site, language, width):
    rosa = sit_down("rosa", language)
    rosa.page.set_viewport_size({"width": width, "height": 900})
    news = pages(demo_site, "news")[language]
    for path in ("", f"pages/{news}/", "releases/", "reports/workflow/", "reports/aging-pages/"):
        rosa.page.goto(f"{demo_site.url}/cms/{path}")
        words = rosa.page.inner_text("body")
        assert [said for said in OLD_WORDS if said in words] == [], path
        assert rosa.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.full
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_reviewers_remark_is_on_desk_and_in_the_editor(sit_down, demo_site, language, width):
    ella = sit_down("ella", language)
    ella.page.set_viewport_size({"width": width, "height": 900})
    ella.page.goto(f"{demo_site.url}/cms/")
    line = ella.page.locator(".desk :is(.desk-next, li)", has=ella.page.locator(".desk-remark"))
    expect(line).to_contain_text("The date of the count is missing.")
    ella.page.goto(f"{demo_site.url}/cms/pages/{pages(demo_site, 'mangrove-count-results')['en']}/edit/")
    expect(ella.page.locator(".remark")).to_contain_text("The date of the count is missing.")
    expect(ella.page.locator(".remark")).to_contain_text({"en": "Returned", "zh-hans": "退回"}[language])
