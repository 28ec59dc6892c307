"""Nothing goes public, changes there or comes down but through its release: every door, tried by every role."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.db.models.signals import pre_save
from wagtail.models import Page, PageViewRestriction

from home.gate import guard_row
from home.languages import CHINESE, ENGLISH
from news.bootstrap import PAGE_PERMISSIONS
from news.models import ArticlePage
from news.release.publishing import release_both
from news.release.withdrawal import withdraw

from . import doors
from .pairs import locale, member_of
from .scene import BOTH, Scene

pytestmark = pytest.mark.django_db

STRONGEST = "Publishers"  # who may do whatever the others may
ROLES = [
    "superuser",
    *(
        pytest.param(role, marks=pytest.mark.full if role == STRONGEST else pytest.mark.nightly)
        for role in PAGE_PERMISSIONS
    ),
]
PATHS = ["", "news/", "news/feed/", "partners/"]


@pytest.fixture(params=ROLES)
def somebody(request):
    """A person of the role, asked for when the release stands."""

    def arrive():
        if request.param == "superuser":
            return get_user_model().objects.create_superuser("root", password="secret")
        return member_of(request.param, username="somebody")

    return arrive


def public_texts(client):
    """What readers, feeds and crawlers get, of everything."""
    client.logout()
    paths = [f"/{language.code}/{path}" for language in (ENGLISH, CHINESE) for path in PATHS]
    paths += ["/sitemap.xml", "/news-sitemap.xml"]
    texts = {path: client.get(path).content.decode() for path in paths}
    for page in ArticlePage.objects.all():
        for path in (page.url, f"{page.url}bilingual/"):
            response = client.get(path)
            texts[path] = response.content.decode() if response.status_code == 200 else ""
    return texts


def holding(texts, words):
    return {path for path, text in texts.items() for word in words if word in text}


def walk(client, user, scene, doors_of):
    """Go through each door for both versions; what is refused by an error page is refused, too."""
    client.raise_request_exception = False
    for door in doors_of.values():
        for version in scene.pair.versions.values():
            client.force_login(user)
            door(client, version)


@pytest.mark.parametrize(
    "stage",
    [pytest.param("drafted", marks=pytest.mark.full), "approved", pytest.param("withdrawn", marks=pytest.mark.full)],
)
def test_nothing_is_public_before_its_release_nor_after_its_withdrawal(client, somebody, stage):
    scene = Scene()
    if stage == "drafted":
        scene.submit()
        scene.fill()
        scene.original.review.cancel(user=scene.author)
    else:
        scene.both_approved()
    if stage == "withdrawn":
        release_both(scene.release, scene.publisher)
        withdraw(scene.release, scene.publisher, "A figure was wrong.")
    walk(client, somebody(), scene, doors.IN)
    assert not ArticlePage.objects.filter(live=True).exists()
    assert not Page.objects.exclude(alias_of=None).exists()
    words = ["Canary", "A week of clean air", "清新空气周"]
    assert holding(public_texts(client), words) == set()
    english, chinese = (version.page for version in scene.pair.versions.values())
    assert english.get_parent().get_translation(chinese.locale) == chinese.get_parent()


@pytest.mark.full
def test_what_is_public_stays_so_in_the_words_that_were_approved(client, somebody):
    scene = Scene().both_live()
    before = public_texts_of(client, scene)
    assert all(before.values())
    walk(client, somebody(), scene, {**doors.OUT, **doors.IN})
    assert len(scene.live_titles()) == 2
    assert not PageViewRestriction.objects.exists()
    assert public_texts_of(client, scene) == before
    assert holding(public_texts(client), ["Canary"]) == set()


def public_texts_of(client, scene):
    client.logout()
    return {page.url: client.get(page.url).content for page in scene.pair.pages}


class Undone(Exception):
    """What was tried is rolled back."""


@pytest.mark.full
def test_no_door_answers_a_publisher_with_an_error(client):
    scene = Scene().both_live()
    client.force_login(scene.publisher)
    failed = []
    for name, door in {**doors.IN, **doors.OUT}.items():
        for language in BOTH:
            try:
                with transaction.atomic():
                    door(client, scene.pair.versions[language])  # an exception in a view is raised here
                    raise Undone
            except Undone:
                pass
            except Exception as error:
                failed.append((name, language.code, error))
    assert failed == []


def test_each_lock_holds_without_the_other():
    """A page refuses to be published by itself, and its row to be written, whichever of the two is asked."""
    page = Scene().both_approved().pair.original.page
    pre_save.disconnect(dispatch_uid="home.gate.saving", sender=None)
    try:
        assert doors.refused(lambda: page.publish(page.latest_revision))
        assert doors.refused(page.unpublish)
    finally:
        pre_save.connect(guard_row, dispatch_uid="home.gate.saving")
    page.live = True
    assert doors.refused(page.save)


def test_a_move_into_the_other_language_is_not_offered():
    scene = Scene()
    section = scene.page.get_parent()
    tester = scene.page.permissions_for_user(scene.publisher)
    assert tester.can_move_to(section)
    assert not tester.can_move_to(section.get_translation(locale(CHINESE)))
