"""What somebody has typed is there again: after a session that ended, a page that was left, a button pressed early."""

import sqlite3
from contextlib import closing

import pytest
from playwright.sync_api import expect

from news.demo.build import PASSWORD
from tests.people import Person

SUMMARY = "A tide of words that nobody has saved. 无人保存的文字。"
pytestmark = pytest.mark.full
languages = pytest.mark.parametrize("language", ["zh-hans", pytest.param("en", marks=pytest.mark.nightly)])
PREPARED = 2500
"""Milliseconds after which Wagtail begins to look for what was typed."""


def query(site, sql, *values):
    database = sqlite3.connect(f"{site.environment['VAR_DIR']}/newsroom.sqlite3", timeout=30)
    with closing(database) as connection, connection:
        return connection.execute(sql, values).fetchall()


def new(site):
    [(section,)] = query(
        site,
        "SELECT page_ptr_id FROM news_newsindexpage JOIN wagtailcore_page p ON p.id = page_ptr_id"
        " JOIN wagtailcore_locale l ON l.id = p.locale_id WHERE l.language_code = 'en'",
    )
    return f"{site.url}/cms/pages/add/news/articlepage/{section}/"


def kept(page):
    return page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('newsroom.kept.'))")


def leave(page, url):
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto(url)


def sign_out_behind(page):
    """The session ends, as it does by itself."""
    page.context.clear_cookies(name="sessionid")


def sign_in(page, username):
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    with page.expect_navigation():
        page.locator("[type=submit]").click()


@pytest.fixture
def writer(browser, demo_site, own_languages):
    """`writer(username, language)`: in a browser of their own, whose session may end."""

    people = []

    def sit_down(username, language):
        person = Person(browser, demo_site, username, own_languages.get(username) or "en")
        people.append(person)
        return person.sit_down(language)

    yield sit_down
    for person in people:
        leave(person.page, "about:blank")
        # Wagtail asks who else is writing, and is told no more.
        assert [trouble for trouble in person.troubles if "editing-sessions" not in trouble] == []
        person.page.context.close()


@languages
@pytest.mark.parametrize("pause", [300, 900])
def test_a_button_pressed_while_autosave_is_under_way_makes_one_page(writer, demo_site, language, pause):
    person = writer("ella", language)
    title = f"Early button {pause} {language}"
    person.page.goto(new(demo_site))
    person.page.wait_for_timeout(PREPARED)
    person.page.locator("#id_title").press_sequentially(title, delay=5)
    person.page.wait_for_timeout(pause)
    person.page.locator("footer button[type=submit]").first.click()
    expect(person.page.locator(".messages .success")).to_be_visible()
    assert query(demo_site, "SELECT COUNT(*) FROM wagtailcore_page WHERE draft_title = ?", title) == [(1,)]
    assert kept(person.page) == []


@languages
def test_what_was_typed_after_the_session_ended_is_offered_after_signing_in(writer, demo_site, language):
    person = writer("ella", language)
    page = person.page
    page.goto(new(demo_site))
    page.wait_for_timeout(PREPARED)
    page.locator("#id_title").fill(f"Session {language}")
    page.wait_for_url("**/edit/")
    sign_out_behind(page)
    page.locator("#id_summary").press_sequentially(SUMMARY)
    expect(page.locator("[data-signed-out]")).to_contain_text(person.say("Sign in again"))
    page.locator("footer button[type=submit]").first.click()
    page.wait_for_url("**/login/**")
    assert SUMMARY not in page.evaluate("JSON.stringify({...localStorage})")
    sign_in(page, "ella")
    offer = page.locator("[data-kept]")
    expect(offer).to_contain_text(SUMMARY)
    person.shot(f"kept-{language}")
    offer.get_by_role("button", name=person.say("Save it as a draft")).click()
    expect(page.locator("#id_summary")).to_have_value(SUMMARY)
    expect(offer).to_have_count(0)
    assert kept(page) == []


@pytest.mark.nightly
@languages
def test_what_was_typed_and_left_is_offered_to_its_author_alone(writer, demo_site, language):
    person = writer("petra", language)
    page = person.page
    page.goto(new(demo_site))
    page.locator("#id_summary").press_sequentially(SUMMARY)
    leave(page, f"{demo_site.url}/cms/")
    page.goto(new(demo_site))
    expect(page.locator("[data-kept]")).to_contain_text(SUMMARY)
    sign_out_behind(page)
    page.goto(f"{demo_site.url}/cms/login/")
    sign_in(page, "ella")
    page.goto(new(demo_site))
    page.evaluate("newsroomKept.ready")
    expect(page.locator("[data-kept]")).to_have_count(0)
    sign_out_behind(page)
    page.goto(f"{demo_site.url}/cms/login/")
    sign_in(page, "petra")
    page.goto(new(demo_site))
    expect(page.locator("[data-kept]")).to_have_count(1)
    page.locator(".sidebar-footer__account").click()
    with page.expect_navigation():
        page.locator("form[action='/cms/logout/'] button").click()
    assert kept(page) == []


@languages
def test_a_plain_form_is_filled_in_again(writer, demo_site, language):
    person = writer("petra", language)
    page = person.page
    page.goto(f"{demo_site.url}/cms/glossary/add/")
    page.locator("[name=english]").press_sequentially("tide gauge")
    page.locator("[name=chinese]").fill(f"潮位计{language}")
    leave(page, f"{demo_site.url}/cms/")
    page.goto(f"{demo_site.url}/cms/glossary/add/")
    page.locator("[data-kept]").get_by_role("button", name=person.say("Take it up again")).click()
    expect(page.locator("[name=chinese]")).to_have_value(f"潮位计{language}")
    page.locator("[name=english]").fill(f"tide gauge {language}")
    page.locator("footer button[type=submit]").first.dblclick()
    expect(page.locator(".messages .success")).to_be_visible()
    assert query(demo_site, "SELECT COUNT(*) FROM news_glossaryterm WHERE chinese = ?", f"潮位计{language}") == [(1,)]
    assert kept(page) == []


@languages
def test_a_reason_typed_on_the_release_page_too(writer, demo_site, language):
    person = writer("petra", language)
    page = person.page
    of_article = "JOIN wagtailcore_page p USING (translation_key) JOIN news_articlepage a ON a.page_ptr_id = p.id"
    [(release,)] = query(demo_site, f"SELECT MIN(r.id) FROM news_release r {of_article} WHERE p.live")
    page.goto(f"{demo_site.url}/cms/releases/{release}/")
    field = page.locator(".release-steps details textarea").first
    field.evaluate("field => field.closest('details').open = true")
    field.press_sequentially(SUMMARY)
    address = page.url
    leave(page, f"{demo_site.url}/cms/")
    page.goto(address)
    offer = page.locator("[data-kept]")
    expect(offer).to_contain_text(SUMMARY)
    offer.get_by_role("button", name=person.say("Take it up again")).click()
    expect(page.locator(".release-steps details[open] textarea").first).to_have_value(SUMMARY)


def test_what_was_typed_by_whoever_has_to_give_a_second_factor_meanwhile_is_offered(writer, demo_site):
    person = writer("petra", "zh-hans")
    page = person.page
    page.goto(f"{demo_site.url}/cms/glossary/add/")
    page.locator("[name=english]").press_sequentially("slack water")
    page.locator("[name=chinese]").fill("平潮")
    of_petra = "user_id = (SELECT id FROM auth_user WHERE username = 'petra')"
    query(
        demo_site,
        "INSERT INTO home_factor (user_id, kind, name, secret, last_step, made)"
        " SELECT id, 'app', 'Phone', '', 0, '2026-01-01' FROM auth_user WHERE username = 'petra'",
    )
    try:
        page.evaluate("window.dispatchEvent(new Event('focus'))")
        expect(page.locator("[data-signed-out]")).to_contain_text(person.say("Sign in again"))
        page.locator("footer button[type=submit]").first.click()
        page.wait_for_url("**/cms/second-factor/**")
        expect(page.locator(".messages")).to_contain_text("您提交的内容未保存")
        person.shot("second-factor-meanwhile")
    finally:
        query(demo_site, f"DELETE FROM home_factor WHERE {of_petra}")
    page.reload()
    page.wait_for_url("**/cms/glossary/add/")
    page.locator("[data-kept]").get_by_role("button", name=person.say("Take it up again")).click()
    expect(page.locator("[name=chinese]")).to_have_value("平潮")
    page.locator("footer button[type=submit]").first.click()
    expect(page.locator(".messages .success")).to_be_visible()
    assert kept(page) == []
