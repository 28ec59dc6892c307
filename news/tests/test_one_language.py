"""One language from the start: rule 32."""

import pytest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from wagtail.models import WorkflowState
from wagtail.users.models import UserProfile

from home.languages import CHINESE, ENGLISH
from news.admin.queues import untranslated
from news.admin.steps import offers_of_release
from news.models import ArticleTopic, Event, Mode, Notice, ReleaseSummary, Topic
from news.pair.office_refusals import LanguagesScheduled
from news.pair.refusals import InOneLanguage
from news.release import summaries
from news.release.freezing import freeze
from news.release.publishing import release_both, release_single
from news.release.schedule import release_due, schedule
from news.release.submission import start_translating
from news.tests.pairs import member_of

from .scene import Scene, moment

pytestmark = pytest.mark.django_db


def act(client, scene, user, name, **data):
    client.force_login(user)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, name])
    return client.post(url, scene.form(name, **data), follow=True)


def to_translate():
    summaries.tidy()
    found = ReleaseSummary.objects.filter(untranslated([ENGLISH.code, CHINESE.code]))
    return [summary.release for summary in found]


def page_of(client, scene, user):
    client.force_login(user)
    return client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()


def topic(slug="notices", in_one_language=True):
    return Topic.objects.create(slug=slug, name_en=slug.title(), name_zh_hans="通知", in_one_language=in_one_language)


def about(scene, *topics):
    page = scene.page
    page.article_topics = [ArticleTopic(topic=topic, locale=page.locale) for topic in topics]
    page.save()
    page.save_revision(user=scene.author)


@pytest.fixture(params=[ENGLISH, pytest.param(CHINESE, marks=pytest.mark.full)], ids=["English", "Chinese"])
def scene(request):
    return Scene(original=request.param)


@pytest.fixture
def alone(client, scene):
    assert act(client, scene, scene.author, "one_language").status_code == 200
    assert scene.release.alone
    return scene


def test_nobody_is_asked_for_a_translation(alone):
    member_of("Publishers", username="another")
    alone.submit()
    assert alone.translation.page is None
    assert not Notice.objects.filter(event=Event.TO_TRANSLATE).exists()
    assert to_translate() == []
    alone.approve()
    assert alone.translation.page is None
    assert Notice.objects.filter(event=Event.READY, release=alone.release).exists()
    assert not alone.pair.is_owed


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_the_publisher_confirms_it_by_releasing(client, alone, language):
    alone.submit()
    alone.approve()
    publisher = alone.publisher
    UserProfile.objects.update_or_create(user=publisher, defaults={"preferred_language": language})
    html = page_of(client, alone, publisher)
    with translation.override(language):
        assert gettext("Release %(language)s only") % {"language": alone.language.label} in html
        assert "step-release_single" not in html
    act(client, alone, publisher, "release")
    assert list(alone.live_titles()) == [alone.language.code]
    release = alone.release
    assert (release.mode, release.languages, release.due) == (Mode.SINGLE, [alone.language.code], None)
    assert release.stays_in_one_language
    other = {"en": "zh-hans", "zh-hans": "en"}[alone.language.code]
    answer = client.get(f"/{other}/news/{alone.page.slug}/")
    assert answer.status_code == 404
    assert answer.context["for_good"]


def test_a_schedule_releases_it(alone):
    alone.submit()
    alone.approve()
    schedule(alone.release, moment(seconds=5), alone.publisher)
    done, missed, failed = release_due(moment(seconds=10))
    assert ([one.pk for one in done], missed, failed) == ([alone.release.pk], [], [])
    assert list(alone.live_titles()) == [alone.language.code]


def test_an_update_of_it_asks_for_no_translation_either(alone):
    alone.submit()
    alone.approve()
    release_both(alone.release, alone.publisher)
    alone.update("A week of cleaner air")
    assert alone.translation.page is None
    release_both(alone.release, alone.publisher)
    assert list(alone.live_titles().values()) == ["A week of cleaner air"]


def test_urgently_a_translation_left_from_before_is_not_offered_along(client, scene):
    scene.submit()
    scene.reject()
    act(client, scene, scene.author, "one_language")
    freeze(scene.release, scene.publisher)
    offer = next(offer for offer in offers_of_release(scene.pair, scene.publisher) if offer.name == "urgent")
    assert offer.initial["languages"] == [scene.language.code]


def test_urgently_it_owes_nothing(client, alone):
    act(client, alone, alone.publisher, "freeze")
    act(client, alone, alone.publisher, "urgent", languages=[alone.language.code], reason="A storm.", password="secret")
    assert list(alone.live_titles()) == [alone.language.code]
    assert alone.release.due is None
    assert alone.translation.page is None


@pytest.mark.parametrize("stage", ["drafting", "in review", "approved", "live"])
def test_both_after_all_begins_the_translation(client, alone, stage):
    assert alone.translator
    if stage != "drafting":
        alone.submit()
    if stage in ("approved", "live"):
        alone.approve()
    if stage == "live":
        release_both(alone.release, alone.publisher)
    who = alone.reviewer if stage == "in review" else alone.author
    answer = act(client, alone, who, "both_languages")
    assert "the translation is begun" in answer.content.decode()
    assert Notice.objects.filter(event=Event.TO_TRANSLATE, language=alone.translation.language.code).exists()
    assert not alone.release.alone
    assert not alone.release.stays_in_one_language
    assert to_translate() == [alone.release]
    if stage == "drafting":
        alone.submit()
    if stage in ("drafting", "in review"):
        alone.approve()
    alone.translate()
    release_both(alone.release, alone.publisher)
    assert len(alone.live_titles()) == 2
    assert alone.release.mode == Mode.TOGETHER


@pytest.mark.full
def test_after_its_release_as_well_both_are_given_up_again(client, alone):
    alone.submit()
    alone.approve()
    release_both(alone.release, alone.publisher)
    act(client, alone, alone.author, "both_languages")
    alone.fill()
    act(client, alone, alone.author, "one_language")
    assert alone.release.stays_in_one_language
    assert list(alone.live_titles()) == [alone.language.code]
    assert to_translate() == []
    with pytest.raises(InOneLanguage):
        alone.submit(alone.translation)
    act(client, alone, alone.author, "both_languages")
    alone.submit(alone.translation)
    act(client, alone, alone.author, "one_language")
    assert alone.release.alone is False, "its review goes on"


def test_what_a_publisher_released_in_one_language_for_good_is_translated_after_all(client, scene):
    scene.original_approved()
    release_single(scene.release, scene.language, scene.publisher, "Local.")
    assert scene.release.stays_in_one_language
    act(client, scene, scene.publisher, "both_languages")
    assert not scene.release.stays_in_one_language
    scene.translate()
    release_both(scene.release, scene.publisher)
    assert len(scene.live_titles()) == 2


def test_starting_to_translate_chooses_both(alone):
    start_translating(alone.page, alone.author)
    assert alone.release.alone is False
    assert "both_languages" in alone.actions(alone.original)


def test_where_a_moment_is_set_a_publisher_alone_changes_the_languages(client, alone):
    alone.submit()
    alone.approve()
    schedule(alone.release, moment(minutes=10), alone.publisher)
    assert "Both languages after all" not in page_of(client, alone, alone.author)
    assert "only a publisher changes now" in act(client, alone, alone.author, "both_languages").content.decode()
    with pytest.raises(LanguagesScheduled):
        start_translating(alone.page, alone.reviewer)
    assert [found.pk for found in release_due(moment(hours=1))[0]] == [alone.release.pk]


def test_what_is_scheduled_in_both_does_not_go_out_in_one(client, scene):
    """Neither by whoever writes it nor by its topics."""
    schedule(scene.release, moment(minutes=10), scene.publisher)
    about(scene, topic())
    assert "only a publisher changes now" in act(client, scene, scene.author, "one_language").content.decode()
    client.force_login(scene.author)
    address = reverse("wagtailadmin_pages:edit", args=[scene.page.pk])
    assert 'name="languages"' not in client.get(address).content.decode()
    scene.submit()
    assert scene.release.mode == Mode.TOGETHER
    scene.approve()
    assert release_due(moment(hours=1))[0] == []


def test_who_may_not_change_the_original_chooses_nothing(client, scene):
    stranger = member_of(
        "Chinese translators" if scene.language == ENGLISH else "English translators", username="stranger"
    )
    scene.submit()
    scene.reject()
    assert "/one_language/" not in page_of(client, scene, stranger)
    act(client, scene, stranger, "one_language")
    assert scene.release.alone is None


def test_what_the_system_made_of_a_translation_stays_a_draft_that_is_not_submitted(client, scene):
    scene.submit()
    scene.reject()
    act(client, scene, scene.author, "one_language")
    assert scene.release.alone
    assert to_translate() == []
    scene.fill()
    with pytest.raises(InOneLanguage):
        scene.submit(scene.translation)
    assert WorkflowState.objects.for_instance(scene.translation.page).count() == 0
    page_of(client, scene, scene.author)
    scene.edit(title="Another week")
    scene.original_approved()
    release_both(scene.release, scene.publisher)
    assert list(scene.live_titles()) == [scene.language.code]
    act(client, scene, scene.author, "both_languages")
    scene.fill({"Another week": "另一周"} if scene.language == ENGLISH else {"Another week": "A week"})
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    release_both(scene.release, scene.publisher)
    assert len(scene.live_titles()) == 2


# Topics --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("topics", "expected"),
    [([True], True), ([True, False], False), ([False], False), ([], False), ([True, True], True)],
)
def test_at_the_first_submission_its_topics_settle_it(scene, topics, expected):
    about(scene, *(topic(f"topic-{number}", one) for number, one in enumerate(topics)))
    scene.submit()
    assert bool(scene.release.alone) is expected
    assert (scene.translation.page is None) is expected
    assert ("one_language" in scene.actions(scene.original)) is expected


def test_later_topics_change_nothing(scene):
    scene.submit()
    scene.reject()
    about(scene, topic())
    scene.submit()
    assert scene.release.alone is None
    assert scene.translation.page is not None
