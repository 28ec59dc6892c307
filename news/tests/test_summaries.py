"""The summary of each release is what its Pair says, by whichever way it came to stand so. The state machine of
test_invariants tries it after each step of people doing anything in any order.
"""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import QuerySet
from django.db.models.signals import post_save
from django.urls import reverse
from wagtail.models import Page

from home.languages import CHINESE, ENGLISH
from news import upgrade
from news.doctor import services
from news.doctor.diagnosis import Gravity
from news.models import ArticlePartner, ArticleTopic, NewsIndexPage, Release, ReleaseSummary, Topic
from news.models.followed import rows_updated
from news.pair.state import ReleaseState
from news.release import summaries
from news.release.publishing import release_both, urgent
from news.release.schedule import schedule, unschedule

from .newsroom_summaries import state_in_lists
from .pairs import locale, partner_pair
from .scene import PASSWORD, Scene, moment

pytestmark = pytest.mark.django_db
ROOMS = Path(__file__).resolve().parents[1]


def is_marked(release):
    return ReleaseSummary.objects.get(pk=release.pk).dirty


def check():
    out = StringIO()
    call_command("rebuild_summaries", check=True, stdout=out)
    return out.getvalue()


@pytest.mark.parametrize("original", [ENGLISH, CHINESE])
def test_on_its_way(original):
    scene = Scene(original=original)
    assert state_in_lists(scene.release) == ReleaseState.DRAFTING
    scene.submit()
    assert state_in_lists(scene.release) == ReleaseState.IN_REVIEW
    scene.reject()
    assert state_in_lists(scene.release) == ReleaseState.RETURNED
    scene.both_approved()
    assert state_in_lists(scene.release) == ReleaseState.READY
    schedule(scene.release, moment(hours=1), scene.publisher)
    assert state_in_lists(scene.release) == ReleaseState.SCHEDULED
    unschedule(scene.release, scene.publisher, "Not yet.")
    release_both(scene.release, scene.publisher)
    assert state_in_lists(scene.release) == ReleaseState.LIVE


@pytest.mark.parametrize(
    ("signal", "listener"), [(post_save, summaries.after_save), (rows_updated, summaries.after_update)]
)
def test_without_a_listener_the_property_fails(signal, listener):
    scene = Scene().both_approved()
    state_in_lists(scene.release)
    uid = f"news.release.summaries.{'saved' if signal is post_save else 'updated'}"
    assert signal.disconnect(dispatch_uid=uid)
    try:
        if signal is post_save:
            schedule(scene.release, moment(hours=1), scene.publisher)
        else:
            Release.objects.filter(pk=scene.release.pk).update(release_at=moment(hours=1))
        with pytest.raises(AssertionError, match="scheduled"):
            state_in_lists(scene.release)
    finally:
        signal.connect(listener, dispatch_uid=uid)
    summaries.mark([scene.release.pk])
    assert state_in_lists(scene.release) == ReleaseState.SCHEDULED


def test_it_has_what_the_newest_draft_names_and_is_still_there():
    scene, topic = Scene(), Topic.objects.create(slug="ports", name_en="Ports", name_zh_hans="港口")
    partner, _chinese = partner_pair(live=[])
    page = scene.page
    page.article_topics = [ArticleTopic(topic=topic, locale=page.locale)]
    page.article_partners = [ArticlePartner(partner=partner, locale=page.locale)]
    page.save_revision(user=scene.author)
    state_in_lists(scene.release)
    summary = ReleaseSummary.objects.get(pk=scene.release.pk)
    assert [*summary.topics.all(), *summary.partners.all()] == [topic, partner]
    page.article_topics = []
    page.save_revision(user=scene.author)
    partner.delete()
    state_in_lists(scene.release)
    assert not (summary.topics.exists() or summary.partners.exists())


def test_what_stands_above_is_a_reason_too():
    scene = Scene().both_approved()
    assert state_in_lists(scene.release) == ReleaseState.READY
    section = NewsIndexPage.objects.get(locale=locale(ENGLISH))
    QuerySet(Page).filter(pk=section.pk).update(live=False)  # past the guards: withdrawn it is last of all
    post_save.send(Page, instance=section, created=False, raw=False, update_fields=None)
    assert state_in_lists(scene.release) == ReleaseState.IN_REVIEW


def test_after_a_rollback_the_next_step_is_followed_again(django_capture_on_commit_callbacks):
    scene = Scene().both_approved()
    state_in_lists(scene.release)
    with django_capture_on_commit_callbacks(execute=True):
        with pytest.raises(RuntimeError), transaction.atomic():
            schedule(scene.release, moment(hours=1), scene.publisher)
            assert is_marked(scene.release)
            raise RuntimeError
        assert not is_marked(scene.release), "nothing has happened to it"
        schedule(scene.release, moment(hours=2), scene.publisher)
        assert is_marked(scene.release)
    assert ReleaseSummary.objects.get(pk=scene.release.pk).state == ReleaseState.SCHEDULED, "made anew on commit"


def test_a_process_killed_before_it_is_made_anew_leaves_it_to_the_worker():
    scene = Scene().both_approved()
    assert is_marked(scene.release), "nothing is done on commit here"
    call_command("release_due", stdout=StringIO())
    assert not is_marked(scene.release)
    assert ReleaseSummary.objects.get(pk=scene.release.pk).state == ReleaseState.READY


def test_one_that_cannot_be_made_anew_holds_up_no_other(monkeypatch, caplog):
    scene, facts = Scene().both_approved(), summaries.facts

    def fails_once(pair):
        if pair.release.pk == scene.release.pk:
            raise ValueError("a draft that cannot be read")
        return facts(pair)

    monkeypatch.setattr(summaries, "facts", fails_once)
    summaries.tidy(1000)
    assert "a draft that cannot be read" in caplog.text
    assert list(ReleaseSummary.objects.filter(dirty=True)) == [ReleaseSummary.objects.get(pk=scene.release.pk)]


def test_the_command_names_what_differs_and_mends_it():
    scene = Scene().both_approved()
    summaries.tidy(1000)
    assert check() == "All are true.\n"
    ReleaseSummary.objects.filter(pk=scene.release.pk).update(title_en="Another")
    with pytest.raises(CommandError, match="The summary of 1 release is not true"):
        check()
    call_command("rebuild_summaries", stdout=StringIO())
    check()


def test_the_doctor_says_what_is_missing_or_wrong():
    scene = Scene().both_approved()
    summaries.tidy(1000)
    assert [found.gravity for found in services.summaries()] == [Gravity.WELL]
    ReleaseSummary.objects.filter(pk=scene.release.pk).update(state="live")
    [wrong] = services.summaries()
    assert str(scene.release.pk) in wrong.said
    ReleaseSummary.objects.all().delete()
    [missing] = services.summaries()
    assert (missing.gravity, missing.said.split()[0]) == (Gravity.MEND, str(Release.objects.count()))


def test_an_update_of_the_software_gives_each_its_summary_and_goes_on_where_it_was(monkeypatch):
    Scene().both_approved()
    ReleaseSummary.objects.all().delete()
    step, facts = upgrade.REGISTER["summarise"], upgrade.facts
    last = step.waiting().order_by("pk").last()

    def fails_at_the_last(pair):
        if pair.release == last:
            raise ValueError
        return facts(pair)

    monkeypatch.setattr(upgrade, "facts", fails_at_the_last)
    assert [left for left, _error in upgrade.take(step, lambda done, count: None)] == [last]
    assert list(step.waiting()) == [last]
    monkeypatch.setattr(upgrade, "facts", facts)
    assert upgrade.take(step, lambda done, count: None) == []
    assert not step.waiting().exists()
    check()


def test_what_was_let_out_alone_is_listed_until_somebody_has_read_it(client):
    scene = Scene()
    urgent(scene.release, [ENGLISH], scene.publisher, "A storm", PASSWORD)
    client.force_login(scene.reviewer)
    address = f"{reverse('newsroom_releases:releases')}?show=unread"
    assert scene.page.draft_title in client.get(address).content.decode()
    state_in_lists(scene.release)
    assert ReleaseSummary.objects.get(pk=scene.release.pk).unread


def test_nothing_is_decided_by_a_summary():
    """Whatever acts, or shows one release, asks the Pair."""
    named = {str(path.relative_to(ROOMS)) for path in ROOMS.rglob("*.py") if "ReleaseSummary" in path.read_text()}
    lists = {"admin/releases.py", "admin/releases_filter.py", "doctor/services.py", "release/accounts.py"}
    lists |= {"admin/calendar_entries.py", "admin/calendar_feed.py", "admin/releases_bulk.py"}
    lists |= {"admin/lines.py", "admin/places.py", "admin/queues.py"}
    kept = {
        "models/__init__.py",
        "models/followed.py",
        "models/summary.py",
        "pair/facts.py",
        "release/summaries.py",
        "upgrade.py",
    }
    assert {name for name in named if not name.startswith(("tests/", "migrations/"))} == lists | kept
