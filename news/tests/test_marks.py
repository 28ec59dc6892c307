"""Each state by one name, wherever it is shown."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation
from wagtail.models import Page

from home.languages import CHINESE, ENGLISH
from news.pair.marks import TONES, PageState, mark_of, page_states, state_of_version
from news.pair.state import ReleaseState
from news.release.publishing import release_both
from news.release.review import take_back
from news.release.withdrawal import withdraw

from .pairs import article_pair
from .scene import Scene, title

pytestmark = pytest.mark.django_db


def test_every_state_has_a_mark():
    assert set(TONES) == {*ReleaseState, *PageState}
    for state in TONES:
        for code in ("en", "zh-hans"):
            with translation.override(code):
                assert all(map(str, mark_of(state)))


def stands(scene):
    """{language: state} by the Pair, which is what the pages say of themselves too, in one reading of both."""
    pair = scene.pair
    said = {language: state_of_version(version) for language, version in pair.versions.items()}
    pages = {version.language: version.page for version in pair.versions.values() if version.page is not None}
    states = page_states(pages.values())
    assert {language: states[page.pk] for language, page in pages.items()} == {
        language: state for language, state in said.items() if language in pages
    }
    for language, page in pages.items():
        assert str(Page.objects.get(pk=page.pk).specific.status_string) == said[language].label
    return [said[language] for language in (scene.language, scene.pair.translation.language)]


@pytest.mark.parametrize(
    ("kind", "original"), [("article", ENGLISH), pytest.param("partner", CHINESE, marks=pytest.mark.full)]
)
def test_a_page_stands_as_its_version(kind, original):
    scene = Scene(kind, original)
    scene.begin()
    assert stands(scene) == [PageState.DRAFTING, PageState.MISSING]
    scene.submit()
    assert stands(scene) == [PageState.IN_REVIEW, PageState.DRAFTING]
    scene.reject()
    assert stands(scene)[0] == PageState.CHANGES_ASKED
    scene.submit()
    scene.approve()
    assert stands(scene)[0] == PageState.APPROVED
    scene.translate()
    release_both(scene.release, scene.publisher)
    assert stands(scene) == [PageState.LIVE, PageState.LIVE]
    scene.edit(title=title(scene.language, "!" if scene.language == ENGLISH else "！"))
    assert stands(scene) == [PageState.LIVE_DRAFTING, PageState.LIVE]
    scene.submit()
    assert stands(scene)[0] == PageState.LIVE_IN_REVIEW
    scene.reject()
    assert stands(scene)[0] == PageState.LIVE_CHANGES_ASKED
    scene.submit()
    scene.approve()
    assert stands(scene)[0] == PageState.LIVE_APPROVED
    take_back(scene.original.page, scene.publisher, "Not yet.")
    withdraw(scene.release, scene.publisher, "The event was called off.")
    assert stands(scene) == [PageState.WITHDRAWN, PageState.WITHDRAWN]


def test_a_list_of_pages_asks_once(admin_client):
    """However many it shows."""
    counts = []
    for number in (2, 6):
        for _each in range(number):
            english, _chinese = article_pair()
        address = reverse("wagtailadmin_explore", args=[english.get_parent().pk])
        with CaptureQueriesContext(connection) as queries:
            html = admin_client.get(address).content.decode()
        assert html.count('class="state state--live"') >= number
        counts.append(len([query for query in queries if 'FROM "news_approval"' in query["sql"]]))
    assert counts[0] == counts[1]
