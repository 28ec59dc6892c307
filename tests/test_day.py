"""A day of people at once, on the demo: they save, correct and approve over each other, and are refused.

Every refusal is counted. Each says what to do next, in the language of whoever meets it; nothing typed is lost; and
what it says works. At no moment is anything public that was not approved, or one language that should wait.
"""

import re

import pytest
from playwright.sync_api import expect

from news.demo.build import PASSWORD
from tests.day import TEXTS

pytestmark = pytest.mark.full


@pytest.mark.nightly
def test_from_draft_to_public_with_everybody_in_it_at_once(day):
    day.begin(("Tide gauge renewed", "潮位计更新"))
    ella, lin, rosa, wei, petra = day.ella, day.lin, day.rosa, day.wei, day.petra
    day.submit(ella)

    # two reviewers in the same page editor
    day.open_editor(rosa, wei)
    day.write_summary(rosa, "The port measures the tide.")
    day.write_summary(wei, "The harbour gauges the tide.", is_saved=False)
    day.is_told(wei, "types in the page editor", "ClaimedLock", typed="The harbour gauges the tide.")
    day.save_draft(wei, answer="您输入的内容仍保留在本页")
    day.is_told(wei, "saves in the page editor", "ClaimedLock", typed="The harbour gauges the tide.")
    expect(wei.page.locator("[name=summary]")).not_to_be_editable()
    day.leave(wei)

    # who was told so takes it over, while the other types
    day.open_release(wei)
    wei.step("Take over from %(name)s", name="Rosa Specimen")
    day.write_summary(rosa, "The port measures every tide.", is_saved=False)
    day.is_told(rosa, "types on after it was taken over", "ClaimedLock", typed="The port measures every tide.")
    day.leave(rosa)
    day.open_editor(wei)
    day.write_summary(wei, "The harbour gauges the tide.")

    # a remark sent with a page from before: first somebody corrects, then what they corrected is news
    day.open_release(wei)
    wei.step("Finish correcting and unlock")
    day.open_release(rosa)
    day.open_step(rosa, "Approve with a remark", "en")
    day.fill(rosa, {"Remark": "The port, as agreed."})
    day.open_editor(wei)
    day.write_summary(wei, "The harbour gauges its tide.")
    day.send(rosa, "Approve with a remark")
    day.is_told(rosa, "approves what another corrects", "Claimed", typed="The port, as agreed.")
    day.open_release(wei)
    wei.step("Finish correcting and unlock")
    day.open_release(rosa)
    day.open_step(rosa, "Approve with a remark", "en")
    day.fill(rosa, {"Remark": "The port, as agreed."})
    day.open_editor(wei)
    day.write_summary(wei, "The harbour gauges the tide.")
    day.open_release(wei)
    wei.step("Finish correcting and unlock")
    day.send(rosa, "Approve with a remark")
    day.is_told(rosa, "approves with a page from before", "ShownOtherwise", typed="The port, as agreed.")
    rosa.step("Approve with a remark")
    day.send(wei, "Approve %(language)s", language="English")
    day.is_told(wei, "approves what was approved", "DecidedMeanwhile")

    # recalled while the last reviewer reads
    day.open_release(petra)
    day.open_step(petra, "Return for changes", "en")
    day.fill(petra, {"Remark": "哪个港口？"})
    day.open_release(ella)
    ella.step("Recall")
    day.send(petra, "Return for changes")
    day.is_told(petra, "returns what was recalled", "DecidedMeanwhile", typed="哪个港口？")
    expect(petra.page.locator("section[aria-labelledby=version-en]")).to_contain_text("撰写中")
    ella.page.go_back()
    expect(ella.page.get_by_role("button", name=ella.say("Recall"))).to_have_count(0)

    # the translation meanwhile
    day.submit(ella)
    lin.from_the_desk("Tide gauge renewed")
    day.translation = re.search(r"pages/(\d+)/", lin.page.url).group(1)
    lin.translate(["潮位计更新", "港口测量潮位。", TEXTS[1][1]])
    lin.press("Submit for review")
    day.open_editor(rosa, wei, language="zh-hans")
    day.write_paragraph(rosa, "title", "潮位计换新")
    day.is_saved(rosa, "title", "潮位计换新")
    day.write_paragraph(wei, "title", "新潮位计启用")
    day.is_told(wei, "types in the same paragraph", "ClaimedLock", typed="新潮位计启用")
    day.leave(wei)
    day.open_editor(wei, language="zh-hans")
    wei.press("Take over from %(name)s", name="Rosa Specimen")
    wei.press("Go on with it")
    day.write_paragraph(rosa, "summary", "港口测定潮位。")
    day.is_told(rosa, "types on after it was taken over", "ClaimedLock", typed="港口测定潮位。")
    day.write_paragraph(wei, "title", "新潮位计启用")
    day.is_saved(wei, "title", "新潮位计启用")
    wei.press("Finish correcting and unlock")
    rosa.press("Save again")
    day.is_saved(rosa, "summary", "港口测定潮位。")
    day.approve(rosa, "Approve %(language)s", "Chinese", "English")

    day.approve(petra, "Sign off %(language)s", "English", "Chinese")
    day.send(petra, "Release both now", times=2)
    expect(petra.page.locator(".messages")).to_contain_text("已发布")
    day.now_public("The harbour gauges the tide.", "港口测定潮位。")
    petra.page.go_back()
    expect(petra.page.get_by_role("button", name=petra.say("Release both now"))).to_have_count(0)
    assert day.refusals == [
        ("wei", "types in the page editor", "ClaimedLock"),
        ("wei", "saves in the page editor", "ClaimedLock"),
        ("rosa", "types on after it was taken over", "ClaimedLock"),
        ("rosa", "approves what another corrects", "Claimed"),
        ("rosa", "approves with a page from before", "ShownOtherwise"),
        ("wei", "approves what was approved", "DecidedMeanwhile"),
        ("petra", "returns what was recalled", "DecidedMeanwhile"),
        ("wei", "types in the same paragraph", "ClaimedLock"),
        ("rosa", "types on after it was taken over", "ClaimedLock"),
    ]


@pytest.mark.nightly
def test_a_publisher_hurries_while_the_others_write(day):
    day.begin(("Storm barrier closes", "防潮闸关闭"), "review")
    ella, lin, petra = day.ella, day.lin, day.petra
    day.open_editor(lin, language="zh-hans")
    day.open_release(petra)
    petra.step("Urgent release")
    day.write_paragraph(lin, "title", "防潮闸关闭")
    day.is_told(lin, "types while it is held", "FrozenLock", typed="防潮闸关闭")
    day.open_editor(ella)
    day.is_told(ella, "opens the editor", "FrozenLock", typed="The harbour measures the tide.")
    expect(ella.page.locator("[name=summary]")).not_to_be_editable()

    day.fill(petra, {"Reason": "风暴预警。", "Your password, once more": "not hers"})
    day.send(petra, "Urgent release")
    day.is_told(petra, "releases with a wrong password", "IdentityNotConfirmed", typed="风暴预警。")
    day.fill(petra, {"Your password, once more": PASSWORD})
    day.send(petra, "Urgent release")
    day.is_told(petra, "releases what is not translated", "OpenParagraphs", typed="风暴预警。")
    day.fill(petra, {"Your password, once more": PASSWORD})
    petra.page.locator("details[open]").get_by_label("中文", exact=True).uncheck()
    day.send(petra, "Urgent release")
    day.now_public("The harbour measures the tide.", None)

    lin.press("Save again")
    day.is_saved(lin, "title", "防潮闸关闭")
    assert day.refusals == [
        ("lin", "types while it is held", "FrozenLock"),
        ("ella", "opens the editor", "FrozenLock"),
        ("petra", "releases with a wrong password", "IdentityNotConfirmed"),
        ("petra", "releases what is not translated", "OpenParagraphs"),
    ]


@pytest.mark.nightly
def test_a_scheduled_release_whose_approval_is_taken_back(day):
    day.begin(("Ferry timetable changes", "轮渡时刻表调整"), "ready")
    ella, lin, rosa, petra = day.ella, day.lin, day.rosa, day.petra
    day.open_release(petra)
    petra.step("Schedule", {"Release at": "2035-05-01T09:00"})
    before = petra.page.context.new_page()
    before.goto(day.url)
    day.open_step(petra, "Take back approval", "en")
    day.fill(petra, {"Reason": "漏了一个词。"})
    day.send(petra, "Take back approval")
    petra.page, after = before, petra.page
    day.send(petra, "Release both now")
    day.is_told(petra, "releases with a page from before", "NotOfferedAnyMore")
    petra.page = after

    # the author writes it anew; the publisher corrects that, and changes her mind while the author reads it
    day.open_editor(ella)
    day.write_summary(ella, "The harbour measures the tide by day.")
    ella.submit_in_the_page_editor()
    day.approve(rosa, "Approve %(language)s", "English")
    day.open_editor(petra)
    day.write_summary(petra, "The harbour counts the tide by day.")
    day.approve(petra, "Sign off %(language)s", "English")
    day.open_release(ella)
    petra.step("Return for changes", {"Remark": "还是用“测量”。"})
    day.send(ella, "Agree with the corrections in %(language)s", language="English")
    day.is_told(ella, "agrees with a page from before", "NothingToAgreeTo")
    expect(ella.page.get_by_text("还是用“测量”。").first).to_be_visible()
    day.open_editor(ella)
    day.write_summary(ella, "The harbour measures the tide.")
    ella.submit_in_the_page_editor()
    day.approve(petra, "Sign off %(language)s", "English")

    # nothing goes out that waits for a yes; once it has that, both do
    day.let_the_moment_pass()
    day.look()
    day.open_editor(lin, language="zh-hans")
    lin.press("Submit for review")
    day.approve(rosa, "Approve %(language)s", "Chinese")
    day.approve(petra, "Sign off %(language)s", "Chinese")
    petra.step("Set another moment", {"Release at": "2035-05-01T09:00"})
    day.let_the_moment_pass()
    day.now_public("The harbour measures the tide.", "港口测量潮位。")
    assert day.refusals == [
        ("petra", "releases with a page from before", "NotOfferedAnyMore"),
        ("ella", "agrees with a page from before", "NothingToAgreeTo"),
    ]


def test_corrections_of_one_language_and_a_withdrawal(day):
    day.begin(("Harbour light renewed", "港口灯塔翻新"), "ready")
    ella, rosa, wei, petra = day.ella, day.rosa, day.wei, day.petra
    day.approve(petra, "Release both now", "")
    day.now_public("The harbour measures the tide.", "港口测量潮位。")

    # two write a correction at once
    day.open_release(rosa, ella)
    rosa.press("Correct")
    ella.press("Correct")
    rosa.page.locator("[name=zh-hans-1]").fill("港口日间测量潮位。")
    day.fill(rosa, {"Note to Chinese readers": "摘要用词有误，现予更正。"})
    day.send(rosa, "Save and ask for approval")
    day.is_told(rosa, "corrects one language", "OtherLanguageToo", typed="港口日间测量潮位。")
    rosa.page.get_by_label(rosa.say("Only one language was wrong: the other is right as it stands")).check()
    day.send(rosa, "Save and ask for approval")
    ella.page.locator("[name=en-1]").fill("The harbour measures each tide.")
    day.fill(ella, {"Note to English readers": "A word was missing."})
    ella.page.get_by_label(ella.say("Only one language was wrong: the other is right as it stands")).check()
    day.send(ella, "Save and ask for approval")
    day.is_told(ella, "corrects what is being corrected", "CorrectionOpen", typed="The harbour measures each tide.")
    day.leave(ella)
    day.open_editor(wei, language="zh-hans")
    day.is_told(wei, "opens the editor", "CorrectionLock")

    # the publisher's page is from before another correction
    day.approve(wei, "Approve the correction", "")
    day.open_release(petra)
    day.open_release(rosa)
    rosa.step("Discard correction")
    day.send(petra, "Release %(language)s now", language="Chinese")
    day.is_told(petra, "releases with a page from before", "NotOfferedAnyMore")

    # withdrawn while somebody corrects
    rosa.page.goto(f"{day.url}correct-texts/")
    rosa.page.locator("[name=en-1]").fill("The harbour measures the tide at night.")
    petra.step("Withdraw", {"Reason": "活动取消。"})
    day.now_public(None, None)
    day.send(rosa, "Save and ask for approval")
    day.is_told(rosa, "corrects what was withdrawn", "NotPublic", typed="The harbour measures the tide at night.")
    assert day.refusals == [
        ("rosa", "corrects one language", "OtherLanguageToo"),
        ("ella", "corrects what is being corrected", "CorrectionOpen"),
        ("wei", "opens the editor", "CorrectionLock"),
        ("petra", "releases with a page from before", "NotOfferedAnyMore"),
        ("rosa", "corrects what was withdrawn", "NotPublic"),
    ]
