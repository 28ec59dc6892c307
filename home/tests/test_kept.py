"""What many pages show alike is kept until it changes, and never as it was before."""

import pytest
from django.core.cache import cache
from django.db import transaction
from wagtail.models import Page, Site

from home.chrome import chrome_of
from home.front.recording import asks_for, recording
from home.kept import Kept, fetched_once
from home.languages import ENGLISH
from home.models import Appearance

pytestmark = pytest.mark.django_db


def count(kept, part, made):
    return kept.get(part, lambda: made.append(part) or len(made))


def test_each_part_is_made_once():
    kept, made = Kept("test"), []
    assert [count(kept, part, made) for part in ("en", "zh", "en", "zh")] == [1, 2, 1, 2]


def test_nothing_is_a_value_too():
    kept, made = Kept("test"), []
    for _time in range(2):
        assert kept.get("en", lambda: made.append(1)) is None
    assert made == [1]


def test_all_parts_are_forgotten():
    kept, made = Kept("test"), []
    for part in ("en", "zh"):
        count(kept, part, made)
    kept.forget()
    assert [count(kept, part, made) for part in ("en", "zh")] == [3, 4]


def test_what_was_being_made_while_it_was_forgotten_is_not_kept():
    kept = Kept("test")

    def make():
        kept.forget()
        return "as it was"

    assert kept.get("en", make) == "as it was"
    assert kept.get("en", lambda: "as it is") == "as it is"
    assert kept.get("en", lambda: "again") == "as it is"


def test_what_was_made_before_a_change_was_committed_is_not_kept(django_capture_on_commit_callbacks):
    kept = Kept("test")
    with django_capture_on_commit_callbacks(execute=True):
        kept.forget()
        kept.get("en", lambda: "as others see it still")
    assert kept.get("en", lambda: "as it is") == "as it is"


def test_an_empty_cache_is_begun_anew():
    kept, made = Kept("test"), []
    count(kept, "en", made)
    cache.delete(kept.turn_key)
    assert [count(kept, "en", made) for _time in range(2)] == [2, 2]


def test_a_notice_saved_while_a_page_is_made_is_on_the_next():
    appearance, _made = Appearance.objects.get_or_create(site_id=1)
    before = chrome_of(ENGLISH)
    with transaction.atomic():
        appearance.notice_en = "Closed on Monday"
        appearance.save()
        assert chrome_of(ENGLISH).notice == "Closed on Monday"
    assert before.notice == ""


def test_within_a_request_that_reads_it_is_fetched_once_and_made_anew_once_it_is_forgotten():
    kept, made = Kept("test"), []
    count(kept, "en", made)
    with fetched_once():
        count(kept, "en", made)
        cache.clear()
        assert count(kept, "en", made) == 1
        kept.forget()
        assert count(kept, "en", made) == 2
    assert count(kept, "en", made) == 2


def test_what_is_fetched_once_is_noted_wherever_it_is_shown():
    kept = Kept("test")
    kept.get("en", lambda: asks_for("topic"))
    with fetched_once():
        for _time in range(2):
            with recording() as found:
                kept.get("en", lambda: asks_for("topic"))
            assert found.parameters == {"topic"}


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_page_fetches_what_stands_around_it_once(client, method, monkeypatch):
    asked, fetch = [], Kept.fetch
    monkeypatch.setattr(Kept, "fetch", lambda kept, key, make: asked.append(key) or fetch(kept, key, make))
    for _time in range(2):
        asked.clear()
        assert getattr(client, method)("/en/").status_code == 200
        assert "newsroom.kept.chrome.en" in asked and len(asked) == len(set(asked))


def test_addresses_asked_for_without_a_request_ask_once_where_the_sites_begin(monkeypatch):
    asked, paths = [], Site.get_site_root_paths
    monkeypatch.setattr(Site, "get_site_root_paths", lambda: asked.append(1) or paths())
    with fetched_once():
        addresses = [page.url for page in Page.objects.filter(depth__gt=1).specific()]
    assert len(addresses) > 3 and all(addresses)
    assert len(asked) == 1
