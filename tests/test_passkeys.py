"""A passkey, made and used in a browser: WebAuthn knows no IP address, so on the demo's name `localhost`."""

import os
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from news.demo.build import PASSWORD

from .own_demo import demo_site  # noqa: F401  (a fixture)

SCREENSHOTS = os.environ.get("SCREENSHOTS")


@pytest.fixture
def visit(browser, demo_site):  # noqa: F811
    """A browser with a device that makes passkeys; what it reports of the page's policy is in `troubles`."""
    contexts = []

    def begin(device=True, **options):
        page = browser.new_context(**options).new_page()
        contexts.append(page.context)
        page.troubles = []
        page.on("console", lambda said: said.type == "error" and page.troubles.append(said.text))
        page.on("pageerror", lambda error: page.troubles.append(str(error)))
        if device:
            developer = page.context.new_cdp_session(page)
            developer.send("WebAuthn.enable")
            what = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
            page.device = developer.send(
                "WebAuthn.addVirtualAuthenticator", {"options": {**what, "automaticPresenceSimulation": True}}
            )["authenticatorId"]
            page.developer = developer
        page.site = f"http://localhost:{urlsplit(demo_site.url).port}"
        return page

    yield begin
    for context in contexts:
        context.close()


def sign_in(page, username):
    page.goto(f"{page.site}/cms/login/")
    page.locator("[name=username]").fill(username)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form.login-form button[type=submit]").click()


def shot(page, name):
    if SCREENSHOTS:
        page.screenshot(path=f"{SCREENSHOTS}/{name}.png", full_page=True)


def test_a_passkey_is_made_and_asked_for_ever_after(visit):
    page = visit()
    sign_in(page, "petra")
    page.goto(f"{page.site}/cms/account/")
    shot(page, "account")
    page.locator("a[href='/cms/second-factor/mine/']").click()
    shot(page, "overview-none")
    page.locator("a[href$='/mine/passkey/']").click()
    page.locator("[name=name]").fill("Petra's laptop")
    page.locator("[name=password]").fill(PASSWORD)
    shot(page, "passkey")
    page.locator("form[data-passkey] button").click()
    expect(page.locator("main li code")).to_have_count(10)
    kept = page.locator("main li code").first.inner_text()
    shot(page, "recovery")
    page.goto(f"{page.site}/cms/second-factor/mine/")
    expect(page.get_by_text("Petra's laptop").first).to_be_visible()
    shot(page, "overview")
    page.goto(f"{page.site}/cms/second-factor/mine/app/")
    shot(page, "app")
    page.context.clear_cookies()

    sign_in(page, "petra")
    expect(page).to_have_url(f"{page.site}/cms/second-factor/?next=%2Fcms%2F")
    shot(page, "give")
    page.goto(f"{page.site}/cms/reports/site-history/")
    assert "/cms/second-factor/" in page.url
    page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"{page.site}/cms/reports/site-history/")
    page.context.clear_cookies()

    # Without the device a browser has nothing to give, and says so.
    page.developer.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": page.device})
    other = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    page.developer.send("WebAuthn.addVirtualAuthenticator", {"options": other})
    sign_in(page, "petra")
    page.locator("form[data-passkey] button").click()
    expect(page.locator("form[data-passkey] [role=alert]")).to_be_visible()
    page.locator("[name=code]").fill(kept)
    page.locator("form.login-form button").click()
    page.wait_for_url(f"{page.site}/cms/")
    assert page.troubles == []


def test_the_answer_to_one_question_is_none_to_another(visit):
    """What was sent is sent again: the browser's answer is good once."""
    page = visit()
    sign_in(page, "rosa")
    page.goto(f"{page.site}/cms/second-factor/mine/passkey/")
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("form[data-passkey] button").click()
    expect(page.locator("main li code")).to_have_count(10)
    page.context.clear_cookies()
    sign_in(page, "rosa")
    with page.expect_request(lambda request: request.method == "POST" and "second-factor" in request.url) as sent:
        page.locator("form[data-passkey] button").click()
    page.wait_for_url(f"{page.site}/cms/")
    page.context.clear_cookies()
    sign_in(page, "rosa")
    fields = dict(pair.split("=", 1) for pair in sent.value.post_data.split("&"))
    expect(page.locator("form[data-passkey]")).to_be_visible()
    page.evaluate(
        """(answer) => {
            const form = document.querySelector('form[data-passkey]');
            form.elements.answer.value = decodeURIComponent(answer);
            form.submit();
        }""",
        fields["answer"],
    )
    expect(page.locator(".messages .error")).to_be_visible()
    page.goto(f"{page.site}/cms/reports/site-history/")
    assert "/cms/second-factor/" in page.url
