"""Handing a version over, with a note and a day; and both drafts beside each other."""

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Assignment
from news.pair.refusals import MayNotEdit, NobodyToHandOverTo
from news.release.assignment import hand_over
from news.release.publishing import release_both

from .pairs import member_of
from .scene import CHINESE, ENGLISH, Scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = Scene()
    scene.submit()
    return scene


class TestHandingOver:
    def test_by_the_release_page_it_stands_there_and_in_the_trail(self, client, scene):
        client.force_login(scene.reviewer)
        day = timezone.localdate() + timezone.timedelta(days=2)
        fields = {"language": "zh-hans", "to": scene.translator.pk, "due": day, "note": "Mind the names."}
        url = reverse("newsroom_releases:act", args=[scene.release.pk, "hand_over"])
        client.post(url, {f"hand_over-{name}": value for name, value in fields.items()})
        html = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
        assert "Assigned to translator" in html
        assert "Mind the names." in html
        assert "Handed over to translator" in html
        assert "hand_over" in scene.actions(scene.translation)

    def test_a_second_time_it_is_the_newer_that_counts(self, scene):
        hand_over(scene.release, CHINESE, scene.reviewer, scene.translator)
        hand_over(scene.release, CHINESE, scene.translator, scene.second)
        assert Assignment.objects.get().user == scene.second

    def test_nobody_gets_what_they_may_not_change(self, scene):
        theo = member_of("English translators", username="theo")
        with pytest.raises(NobodyToHandOverTo):
            hand_over(scene.release, CHINESE, scene.reviewer, theo)
        with pytest.raises(MayNotEdit):
            hand_over(scene.release, CHINESE, theo, scene.translator)

    def test_only_those_who_could_take_it_are_offered(self, client, scene):
        theo, translator = member_of("English translators", username="theo"), scene.translator
        client.force_login(scene.reviewer)
        response = client.get(reverse("newsroom_releases:release", args=[scene.release.pk]))
        chinese = response.context["versions"][1]
        [form] = [form for step, form, _open in chinese["steps"] if step.name == "hand_over"]
        assert theo not in form.fields["to"].queryset
        assert translator in form.fields["to"].queryset

    def test_the_release_ends_it(self, scene):
        hand_over(scene.release, CHINESE, scene.reviewer, scene.translator)
        hand_over(scene.release, ENGLISH, scene.reviewer, scene.author)
        scene.approve()
        scene.translate()
        release_both(scene.release, scene.publisher)
        assert not Assignment.objects.exists()


class TestBothDrafts:
    def preview(self, client, scene, language):
        return client.get(reverse("newsroom_releases:draft", args=[scene.release.pk, language])).content.decode()

    def test_they_are_the_newest_even_before_anything_is_saved_as_a_page(self, client, scene):
        scene.fill()
        client.force_login(scene.translator)
        assert "A week of clean air" in self.preview(client, scene, "en")
        assert "清新空气周" in self.preview(client, scene, "zh-hans")

    def test_who_works_on_one_version_sees_both_and_nobody_else_either(self, client, scene):
        client.force_login(member_of("Chinese translators", username="lin"))
        assert "A week of clean air" in self.preview(client, scene, "en")
        client.logout()
        outsider = member_of(username="outsider")
        client.force_login(outsider)
        for name in ("draft", "preview", "stamps"):
            arguments = [scene.release.pk, "en"] if name == "draft" else [scene.release.pk]
            response = client.get(reverse(f"newsroom_releases:{name}", args=arguments))
            assert response.status_code in (302, 403)
            assert "clean air" not in response.content.decode()

    @pytest.mark.parametrize("language", ["de", "zh", "EN"])
    def test_there_is_no_third_language(self, client, scene, language):
        client.force_login(scene.reviewer)
        response = client.get(reverse("newsroom_releases:draft", args=[scene.release.pk, language]))
        assert response.status_code == 404

    def test_a_stamp_changes_with_every_save(self, client, scene):
        client.force_login(scene.reviewer)
        url = reverse("newsroom_releases:stamps", args=[scene.release.pk])
        before = client.get(url).json()
        scene.fill()
        after = client.get(url).json()
        assert before["en"] == after["en"]
        assert before["zh-hans"] != after["zh-hans"]
        assert "no-store" in client.get(url)["Cache-Control"]
