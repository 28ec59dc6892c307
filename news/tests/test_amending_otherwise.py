"""An amendment beside what else becomes of a release meanwhile."""

import pytest
from django.urls import reverse
from django.utils import timezone

from home.gate import Refused
from news.models import Event, Notice
from news.notices.outbox import deliver
from news.pair.office_refusals import AmendmentFitsNoMore, AmendmentWaits, Held
from news.release.amending import agree_to_amendment, amend, drop_amendment
from news.release.correction import approve_correction, correct
from news.release.publishing import release_both, release_single, urgent
from news.release.replacing import agree, propose, stamp_of
from news.release.review import no_update_needed, take_back
from news.release.schedule import schedule
from news.release.stopping import hold
from news.release.taking_down import take_down

from .libraries import Library, paper
from .moments import CHANGE, due, public, scheduled
from .scene import BOTH, CHINESE, ENGLISH, PASSWORD, Scene, moment

pytestmark = pytest.mark.django_db


class TestMeanwhile:
    def test_an_approval_taken_back_meanwhile_loses_no_word(self, client):
        scene = scheduled()
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        take_back(scene.original.page, scene.publisher, "All wrong.")
        with pytest.raises(AmendmentFitsNoMore):
            agree_to_amendment(scene.release, scene.reviewer)
        client.force_login(scene.second)
        html = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
        assert "论坛将于6月5日开幕。" in html

    @pytest.mark.full
    def test_what_is_taken_down_meanwhile_takes_no_word_along(self):
        """Its alternative text goes with the picture: the texts are numbered otherwise by then."""
        scene = Library().approved()
        number = next(number for number, text in enumerate(scene.original.texts) if "All of it" in text.html)
        amend(scene.release, scene.second, {ENGLISH: {number: "The whole"}}, "Wang", "paper", other_is_right=True)
        it = propose(scene.plan, paper("Other", b"Another plan", "other.txt"), scene.second, [scene.release])
        agree(it, scene.publisher, stamp_of(it))
        assert "waits for somebody else" in it.rows.get().refusal
        take_down(scene.waves, scene.publisher, "No licence.")
        with pytest.raises(AmendmentFitsNoMore):
            agree_to_amendment(scene.release, scene.reviewer)
        assert scene.pair.amendment.texts == {"en": {str(number): "The whole"}}
        drop_amendment(scene.release, scene.second)
        amend(scene.release, scene.second, {ENGLISH: {0: "A week"}, CHINESE: {0: "一周"}}, "Wang", "paper")
        with pytest.raises(Refused):
            agree_to_amendment(scene.release, scene.publisher)  # who took it down is not the second person of that
        agree_to_amendment(scene.release, scene.reviewer)
        release_both(scene.release, scene.publisher)
        assert scene.live_titles() == {"en": "A week", "zh-hans": "一周"}

    def test_nothing_is_approved_urgently_over_it(self):
        """Nor over a hold, for the moment that lies ahead."""
        scene = scheduled()
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        given = scene.release, BOTH, scene.publisher, "Hurry.", PASSWORD
        with pytest.raises(AmendmentWaits):
            urgent(*given, when="at")
        drop_amendment(scene.release, scene.second)
        hold(scene.release, scene.translator, "Wait.")
        with pytest.raises(Held):
            urgent(*given, when="at")

    @pytest.mark.full
    def test_links_and_captions_of_a_real_page(self, client):
        scene = Library().approved()
        link = next(text for text in scene.original.texts if "<a" in text.html)
        number = scene.original.texts.index(link)
        changed = {number: link.html.replace("The forum opened.", "The forum has opened.")}
        amend(scene.release, scene.second, {ENGLISH: changed}, "Wang", "paper", other_is_right=True)
        agree_to_amendment(scene.release, scene.reviewer)
        release_both(scene.release, scene.publisher)
        html = public(client, scene, ENGLISH)
        assert "The forum has opened." in html
        assert "/documents/" in html or "The plan</a>" in html

    def test_a_correction_that_waits_keeps_its_notes(self, client):
        scene = Scene().both_live()
        note = ("It opened a day earlier.", "论坛开幕日期更正。")
        correct(scene.release, scene.second, "correction", *note, texts=CHANGE)
        approve_correction(scene.release, scene.reviewer)
        schedule(scene.release, moment(minutes=10), scene.publisher)
        amend(scene.release, scene.second, {ENGLISH: {0: "Clean air"}, CHINESE: {0: "清新空气"}}, "Wang", "paper")
        agree_to_amendment(scene.release, scene.reviewer)
        assert due(scene) == (True, False)
        for language, words in ((ENGLISH, note[0]), (CHINESE, note[1])):
            assert words in public(client, scene, language)
        assert scene.live_titles() == {"en": "Clean air", "zh-hans": "清新空气"}

    def test_a_translation_that_needs_no_update_needs_none_after_it(self, client):
        scene = Scene().both_live().update("A week of clean air and wind")
        no_update_needed(scene.original.page, scene.publisher)
        change = {ENGLISH: {0: "A week of very clean air"}}
        amend(scene.release, scene.second, change, "Wang", "paper")
        agree_to_amendment(scene.release, scene.reviewer)
        release_both(scene.release, scene.publisher)
        assert scene.live_titles() == {"en": "A week of very clean air", "zh-hans": "清新空气周"}
        assert not scene.pair.translation.is_stale

    @pytest.mark.full
    @pytest.mark.parametrize("original", BOTH, ids=str)
    def test_a_partners_profile(self, original):
        scene = scheduled(original, "partner")
        amend(scene.release, scene.second, {ENGLISH: {0: "Institute"}, CHINESE: {0: "研究院"}}, "Wang", "paper")
        agree_to_amendment(scene.release, scene.reviewer)
        assert due(scene) == (True, False)
        assert scene.live_titles() == {"en": "Institute", "zh-hans": "研究院"}

    def test_a_later_amendment_is_written_in_the_earlier_one(self, client):
        scene = scheduled()
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        agree_to_amendment(scene.release, scene.reviewer)
        amend(scene.release, scene.reviewer, {ENGLISH: {0: "Clean air"}, CHINESE: {0: "清新空气"}}, "Wang", "paper")
        agree_to_amendment(scene.release, scene.second)
        assert due(scene) == (True, False)
        assert "opens on 5 June" in public(client, scene, ENGLISH)
        assert scene.live_titles() == {"en": "Clean air", "zh-hans": "清新空气"}

    @pytest.mark.full
    def test_an_original_alone_and_a_late_translation(self, client):
        scene = Scene().original_approved()
        amend(scene.release, scene.second, {ENGLISH: CHANGE[ENGLISH]}, "Wang", "telephone")
        agree_to_amendment(scene.release, scene.reviewer)
        release_single(scene.release, ENGLISH, scene.publisher, "Hurry", timezone.localdate())
        assert "opens on 5 June" in public(client, scene, ENGLISH)
        scene.translate(
            {
                "A week of clean air": "清新空气周",
                "Clean air.": "空气清新。",
                CHANGE[ENGLISH][2]: "论坛将于6月5日开幕。",
            }
        )
        amend(scene.release, scene.second, {CHINESE: {1: "空气很清新。"}}, "Wang", "telephone")
        agree_to_amendment(scene.release, scene.reviewer)
        release_both(scene.release, scene.publisher)
        assert "空气很清新。" in public(client, scene, CHINESE)

    @pytest.mark.full
    def test_an_approved_update_of_what_is_public(self, client):
        scene = Scene().both_live().update("A week of clean air and wind")
        scene.translate(
            {
                "A week of clean air and wind": "清新空气与风周",
                "Clean air.": "空气清新。",
                "The forum opened.": "论坛开幕。",
            }
        )
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        agree_to_amendment(scene.release, scene.reviewer)
        assert "The forum opened." in public(client, scene, ENGLISH)
        release_both(scene.release, scene.publisher)
        assert "opens on 5 June" in public(client, scene, ENGLISH)


def test_whoever_wrote_it_is_told_when_somebody_else_gives_it_up(mailoutbox):
    scene = scheduled()
    scene.second.email = "second@example.org"
    scene.second.save()
    amend(scene.release, scene.second, CHANGE, "王部长", "telephone")
    Notice.objects.all().delete()
    drop_amendment(scene.release, scene.publisher)
    told = Notice.objects.get()
    assert (told.recipient, told.event) == (scene.second, Event.AMENDMENT)
    deliver(moment(hours=1))
    assert mailoutbox[0].subject.startswith("An amendment was given up: ")
    assert "publisher has given up the amendment that you wrote." in mailoutbox[0].body
    amend(scene.release, scene.second, CHANGE, "王部长", "telephone")
    Notice.objects.all().delete()
    drop_amendment(scene.release, scene.second)
    assert not Notice.objects.exists(), "they know"
