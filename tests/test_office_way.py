"""At ten to ten, in the browser: the leader's last change, a release that is stopped, one withdrawn by mistake, an
embargo broken by others, a slip in one language, and the only publisher on a plane.
"""

import pytest
from playwright.sync_api import expect

from news.demo.build import PASSWORD

from .test_scenarios import drafts, story, told_in

__all__ = ["drafts", "story"]


MOMENT = """
from news.models import ArticlePage, Release
release = Release.objects.get(translation_key=ArticlePage.objects.get(pk={page}).translation_key)
release.release_at = release.approvals.latest("approved_at").approved_at
release.save()
"""


def at_its_moment(story):
    """The moment comes, just after the last approval, and whoever releases what is due does so."""
    story.site.manage("shell", "-v0", "-c", MOMENT.format(page=story.page_id))
    story.site.manage("release_due")


def scheduled(story):
    story.both_approved()
    story.petra.step("Schedule", {"Release at": "2035-05-01T10:00"})
    story.count_from_here()


@pytest.mark.nightly
@told_in("zh-hans")
def test_j_the_leader_changes_a_sentence_ten_minutes_before(story):
    scheduled(story)
    rosa = story.rosa
    rosa.from_the_desk(story.title)
    rosa.press("Amend")
    rosa.page.locator("[name=en-2]").fill("The gauge recorded 1,300 tides in 2026.")
    rosa.page.locator("[name=zh-hans-2]").fill("2026年，潮位计共记录1300次潮汐。")
    rosa.page.get_by_label(rosa.say("Ordered by")).fill("王部长")
    rosa.click(rosa.page.get_by_label(rosa.say("By telephone")))
    rosa.shot(f"amend-{story.admin}")
    rosa.press("Save and ask for a yes")
    expect(rosa.page.locator(".release-proposal")).to_contain_text("王部长")
    rosa.shot(f"amended-{story.admin}")
    wei = story.wei
    wei.from_the_desk(story.title)
    expect(wei.page.locator(".release-proposal ins").first).to_contain_text("3")
    wei.step("Agree to the amendment")
    expect(wei.page.locator(".release-state", has_text="2035")).to_be_visible()
    wei.shot(f"agreed-{story.admin}")
    at_its_moment(story)
    assert "1,300 tides" in story.read("en")
    assert "1300次" in story.read("zh-hans")
    assert story.clicks <= 8


@pytest.mark.full
@told_in("en")
def test_k_a_translator_stops_it(story):
    scheduled(story)
    lin = story.lin
    lin.from_the_desk(story.title)
    expect(lin.page.locator("#step-hold")).to_be_visible()  # it stands open: one click and a reason
    lin.step("Hold", {"Why it must not go out": "港口名称有误。"})
    lin.shot(f"held-{story.admin}")
    at_its_moment(story)
    assert (story.is_public("en"), story.is_public("zh-hans")) == (False, False)
    petra = story.petra
    petra.page.goto(f"{story.site.url}/cms/")
    expect(petra.page.locator(".desk")).to_contain_text("港口名称有误。")
    petra.shot(f"held-desk-{story.admin}")
    petra.from_the_desk(story.title)
    petra.step("Lift the hold")
    story.site.manage("release_due")
    assert not story.is_public("en"), "its moment has passed: somebody has to release it"
    petra.step("Release both now")
    assert story.is_public("zh-hans")


@pytest.mark.nightly
@told_in("zh-hans")
def test_l_withdrawn_by_mistake_and_back(story):
    story.both_approved()
    story.petra.step("Release both now")
    before = {language: story.read(language) for language in ("en", "zh-hans")}
    story.count_from_here()
    story.petra.step("Withdraw", {"Reason": "弄错了稿件。"})
    assert not story.is_public("en")
    story.petra.step("Bring back", {"Reason": "撤错了，内容无误。"})
    story.petra.shot(f"to-bring-back-{story.admin}")
    story.wei.from_the_desk(story.title)
    story.wei.step("Agree to bring it back")
    for language, text in before.items():
        assert "1,200 tides" in story.read(language) or "1200次潮汐" in story.read(language)
        assert text.count("<time") == story.read(language).count("<time")


@pytest.mark.nightly
@told_in("zh-hans")
def test_n_the_only_publisher_boards_a_plane(story):
    story.submit(story.ella)
    story.translate()
    story.review(story.wei, "Approve %(language)s", "English", "Chinese")
    story.count_from_here()
    petra, rosa = story.petra, story.rosa
    petra.page.goto(f"{story.site.url}/cms/")
    petra.press("Duty and acting publishers")
    form = petra.page.locator("section[aria-labelledby=acting]")
    rosa_there = form.locator("option", has_text="Rosa").get_attribute("value")
    form.get_by_label(petra.say("Who")).select_option(rosa_there)
    form.get_by_label(petra.say("Begins")).fill("2026-11-01T09:00")
    form.get_by_label(petra.say("Ends")).fill("2035-12-01T09:00")
    petra.press("Name an acting publisher")
    petra.shot(f"acting-{story.admin}")
    story.review(rosa, "Sign off %(language)s", "English", "Chinese")
    rosa.step("Release both now")
    rosa.shot(f"acting-released-{story.admin}")
    assert story.is_public("en")
    assert story.is_public("zh-hans")
    petra.page.goto(f"{story.site.url}/cms/people/")
    petra.press("End it now")
    expect(petra.page.get_by_role("button", name=petra.say("End it now"))).to_have_count(0)
    rosa.page.goto(f"{story.site.url}/cms/people/")
    expect(rosa.page.get_by_role("button", name=rosa.say("Put on duty"))).to_have_count(0)


@pytest.mark.nightly
@told_in("en")
def test_o_an_embargo_that_somebody_else_broke(story):
    scheduled(story)
    petra = story.petra
    petra.page.reload()
    expect(petra.page.get_by_role("button", name=petra.say("Release both now"))).to_have_count(0)
    petra.step(
        "Break the embargo…", {"Reason": "另一家媒体已先行发布。", "Your password, once more": "not it"}, refused=True
    )
    petra.shot(f"embargo-{story.admin}")
    assert not story.is_public("en")
    petra.step("Break the embargo…", {"Your password, once more": PASSWORD})
    petra.shot(f"embargo-broken-{story.admin}")
    assert story.is_public("en")
    assert story.is_public("zh-hans")


@pytest.mark.full
@told_in("zh-hans")
def test_p_a_slip_in_one_language(story):
    story.both_approved()
    story.petra.step("Release both now")
    story.count_from_here()
    english, lin = story.read("en"), story.lin
    lin.from_the_list(story.title)
    lin.press("Correct")
    lin.click(lin.page.locator("[name=kind][value=minor]"))
    summary = lin.page.locator("[name=zh-hans-1]")
    summary.fill(f"{summary.input_value()[:-1]}！")
    lin.click(lin.page.get_by_label(lin.say("Only one language was wrong: the other is right as it stands")))
    lin.press("Save and ask for approval")
    lin.shot(f"slip-{story.admin}")
    story.wei.from_the_desk(story.title)
    story.wei.step("Approve the correction")
    story.petra.page.reload()
    story.petra.step("Release %(language)s now", language="Chinese")
    assert "！" in story.read("zh-hans")
    assert story.read("en").count("<p>") == english.count("<p>")
