"""What was withdrawn by mistake comes back as it was."""

import pytest
from django.contrib.auth import get_user_model

from home.gate import Refused
from news.admin.steps import offers_of_release
from news.pair.office_refusals import Held, NotAsItWas, ProposedByNoPublisher
from news.pair.refusals import NotAPublisher
from news.release.acting import end_acting, name_acting
from news.release.bringing_back import agree_to_return, drop_return, propose_return
from news.release.correction import approve_correction, correct
from news.release.publishing import release_both
from news.release.stopping import hold, lift
from news.release.withdrawal import withdraw

from .moments import CHANGE, public
from .scene import BOTH, ENGLISH, Scene, moment

pytestmark = pytest.mark.django_db


class TestBringingBack:
    def withdrawn(self, languages=BOTH, **options):
        scene = Scene(**options).both_live()
        withdraw(scene.release, scene.publisher, "By mistake.", languages)
        return scene

    def bring_back(self, scene, languages=BOTH, by=None):
        propose_return(scene.release, scene.publisher, "It was right.", languages)
        agree_to_return(scene.release, by or scene.reviewer)

    @pytest.mark.parametrize("kind", ["article", "partner"])
    @pytest.mark.parametrize("original", BOTH, ids=str)
    def test_unchanged_it_comes_back_by_two_people(self, client, original, kind):
        scene = Scene(kind, original).both_live()
        shown = {language: public(client, scene, language) for language in BOTH}
        url, release = scene.page.url, scene.release
        page = scene.fresh(scene.original)
        date, changed_at = getattr(page, "date", None), release.changed_at
        withdraw(release, scene.publisher, "By mistake.")
        assert client.get(url).status_code == 410
        with pytest.raises(Refused):
            agree_to_return(release, scene.reviewer)
        self.bring_back(scene)
        page = scene.fresh(scene.original)
        assert (page.url, getattr(page, "date", None)) == (url, date)
        assert {language: public(client, scene, language) for language in BOTH} == shown
        release.refresh_from_db()
        assert (release.changed_at, release.withdrawn_at, release.mode) == (changed_at, None, "together")
        assert scene.actions(scene.original)[-3:] == ["propose_return", "agree_to_return", "bring_back"]

    @pytest.mark.parametrize("language", BOTH, ids=str)
    @pytest.mark.parametrize("original", BOTH, ids=str)
    def test_one_of_them(self, client, language, original):
        scene = self.withdrawn((language,), original=original)
        self.bring_back(scene)
        assert len(scene.live_titles()) == 2
        assert scene.release.mode == "together"
        assert not scene.pair.translation.is_stale

    @pytest.mark.parametrize("language", BOTH, ids=str)
    def test_one_of_two(self, language):
        scene = self.withdrawn()
        self.bring_back(scene, (language,))
        assert list(scene.live_titles()) == [language.code]
        assert scene.release.languages == [language.code]
        self.bring_back(scene)
        assert len(scene.live_titles()) == 2
        assert scene.release.mode == "together"

    def test_what_was_changed_comes_back_by_review(self):
        scene = self.withdrawn()
        scene.edit(summary="Another one.")
        with pytest.raises(NotAsItWas, match="Summary"):
            propose_return(scene.release, scene.publisher, "Right.", BOTH)

    def test_changed_between_proposal_and_yes(self):
        scene = self.withdrawn()
        propose_return(scene.release, scene.publisher, "Right.", BOTH)
        scene.edit(summary="Another one.")
        with pytest.raises(NotAsItWas):
            agree_to_return(scene.release, scene.reviewer)
        assert scene.live_titles() == {}

    def test_not_by_one_person_nor_by_no_publisher(self):
        scene = self.withdrawn()
        with pytest.raises(NotAPublisher):
            propose_return(scene.release, scene.reviewer, "Right.", BOTH)
        propose_return(scene.release, scene.publisher, "Right.", BOTH)
        with pytest.raises(Refused, match="yourself"):
            agree_to_return(scene.release, scene.publisher)
        hold(scene.release, scene.translator, "No.")
        with pytest.raises(Held):
            agree_to_return(scene.release, scene.reviewer)
        lift(scene.release, scene.publisher)
        agree_to_return(scene.release, scene.reviewer)

    def test_proposed_by_who_stood_in_until_then(self):
        scene = self.withdrawn()
        acting = name_acting(scene.publisher, scene.second, moment(hours=-1), moment(hours=1))
        propose_return(scene.release, get_user_model().objects.get(pk=scene.second.pk), "Right.", BOTH)
        assert "agree_to_return" in {offer.name for offer in offers_of_release(scene.pair, scene.reviewer)}
        end_acting(scene.publisher, acting.pk)
        with pytest.raises(ProposedByNoPublisher, match="second proposed this"):
            agree_to_return(scene.release, scene.reviewer)
        assert "agree_to_return" not in {offer.name for offer in offers_of_release(scene.pair, scene.reviewer)}
        drop_return(scene.release, scene.publisher)
        self.bring_back(scene)
        assert len(scene.live_titles()) == 2

    def test_corrections_shown_stay_as_they_were(self, client):
        scene = Scene().both_live()
        note = ("It opened a day earlier.", "论坛开幕日期更正。")
        correct(scene.release, scene.second, "correction", *note, texts=CHANGE)
        approve_correction(scene.release, scene.reviewer)
        release_both(scene.release, scene.publisher)
        shown = public(client, scene, ENGLISH)
        withdraw(scene.release, scene.publisher, "By mistake.")
        self.bring_back(scene)
        assert note[0] in shown
        assert public(client, scene, ENGLISH) == shown
