"""The office at once around a release: they stop, amend and bring back, stand in, hide, move and leave.

Counted and looked at as in `tests/test_day.py`.
"""

import pytest
from playwright.sync_api import expect

from news.demo.build import PASSWORD
from tests.day import PRIVATE

from .own_demo import demo_site, signed_in

__all__ = ["demo_site", "signed_in"]
pytestmark = pytest.mark.nightly


def test_the_moment_comes_while_they_amend_and_stop_it(day):
    day.begin(("Tide tables reprinted", "潮汐表重印"), "ready")
    ella, lin, rosa, wei, petra = day.ella, day.lin, day.rosa, day.wei, day.petra
    day.open_release(petra, ella)
    petra.step("Schedule", {"Release at": "2035-05-01T09:00"})
    before = petra.page.context.new_page()
    before.goto(day.url)

    # two write an amendment at once, and two stop it
    day.open_amendment(rosa, wei)
    day.amend(rosa, "The harbour measures the tide by day.", "港口日间测量潮位。")
    day.amend(wei, "The harbour measures each tide.", "港口测量每次潮位。")
    day.is_told(wei, "amends what is amended", "AmendmentOpen", typed="港口测量每次潮位。")
    day.open_release(lin, ella)
    lin.step("Hold", {"Why it must not go out": "港口名称有误。"})
    day.fill(ella, {"Why it must not go out": "A name is wrong."})
    day.send(ella, "Hold")
    day.is_told(ella, "stops what is stopped", "HeldAlready", typed="A name is wrong.")
    petra.page, after = before, petra.page
    day.open_step(petra, "Break the embargo…")
    petra.page.locator("[name=break_embargo-reason]").fill("已有媒体发布。")
    petra.page.locator("[name=break_embargo-password]").fill(PASSWORD)
    day.send(petra, "Break the embargo…")
    day.is_told(petra, "breaks the embargo of what is stopped", "Held", typed="已有媒体发布。")
    petra.page = after

    # the moment comes; somebody agrees to what is given up meanwhile
    day.let_the_moment_pass()
    day.look()
    day.open_release(wei)
    day.open_release(rosa)
    rosa.step("Give up the amendment")
    day.send(wei, "Agree to the amendment")
    day.is_told(wei, "agrees to what was given up", "NoAmendment")
    day.open_release(petra)
    day.open_amendment(wei)
    day.amend(wei, "The harbour measures each tide.", "港口测量每次潮位。")
    day.open_release(rosa)
    rosa.step("Agree to the amendment")
    petra.step("Lift the hold")
    day.site.manage("release_due")  # its moment has passed: somebody has to release it
    day.look()
    day.send(petra, "Release both now", times=2)
    day.now_public("The harbour measures each tide.", "港口测量每次潮位。")

    # withdrawn by mistake: two agree to bring it back at once
    day.open_release(petra)
    petra.step("Withdraw", {"Reason": "弄错了稿件。"})
    day.now_public(None, None)
    petra.step("Bring back", {"Reason": "撤错了，内容无误。"})
    day.open_release(rosa, wei)
    wei.step("Agree to bring it back")
    day.now_public("The harbour measures each tide.", "港口测量每次潮位。")
    day.send(rosa, "Agree to bring it back")
    day.is_told(rosa, "agrees to bring back what is back", "NobodyBringsBack")
    assert day.refusals == [
        ("wei", "amends what is amended", "AmendmentOpen"),
        ("ella", "stops what is stopped", "HeldAlready"),
        ("petra", "breaks the embargo of what is stopped", "Held"),
        ("wei", "agrees to what was given up", "NoAmendment"),
        ("rosa", "agrees to bring back what is back", "NobodyBringsBack"),
    ]


def test_somebody_stands_in_somebody_leaves_and_the_page_moves(day):
    day.begin(("Pilot boats repainted", "引航船重新涂装"), "ready")
    ella, rosa, wei, petra, admin = day.ella, day.rosa, day.wei, day.petra, day.admin
    day.name_acting(petra, "Rosa")
    day.open_release(rosa)
    petra.press("End it now")
    day.send(rosa, "Release both now")
    day.is_told(rosa, "releases when she stands in no more", "NotAPublisher")
    day.name_acting(petra, "Rosa")
    day.open_release(rosa, petra)
    rosa.step("Release both now")
    day.now_public("The harbour measures the tide.", "港口测量潮位。")

    # two set at once who may read it, while the author writes
    day.open_editor(ella)
    day.open_release(rosa, petra)
    day.set_privacy(rosa, "Whoever knows the password", "open sesame")
    day.now_public(PRIVATE, PRIVATE)
    day.set_privacy(petra, "Whoever knows the password", "another")
    day.look()
    day.write_summary(ella, "The harbour gauges the tide.")
    day.look()
    petra.step("Change address", {"New address": "pilot-boats"})
    day.slug = "pilot-boats"
    day.set_privacy(petra, "Everybody")
    day.now_public("The harbour measures the tide.", "港口测量潮位。")
    day.write_summary(ella, "The harbour gauges each tide.")
    day.look()
    assert day.leads_on("/en/news/pilot-boats-repainted/")
    assert day.leads_on("/zh-hans/news/pilot-boats-repainted/")

    # a plain page moves, while somebody translates it whose account is closed meanwhile
    place = day.make_places()
    mei = day.mei
    mei.page.goto(f"{day.site.url}/cms/pages/{place['chinese']}/edit/")
    day.write_paragraph(mei, "title", "引航站新址")
    day.is_saved(mei, "title", "引航站新址")
    for person in (petra, admin):
        person.page.goto(f"{day.site.url}/cms/pages/{place['english']}/move/{place['target']}/confirm/")
    petra.click(petra.page.locator("form button[type=submit], form input[type=submit]").locator("visible=true").last)
    expect(petra.page.locator(".messages .success")).to_be_visible()
    assert all(map(day.leads_on, place["addresses"]))
    day.write_paragraph(mei, "title", "引航站迁址")
    day.is_saved(mei, "title", "引航站迁址")
    day.close_account(admin, "梅 样本")
    day.write_paragraph(mei, "title", "引航站搬迁")
    day.is_told(mei, "types when her account is closed", "SignedOut", typed="引航站搬迁")
    wei.page.goto(f"{day.site.url}/cms/pages/{place['chinese']}/edit/")
    day.write_paragraph(wei, "title", "引航站新址")
    day.is_saved(wei, "title", "引航站新址")
    day.leave(mei)
    assert day.refusals == [
        ("rosa", "releases when she stands in no more", "NotAPublisher"),
        ("mei", "types when her account is closed", "SignedOut"),
    ]
