"""Wagtail's editor, where versions are sent for review, recalled, and sent again once they were returned."""

import pytest
from django.urls import reverse

from home.languages import ENGLISH
from home.models import HomePage
from news.models import NewsIndexPage, PartnerIndexPage
from news.pair.pair import pair_of
from news.pair.state import ReleaseState

from .doors import admin
from .pairs import article_form, article_pair, locale, member_of, partner_pair, plain
from .posted.pages import EMPTY
from .posted.visitor import fields_of
from .scene import CHINESE, Scene

pytestmark = pytest.mark.django_db


def section(model):
    return model.objects.get(locale=locale(ENGLISH))


PAGES = {
    "front page": lambda: section(HomePage),
    "news": lambda: section(NewsIndexPage),
    "partners": lambda: section(PartnerIndexPage),
    "article": lambda: article_pair()[0],
    "draft of an article": lambda: article_pair(live=[])[0],
    "partner": lambda: partner_pair()[0],
    "page": lambda: plain("About", live=True),
    "draft of a page": lambda: plain("About"),
}


@pytest.mark.parametrize("kind", PAGES)
def test_whatever_has_a_release_leads_there(client, kind):
    page = PAGES[kind]()
    client.force_login(member_of("Publishers"))
    shown = fields_of(client.get(admin("edit", page.pk)).content.decode(), "title")
    form = {**article_form(), **EMPTY, **shown} if "article" not in kind else article_form()
    form = {**form, "title": "Said otherwise", "action-submit": "1"}
    answer = client.post(admin("edit", page.pk), form)
    pair = pair_of(page)
    assert pair.versions[ENGLISH].task is not None
    assert answer.headers["Location"] == reverse("newsroom_releases:release", args=[pair.release.pk])


def recall_is_offered(client, page):
    return 'name="action-cancel-workflow"' in client.get(admin("edit", page.pk)).content.decode()


def listed_as(client):
    """What the list of releases calls the state of the newest."""
    row = client.get(reverse("newsroom_releases:releases")).context["object_list"][0]
    return ReleaseState(row.state_now).label


@pytest.mark.parametrize("original", [ENGLISH, CHINESE])
@pytest.mark.parametrize("kind", ["article", "partner"])
def test_what_was_returned_is_not_recalled(client, kind, original):
    scene = Scene(kind, original)
    scene.submit()
    client.force_login(scene.author)
    assert recall_is_offered(client, scene.page)
    assert listed_as(client) == "In review"
    scene.reject()
    assert listed_as(client) == "Returned for changes"
    assert not recall_is_offered(client, scene.page)
    client.force_login(scene.publisher)
    assert not recall_is_offered(client, scene.page)
    scene.submit()
    client.force_login(scene.author)
    assert recall_is_offered(client, scene.page)
