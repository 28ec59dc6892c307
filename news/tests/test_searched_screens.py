"""Every list of the admin is searched, sorted, filtered and leafed through, as anybody may ask."""

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from news.release.taking_down import take_down

from .libraries import Library, image
from .posted.addresses import routes

pytestmark = pytest.mark.django_db
ASKED = [
    "q=waves",
    "q=海浪&layout=grid",
    "q=%22waves%20%26%20-%27&p=2",
    "q=%F0%9F%98%80%00",
    "ordering=-title&p=99",
    "ordering=nothing&p=x",
    "ordering=-id&export=csv",
    "export=xlsx&q=waves",
    "collection_id=1&tag=none&q=waves",
    "collection_id=x&tag=%00&user=-1",
    "created_at_from=2026-13-01&created_at_to=nothing&date_from=0000-00-00",
    "locale=zh-hans&q=waves",
    "locale=xx&content_type=0&owner=none&live=maybe",
    "object_type=page&object_id=99999999999999999999",
]
BREAKS = "/cms/failwhale/"
"""Wagtail's, to try what happens then."""
CHOOSERS = ["wagtailimages_chooser:", "wagtaildocs_chooser:"]


@pytest.fixture
def someone(admin_user):
    scene = Library().live()
    take_down(scene.waves, scene.publisher, "No licence.")
    client = Client(raise_request_exception=False)
    client.force_login(admin_user)
    return client


@pytest.mark.parametrize("chooser", CHOOSERS)
@pytest.mark.parametrize("asked", ASKED)
def test_a_library_is_searched_for_what_is_chosen(someone, chooser, asked):
    for screen in ("choose", "choose_results"):
        assert someone.get(f"{reverse(chooser + screen)}?{asked}").status_code in (200, 404)


def test_a_library_finds_what_is_there_and_not_what_was_taken_down(someone):
    image("Waves at noon")
    found = someone.get(reverse("wagtailimages_chooser:choose_results") + "?q=waves").content.decode()
    assert "Waves at noon" in found and found.count('title="Waves') == 1


@pytest.mark.full
@pytest.mark.parametrize(
    "asked", ASKED[::3] + [pytest.param(asked, marks=pytest.mark.nightly) for asked in ASKED[1::3]]
)
def test_no_list_of_the_admin_breaks(someone, asked):
    addresses = {f"/{route}" for route, _view in routes(get_resolver()) if route.startswith("cms/")}
    plain = sorted(path for path in addresses - {BREAKS} if not {"<", "^"} & set(path))
    assert len(plain) > 100
    assert [path for path in plain if someone.get(f"{path}?{asked}").status_code >= 500] == []
