"""The news with a partner, on its profile: in parts, those of the other language alone among them."""

import re
from datetime import timedelta

import pytest
from django.utils.html import escape

from home.languages import CHINESE, ENGLISH
from news.models import ArticlePartner

from .pairs import DATE, article_pair, hide, partner_pair

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def short(monkeypatch):
    monkeypatch.setattr("news.models.partner.PAGE_SIZE", 3)


@pytest.fixture
def profiles():
    return partner_pair()


def name(profiles, day, **fields):
    partner = ArticlePartner(partner=profiles[day % 2])  # whichever version of it
    title = (f"Day {day}.", f"第{day}天。")
    return article_pair(title=title, date=DATE + timedelta(days=day), article_partners=[partner], **fields)


def get(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def parts(client, path):
    """[html of each part], by the links to what is older."""
    found, following = [], ""
    while following is not None:
        found.append(get(client, path + following))
        match = re.search(r'href="(\?page=[^"]+)" rel="next"', found[-1])
        following = match and match[1]
    return found


@pytest.mark.full
def test_it_goes_on_to_the_end_newest_first(client, profiles):
    for day in range(8):
        name(profiles, day)
    article_pair(title=("Of nobody", "无伙伴"))
    seen = [re.findall(r"Day (\d)\.", html) for html in parts(client, profiles[0].url)]
    assert seen == [["7", "6", "5"], ["4", "3", "2"], ["1", "0"]]
    html = parts(client, profiles[0].url)
    assert "before" not in html[0]
    assert "News with this partner · before 12 November 2017" in html[1]
    assert f'<a href="{profiles[0].url}">Newest</a>' in html[2]


def test_a_part_without_more_has_no_paging(client, profiles):
    for day in range(3):
        name(profiles, day)
    assert "paging" not in get(client, profiles[0].url)


def test_what_the_other_language_has_alone_stands_in_its_turn(client, profiles):
    for day in range(3):
        name(profiles, day)
    name(profiles, 3, original=CHINESE, live=[CHINESE])
    name(profiles, 4, original=CHINESE, live=[CHINESE])
    first, second = parts(client, profiles[0].url)
    assert re.findall(r"第(\d)天。", first) == ["4", "3"]
    assert re.findall(r"Day (\d)\.", first) == ["2"]
    assert "Published in Chinese" in first
    assert "Published in Chinese" not in second
    assert re.findall(r"Day (\d)\.", second) == ["1", "0"]


def test_where_this_language_has_nothing_yet(client, profiles):
    name(profiles, 1, original=CHINESE, live=[CHINESE])
    html = get(client, profiles[0].url)
    assert "第1天。" in html
    assert "Nothing has been published" not in html


def test_private_news_is_in_no_part(client, profiles):
    english, _chinese = name(profiles, 1)
    hide(english)
    html = get(client, profiles[0].url)
    assert "Day 1." not in html
    assert "第1天。" in html  # which is still there, in the other language alone


def test_the_switcher_keeps_the_place(client, profiles):
    for day in range(5):
        name(profiles, day)
    second = get(
        client, profiles[0].url + re.search(r'href="(\?page=[^"]+)" rel="next"', get(client, profiles[0].url))[1]
    )
    there = re.search(rf'href="({escape(profiles[1].url)}\?page=[^"]+)" lang="zh-Hans"', second)[1]
    assert re.findall(r"第(\d)天。", get(client, there)) == re.findall(r"Day (\d)\.", second) == ["1", "0"]


def test_past_the_end_the_newest_are_shown_and_that_is_said(client, profiles):
    name(profiles, 1)
    html = get(client, profiles[0].url + "?page=20010101T000000000000-1")
    assert "There are no older releases" in html
    assert "Day 1." in html


@pytest.mark.parametrize("cursor", ["2", "x", "20171107T000000000000-", "1&page=2"])
def test_a_place_that_no_list_wrote_is_a_404(client, profiles, cursor):
    assert client.get(f"{profiles[0].url}?page={cursor}").status_code == 404


@pytest.mark.full
def test_it_costs_as_much_with_many_as_with_few(client, profiles, django_assert_max_num_queries):
    for day in range(4):
        name(profiles, day, live=[ENGLISH] if day == 2 else (ENGLISH, CHINESE))
    client.get(profiles[0].url)
    with django_assert_max_num_queries(8) as few:
        client.get(profiles[0].url)
        price = len(few)
    for day in range(4, 12):
        name(profiles, day)
    client.get(profiles[0].url)
    with django_assert_max_num_queries(price):
        client.get(profiles[0].url)
