"""Dates and days of the week: what both languages say, and what contradicts."""

from datetime import date

import pytest

from news.checks import REGISTER, About, run_on


def messages(english, chinese, day=None):
    return [found.message.en for found in run_on(english, chinese, About(day=day), off=frozenset(REGISTER) - {"dates"})]


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("It opens on 3 June 2025.", "将于2025年6月3日开放。"),
        ("It opens on June 3rd, 2025.", "将于二〇二五年六月三日开放。"),
        ("It opens on the 3rd of June.", "将于2025年6月3日开放。"),
        ("It opens on June 3.", "将于6月3号开放。"),
        ("It runs on 3-5 June.", "活动于6月3日至5日举行。"),
        ("It runs from June 30 to July 2.", "活动于6月30日至7月2日举行。"),
        ("It runs on June 3 and 4.", "活动于6月3、4日举行。"),
        ("As of 2025-06-03", "截至2025年6月3日"),
        ("It opens on Tuesday.", "将于周二开放。"),
        ("It opens on Sunday.", "将于星期天开放。"),
        ("It opens next week.", "将于周二开放。"),
        ("On 3 June it opened; the ban of 2019 ended.", "当天开放，2019年的禁令结束。"),
        ("A four-day week is tried.", "试行一周四天工作制。"),
        ("It opens on Tuesday, 3 June 2025.", "将于2025年6月3日（周二）开放。"),
        ("The call is at 9 p.m. Eastern time on June 3.", "电话会议于6月4日举行。"),
        ("The call is at 9 p.m. GMT on Tuesday.", "电话会议于周三举行。"),
        ("March 40 steps, 30 February", "2月30日"),
        ("The rule of 31 April 2025, a Tuesday", "2025年4月31日（周二）"),
    ],
)
def test_what_agrees_or_is_said_in_one_language_alone_is_not_flagged(english, chinese):
    assert messages(english, chinese) == []


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("It opens on 3 June 2025.", "将于2025年6月4日开放。"),
        ("It opens on 3 June 2025.", "将于2025年7月3日开放。"),
        ("It opens on 3 June 2025.", "将于2024年6月3日开放。"),
        ("It opens on June 3.", "将于六月十三日开放。"),
        ("It opens on 3 June and closes on 4 July.", "6月4日开放，7月3日关闭。"),
        ("It runs on 3-5 June.", "活动于6月3日至6日举行。"),
        ("It opens on Tuesday.", "将于周三开放。"),
        ("From Monday to Tuesday", "周二至周二"),
        ("The call is at 9 p.m. Eastern time on June 3.", "电话会议于6月8日举行。"),
    ],
)
def test_what_contradicts_is_flagged(english, chinese):
    assert messages(english, chinese)
    assert len(messages(english, chinese)) == len(set(messages(english, chinese)))


def test_a_differing_date_is_named_in_both_languages():
    [found] = run_on("It opens on 3 June 2025.", "将于2025年6月4日开放。", off=frozenset(REGISTER) - {"dates"})
    assert found.message.zh == "日期不一致：英文为“3 June 2025”，中文为“2025年6月4日”"
    assert [place.words for place in (*found.english, *found.chinese)] == ["3 June 2025", "2025年6月4日"]


def test_a_weekday_that_is_not_that_of_its_date_is_flagged_once():
    assert messages("It opens on Tuesday, 3 June 2025.", "将于2025年6月3日（周三）开放。") == [
        "3 June 2025 is a Tuesday, not “周三”"
    ]
    assert messages("It opens on Wednesday (June 3, 2025).", "将于2025年6月3日开放。") == [
        "3 June 2025 is a Tuesday, not “Wednesday”"
    ]


def test_a_date_without_year_is_that_nearest_to_the_release():
    wrong, right = (
        ("It opens on Friday, 2 January.", "于1月2日开放。"),
        ("It opens on Thursday, 2 January.", "于1月2日开放。"),
    )
    assert messages(*wrong, day=date(2024, 12, 20)) == ["2 January 2025 is a Thursday, not “Friday”"]
    assert messages(*right, day=date(2024, 12, 20)) == []
    assert messages(*wrong) == []
