"""People at the admin, for the browser tests. They click, and their clicks are counted."""

import os
import re
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Page, expect

from news.demo.build import PASSWORD

SCREENSHOTS = os.environ.get("SCREENSHOTS")


class Desk:
    """One person at the admin."""

    def __init__(self, browser, site, username, **options):
        self.site = site
        self.page: Page = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}).new_page()
        self.page.set_default_timeout(30_000)
        self.elsewhere = []
        self.page.on("request", lambda request: self.note(request.url))
        self.page.goto(f"{site.url}/cms/login/")
        self.page.fill("[name=username]", username)
        self.page.fill("[name=password]", PASSWORD)
        self.page.press("[name=password]", "Enter")
        self.page.wait_for_url(f"{site.url}/cms/")

    def note(self, url):
        if not url.startswith((self.site.url, "data:", "blob:")):
            self.elsewhere.append(url)

    def shot(self, name):
        if SCREENSHOTS:
            self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page=True)

    def release(self, title, step, **fields):
        """Take a step on the release page."""
        self.page.goto(f"{self.site.url}/cms/releases/")
        self.page.get_by_role("link", name=title).click()
        self.shot(f"release-{self.page.url.rstrip('/').rsplit('/')[-1]}-{step}")
        if fields:
            self.page.locator("summary", has_text=step).click()
            for label, value in fields.items():
                self.page.locator("details[open]").get_by_label(label).fill(value)
        self.page.locator("form button", has_text=step).locator("visible=true").click()
        expect(self.page.get_by_text("Done.")).to_be_visible()

    def approve(self, title, button):
        """Approve what awaits me on the desk."""
        self.page.goto(f"{self.site.url}/cms/")
        self.page.locator(".desk").get_by_role("link", name=title).first.click()
        self.shot(f"awaiting-{button}")
        self.page.locator("form button", has_text=button).locator("visible=true").first.click()
        expect(self.page.get_by_text(re.compile("Done\\.|操作已完成。"))).to_be_visible()


class Person(Desk):
    """Somebody whose admin is in `language`. Buttons are named by their English words."""

    def __init__(self, browser, site, username, language, **options):
        super().__init__(browser, site, username, **options)
        self.language, self.clicks = language, 0

    def say(self, words, **details):
        with translation.override(self.language):
            details = {name: pgettext("language", value) for name, value in details.items()}
            return gettext(words) % details if details else gettext(words)

    def click(self, target):
        target.click()
        self.clicks += 1

    def press(self, words, **details):
        """A button or a link, by its English words."""
        name = self.say(words, **details)
        found = self.page.get_by_role("button", name=name, exact=True)
        self.click(found.or_(self.page.get_by_role("link", name=name, exact=True)).locator("visible=true").last)

    def step(self, words, form=(), **details):
        """A step of the release page, with what its form asks: {English label: value}."""
        name = self.say(words, **details)
        if form:
            self.click(self.page.locator("summary", has_text=name).locator("visible=true"))
            for label, value in dict(form).items():
                self.page.locator("details[open]").get_by_label(self.say(label)).fill(value)
        self.click(self.page.locator("form button", has_text=name).locator("visible=true").last)
        expect(self.page.get_by_text(self.say("Done."))).to_be_visible()

    def from_the_desk(self, title):
        self.page.goto(f"{self.site.url}/cms/")
        self.click(self.page.locator(".desk").get_by_role("link", name=title).first)

    def submit_in_the_page_editor(self):
        self.click(self.page.locator("footer [data-w-dropdown-target=toggle]").first)
        self.press("Submit for review")
        self.page.wait_for_url("**/cms/releases/*/")

    def translate(self, texts):
        """Into the open paragraphs, one after the other: Enter saves and opens the next."""
        self.press("Next open paragraph")
        for text in texts:
            field = self.page.locator(".js-translation-editor textarea")
            expect(field).to_have_value("")
            field.fill(text)
            with self.page.expect_response(lambda response: "/strings/" in response.url and response.ok):
                field.press("Enter")
