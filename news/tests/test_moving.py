"""Both versions of a page move together, as a publisher's act once they were public, and old addresses lead on."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.actions.move_page import MovePageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageLogEntry

from home.gate import OnlyThroughItsRelease, Refused
from home.languages import CHINESE, ENGLISH
from home.models import StandardPage
from news.bootstrap import PAGE_PERMISSIONS
from news.pair.cascade_refusals import MayNotMoveAlong, NotAPublisherIn, NowhereToMove
from news.pair.pair import pair_of
from news.release.withdrawal import withdraw

from .doors import admin, bulk
from .pairs import member_of, plain, publisher_of, say

pytestmark = pytest.mark.django_db


def fresh(page):
    return Page.objects.get(pk=page.pk)


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


@pytest.fixture
def root():
    return get_user_model().objects.create_superuser("root", password="secret")


def parents(page):
    """Titles of the pages that the versions stand below, by language."""
    return {found.locale.language_code: found.get_parent().slug for found in pair_of(page).pages}


MOVES = {
    "form": lambda client, page, target: client.post(admin("move_confirm", page.pk, target.pk), follow=True),
    "bulk": lambda client, page, target: client.post(bulk("move", page), {"chooser": target.pk}, follow=True),
    "api": lambda client, page, target: client.post(
        f"/cms/api/main/pages/{page.pk}/action/move/",
        {"destination_page_id": target.pk, "position": "last-child"},
        content_type="application/json",
        headers={"Accept": "application/json"},
    ),
}


@pytest.fixture
def office():
    return plain("Office", live=True)


@pytest.fixture
def press():
    return plain("Press", live=True)


@pytest.mark.parametrize("way", MOVES)
@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
@pytest.mark.parametrize("role", ["root", *(pytest.param(role, marks=pytest.mark.full) for role in PAGE_PERMISSIONS)])
def test_what_is_public_moves_in_both_languages_as_a_publishers_act(client, root, office, press, way, language, role):
    page, target = (pair_of(found).versions[language].page for found in (press, office))
    old = {found.url for found in pair_of(press).pages}
    client.force_login(root if role == "root" else member_of(role, username="somebody"))
    MOVES[way](client, page, target)
    moved = role in ("root", "Publishers")
    assert ("office" in parents(press).values()) == moved
    assert len(set(parents(press).values())) == (1 if moved else 2)
    client.logout()
    for url in old:
        answer = client.get(url, follow=True)
        assert answer.status_code == 200
        assert bool(answer.redirect_chain) == moved
        assert answer.request["PATH_INFO"].startswith(url[:4])
        if moved:
            assert answer.request["PATH_INFO"].endswith("/office/press/")
    lines = PageLogEntry.objects.filter(action="newsroom.change_address")
    assert lines.count() == (2 if moved else 0)


def test_it_is_said_before_it_is_confirmed(client, office, press):
    client.force_login(member_of("Publishers", username="publisher"))
    html = client.get(admin("move_confirm", press.pk, office.pk)).content.decode()
    assert "The Chinese version, “Press 中文”, moves with it, to “Office 中文”." in html
    assert "The address of “Press” changes in both languages; the old ones lead to the new." in html
    html = client.get(bulk("move", press)).content.decode()
    assert "The Chinese version, “Press 中文”, moves with it." in html
    assert "The address of “Press” changes in both languages; the old ones lead to the new." in html


@pytest.mark.parametrize("way", MOVES)
def test_a_parent_of_one_language_alone_is_no_place_for_both(client, press, way):
    alone = plain("Alone", translated=False)
    client.force_login(member_of("Publishers", username="publisher"))
    answer = MOVES[way](client, press, alone)
    words = said(answer) if way == "form" else answer.content.decode()
    assert "has no Chinese version: there is nowhere for the Chinese one to go." in words
    assert "alone" not in parents(press).values()


@pytest.mark.parametrize("way", MOVES)
def test_nothing_public_moves_below_a_draft(client, press, way):
    draft = plain("Draft")
    client.force_login(member_of("Publishers", username="publisher"))
    answer = MOVES[way](client, press, draft)
    assert "nothing public is moved below it" in (said(answer) if way == "form" else answer.content.decode())
    assert "draft" not in parents(press).values()


@pytest.mark.parametrize("way", MOVES)
def test_an_address_that_is_taken_in_the_other_language_is_refused(client, office, press, way):
    chinese = pair_of(office).translation.page
    chinese.add_child(
        instance=StandardPage(title="占用", slug="press", body="<p>.</p>", live=False, locale=chinese.locale)
    )
    client.force_login(member_of("Publishers", username="publisher"))
    MOVES[way](client, press, office)
    assert "office" not in parents(press).values()


def test_what_changed_since_the_move_was_shown_is_asked_anew(client, office, press):
    client.force_login(member_of("Publishers", username="publisher"))
    assert "moves with it" in client.get(admin("move_confirm", press.pk, office.pk)).content.decode()
    withdraw(pair_of(office).release, member_of("Publishers", username="another"), "Closed.", [CHINESE])
    for way in MOVES.values():
        way(client, press, office)
    assert "office" not in parents(press).values()


def test_the_models_move_both(office, press):
    publisher, reviewer = member_of("Publishers", username="p"), member_of("Bilingual reviewers", username="r")
    for user, refusal in ((None, OnlyThroughItsRelease), (reviewer, Refused), (publisher_of(ENGLISH), NotAPublisherIn)):
        with pytest.raises(refusal), transaction.atomic():
            MovePageAction(fresh(press), fresh(office), "last-child", user=user).execute(skip_permission_checks=True)
    fresh(press).move(fresh(office), pos="last-child", user=publisher)
    assert set(parents(press).values()) == {"office"}
    assert Redirect.objects.filter(old_path__in=["/en/press", "/zh-hans/press"]).count() == 2
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_draft_moves_with_its_translation(office):
    page = plain("Draft")
    page.move(office, pos="last-child")
    assert set(parents(page).values()) == {"office"}
    nowhere = plain("Nowhere", translated=False)
    with pytest.raises(NowhereToMove), transaction.atomic():
        fresh(page).move(nowhere, pos="last-child")


def test_a_translation_that_somebody_wrote_moves_by_who_may_move_it():
    target, page = plain("Office"), plain("Press")
    group = Group.objects.create(name="English office")
    english = member_of("English authors", "English translators", username="english")
    english.groups.add(group)
    say(page)
    with pytest.raises(MayNotMoveAlong), transaction.atomic():
        page.move(target, pos="last-child", user=english)
    unwritten = plain("Unwritten")
    unwritten.move(fresh(target), pos="last-child", user=english)
    assert set(parents(unwritten).values()) == {"office"}


def test_what_is_drafted_below_moves_along(office, press):
    child = plain("Contact", press)
    fresh(press).move(fresh(office), pos="last-child", user=member_of("Publishers", username="publisher"))
    assert set(parents(child).values()) == {"press"}
    assert {page.url_path.rpartition("/office/")[2] for page in pair_of(child).pages} == {"press/contact/"}


def test_the_order_of_one_section_is_its_own(press, office):
    before = [page.pk for page in pair_of(press).translation.page.get_siblings()]
    fresh(press).move(fresh(office), pos="left", user=member_of("Publishers", username="publisher"))
    assert [page.pk for page in pair_of(press).translation.page.get_siblings()] == before
