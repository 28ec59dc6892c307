"""Whoever works on a release stops it; a publisher alone lets it go on."""

import pytest
from django.urls import reverse
from django.utils import timezone

from news.admin.steps import offers_of_release
from news.models import Event, Notice
from news.notices.events import missed
from news.pair.office_refusals import (
    Held,
    HeldAlready,
    MomentPassed,
    NotYoursToHold,
)
from news.pair.pair import Pair
from news.pair.refusals import NotAPublisher, ReasonNeeded
from news.pair.state import ReleaseState, state_of
from news.release.correction import approve_correction, correct
from news.release.embargo import break_embargo
from news.release.privacy import restrict
from news.release.publishing import NOW, release_both, release_single, urgent
from news.release.replacing import agree, propose, stamp_of
from news.release.schedule import release_due, release_one
from news.release.stopping import hold, lift
from news.release.taking_down import take_down

from .libraries import Library, image
from .moments import due, public, scheduled
from .pairs import member_of
from .scene import BOTH, ENGLISH, PASSWORD, Scene

pytestmark = pytest.mark.django_db


class TestHold:
    def test_whoever_works_on_it_stops_it_and_nothing_goes_out(self):
        scene = scheduled()
        hold(scene.release, scene.translator, "The name of the minister is wrong.")
        for step in (
            lambda: release_both(scene.release, scene.publisher),
            lambda: release_single(scene.release, ENGLISH, scene.publisher, "Hurry", confirmed=True),
            lambda: urgent(scene.release, BOTH, scene.publisher, "A storm", PASSWORD, when=NOW, confirmed=True),
            lambda: break_embargo(scene.release, scene.publisher, "A storm", PASSWORD),
        ):
            with pytest.raises(Held, match="minister"):
                step()
        assert due(scene) == (False, True)
        assert scene.live_titles() == {}

    def test_a_moment_that_passes_meanwhile_is_missed_and_told_as_held(self):
        scene = scheduled()
        hold(scene.release, scene.translator, "Wrong.")
        type(scene.release).objects.filter(pk=scene.release.pk).update(release_at=timezone.now())
        missed(scene.release)
        assert set(Notice.objects.filter(event=Event.HELD_OVER).values_list("recipient__username", flat=True)) == {
            "publisher"
        }
        assert state_of(Pair(scene.release)) == ReleaseState.MISSED
        lift(scene.release, scene.publisher)
        assert state_of(Pair(scene.release)) == ReleaseState.MISSED
        _done, late, _failed = release_due()
        assert len(late) == 1, "lifting releases nothing by itself"
        missed(scene.release)
        assert not Notice.objects.filter(event=Event.MISSED).exists(), "told once"
        release_both(scene.release, scene.publisher)
        assert len(scene.live_titles()) == 2

    def test_lifted_before_its_moment_it_goes_out_as_set(self):
        scene = scheduled()
        hold(scene.release, scene.translator, "Wrong.")
        lift(scene.release, scene.publisher)
        assert due(scene) == (True, False)

    def test_only_a_publisher_lifts_it(self):
        scene = scheduled()
        hold(scene.release, scene.publisher, "Wrong.")
        for user in (scene.translator, scene.reviewer):
            with pytest.raises(NotAPublisher):
                lift(scene.release, user)
        with pytest.raises(HeldAlready):
            hold(scene.release, scene.reviewer, "Again.")

    def test_a_stranger_or_a_word_too_few_stops_nothing(self):
        scene = scheduled()
        with pytest.raises(NotYoursToHold):
            hold(scene.release, member_of(username="guest"), "Because.")
        with pytest.raises(ReasonNeeded):
            hold(scene.release, scene.translator, "  ")
        assert not scene.pair.is_held

    def test_its_first_author_may_stop_it_and_publishers_and_who_has_it_hear_at_once(self):
        scene = scheduled()
        hold(scene.release, scene.author, "Wrong.")
        notice = Notice.objects.get(event=Event.HELD, recipient=scene.publisher)
        assert (notice.who, notice.note) == ("author", "Wrong.")
        assert scene.actions(scene.original)[-1] == "hold"
        assert scene.actions(scene.translation)[-1] == "hold"

    def test_what_is_public_stays_and_a_correction_waits(self, client):
        scene = Scene().both_live()
        correct(scene.release, scene.second, "minor", texts={ENGLISH: {2: "The forum has opened."}})
        approve_correction(scene.release, scene.reviewer)
        hold(scene.release, scene.translator, "Not yet.")
        with pytest.raises(Held):
            release_both(scene.release, scene.publisher)
        assert "The forum opened." in public(client, scene, ENGLISH)

    def test_what_is_private_is_not_opened(self):
        scene = Scene().both_live()
        restrict(scene.release, scene.publisher, "login")
        scene.edit(summary="Other air.")
        hold(scene.release, scene.author, "Wait.")
        with pytest.raises(Held):
            restrict(scene.release, scene.publisher, "none")
        assert "restrict" not in {offer.name for offer in offers_of_release(scene.pair, scene.publisher)}
        lift(scene.release, scene.publisher)
        restrict(scene.release, scene.publisher, "none")
        hold(scene.release, scene.author, "Wait.")
        restrict(scene.release, scene.publisher, "login")

    @pytest.mark.full
    def test_a_replacement_waits_and_what_is_taken_down_goes(self):
        scene = Library().approved()
        hold(scene.release, scene.translator, "No.")
        it = propose(scene.waves, image("Hills"), scene.second, [scene.release])
        agree(it, scene.publisher, stamp_of(it))
        assert "on hold" in it.rows.get().refusal
        take_down(scene.waves, scene.publisher, "No licence.")
        assert scene.original.newest.lead_image is None
        assert scene.live_titles() == {}

    @pytest.mark.full
    def test_it_stands_on_release_page_desk_list_and_in_both_editors(self, client):
        scene = scheduled()
        client.force_login(scene.translator)
        address = reverse("newsroom_releases:release", args=[scene.release.pk])
        html = client.get(address).content.decode()
        assert 'id="step-hold"' in html
        data = scene.form("hold", reason="The date is wrong.")
        client.post(reverse("newsroom_releases:act", args=[scene.release.pk, "hold"]), data)
        editor = reverse("wagtailadmin_pages:edit", args=[scene.page.pk])
        desk, index = reverse("wagtailadmin_home"), reverse("newsroom_releases:releases")
        client.force_login(scene.publisher)
        for shown in (address, desk, f"{index}?show=held", editor):
            html = client.get(shown).content.decode()
            assert "On hold" in html
            assert "The date is wrong." in html or shown.startswith(index)
        html = client.get(address).content.decode()
        assert "Release both now" not in html
        assert "Lift the hold" in html


def test_a_moment_held_over_says_so():
    scene = scheduled()
    hold(scene.release, scene.translator, "Wrong.")
    type(scene.release).objects.filter(pk=scene.release.pk).update(release_at=timezone.now())
    lift(scene.release, scene.publisher)
    with pytest.raises(MomentPassed):
        release_one(scene.release, timezone.now())
