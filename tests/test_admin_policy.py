"""The admin under `script-src 'self'`: whatever an editor does, the browser has nothing to report."""

import re

import pytest
from playwright.sync_api import expect

from tests.test_main_job import Desk

REPORT = """window.addEventListener("securitypolicyviolation", (event) => {
    console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
})"""
PAGES = [
    "",
    "account/",
    "documents/",
    "groups/",
    "images/",
    "images/add/",
    "locales/",
    "pages/",
    "redirects/add/",
    "releases/",
    "reports/site-history/",
    "reports/workflow/",
    "reports/workflow_tasks/",
    "snippets/news/topic/add/",
    "users/add/",
    "workflows/list/",
]


@pytest.fixture
def desk(browser, demo_site):
    """Sit down as somebody; at the end the browser must have had nothing to complain of."""
    desks, troubles = [], []

    def note(message):
        if message.type == "error":
            troubles.append(message.text)

    def sit_down(username):
        desk = Desk(browser, demo_site, username)
        desk.page.context.add_init_script(REPORT)
        desk.page.on("console", note)
        desk.page.on("pageerror", lambda error: troubles.append(str(error)))
        desks.append(desk)
        return desk

    yield sit_down
    assert troubles == []
    for desk in desks:
        assert desk.elsewhere == []
        desk.page.context.close()


def test_every_kind_of_page(desk):
    admin = desk("admin")
    for path in PAGES:
        admin.page.goto(f"{admin.site.url}/cms/{path}", wait_until="networkidle")
        expect(admin.page.locator("h1, h2").first).to_be_attached()
    policy = admin.page.request.get(f"{admin.site.url}/cms/").headers["content-security-policy"]
    assert "script-src 'self';" in policy + ";"


def test_writing_choosing_and_previewing(desk):
    petra = desk("petra")
    page = petra.page
    page.goto(f"{petra.site.url}/cms/pages/")
    section = page.request.get(f"{petra.site.url}/cms/api/main/pages/?type=news.NewsIndexPage&locale=en").json()
    page.goto(f"{petra.site.url}/cms/pages/add/news/articlepage/{section['items'][0]['id']}/")
    page.get_by_label("Title", exact=False).first.fill("A tide gauge for the old harbour")
    page.get_by_label("Summary").fill("The harbour measures the tide.")

    # the date, by its calendar
    page.get_by_label("Date").click()
    page.locator(".xdsoft_datetimepicker:visible td[data-date='15']").first.click()
    assert page.get_by_label("Date").input_value()
    page.keyboard.press("Escape")

    # an image, from its chooser
    page.get_by_role("button", name="Choose an image").first.click()
    page.locator(".modal-body .image-choice").first.click()
    expect(page.locator(".modal-body")).to_have_count(0)

    # a paragraph
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name=re.compile("Paragraph")).first.click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("The gauge stands at the end of the pier.")

    # a partner and a topic, in rows that script adds
    page.get_by_role("button", name="Add partner").click()
    page.get_by_role("button", name="Choose a page (Partner profile)").last.click()
    page.locator(".modal-body a.choose-page").first.click()
    expect(page.locator(".modal-body")).to_have_count(0)
    page.get_by_role("button", name="Add topic").click()
    page.get_by_role("button", name="Choose topic").last.click()
    page.locator(".modal-body a.snippet-choice, .modal-body [data-chooser-modal-choice]").first.click()
    expect(page.locator(".modal-body")).to_have_count(0)

    # the preview beside it, then a draft
    page.get_by_role("button", name="Toggle preview").click()
    page.wait_for_timeout(1500)
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text(re.compile("has been (created|saved|updated)")).first).to_be_visible()
    expect(
        page.get_by_text("Lantern Bay").or_(page.locator("[data-chosen-title], .chooser__title")).first
    ).to_be_visible()
