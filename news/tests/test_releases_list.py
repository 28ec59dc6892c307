"""The list of all releases: what is found in it, by whom, and what leaves it as a table."""

import pytest
from django.contrib.auth.models import User
from django.urls import reverse
from wagtail.models import GroupPagePermission

from home.languages import CHINESE
from home.spreadsheets import BOM
from news.admin.reach import Reach
from news.models import ArticlePartner, ArticleTopic, Release, ReleaseSummary, Topic
from news.release import summaries
from news.release.assignment import hand_over
from news.release.publishing import release_both
from news.release.schedule import schedule
from news.release.withdrawal import withdraw

from .pairs import BOTH, member_of, partner_pair
from .scene import Scene, moment

pytestmark = pytest.mark.django_db
ADDRESS = "/cms/releases/"


@pytest.fixture
def scene(client):
    scene = Scene().both_approved()
    client.force_login(scene.publisher)
    return scene


def another(scene, *of):
    """A release of the same people's."""
    other = Scene(*of).by_people_of(scene)
    other.edit(title="Harbour institute")
    return other


def listed(client, query=""):
    """Keys of the releases."""
    answer = client.get(ADDRESS + query)
    assert answer.status_code == 200
    return [row.pk for row in answer.context["object_list"]]


def is_listed(client, scene, **query):
    return listed(client, "?" + "&".join(f"{name}={value}" for name, value in query.items())) == [scene.release.pk]


@pytest.mark.parametrize("words", ["week", "clean we", "清新", "空气周", "CLEAN"])
def test_titles_are_found_in_both_languages(client, scene, words):
    another(scene, "partner").submit()
    summaries.tidy(1000)
    assert is_listed(client, scene, q=words)
    assert listed(client, "?q=unheard-of") == []
    results = client.get(reverse("newsroom_releases:results"), {"q": words, "state": "ready"})
    assert "A week of clean air" in results.content.decode()
    assert 'lang="zh-Hans"' in results.content.decode()


def test_each_filter_tells_them_apart(client, scene):
    other = another(scene, "partner", CHINESE)
    other.submit()
    page, topic = scene.page, Topic.objects.create(slug="ports", name_en="Ports", name_zh_hans="港口")
    english, _chinese = partner_pair(live=[])
    release_both(scene.release, scene.publisher)
    page = scene.page
    page.article_topics = [ArticleTopic(topic=topic, locale=page.locale)]
    page.article_partners = [ArticlePartner(partner=english, locale=page.locale)]
    page.save_revision(user=scene.author)
    hand_over(other.release, CHINESE, scene.publisher, scene.translator)
    summary = ReleaseSummary.objects.get(pk=scene.release.pk)
    assert len(listed(client)) >= 2
    today = moment().date()
    for query in (
        {"state": "live_with_changes", "q": "week"},
        {"state_en": "drafting", "page_type": "news.ArticlePage"},
        {"state_zh_hans": "live", "page_type": "news.ArticlePage"},
        {"page_type": "news.ArticlePage"},
        {"author": scene.author.pk, "page_type": "news.ArticlePage"},
        {"reviewer": ReleaseSummary.objects.get(pk=summary.pk).reviewer_id},
        {"topic": topic.pk},
        {"partner": english.pk},
        {"moment_from": today, "moment_to": today},
        {"since_from": today, "topic": topic.pk},
    ):
        assert is_listed(client, scene, **query), query
    assert listed(client, f"?topic={topic.pk}&state=in_review") == []
    assert listed(client, f"?moment_to={today.replace(year=today.year - 1)}") == []
    client.force_login(scene.translator)
    assert listed(client, "?own=own") == [other.release.pk]


def test_missed_is_a_matter_of_the_clock(client, scene):
    schedule(scene.release, moment(hours=1), scene.publisher)
    assert is_listed(client, scene, state="scheduled")
    assert listed(client, "?state=missed") == []
    Release.objects.filter(pk=scene.release.pk).update(release_at=moment(hours=-1))
    assert listed(client, "?state=scheduled") == []
    assert is_listed(client, scene, state="missed")
    assert "Missed" in client.get(ADDRESS).content.decode()


def test_it_is_sorted_by_title_and_by_moment(client, scene):
    release_both(scene.release, scene.publisher)
    other = another(scene, "partner")
    other.edit(other.original, other.author, title="Before it in the alphabet: a 1")
    assert listed(client, "?ordering=title_en&show=all")[-1] == listed(client, "?ordering=-title_en&show=all")[0]
    assert listed(client, "?ordering=-moment")[0] == listed(client, "?ordering=moment")[0] == scene.release.pk


def test_whoever_writes_one_language_sees_a_release_and_others_do_not(client, scene):
    groups = ["English authors", "Chinese translators", "Bilingual reviewers", "Publishers"]
    for group in groups:
        client.force_login(member_of(group, username=group))
        assert listed(client) == [scene.release.pk], group
    nobody = member_of("Publishers", username="nobody")
    GroupPagePermission.objects.filter(group__in=nobody.groups.all()).delete()
    client.force_login(nobody)
    assert listed(client) == []
    assert "A week of clean air" not in b"".join(client.get(ADDRESS, {"export": "csv"})).decode()


def test_it_is_seen_by_whoever_may_do_anything_with_a_page_of_it():
    """What the list asks by sections is what Wagtail would answer page by page."""
    from wagtail.permission_policies.pages import PagePermissionPolicy

    another(Scene().both_approved(), "partner", CHINESE).submit()
    summaries.tidy(1000)
    for group in ("English authors", "Chinese authors", "English translators", "Bilingual reviewers", "Publishers"):
        user = User.objects.get(pk=member_of(group, username=f"a {group}").pk)
        policy = PagePermissionPolicy()
        pages = policy.instances_user_has_any_permission_for(user, ["add", "change", "publish"])
        keys = set(
            Release.objects.filter(translation_key__in=pages.values("translation_key")).values_list("pk", flat=True)
        )
        seen = ReleaseSummary.objects.filter(Reach(user).releases)
        assert set(seen.values_list("pk", flat=True)) == keys, group


def test_as_a_table_it_runs_no_formula(client, scene):
    scene = another(scene)
    scene.edit(scene.original, scene.author, title="=1+1")
    text = b"".join(client.get(ADDRESS, {"export": "csv", "state": "drafting"})).decode()
    assert text.startswith(BOM)
    assert "'=1+1" in text
    assert "A week of clean air" not in text, "what is narrowed is exported narrowed"
    assert client.get(ADDRESS, {"export": "xlsx"}).status_code == 200


def test_what_was_withdrawn_has_its_own_list(client, scene):
    release_both(scene.release, scene.publisher)
    withdraw(scene.release, scene.publisher, "Wrong.", BOTH)
    assert is_listed(client, scene, show="withdrawn")
    assert is_listed(client, scene, state="withdrawn")
