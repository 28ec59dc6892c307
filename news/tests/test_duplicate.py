"""A release made of another, in both languages."""

import pytest
from django.urls import reverse

from home.languages import CHINESE, ENGLISH
from news.models import ArticlePage, ArticlePartner, ArticleTopic, Kind, Release, Topic
from news.pair.pair import pair_of
from news.pair.refusals import MayNotEdit
from news.pair.version import VersionState
from news.release.correction import correct
from news.release.duplicating import duplicate
from news.release.kinds import adapt
from news.release.privacy import restrict
from news.release.publishing import release_both
from news.translation.texts import shared_of, texts_of

from .pairs import member_of, partner_pair
from .scene import Scene, moment
from .test_equal_paragraphs import SAME, scene_with, write, written
from .test_privacy import private

pytestmark = pytest.mark.django_db


def words(pair):
    return {language: texts_of(version.newest) for language, version in pair.versions.items() if version.page}


def as_before(scene):
    """What must not change in what is duplicated."""
    release = Release.objects.get(pk=scene.release.pk)
    pages = [(page.pk, page.live, page.latest_revision_id, page.slug, page.numchild) for page in scene.pair.pages]
    return pages, words(scene.pair), release.kind, release.release_at


@pytest.mark.parametrize("original", [ENGLISH, CHINESE], ids=["en", "zh"])
@pytest.mark.parametrize("kind", ["article", "partner"])
def test_both_languages_begin_anew_with_the_same_words(kind, original):
    scene = Scene(kind, original).both_live()
    before = as_before(scene)
    made = duplicate(scene.release, scene.publisher)
    assert words(made) == words(scene.pair)
    assert made.release.original == original.code
    assert made.release.pk != scene.release.pk
    for version in made.versions.values():
        page = version.existing_page
        assert (page.live, page.first_published_at, version.state) == (False, None, VersionState.DRAFTING)
        assert page.slug != scene.page.slug
        assert page.owner == scene.publisher
    assert len({page.slug for page in made.pages}) == 1
    assert not made.release.approvals.exists()
    assert made.translation.localized is not None
    assert as_before(scene) == before
    assert {version.language: scene.actions(version)[-1] for version in made.versions.values()} == {
        ENGLISH: "duplicate",
        CHINESE: "duplicate",
    }


def test_it_goes_the_whole_way_by_itself():
    scene = Scene().both_live()
    made = duplicate(scene.release, scene.author)
    copy = Scene().by_people_of(scene)
    vars(copy)["page"] = ArticlePage.objects.get(pk=made.original.existing_page.pk)
    copy.edit(title="A second week of clean air")
    copy.submit()
    copy.approve()
    copy.fill({"A second week of clean air": "第二个清新空气周"})
    copy.submit(copy.translation)
    copy.approve(copy.translation)
    release_both(copy.release, copy.publisher)
    assert copy.live_titles() == {"en": "A second week of clean air", "zh-hans": "第二个清新空气周"}
    assert scene.live_titles() == {"en": "A week of clean air", "zh-hans": "清新空气周"}


def test_it_is_the_draft_that_is_taken_with_its_topics_and_partners_and_without_its_date():
    scene = Scene().both_live()
    topic = Topic.objects.create(slug="ports", name_en="Ports", name_zh_hans="港口")
    english, _chinese = partner_pair(live=[])
    page = scene.page.get_latest_revision_as_object()
    page.article_topics = [ArticleTopic(topic=topic, locale=page.locale)]
    page.article_partners = [ArticlePartner(partner=english, locale=page.locale)]
    page.title, page.date = "Two weeks of clean air", moment(days=-3)
    page.save_revision(user=scene.author)
    made = duplicate(scene.release, scene.publisher)
    newest = made.original.newest
    assert (newest.title, newest.date) == ("Two weeks of clean air", None)
    assert [row.topic for row in newest.article_topics.all()] == [topic]
    assert [row.partner for row in newest.article_partners.all()] == [english]
    assert [row for row in shared_of(newest) if row[0] not in ("date", "slug")] == [
        row for row in shared_of(page) if row[0] not in ("date", "slug")
    ]
    opened = [one.source for one in made.translation.paragraphs if not one.words]
    assert opened == ["Two weeks of clean air"]


def test_an_adapted_translation_stays_a_page_with_words_of_its_own():
    scene = Scene().both_approved()
    scene = Scene().by_people_of(scene)
    scene.submit()
    scene.fill()
    adapt(scene.release, scene.translator)
    scene.edit(scene.translation, scene.translator, body=[("paragraph", "<p>另写一段。</p>")])
    made = duplicate(scene.release, scene.publisher)
    assert made.release.kind == Kind.ADAPTED
    assert made.translation.localized is None
    assert words(made) == words(scene.pair)
    assert "另写一段。" in str(words(made)[CHINESE])


def test_of_equal_paragraphs_each_keeps_what_was_said_in_its_place():
    scene = scene_with((SAME, "a"), ("It rains.", "b"), (SAME, "c"))
    write(scene, "九点开门。", None, "上午九时开门。")
    made = duplicate(scene.release, scene.publisher)
    assert written(made.translation.localized) == ["九点开门。", "", "上午九时开门。"]


def test_who_writes_one_language_begins_it_in_that_one():
    scene = Scene().both_live()
    user = member_of("English authors", username="english")
    made = duplicate(scene.release, user)
    assert made.translation.page is None
    assert words(made)[ENGLISH] == words(scene.pair)[ENGLISH]
    with pytest.raises(MayNotEdit):
        duplicate(scene.release, member_of("Chinese authors", username="chinese"))


def test_a_copy_of_what_is_private_is_as_private():
    scene = Scene().both_live()
    restrict(scene.release, scene.publisher, "login")
    made = duplicate(scene.release, scene.publisher)
    copy = Scene()
    vars(copy)["page"] = made.original.existing_page
    assert private(copy) == {"en": "login", "zh-hans": "login"}


def test_a_correction_under_way_is_none_of_the_copys():
    scene = Scene().both_live()
    correct(scene.release, scene.publisher, "correction", "A day earlier.", "日期更正。")
    made = duplicate(scene.release, scene.publisher)
    assert made.correction is None


def test_the_screen_asks_and_leads_to_the_new_draft_once(client):
    scene = Scene().both_live()
    client.force_login(scene.publisher)
    url = reverse("newsroom_releases:duplicate", args=[scene.release.pk])
    release_page = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert f'href="{url}"' in release_page
    assert "stay behind" in client.get(url).content.decode()
    before = ArticlePage.objects.count()
    key = {"newsroom-key": "0123456789abcdef0123"}
    answers = [client.post(url, key) for _time in range(2)]
    assert ArticlePage.objects.count() == before + 2
    assert {answer["Location"] for answer in answers} == {answers[0]["Location"]}
    assert client.get(answers[0]["Location"]).status_code == 200
    reviewer = member_of("Bilingual reviewers", username="only_reads")
    client.force_login(reviewer)
    made = pair_of(ArticlePage.objects.order_by("-pk").first())
    assert client.post(reverse("newsroom_releases:duplicate", args=[made.release.pk])).status_code in (302, 403)
