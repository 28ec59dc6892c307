"""What was withdrawn is said to be gone where it stood, though its pages be deleted; redirects lead each reader to
their language.
"""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.contrib.redirects.models import Redirect

from home.languages import CHINESE, ENGLISH
from home.models import HomePage
from news import upgrade
from news.models import ArticlePage, Release, VacatedAddress
from news.release.address import change_address
from news.release.privacy import restrict
from news.release.publishing import release_both
from news.release.withdrawal import withdraw

from .pairs import article_pair, locale
from .scene import Scene

pytestmark = pytest.mark.django_db
GONE = {"en": "was taken down", "zh-hans": "已撤下"}


@pytest.fixture
def scene():
    return Scene().both_live()


def addresses(scene):
    return [address for page in scene.pair.pages for address in (page.url, f"{page.url}bilingual/")]


def statuses(client, paths):
    return {client.get(path).status_code for path in paths}


def take_down(scene, *languages):
    withdraw(scene.release, scene.publisher, "A figure was wrong.", languages or (ENGLISH, CHINESE))


# Gone ----------------------------------------------------------------------------------------------------------------


def test_after_the_pages_are_deleted_readers_are_told_in_their_language(client, scene):
    paths = addresses(scene)
    take_down(scene)
    before = {path: client.get(path) for path in paths}
    assert {answer.status_code for answer in before.values()} == {410}
    scene.fresh(scene.original).delete(user=scene.reviewer)
    assert not ArticlePage.objects.exists()
    for path in paths:
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (410, before[path].content), path
        assert answer["Content-Language"] == path.split("/")[1].replace("hans", "Hans")
    dates = {path: client.get(path).content.decode() for path in paths}
    assert all("<time" in html for html in dates.values())


def test_so_they_are_at_every_address_that_led_there(client, scene):
    old = addresses(scene)
    Redirect.add_redirect("/2017/clean-air", scene.page)
    change_address(scene.release, scene.publisher, "clean-air")
    paths = [*old, *addresses(scene), "/2017/clean-air/"]
    assert statuses(client, addresses(scene)) == {200}
    take_down(scene)
    scene.page.delete()
    assert statuses(client, paths) == {410}
    assert "撤下" in client.get("/2017/clean-air", headers={"Accept-Language": "zh"}).content.decode()


def test_one_language_was_taken_down(client, scene):
    english, chinese = scene.pair.pages
    take_down(scene, CHINESE)
    assert client.get(english.url).status_code == 200
    assert statuses(client, [chinese.url, f"{chinese.url}bilingual/", f"{english.url}bilingual/"]) == {410}
    take_down(scene, ENGLISH)
    scene.page.delete()
    assert statuses(client, [english.url, chinese.url]) == {410}


def test_a_draft_at_the_address_changes_nothing(client, scene):
    paths, slug = addresses(scene), scene.page.slug
    take_down(scene)
    scene.page.delete()
    article_pair(title=("Clean air again", "再次清新"), slug=slug, live=[])
    assert statuses(client, paths) == {410}


def test_a_new_page_takes_the_address_over(client, scene):
    paths, slug = addresses(scene), scene.page.slug
    take_down(scene)
    scene.page.delete()
    english, _chinese = article_pair(title=("Clean air again", "再次清新"), slug=slug)
    assert statuses(client, paths) == {200}
    assert not VacatedAddress.objects.exists()
    change_address(Release.objects.get(translation_key=english.translation_key), scene.publisher, "again")
    for path in paths:
        assert client.get(path, follow=True).status_code == 200


def test_what_comes_back_is_gone_nowhere(client, scene):
    paths = addresses(scene)
    take_down(scene)
    assert VacatedAddress.objects.count() == 2
    scene.edit(summary="Another summary.")
    scene.original_approved()
    scene.fill({"Another summary.": "另一份摘要。"})
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    release_both(scene.release, scene.publisher)
    assert not VacatedAddress.objects.exists()
    assert statuses(client, paths) == {200}


def test_what_was_for_some_readers_alone_stays_unsaid(client, scene):
    paths = addresses(scene)
    restrict(scene.release, scene.publisher, "password", "open")
    take_down(scene)
    scene.page.delete()
    assert statuses(client, paths) == {404}


def test_a_draft_that_was_never_public_leaves_nothing(client):
    scene = Scene()
    url = scene.page.url
    scene.page.delete()
    assert client.get(url).status_code == 404
    assert not VacatedAddress.objects.exists()


# What an upgrade knows -----------------------------------------------------------------------------------------------


def upgraded():
    assert upgrade.take(upgrade.REGISTER["keep_addresses"], lambda done, of: None) == []
    assert not Release.objects.filter(addresses_known=False).exists()


@pytest.mark.parametrize("is_deleted", [False, True])
def test_an_upgrade_keeps_what_is_known_of_what_was_withdrawn(client, scene, is_deleted):
    paths = addresses(scene)
    take_down(scene)
    if is_deleted:
        scene.page.delete()
    VacatedAddress.objects.all().delete()
    Release.objects.update(addresses_known=False)
    upgraded()
    upgraded()
    if not is_deleted:
        scene.page.delete()
    assert statuses(client, paths) == {410}


def test_an_upgrade_says_nothing_where_somebody_else_is_by_now(client, scene):
    paths, slug = addresses(scene), scene.page.slug
    take_down(scene)
    scene.page.delete()
    article_pair(title=("Clean air again", "再次清新"), slug=slug)
    Release.objects.update(addresses_known=False)
    upgraded()
    assert statuses(client, paths) == {200}
    assert not VacatedAddress.objects.exists()


# Redirects -----------------------------------------------------------------------------------------------------------


def led(client, path, language="", **options):
    headers = {"Accept-Language": language} if language else {}
    answer = client.get(path, headers=headers, **options)
    return answer.status_code, answer.headers.get("Location")


def test_a_hand_made_redirect_leads_each_reader_to_their_language(client, scene):
    english, chinese = scene.pair.pages
    for old, target in (("/2017/11/07", english), ("/旧址", chinese), ("/en/old", chinese), ("/zh-hans/old", english)):
        Redirect.add_redirect(old, target)
    for path in ("/2017/11/07", "/2017/11/07/", "/旧址/", "/2017/11/07/?utm=1"):
        assert led(client, path, "en") == (302, english.url)
        assert led(client, path, "zh-CN") == (302, chinese.url)
        answer = client.get(path)
        assert {"Accept-Language", "Cookie"} <= {name.strip() for name in answer["Vary"].split(",")}
        assert "no-store" in answer["Cache-Control"]
    client.cookies["django_language"] = "zh-hans"
    assert led(client, "/2017/11/07", "en") == (302, chinese.url)
    assert led(client, "/en/old", "zh") == (301, english.url)
    assert led(client, "/zh-hans/old", "en") == (301, chinese.url)


def test_what_is_not_public_in_that_language_leads_to_the_other(client):
    english, _chinese = article_pair(live=[ENGLISH])
    Redirect.add_redirect("/old", english)
    Redirect.add_redirect("/zh-hans/old", english)
    assert led(client, "/old", "zh") == (302, english.url)
    assert led(client, "/zh-hans/old") == (302, english.url)  # the Chinese may come: nothing to keep for good


def test_home_pages_and_other_sites(client):
    home = HomePage.objects.get(locale=locale(ENGLISH))
    Redirect.add_redirect("/start", home)
    Redirect.add_redirect("/elsewhere", "https://example.org/")
    Redirect.add_redirect("/nowhere")
    assert led(client, "/start", "zh") == (302, "/zh-hans/")
    assert led(client, "/elsewhere") == (301, "https://example.org/")
    assert led(client, "/nowhere") == (404, None)


def test_the_parallel_readings_old_address_is_led_on(client, scene):
    old = addresses(scene)
    change_address(scene.release, scene.publisher, "clean-air")
    change_address(scene.release, scene.publisher, "cleaner-air")
    for path, now in zip(old, addresses(scene), strict=True):
        assert led(client, path) == (301, now)
        assert client.get(now).status_code == 200
    Redirect.objects.exclude(redirect_page_route_path="").delete()  # as redirects of former versions are
    for path, now in zip(old, addresses(scene), strict=True):
        assert led(client, path) == (301, now)


def test_odd_addresses_are_answered(client):
    for path in ("/en/bilingual/", "/bilingual", "/en/news/%00/", "/en/news/x/bilingual/?a=b", "/zh-hans/不存在/"):
        assert client.get(path).status_code == 404


def test_an_address_that_is_not_there_costs_little(client, scene):
    client.get("/en/")
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/en/news/nothing-here/").status_code == 404
    assert len(queries) < 20, json.dumps([query["sql"][:120] for query in queries], indent=1)
