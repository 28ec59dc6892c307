"""Rule 27: the embargo holds against our own buttons. Every step, in every state that an embargo may lie ahead of."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from home.languages import CHINESE, ENGLISH, LANGUAGES
from news.admin.steps import REGISTER
from news.models import Event, Notice, Release
from news.pair.embargo import EmbargoAhead, EmbargoMoved, NoEmbargoAhead, NowOrThen
from news.pair.refusals import IdentityNotConfirmed, ReasonNeeded
from news.pair.state import ReleaseState, state_of
from news.release.correction import approve_correction, correct
from news.release.embargo import break_embargo
from news.release.freezing import freeze
from news.release.publishing import release_both, release_imported, release_single, urgent
from news.release.replacing import agree, propose
from news.release.schedule import release_due, schedule, unschedule
from news.release.taking_down import take_down
from news.release.withdrawal import withdraw

from .libraries import Library, image
from .pairs import member_of
from .scene import BOTH, PASSWORD, Scene, moment

pytestmark = pytest.mark.django_db


def embargoed(scene, days=2):
    Release.objects.filter(pk=scene.release.pk).update(release_at=moment(days=days))
    return scene


def update_approved(scene, both=True):
    scene.both_live()
    scene.edit(summary="Clean air, and more of it.")
    scene.original_approved()
    if both:
        scene.translate({"Clean air, and more of it.": "空气更加清新。"})
    return scene


def approved_correction():
    scene = Scene().both_live()
    correct(scene.release, scene.author, "correction", "It opened.", "论坛已开幕。", {ENGLISH: {2: "The forum ended."}})
    approve_correction(scene.release, scene.second)
    return scene


def late_translation():
    scene = Scene().original_approved()
    due = timezone.now().date() + timedelta(days=3)
    release_single(scene.release, ENGLISH, scene.publisher, "First.", due)
    scene.translate()
    return scene


def one_withdrawn():
    scene = update_approved(Scene())
    schedule(scene.release, moment(days=2), scene.publisher)
    withdraw(scene.release, scene.publisher, "Wrong.", [CHINESE])
    return scene


def frozen():
    scene = Scene().original_approved()
    freeze(scene.release, scene.publisher)
    return scene


STATES = {
    "a draft": lambda: Scene(),
    "in review": lambda: Scene().both_in_review(),
    "the original approved": lambda: Scene().original_approved(),
    "frozen for an urgent release": frozen,
    "both approved": lambda: Scene().both_approved(),
    "a Chinese original": lambda: Scene(original=CHINESE).both_approved(),
    "public, an update approved": lambda: update_approved(Scene()),
    "public, which needs no update": lambda: update_approved(Scene(), both=False),
    "a correction approved": approved_correction,
    "a late translation": late_translation,
    "one language withdrawn": one_withdrawn,
}
SAID = {
    "reason": "It is out.",
    "comment": "Good.",
    "password": PASSWORD,
    "languages": ["en", "zh-hans"],
    "confirmed": "on",
    "slug": "another-address",
    "kind": "minor",
    "note": "Please.",
}
"""What every form is sent, whatever it asks."""


def public(scene):
    """What readers get: which revision of each language."""
    found = type(scene.page).objects.filter(translation_key=scene.page.translation_key, live=True)
    return {page.locale.language_code: page.live_revision_id for page in found}


def is_nothing_new(before, after):
    """What was taken down is no breach."""
    return after.items() <= before.items()


def take(client, scene, user, name, language="", **said):
    if client.session.get("_auth_user_id") != str(user.pk):
        client.force_login(user)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, name])
    return client.post(url, scene.form(name, language, **{**SAID, "to": user.pk, **said}))


BY_DAY = {"both approved", "a correction approved", "a late translation"}
"""Each state takes some seconds; these hold the others in the main."""


def marks(state):
    return pytest.mark.full if state in BY_DAY else pytest.mark.nightly


@pytest.mark.parametrize("state", [pytest.param(state, marks=marks(state)) for state in STATES])
def test_no_step_publishes_before_the_embargo_unless_it_says_so(client, state):
    """Posted as the forms have them, offered or not, by a publisher who wrote none of it."""
    scene = embargoed(STATES[state]())
    before, broke = public(scene), set()
    user = member_of("Publishers", "Bilingual reviewers", username="another")
    if scene.pair.is_frozen:
        Release.objects.update(frozen_by=user)
    client.force_login(user)
    for name, step in REGISTER.items():
        for language in ("en", "zh-hans") if step.of_version else ("",):
            for when in ("", "at", "now") if name == "urgent" else ("",):
                with transaction.atomic():
                    at = scene.release.release_at.isoformat()
                    take(
                        client, scene, user, name, language, when=when, until=at, at=f"{moment(days=3):%Y-%m-%dT%H:%M}"
                    )
                    if not is_nothing_new(before, public(scene)):
                        broke.add(f"{name} {when}".strip())
                    transaction.set_rollback(True)
    assert broke <= {"break_embargo", "urgent now"}


@pytest.mark.parametrize("state", ["both approved", "public, an update approved", "a late translation"])
def test_what_is_ready_says_when_it_goes_out_and_has_no_main_step(client, state):
    scene = embargoed(STATES[state]())
    Release.objects.filter(pk=scene.release.pk).update(release_at=timezone.now().replace(2030, 1, 2, 2, 0, 0, 0))
    client.force_login(scene.publisher)
    html = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert "It goes out on <time" in html and "2 January 2030, 10:00 Beijing time" in html
    assert "Break the embargo…" in html
    assert "Release both now" not in html and "step-release_single" not in html
    assert f"act/{'release'}/" not in html


def test_functions_hold_it_as_the_buttons_do():
    scene = embargoed(Scene().both_approved())
    for step in (
        lambda: release_both(scene.release, scene.publisher),
        lambda: release_single(scene.release, ENGLISH, scene.publisher, "Now.", confirmed=True),
        lambda: release_imported(scene.release, "Operator"),
    ):
        with pytest.raises(EmbargoAhead, match="Beijing time"):
            step()
    assert release_due() == ([], [], [])
    assert scene.live_titles() == {}


class TestBreakingIt:
    @pytest.mark.full
    def test_takes_a_reason_and_the_password_and_tells_all_publishers(self, client, mailoutbox):
        scene = embargoed(Scene().both_approved())
        others = [member_of("Publishers", username=name) for name in ("another", "third")]
        at = scene.release.release_at
        for said in ({"reason": " "}, {"password": ""}, {"password": "guessed"}):
            take(client, scene, scene.publisher, "break_embargo", until=at.isoformat(), **said)
            assert scene.live_titles() == {}
        take(client, scene, scene.publisher, "break_embargo", until=at.isoformat())
        assert len(scene.live_titles()) == 2
        assert scene.release.release_at is None
        assert scene.actions(scene.original)[-1] == "break_embargo"
        told = Notice.objects.filter(event=Event.EMBARGO_BROKEN, recipient__in=others)
        assert {(notice.note, notice.moment) for notice in told} == {("It is out.", at)}
        assert told.count() == 2

    def test_takes_the_password_as_it_is(self, client):
        scene = embargoed(Scene().both_approved())
        password = " a\x0bword "
        scene.publisher.set_password(password)
        scene.publisher.save()
        client.force_login(scene.publisher)
        until = scene.release.release_at.isoformat()
        take(client, scene, scene.publisher, "break_embargo", until=until, password=password.strip())
        assert scene.live_titles() == {}
        take(client, scene, scene.publisher, "break_embargo", until=until, password=password)
        assert len(scene.live_titles()) == 2

    def test_names_the_moment_that_is_set(self, client):
        scene = embargoed(Scene().both_approved())
        shown = scene.release.release_at
        embargoed(scene, days=5)
        answer = take(client, scene, scene.publisher, "break_embargo", until=shown.isoformat())
        assert answer.status_code == 422
        assert "Somebody has set another moment meanwhile" in answer.content.decode()
        assert scene.release.release_at.isoformat() in answer.content.decode()
        with pytest.raises(EmbargoMoved):
            break_embargo(scene.release, scene.publisher, "It is out.", PASSWORD, until=shown)
        assert scene.live_titles() == {}

    def test_needs_one_that_lies_ahead(self):
        scene = Scene().both_approved()
        with pytest.raises(NoEmbargoAhead):
            break_embargo(scene.release, scene.publisher, "It is out.", PASSWORD)

    def test_the_trail_says_which(self, client):
        scene = embargoed(Scene().both_approved())
        Release.objects.filter(pk=scene.release.pk).update(release_at=timezone.now().replace(2030, 1, 2, 2, 0, 0, 0))
        break_embargo(scene.release, scene.publisher, "It is out.", PASSWORD)
        client.force_login(scene.publisher)
        csv = client.get(reverse("newsroom_releases:trail", args=[scene.release.pk])).content.decode()
        assert "Embargo broken: released before its moment: 2 January 2030, 10:00 Beijing time" in csv


class TestTheMoment:
    def test_an_earlier_one_is_asked_for_once_more(self, client):
        scene = embargoed(Scene().both_approved())
        at = scene.release.release_at
        another = member_of("Publishers", username="another")
        sooner = f"{moment(hours=1) + timedelta(hours=8):%Y-%m-%dT%H:%M}"
        answer = take(client, scene, scene.publisher, "schedule", at=sooner, reason="", password="")
        assert answer.status_code == 422
        assert "That is before the embargo ends" in answer.content.decode()
        assert 'name="schedule-password"' in answer.content.decode()
        take(client, scene, scene.publisher, "schedule", at=sooner, password="guessed")
        assert scene.release.release_at == at
        take(client, scene, scene.publisher, "schedule", at=sooner)
        assert scene.release.release_at < at
        assert scene.actions(scene.original)[-1] == "bring_forward"
        assert Notice.objects.get(event=Event.BROUGHT_FORWARD, recipient=another).moment == at

    def test_a_later_one_and_the_same_one_are_not(self, client):
        scene = embargoed(Scene().both_approved())
        at = scene.release.release_at
        schedule(scene.release, at, scene.publisher)
        assert scene.release.release_at == at
        schedule(scene.release, at + timedelta(days=1), scene.publisher)
        for refused in ({}, {"reason": "Sooner."}):
            with pytest.raises((ReasonNeeded, IdentityNotConfirmed)):
                schedule(scene.release, at, scene.publisher, **refused)
        assert scene.release.release_at == at + timedelta(days=1)

    def test_taking_it_back_takes_a_reason_and_tells_the_publishers(self):
        scene = embargoed(Scene().both_approved())
        another, at = member_of("Publishers", username="another"), scene.release.release_at
        with pytest.raises(ReasonNeeded):
            unschedule(scene.release, scene.publisher)
        unschedule(scene.release, scene.publisher, "Not yet.")
        told = Notice.objects.get(event=Event.UNSCHEDULED, recipient=another)
        assert (told.moment, told.note) == (at, "Not yet.")

    def test_one_that_was_missed_is_taken_back_without_a_word(self, client):
        scene = Scene().original_approved()
        Release.objects.filter(pk=scene.release.pk).update(release_at=moment(minutes=-1))
        take(client, scene, scene.publisher, "unschedule", reason="")
        assert scene.release.release_at is None

    def test_withdrawing_one_language_leaves_the_other_its_embargo(self):
        scene = one_withdrawn()
        at = scene.release.release_at
        assert at is not None
        with pytest.raises(EmbargoAhead):
            release_both(scene.release, scene.publisher)
        assert release_due(now=at)[0] == [scene.release]
        assert list(scene.live_titles()) == ["en"]


class TestUrgently:
    def test_now_is_asked_once_more(self, client):
        scene = embargoed(frozen())
        first = take(client, scene, scene.publisher, "urgent", languages=["en"], when="now", confirmed="")
        assert first.status_code == 422
        assert 'name="urgent-confirmed"' in first.content.decode()
        assert scene.live_titles() == {}
        take(client, scene, scene.publisher, "urgent", languages=["en"], when="now")
        assert list(scene.live_titles()) == ["en"]
        assert Notice.objects.filter(event=Event.EMBARGO_BROKEN).exists()

    def test_it_has_to_be_said(self):
        scene = embargoed(frozen())
        for said in ({}, {"when": "now"}, {"when": "sometime", "confirmed": True}):
            with pytest.raises(NowOrThen):
                urgent(scene.release, [ENGLISH], scene.publisher, "A storm", PASSWORD, **said)

    def test_at_its_moment(self, client):
        scene = embargoed(frozen())
        member_of("Publishers", username="another")
        answer = take(client, scene, scene.publisher, "urgent", languages=["en"], when="at", confirmed="")
        assert answer.status_code == 302
        assert scene.live_titles() == {}
        assert state_of(scene.pair) == ReleaseState.SCHEDULED
        assert not scene.pair.is_frozen
        assert Notice.objects.filter(event=Event.URGENT_AHEAD).exists()
        assert release_due(now=scene.release.release_at)[0] == [scene.release]
        assert list(scene.live_titles()) == ["en"]
        assert scene.pair.review_afterwards_due

    def test_one_language_now_leaves_the_other_its_embargo(self):
        scene = Scene().both_live()
        scene.edit(summary="Clean air, and more of it.")
        scene.original_approved()
        scene.translate({"Clean air, and more of it.": "空气更加清新。"})
        embargoed(scene)
        at = scene.release.release_at
        urgent(scene.release, [ENGLISH], scene.publisher, "A storm", PASSWORD, when="now", confirmed=True)
        assert scene.original.page.summary == "Clean air, and more of it."
        assert scene.release.release_at == at
        with pytest.raises(EmbargoAhead):
            release_both(scene.release, scene.publisher)
        assert release_due(now=at)[0] == [scene.release]
        assert scene.translation.page.summary == "空气更加清新。"

    def test_both_now_end_it(self):
        scene = embargoed(Scene().both_in_review())
        urgent(scene.release, BOTH, scene.publisher, "A storm", PASSWORD, when="now", confirmed=True)
        assert len(scene.live_titles()) == 2
        assert scene.release.release_at is None
        assert set(LANGUAGES) == set(scene.live_titles())


@pytest.mark.full
def test_replacing_and_taking_down_let_nothing_of_an_embargoed_update_out():
    scene = Library().live()
    scene.edit(summary="Clean air, and more of it.")
    scene.original_approved()
    embargoed(scene)
    before = scene.fresh(scene.original).summary
    made = propose(scene.waves, image("Hills"), scene.author, [scene.release])
    agree(made, scene.publisher)
    assert scene.original.is_pending and scene.fresh(scene.original).summary == before
    take_down(made.new, scene.publisher, "No licence.")
    assert scene.original.is_pending and scene.fresh(scene.original).summary == before
    assert scene.release.release_at is not None
