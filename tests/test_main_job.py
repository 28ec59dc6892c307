"""The main job, by hand: an old page is imported, translated, reviewed in both languages and read in both."""

import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.people import SCREENSHOTS

SAMPLE = Path(__file__).parents[1] / "news" / "tests" / "legacy.txt"
SAVED_PAGES = [SAMPLE, *sorted(Path(os.environ.get("LEGACY_SAMPLES", "/nowhere")).glob("*.txt"))[:1]]

OVERRIDE = """
from django.contrib.auth import get_user_model
from news.models import ArticlePage
from news.findings.judged import unsettled, waive
from news.pair.pair import pair_of
petra = get_user_model().objects.get(username="petra")
pair = pair_of(ArticlePage.objects.filter(draft_title={title!r}).first())
for judged in unsettled(pair):
    waive(pair, judged.finding.key, petra, "Words made up for a test.")
"""
"""The translation is made up, and says nothing of what the original says."""


def page_id(demo_site, title, language):
    """The page that was imported under that title, in one of its languages."""
    key = f"ArticlePage.objects.filter(draft_title={title!r}).first().translation_key"
    query = f"ArticlePage.objects.get(translation_key={key}, locale__language_code='{language}')"
    return demo_site.manage("shell", "-v0", "-c", f"print({query}.pk)").strip()


@pytest.mark.full
@pytest.mark.parametrize("path", SAVED_PAGES, ids=lambda path: path.name)
def test_from_the_old_site_to_readers_of_both_languages(demo_site, sit_down, browser, path):
    lines = path.read_text().splitlines()
    title, views = lines[0].strip(), re.search(r"浏览次数:(\d+)", lines[1])[1]
    chinese_title = f"译文：{path.stem}"
    imported = demo_site.manage("import_releases", path.resolve())
    address = imported.strip().rsplit(" ")[-1].removeprefix(f"{demo_site.url}/en")

    # A reviewer submits the imported original; another reviews, the publisher signs off.
    rosa = sit_down("rosa")
    rosa.page.goto(f"{demo_site.url}/cms/pages/{page_id(demo_site, title, 'en')}/edit/")
    rosa.shot("original")
    rosa.page.get_by_role("button", name="More actions").click()
    rosa.page.get_by_role("button", name="Submit for review").click()
    expect(rosa.page.get_by_text("is sent for review")).to_be_visible()
    wei, petra = sit_down("wei"), sit_down("petra")
    wei.from_the_desk(title)
    wei.step("Approve %(language)s", language="English")
    petra.from_the_desk(title)
    petra.step("Sign off %(language)s", language="English")

    # Nothing is public by that. The publisher releases English first, and the Chinese version is honestly missing.
    reader = browser.new_context().new_page()
    assert reader.goto(f"{demo_site.url}/en{address}").status == 404
    petra.from_the_list(title)
    form = {"Reason": "The news is today's.", "Translation due": "2030-01-01"}
    petra.step("%(language)s first, or only", form, language="English")
    assert reader.goto(f"{demo_site.url}/en{address}").status == 200
    reader.get_by_role("link", name=re.compile("中文")).click()
    expect(reader.get_by_role("heading", name="本文暂无中文版")).to_be_visible()
    expect(reader.get_by_role("link", name=title)).to_be_visible()

    # The Chinese translator fills the paragraphs and submits.
    lin = sit_down("lin")
    lin.page.goto(f"{demo_site.url}/cms/pages/{page_id(demo_site, title, 'zh-hans')}/edit/")
    lin.page.get_by_role("button", name="送审").click()
    refusal = lin.page.get_by_text("未能送审。还有")
    expect(refusal).to_be_visible()
    missing = int(re.search(r"\d+", refusal.inner_text())[0])
    translate = lin.page.get_by_role("button", name="翻译", exact=True)
    expect(translate).to_have_count(missing)  # the editor draws itself after the page has come
    texts = [chinese_title, *(f"{path.stem}译文第{number}段。" for number in range(1, missing))]
    for text in texts:
        translate.first.click()
        lin.page.locator(".js-translation-editor textarea").fill(text)
        # The paragraphs below move down once what the checks found has come.
        with lin.page.expect_response(re.compile("/strings/")), lin.page.expect_response(re.compile("/findings/$")):
            lin.page.get_by_role("button", name="保存", exact=True).click()
        expect(lin.page.locator(".js-translation-editor textarea")).to_have_count(0)
    lin.shot("translated")
    lin.page.get_by_role("button", name="送审").click()
    expect(lin.page.get_by_text(f"“{chinese_title}”已送审。")).to_be_visible()
    lin.shot("submitted")
    demo_site.manage("shell", "-v0", "-c", OVERRIDE.format(title=title))
    wei.from_the_desk(title)
    wei.step("Approve %(language)s", language="Chinese")
    petra.from_the_desk(title)
    petra.step("Sign off %(language)s", language="Chinese")
    petra.step("Release %(language)s now", language="Chinese")

    # A reader reads both and stays where they were.
    reader.goto(f"{demo_site.url}/en{address}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(title)
    expect(reader.get_by_text(f"Views: {views}")).to_be_visible()
    expect(reader.get_by_text("Copyright ©")).to_have_count(1)  # ours, in the footer
    reader.get_by_role("link", name="中文").click()
    expect(reader).to_have_url(f"{demo_site.url}/zh-hans{address}")
    expect(reader.get_by_role("heading", level=1)).to_have_text(chinese_title)
    expect(reader.get_by_text(f"浏览次数：{views}")).to_be_visible()
    for text in texts[1:]:
        expect(reader.get_by_text(text, exact=True)).to_be_visible()
    expect(reader.locator("html")).to_have_attribute("lang", "zh-Hans")
    if SCREENSHOTS:
        reader.screenshot(path=Path(SCREENSHOTS) / f"read-{path.stem}.png", full_page=True)
    reader.get_by_role("link", name="English").click()
    expect(reader).to_have_url(f"{demo_site.url}/en{address}")
    if SCREENSHOTS:
        reader.screenshot(path=Path(SCREENSHOTS) / f"read-{path.stem}-en.png", full_page=True)
    reader.context.close()
