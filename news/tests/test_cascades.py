"""What is done to one language's page is done to both, by who may do it there too, or to neither."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import transaction
from django.urls import reverse
from wagtail.actions.delete_page import DeletePageAction
from wagtail.models import Page, PageLogEntry

from home.languages import CHINESE, ENGLISH
from home.models import StandardPage
from news.bootstrap import PAGE_PERMISSIONS
from news.models import Amendment, ArticlePage
from news.pair.cascade_refusals import MayNotDeleteAlong, StillPublic
from news.release.amending import amend
from news.release.schedule import release_due
from news.release.stopping import hold
from news.release.submission import start_translating
from news.release.withdrawal import withdraw

from .doors import admin, bulk
from .moments import CHANGE, scheduled
from .pairs import member_of, plain, publisher_of, say
from .scene import Scene, moment

pytestmark = pytest.mark.django_db


def exists(page):
    return Page.objects.filter(pk=page.pk).exists()


def fresh(page):
    return Page.objects.get(pk=page.pk)


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


@pytest.fixture
def root():
    return get_user_model().objects.create_superuser("root", password="secret")


@pytest.fixture
def english_only():
    """May change what is English, and nothing else."""
    return member_of("English translators", username="english")


# Deleting ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def withdrawn():
    scene = Scene().both_live()
    withdraw(scene.release, scene.publisher, "A figure was wrong.")
    return scene


WAYS = {
    "form": lambda client, page: client.post(admin("delete", page.pk), follow=True),
    "bulk": lambda client, page: client.post(bulk("delete", page), follow=True),
    "api": lambda client, page: client.post(f"/cms/api/main/pages/{page.pk}/action/delete/", {}),
}


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
@pytest.mark.parametrize("role", ["root", *(pytest.param(role, marks=pytest.mark.full) for role in PAGE_PERMISSIONS)])
def test_what_was_withdrawn_is_deleted_by_who_may_in_both_languages(client, withdrawn, way, language, role, root):
    pages = withdrawn.pair.pages
    user = root if role == "root" else member_of(role, username="somebody")
    client.force_login(user)
    WAYS[way](client, withdrawn.pair.versions[language].page)
    both = role in ("root", "Publishers", "Bilingual reviewers")
    assert {exists(page) for page in pages} == {not both}


def test_a_refusal_names_the_language_before_anything_is_confirmed(client, withdrawn, english_only):
    client.force_login(english_only)
    english = withdrawn.original.page
    for answer in (client.get(admin("delete", english.pk), follow=True), WAYS["form"](client, english)):
        assert "The Chinese version, “清新空气周”, would be deleted with it, and you may not delete it." in said(answer)
    html = client.get(bulk("delete", english)).content.decode()
    assert "The Chinese version, “清新空气周”, would be deleted with it" in html
    assert "Yes, delete" not in html


def test_the_models_ask_whoever_is_named(withdrawn, english_only):
    english, reviewer, pages = withdrawn.original.page, withdrawn.reviewer, withdrawn.pair.pages
    for page in (english, fresh(english)):
        for refused in (
            lambda page=page: page.delete(user=english_only),
            lambda page=page: DeletePageAction(page, user=english_only).execute(skip_permission_checks=True),
        ):
            with pytest.raises(MayNotDeleteAlong), transaction.atomic():
                refused()
    fresh(english).delete(user=reviewer)
    assert not ArticlePage.objects.exists()
    lines = PageLogEntry.objects.filter(action="wagtail.delete", page__in=[page.pk for page in pages])
    assert list(lines.values_list("user", flat=True)) == [reviewer.pk, reviewer.pk]


def test_a_translation_that_nobody_wrote_in_goes_along(client, english_only):
    scene = Scene()
    start_translating(scene.page, scene.author)
    client.force_login(english_only)
    html = client.get(admin("delete", scene.page.pk)).content.decode()
    assert "The Chinese version, “A week of clean air”, is deleted with it." in html
    html = client.get(bulk("delete", scene.page)).content.decode()
    assert "The Chinese version, “A week of clean air”, is deleted with it." in html
    WAYS["form"](client, scene.page)
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_a_translation_with_a_word_of_somebodys_does_not(client, english_only, way):
    scene = Scene()
    start_translating(scene.page, scene.author)
    scene.fill({"Clean air.": "空气清新。"})
    client.force_login(english_only)
    WAYS[way](client, scene.page)
    assert exists(scene.page)
    assert exists(scene.translation.page)


def test_a_translation_is_deleted_by_itself_while_it_is_a_draft(client):
    scene = Scene()
    start_translating(scene.page, scene.author)
    client.force_login(member_of("Chinese translators", username="chinese"))
    translation = scene.translation.page
    WAYS["form"](client, translation)
    assert (exists(scene.page), exists(translation)) == (True, False)


def test_what_is_deleted_waits_for_nothing_any_more(client, root):
    scene = scheduled()
    amend(scene.release, scene.second, CHANGE, "Wang", "paper")
    hold(scene.release, scene.author, "Wait.")
    release = scene.release
    client.force_login(root)
    client.post(reverse("wagtailadmin_pages:delete", args=[scene.page.pk]))
    assert not scene.pair.pages
    release.refresh_from_db()
    assert (release.release_at, release.held_at) == (None, None)
    assert not Amendment.objects.filter(ended_at=None).exists()
    assert release_due(moment(hours=1)) == ([], [], [])


@pytest.mark.parametrize("way", WAYS)
def test_what_was_written_since_the_form_was_shown_is_not_deleted(client, english_only, way):
    scene = Scene()
    start_translating(scene.page, scene.author)
    client.force_login(english_only)
    assert "is deleted with it" in client.get(admin("delete", scene.page.pk)).content.decode()
    scene.fill({"Clean air.": "空气清新。"})
    WAYS[way](client, scene.page)
    assert len(scene.pair.pages) == 2


def test_both_chosen_at_once_are_deleted_once(client, withdrawn):
    client.force_login(withdrawn.reviewer)
    answer = client.post(bulk("delete", *withdrawn.pair.pages), follow=True)
    assert "2 pages have been deleted" in said(answer)
    assert not ArticlePage.objects.exists()


def test_of_many_what_may_go_goes_and_what_may_not_is_named(client, withdrawn, english_only):
    other = ArticlePage(title="Wind", summary="Wind.", slug="wind", live=False)
    withdrawn.page.get_parent().add_child(instance=other)
    client.force_login(english_only)
    html = client.get(bulk("delete", withdrawn.page, other)).content.decode()
    assert "Left out:" in html
    assert "Yes, delete" in html
    client.post(bulk("delete", withdrawn.page, other))
    assert (exists(withdrawn.page), exists(other)) == (True, False)


def test_an_original_is_not_deleted_under_its_public_translation():
    scene = Scene().both_live()
    withdraw(scene.release, scene.publisher, "Wrong in English.", [ENGLISH])
    for page in (scene.original.page, fresh(scene.original.page)):
        with pytest.raises(StillPublic), transaction.atomic():
            page.delete()
    assert len(scene.pair.pages) == 2


def test_what_stands_below_is_asked_for_too(root):
    parent = plain("Office")
    child = plain("Press", parent)
    english = member_of("English translators", username="english")
    say(child)
    with pytest.raises(MayNotDeleteAlong), transaction.atomic():
        DeletePageAction(fresh(parent), user=english).execute(skip_permission_checks=True)
    assert StandardPage.objects.count() == 4
    fresh(parent).delete(user=root)
    assert not StandardPage.objects.exists()


# Withdrawing ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
@pytest.mark.parametrize("languages", [["en", "zh-hans"], ["en"], ["zh-hans"]])
def test_withdrawing_names_the_language_that_one_may_not_publish(client, language, languages):
    scene = Scene().both_live()
    publisher = publisher_of(language)
    publisher.groups.get().permissions.add(Permission.objects.get(codename="access_admin"))
    client.force_login(publisher)
    data = {**scene.form("withdraw", reason="Wrong."), "withdraw-languages": languages}
    answer = client.post(reverse("newsroom_releases:act", args=[scene.release.pk, "withdraw"]), data, follow=True)
    other = "Chinese" if language == ENGLISH else "English"
    assert f"you may not publish the {other} version" in said(answer)
    assert len(scene.live_titles()) == 2


def test_nothing_is_published_or_withdrawn_in_bulk(client, root):
    scene = Scene().both_live()
    client.force_login(root)
    html = client.get(bulk("delete", *scene.pair.pages)).content.decode()
    assert html.count("is still public: withdraw it first.") == 2
    client.post(bulk("delete", *scene.pair.pages))
    for action in ("publish", "unpublish"):
        html = client.get(bulk(action, *scene.pair.pages)).content.decode()
        assert html.count("This goes public, or comes down, only through its release.") == 2
        assert reverse("newsroom_releases:release", args=[scene.release.pk]) in html
        client.post(bulk(action, *scene.pair.pages))
        client.post(bulk(action, scene.page.get_parent().get_parent()), {"include_descendants": "on"})
    assert len(scene.live_titles()) == 2
