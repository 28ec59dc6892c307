"""The admin under `script-src 'self'`: whatever an editor does, the browser has nothing to report."""

import re

import pytest
from PIL import Image
from playwright.sync_api import expect

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
    "users/new/",
    "workflows/list/",
]


@pytest.mark.full
def test_every_kind_of_page(sit_down):
    admin = sit_down("admin")
    for path in PAGES:
        answer = admin.page.goto(f"{admin.site.url}/cms/{path}", wait_until="networkidle")
        assert answer.status == 200, path
        expect(admin.page.locator("h1, h2").first).to_be_attached()
    policy = admin.page.request.get(f"{admin.site.url}/cms/").headers["content-security-policy"]
    assert "script-src 'self';" in policy + ";"


@pytest.mark.full
def test_pictures_are_dropped_into_the_library_and_given_their_words(sit_down, tmp_path):
    petra = sit_down("petra")
    page = petra.page
    files = [tmp_path / name for name in ("harbour.png", "pier.jpg")]
    for file, colour in zip(files, ("teal", "navy"), strict=True):
        Image.new("RGB", (300, 200), colour).save(file)
    page.goto(f"{petra.site.url}/cms/images/multiple/add/")
    page.set_input_files("input[type=file]", files)
    expect(page.locator("[name$=-alt_en]")).to_have_count(2)
    for count in (1, 0):
        page.locator("[name$=-alt_en]").first.fill("A harbour")
        page.locator("[name$=-alt_zh_hans]").first.fill("港口")
        page.get_by_role("button", name="Update").first.click()
        expect(page.locator("[name$=-alt_en]")).to_have_count(count)
    found = page.request.get(f"{petra.site.url}/cms/images/?q=harbour.png")
    assert "harbour.png" in found.text()


@pytest.mark.full
def test_writing_choosing_and_previewing(sit_down):
    petra = sit_down("petra")
    page = petra.page
    section = page.request.get(f"{petra.site.url}/cms/api/main/pages/?type=news.NewsIndexPage&locale=en").json()
    news = next(item for item in section["items"] if item["meta"]["type"] == "news.NewsIndexPage")
    page.goto(f"{petra.site.url}/cms/pages/add/news/articlepage/{news['id']}/")
    page.locator("[name=title]").fill("A tide gauge for the old harbour")
    page.locator("[name=summary]").fill("The harbour measures the tide.")

    # the date, by its calendar
    page.locator("[name=date]").click()
    page.locator(".xdsoft_datetimepicker:visible td[data-date='15']").first.click()
    expect(page.locator("[name=date]")).not_to_have_value("")
    page.keyboard.press("Escape")
    page.locator("[name=title]").click()

    # an image, from its chooser
    page.get_by_role("button", name="Choose an image").first.click()
    page.locator(".modal-body a.image-choice").first.click()
    expect(page.locator(".modal-body")).to_have_count(0)

    # a paragraph
    page.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name=re.compile("Paragraph")).first.click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("The gauge stands at the end of the pier.")

    # a partner and a topic, in rows that script adds
    page.get_by_role("button", name="Add partner").click()
    page.get_by_role("button", name="Choose a page (Partner profile)").last.click()
    page.locator(".modal-dialog input[type=text], .modal-dialog input[type=search]").first.fill("Harbour")
    page.locator(".modal-body a.choose-page", has_text="Harbour").first.click()
    expect(page.locator(".modal-body")).to_have_count(0)
    page.get_by_role("button", name="Add topic").click()
    page.locator("[name=article_topics-0-topic]").select_option(index=1)

    # the preview beside it, then a draft, then a review
    page.get_by_role("button", name="Toggle preview").click()
    expect(page.frame_locator("#w-preview-iframe, iframe[name=preview]").locator("h1").first).to_be_visible()
    page.get_by_role("button", name="Save draft").click()
    expect(page.locator(".messages .success")).to_be_visible()  # the address changes before, once it saves by itself
    expect(page.locator("[name=article_partners-0-partner]")).not_to_have_value("")
    petra.submit_in_the_page_editor()
    page.get_by_role("link", name="Preview both drafts").click()
    expect(page.frame_locator("iframe").first.locator("h1").first).to_contain_text("tide gauge")


def test_translating_and_correcting(sit_down):
    wei = sit_down("wei")
    wei.page.goto(f"{wei.site.url}/cms/")
    wei.page.locator(".desk-lines").get_by_role("link", name="译成中文").first.click()
    wei.page.get_by_role("button", name="下一个未译段落").click()
    wei.page.locator(".js-translation-editor textarea").fill("标题")
    with wei.page.expect_response(lambda response: "/strings/" in response.url and response.ok):
        wei.page.locator(".js-translation-editor textarea").press("Enter")
    wei.page.goto(f"{wei.site.url}/cms/releases/?q=ten+measures")
    wei.page.get_by_role("link", name="Forum publishes ten measures for low-carbon ports").click()
    wei.page.get_by_role("link", name="更正", exact=True).click()
    wei.page.locator("#find").fill("14")
    expect(wei.page.locator("textarea.is-found").first).to_be_visible()
