"""A translator's slips, seen where they stand, settled or refused, and all of it in the trail."""

import json

import pytest
from playwright.sync_api import expect

ENGLISH = (
    "Delta tram carries {}",
    "The trams of the delta carried 120 million people in 2025.",
    "The Example Harbour Institute for Low-Carbon Cities counted them, for {} too.",
    "The next count begins in May.",
)
CHINESE = (
    "三角洲有轨电车{}",
    "2025年，三角洲有轨电车运送乘客12亿人次。",
    "客流由示例港低碳研究所统计，{}亦然。",
    "下一次统计【待补充】开始。",
)
MAKE = """
import json
from news.models import ArticlePage, NewsIndexPage
from django.contrib.auth import get_user_model
title, summary, *paragraphs = json.loads({given!r})
owner = get_user_model().objects.get(username="ella")
body = [("paragraph", f"<p>{{text}}</p>") for text in paragraphs]
page = ArticlePage(title=title, summary=summary, body=body, live=False, owner=owner)
NewsIndexPage.objects.get(locale__language_code="en").add_child(instance=page)
page.save_revision(user=owner)
print(page.pk)
"""


@pytest.fixture(params=["en", pytest.param("zh-hans", marks=pytest.mark.nightly)])
def admin(request):
    return request.param


def segment(person, place):
    return person.page.locator(".js-translation-editor [data-segment]").nth(place)


@pytest.mark.nightly
def test_a_translators_slips_are_seen_settled_and_refused(sit_down, demo_site, admin):
    # What is marked as correct is remembered for the same two texts: they differ from one run to the other.
    english, chinese = ([words.format(admin) for words in texts] for texts in (ENGLISH, CHINESE))
    title, given = english[0], json.dumps(english)
    page_id = demo_site.manage("shell", "-v0", "-c", MAKE.format(given=given)).strip().splitlines()[-1]
    ella, lin, wei, petra = (sit_down(name, admin) for name in ("ella", "lin", "wei", "petra"))
    ella.page.goto(f"{demo_site.url}/cms/pages/{page_id}/edit/")
    ella.submit_in_the_page_editor()

    lin.from_the_desk(title)
    lin.press("Next open paragraph")
    for number, words in enumerate(chinese):
        field = lin.page.locator(".js-translation-editor textarea")
        expect(field).to_have_value("")
        field.fill(words)
        if number == 1:  # while it is typed, before it is saved
            expect(segment(lin, 1).locator("[data-note=typing]")).to_contain_text("12亿")
        with lin.page.expect_response(lambda response: "/strings/" in response.url and response.ok):
            field.press("Enter")
    figure, name, placeholder = (segment(lin, place).locator("[data-note=findings]") for place in (1, 2, 3))
    expect(figure).to_contain_text("12亿")
    expect(name).to_contain_text("示例港低碳城市研究院")
    expect(placeholder).to_contain_text("待补充")
    lin.shot(f"findings-{admin}")

    editor = lin.page.url

    # one is settled in the text
    segment(lin, 1).get_by_role("button").first.click()
    lin.page.locator(".js-translation-editor textarea").fill(chinese[1].replace("12亿", "1.2亿"))
    lin.page.locator(".js-translation-editor textarea").press("Enter")
    expect(figure).to_have_count(0)

    # one is marked as correct, from the side panel, whose link leads to the place
    lin.page.locator("[data-side-panel-toggle=findings]").click()
    panel = lin.page.locator("[data-findings]")
    expect(panel.locator(".finding:not(.is-settled)")).to_have_count(2)
    misnamed = panel.locator(".finding", has_text="示例港低碳城市研究院")
    misnamed.locator(".finding__spots a").first.click()
    expect(segment(lin, 2)).to_be_in_viewport()
    misnamed.locator("summary").click()
    misnamed.locator("[name=reason]").fill("The old name is meant.")
    misnamed.get_by_role("button", name=lin.say("Mark as correct"), exact=True).click()
    expect(panel.locator(".is-settled", has_text="The old name is meant.")).to_be_visible()
    expect(panel.locator(".finding:not(.is-settled)")).to_have_count(1)
    lin.page.locator("[data-side-panel-toggle=findings]").click()
    lin.press("Submit for review")

    # with the third still there, the approval is refused
    for person, verb in ((wei, "Approve %(language)s"), (petra, "Sign off %(language)s")):
        person.from_the_desk(title)
        person.step(verb, language="English")
    wei.page.reload()
    wei.step("Approve %(language)s", language="Chinese")
    petra.page.reload()
    expect(petra.page.locator("#version-zh-hans").locator("xpath=..").locator(".help-info")).to_contain_text("待补充")
    expect(petra.page.get_by_role("button", name=petra.say("Sign off %(language)s", language="Chinese"))).to_have_count(
        0
    )
    petra.step("Return for changes", {"Remark": "When?"})

    lin.page.goto(editor)
    segment(lin, 3).get_by_role("button").first.click()
    lin.page.locator(".js-translation-editor textarea").fill("下一次统计于5月开始。")
    lin.page.locator(".js-translation-editor textarea").press("Enter")
    expect(placeholder).to_have_count(0)
    lin.press("Submit for review")
    petra.page.reload()
    petra.step("Sign off %(language)s", language="Chinese")
    trail = petra.page.locator(".release-trail")
    expect(trail).to_contain_text("The old name is meant.")
    expect(trail).to_contain_text("示例港低碳城市研究院")
    expect(trail).to_contain_text("When?")
