"""People at the admin, for the browser tests. They click, and their clicks are counted."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from django.utils import translation
from django.utils.translation import gettext, pgettext
from playwright.sync_api import Page, expect

from news.demo.build import PASSWORD

SCREENSHOTS = os.environ.get("SCREENSHOTS")


class Person:
    """Somebody at the admin, in their own language or in `language`. Buttons are named by their English words."""

    def __init__(self, browser, site, username, own_language, **options):
        self.site, self.username, self.own_language = site, username, own_language
        self.page: Page = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options}).new_page()
        self.page.set_default_timeout(30_000)
        self.page.on("request", self.note_request)
        self.page.on("console", self.note_message)
        self.page.on("pageerror", lambda error: self.troubles.append(str(error)))
        login = f"{site.url}/cms/login/"
        self.page.request.get(login)
        token = next(cookie["value"] for cookie in self.page.context.cookies() if cookie["name"] == "csrftoken")
        form = {"username": username, "password": PASSWORD, "csrfmiddlewaretoken": token}
        answer = self.page.request.post(login, form=form, headers={"Referer": login})
        assert answer.url == f"{site.url}/cms/"
        self.sit_down()  # from now on there is a profile to hold the language

    def sit_down(self, language=None):
        """Begin anew, with nothing counted or noted."""
        self.language = self.prefer(language or self.own_language)
        self.clicks, self.elsewhere, self.troubles = 0, [], []
        return self

    def get_up(self):
        """Leave: no request went to another host, and the browser had nothing to report, of the policy or otherwise."""
        self.page.goto("about:blank")
        assert self.elsewhere == []
        assert self.troubles == []

    def prefer(self, language):
        """Choose the language of the admin."""
        database = f"{self.site.environment['VAR_DIR']}/newsroom.sqlite3"
        change = (
            "UPDATE wagtailusers_userprofile SET preferred_language = ?"
            " WHERE user_id = (SELECT id FROM auth_user WHERE username = ?)"
        )
        with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
            connection.execute(change, [language, self.username])
        return language

    def note_request(self, request):
        if not request.url.startswith((self.site.url, "data:", "blob:", "about:")):
            self.elsewhere.append(request.url)

    def note_message(self, message):
        # An answer by which the server refuses something is told to whoever asked: that is the test's matter.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.troubles.append(message.text)

    def where(self):
        """What they look at, for whoever reads why a test failed."""
        return f"{self.username} at {self.page.url}:\n{self.page.locator('body').inner_text()}\n"

    def shot(self, name):
        if SCREENSHOTS:
            self.page.screenshot(path=Path(SCREENSHOTS) / f"{name}.png", full_page=True)

    def say(self, words, **details):
        with translation.override(self.language):
            details = {name: pgettext("language", value) for name, value in details.items()}
            return gettext(words) % details if details else gettext(words)

    def stage(self, english, chinese):
        """What is said of a version that waits at a stage, in the language of the admin."""
        return chinese if self.language == "zh-hans" else english

    def click(self, target):
        self.page.wait_for_load_state()  # a page that is drawn anew has its buttons before its script
        target.click()
        self.clicks += 1

    def press(self, words, **details):
        """A button or a link, by its English words."""
        name = self.say(words, **details)
        found = self.page.get_by_role("button", name=name, exact=True)
        self.click(found.or_(self.page.get_by_role("link", name=name, exact=True)).locator("visible=true").last)

    def step(self, words, form=(), refused=False, **details):
        """A step of the release page, with what its form asks: {English label: value}."""
        name = self.say(words, **details)
        self.shot(f"release-{self.page.url.rstrip('/').rsplit('/')[-1]}-{name}")
        if form:
            if not self.page.locator("details[open] > summary", has_text=name).count():
                self.click(self.page.locator("summary", has_text=name).locator("visible=true"))
            form_of_it = self.page.locator("details[open]", has=self.page.locator("summary", has_text=name)).last
            for label, value in dict(form).items():
                form_of_it.get_by_label(self.say(label)).fill(value)
        with self.page.expect_navigation():
            self.click(self.page.locator("form button:not([name=onward])", has_text=name).locator("visible=true").last)
        expect(self.page.locator(".messages .error" if refused else ".messages .success").first).to_be_visible()

    def from_the_list(self, title):
        self.page.goto(f"{self.site.url}/cms/releases/")
        self.follow(self.page.get_by_role("link", name=title))

    def from_the_desk(self, title):
        self.page.goto(f"{self.site.url}/cms/")
        self.follow(self.page.locator(".desk").get_by_role("link", name=title).first)

    def follow(self, link):
        """A link to a release, once the menu beside it is drawn, under which it would move away."""
        self.page.locator("#wagtail-sidebar:not(.sidebar-loading) a").first.wait_for(state="attached")
        with self.page.expect_navigation():
            self.click(link)

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
