"""A site in London and one in Shenzhen, with people in Los Angeles: processes of their own, a browser, the machines."""

import json
import re
import shutil
import sqlite3
import urllib.request
from contextlib import closing
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.demo_site import DemoSite
from tests.people import Person

pytestmark = pytest.mark.full  # it serves the demo twice

SITES = {
    "London": ("Europe/London", "London time", "伦敦时间"),
    "Shenzhen": ("Asia/Shanghai", "Beijing time", "北京时间"),
}
ELSEWHERE = "America/Los_Angeles"
MACHINES = """
import json
from django.utils import translation
from news.findings.documents import about_of
from news.models import Notice, Release
from news.notices.mail import lines_of
from news.pair.pair import Pair
release = Release.objects.get(pk={pk})
notice = Notice(release=release, event="unscheduled", who="Petra", moment=release.release_at)
said = {{"check": about_of(Pair(release)).release_at.isoformat(), "zones": about_of(Pair(release)).zones}}
for code in ("en", "zh-hans"):
    with translation.override(code):
        said[code] = lines_of(notice)["sentence"]
print(json.dumps(said))
"""


def read(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


def ask(site, query):
    database = f"{site.environment['VAR_DIR']}/newsroom.sqlite3"
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        return connection.execute(query).fetchall()


def stored(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize("place", SITES)
def test_every_moment_is_the_sites(browser, demo_folder, tmp_path, place):
    zone, english, chinese = SITES[place]
    site = DemoSite(shutil.copytree(demo_folder, tmp_path / "var"))
    site.environment["TIME_ZONE"] = zone
    ask(site, f"UPDATE wagtailusers_userprofile SET current_time_zone = '{ELSEWHERE}'")
    with site.serve():
        petra = Person(browser, site, "petra", "en", timezone_id=ELSEWHERE)
        ask(site, f"UPDATE wagtailusers_userprofile SET current_time_zone = '{ELSEWHERE}'")
        is_typed_and_shown(petra, site, zone, english, chinese)
        is_read_by_the_public(site, zone, english, chinese)
        petra.get_up()


def is_typed_and_shown(petra, site, zone, english, chinese):
    [(pk, before)] = ask(site, "SELECT id, release_at FROM news_release WHERE release_at IS NOT NULL")
    here = stored(before).astimezone(ZoneInfo(zone))
    page, address = petra.page, f"{site.url}/cms/releases/{pk}/"
    page.goto(address)
    shown = f"{here:%-d %B %Y, %H:%M} {english}"
    expect(page.get_by_text(f"It goes out on {shown}")).to_be_visible()
    assert page.get_by_role("button", name="Release both now").count() == 0
    page.locator("#step-schedule").locator("..").locator("summary").click()
    field = page.locator("#step-schedule input[type=datetime-local]")
    assert field.input_value() == f"{here:%Y-%m-%dT%H:%M}"
    assert page.locator("#step-schedule").get_by_text(f"{english}. For both languages.").is_visible()
    field.fill("2026-12-20T09:30")
    page.locator("#step-schedule button[type=submit]").click()
    expect(page.get_by_text(f"20 December 2026, 09:30 {english}").first).to_be_visible()
    [(after,)] = ask(site, f"SELECT release_at FROM news_release WHERE id = {pk}")
    assert stored(after) == datetime(2026, 12, 20, 9, 30, tzinfo=ZoneInfo(zone))
    said = json.loads(site.manage("shell", "-v0", "-c", MACHINES.format(pk=pk)).splitlines()[-1])
    assert datetime.fromisoformat(said["check"]).isoformat() == stored(after).astimezone(ZoneInfo(zone)).isoformat()
    assert said["zones"] == [english, chinese]
    assert f"20 December 2026, 09:30 {english}" in said["en"]
    assert f"2026年12月20日 09:30（{chinese}）" in said["zh-hans"]
    table = page.request.get(f"{address}trail.csv").text()
    assert f"20 December 2026, 09:30 {english}" in table
    petra.prefer("zh-hans")
    page.goto(address)
    expect(page.get_by_text(f"2026年12月20日 09:30（{chinese}）").first).to_be_visible()
    petra.prefer("en")


def is_read_by_the_public(site, zone, english, chinese):
    query = (
        "SELECT url_path, a.date FROM news_articlepage a JOIN wagtailcore_page p ON p.id = a.page_ptr_id"
        " JOIN wagtailcore_locale l ON l.id = p.locale_id WHERE p.live AND l.language_code = '{}'"
        " AND strftime('%H:%M', a.date) NOT IN ('00:00', '16:00') ORDER BY a.date DESC"
    )
    in_chinese = "{0.year}年{0.month}月{0.day}日 {0:%H:%M}（" + chinese + "）"
    for code, words in (("en", "{:%-d %B %Y, %H:%M} " + english), ("zh-hans", in_chinese)):
        path, date = ask(site, query.format(code))[0]
        here = stored(date).astimezone(ZoneInfo(zone))
        html = read(f"{site.url}/{code}/{path.strip('/').partition('/')[2]}/")
        assert words.format(here) in html
        iso = here.isoformat(timespec="seconds")
        assert re.search(rf'"datePublished": ?"{re.escape(iso)}"', html)
        feed = read(f"{site.url}/{code}/news/feed/")
        assert f"<published>{iso}</published>" in feed
    assert f"{iso[-6:]}</news:publication_date>" in read(f"{site.url}/news-sitemap.xml")
