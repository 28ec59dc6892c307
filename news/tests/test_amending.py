"""What is approved is changed before it goes out, and the moment stays."""

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Approval, Event, Notice
from news.notices.events import missed
from news.pair.amended import amendment
from news.pair.office_refusals import (
    AmendedByYou,
    AmendmentOpen,
    AmendmentWaits,
    MayNotDropAmendment,
    NothingToAmend,
    OtherLanguageChangesToo,
)
from news.pair.pair import Pair
from news.pair.refusals import BlockingFindings, Incomplete, NotAReviewer, ShownOtherwise
from news.pair.stamps import approvals, shown_now
from news.pair.state import ReleaseState, state_of
from news.release.amending import agree_to_amendment, amend, drop_amendment
from news.release.kinds import adapt
from news.release.publishing import release_both, release_single
from news.release.review import take_back
from news.release.schedule import release_due, schedule, unschedule

from .moments import CHANGE, due, public, scheduled, texts
from .pairs import member_of
from .scene import BOTH, CHINESE, ENGLISH, Scene, moment

pytestmark = pytest.mark.django_db


class TestAmendment:
    @pytest.mark.parametrize("original", BOTH, ids=str)
    @pytest.mark.parametrize("is_adapted", [False, True])
    def test_both_languages_change_and_the_moment_stays(self, client, original, is_adapted):
        scene = Scene(original=original).both_approved()
        if is_adapted:
            for version in (scene.translation, scene.original):
                take_back(version.page, scene.publisher, "x")
            adapt(scene.release, scene.reviewer)
            scene.edit(scene.translation, scene.translator, summary="x" if original == CHINESE else "空气更清新。")
            for version, user in ((scene.original, scene.author), (scene.translation, scene.translator)):
                scene.submit(version, user)
                scene.approve_as_shown(version)
        schedule(scene.release, moment(minutes=10), scene.publisher)
        at, before = scene.release.release_at, texts(scene)
        amend(scene.release, scene.second, CHANGE, "王部长", "telephone")
        assert texts(scene) == before, "nothing of it stands in the drafts"
        assert due(scene) == (False, True)
        agree_to_amendment(scene.release, scene.reviewer)
        assert Pair(scene.release).release.release_at == at
        assert state_of(scene.pair) == ReleaseState.SCHEDULED
        assert due(scene) == (True, False)
        assert "The forum opens on 5 June." in public(client, scene, ENGLISH)
        assert "论坛将于6月5日开幕。" in public(client, scene, CHINESE)

    @pytest.mark.parametrize("original", BOTH, ids=str)
    @pytest.mark.parametrize("changed", BOTH, ids=str)
    def test_one_language_changes_and_the_other_stays_approved(self, client, original, changed):
        scene = scheduled(original)
        before = texts(scene)
        only = {changed: {2: "The forum has opened." if changed == ENGLISH else "论坛已经开幕。"}}
        with pytest.raises(OtherLanguageChangesToo):
            amend(scene.release, scene.second, only, "Wang", "paper")
        amend(scene.release, scene.second, only, "Wang", "paper", other_is_right=True)
        agree_to_amendment(scene.release, scene.reviewer)
        assert due(scene) == (True, False)
        other = next(language for language in BOTH if language != changed)
        assert texts(scene)[other] == before[other]
        assert only[changed][2] in public(client, scene, changed)

    def test_who_ordered_it_and_how_stands_in_the_trail_and_is_told(self, client):
        scene = scheduled()
        amend(scene.release, scene.second, CHANGE, "王部长", "wechat")
        agree_to_amendment(scene.release, scene.reviewer)
        assert scene.actions(scene.original)[-2:] == ["sync", "agree_to_amendment"]
        assert "end_approval" not in scene.actions(scene.translation)
        client.force_login(scene.reviewer)
        html = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
        assert "Amendment written, ordered by 王部长: By WeChat" in html
        told = Notice.objects.filter(event=Event.AMENDMENT).values_list("recipient__username", flat=True)
        assert {"reviewer", "publisher"} <= set(told)
        assert "second" not in told
        assert Notice.objects.filter(event=Event.AMENDED, recipient=scene.second).exists()

    def test_nobody_agrees_to_their_own_or_reads_one_language_only(self):
        scene = scheduled()
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        with pytest.raises(AmendedByYou):
            agree_to_amendment(scene.release, scene.second)
        with pytest.raises(NotAReviewer):
            agree_to_amendment(scene.release, member_of("English authors", username="reader"))
        assert scene.pair.amendment is not None

    def test_what_was_not_agreed_to_never_goes_out_and_the_moment_is_missed_with_its_reason(self):
        scene = scheduled()
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        for step in (
            lambda: release_both(scene.release, scene.publisher),
            lambda: release_single(scene.release, CHINESE, scene.publisher, "Hurry", confirmed=True),
        ):
            with pytest.raises(AmendmentWaits):
                step()
        type(scene.release).objects.filter(pk=scene.release.pk).update(release_at=timezone.now())
        missed(scene.release)
        assert Notice.objects.filter(event=Event.NOT_AGREED, recipient=scene.publisher).exists()
        drop_amendment(scene.release, scene.second)
        _done, late, _failed = release_due()
        assert len(late) == 1, "given up after its moment: the old text does not go out by itself"
        release_both(scene.release, scene.publisher)
        assert len(scene.live_titles()) == 2

    def test_given_up_in_time_what_was_approved_goes_out_as_before(self, client):
        scene = scheduled()
        approved = list(Approval.objects.standing().values_list("pk", "stamp"))
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        with pytest.raises(MayNotDropAmendment):
            drop_amendment(scene.release, scene.reviewer)
        drop_amendment(scene.release, scene.second)
        assert list(Approval.objects.standing().values_list("pk", "stamp")) == approved
        assert due(scene) == (True, False)
        assert "The forum opened." in public(client, scene, ENGLISH)

    def test_agreed_to_after_the_moment_it_is_missed(self):
        scene = scheduled()
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        type(scene.release).objects.filter(pk=scene.release.pk).update(release_at=timezone.now())
        agree_to_amendment(scene.release, scene.reviewer)
        assert len(release_due()[1]) == 1
        release_both(scene.release, scene.publisher)
        assert len(scene.live_titles()) == 2

    def test_the_yes_is_to_what_was_shown(self):
        scene = scheduled()
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        seen = shown_now(amendment(scene.pair))
        drop_amendment(scene.release, scene.second)
        amend(scene.release, scene.second, {**CHANGE, ENGLISH: {2: "It opens on 5 June."}}, "Wang", "telephone")
        with pytest.raises(ShownOtherwise):
            agree_to_amendment(scene.release, scene.reviewer, seen)
        agree_to_amendment(scene.release, scene.reviewer, shown_now(amendment(scene.pair)))

    def test_two_at_once_or_too_late(self):
        scene = scheduled()
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        with pytest.raises(AmendmentOpen):
            amend(scene.release, scene.reviewer, CHANGE, "Wang", "telephone")
        drop_amendment(scene.release, scene.publisher)
        unschedule(scene.release, scene.publisher, "Today.")
        release_both(scene.release, scene.publisher)
        with pytest.raises(NothingToAmend):
            amend(scene.release, scene.second, CHANGE, "Wang", "telephone")

    def test_what_cannot_stand_is_refused_while_its_author_is_there(self):
        scene = scheduled()
        with pytest.raises(Incomplete):
            amend(scene.release, scene.second, {**CHANGE, ENGLISH: {0: "x" * 300}}, "Wang", "telephone")
        assert scene.pair.amendment is None

    def test_the_checks_are_asked_of_the_changed_texts(self):
        scene = scheduled()
        wrong = {ENGLISH: {2: "The forum opens on 5 June."}, CHINESE: {2: "论坛将于6月8日开幕。"}}
        amend(scene.release, scene.second, wrong, "Wang", "telephone")
        with pytest.raises(BlockingFindings):
            agree_to_amendment(scene.release, scene.reviewer)
        assert scene.pair.amendment is not None
        assert due(scene) == (False, True)


class TestTheScreen:
    def send(self, client, scene, user, **fields):
        client.force_login(user)
        address = reverse("newsroom_releases:amend", args=[scene.release.pk])
        data = {"stamp": shown_now(approvals(scene.pair)), "ordered_by": "王部长", "ordered_how": "telephone", **fields}
        return client.post(address, data, follow=True)

    def test_from_the_screen_to_the_yes(self, client):
        scene = scheduled()
        answer = self.send(client, scene, scene.second, **{"en-2": "It opens.", "zh-hans-2": "开幕。"})
        html = answer.content.decode()
        assert "waits for somebody else" in html
        assert "It opens." in html
        client.force_login(scene.reviewer)
        address = reverse("newsroom_releases:act", args=[scene.release.pk, "agree_to_amendment"])
        answer = client.post(address, scene.form("agree_to_amendment"), follow=True)
        assert "The amendment is approved" in answer.content.decode()
        assert "It opens." in texts(scene)[ENGLISH]

    @pytest.mark.parametrize(
        ("fields", "words"),
        [
            ({}, "Nothing has been changed"),
            ({"en-2": "It opens."}, "Does the Chinese version change, too?"),
            ({"en-2": "It opens.", "zh-hans-2": "开幕。", "ordered_by": ""}, "This field is required"),
            ({"en-2": "It opens.", "zh-hans-2": "开幕。", "ordered_how": "fax"}, "fax is not one of"),
            ({"en-2": " ", "zh-hans-2": "开幕。"}, "cannot be emptied here"),
        ],
    )
    def test_bad_input_is_named_and_nothing_typed_is_lost(self, client, fields, words):
        scene = scheduled()
        html = self.send(client, scene, scene.second, **fields).content.decode()
        assert words in html
        assert all(text in html for name, text in fields.items() if name.endswith("-2") and text.strip())
        assert scene.pair.amendment is None

    def test_released_meanwhile_nothing_typed_is_lost(self, client):
        scene = scheduled()
        unschedule(scene.release, scene.publisher, "Today.")
        release_both(scene.release, scene.publisher)
        html = self.send(client, scene, scene.second, **{"en-2": "It opens.", "zh-hans-2": "开幕。"}).content.decode()
        assert "It opens." in html
        assert "is public by now" in html

    def test_changed_meanwhile_the_form_says_so(self, client):
        scene = scheduled()
        stamp = shown_now(approvals(scene.pair))
        amend(scene.release, scene.second, CHANGE, "Wang", "telephone")
        agree_to_amendment(scene.release, scene.reviewer)
        html = self.send(client, scene, scene.second, stamp=stamp, **{"en-1": "Air.", "zh-hans-1": "空气。"})
        html = html.content.decode()
        assert "Not what you were shown" in html
        assert "Air." in html

    def test_one_language_only_is_open_to_who_may_write_one(self, client):
        scene = scheduled()
        chinese = member_of("Chinese translators", username="chinese")
        html = self.send(client, scene, chinese, **{"en-2": "It opens.", "zh-hans-2": "开幕。"}, other_is_right="on")
        assert "waits for somebody else" in html.content.decode()
        assert set(scene.pair.amendment.texts) == {"zh-hans"}
