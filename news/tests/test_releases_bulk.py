"""What is done with several releases of the list at once."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.contrib.messages import get_messages
from openpyxl import load_workbook

from home.languages import CHINESE, ENGLISH
from news.admin.releases_bulk import ReleasesAction
from news.models import Assignment, Release
from news.release import summaries
from news.release.schedule import schedule
from news.release.stopping import hold

from .pairs import member_of
from .scene import PASSWORD, Scene, moment

pytestmark = pytest.mark.django_db
BULK = "/cms/bulk/news/releasesummary/{}/"
LIST = "/cms/releases/"


@pytest.fixture
def scene(client):
    """Two releases of the same people, both approved, which go out in two and in three hours."""
    scene = Scene().both_approved()
    scene.second = Scene("partner").by_people_of(scene)
    scene.second.both_approved()
    schedule(scene.release, moment(hours=2), scene.publisher)
    schedule(scene.second.release, moment(hours=3), scene.publisher)
    summaries.tidy(1000)
    client.force_login(scene.publisher)
    return scene


def of(*scenes):
    return {"id": [scene.release.pk for scene in scenes], "next": LIST}


def asked(client, action, query):
    answer = client.get(BULK.format(action), query)
    assert answer.status_code == 200
    return answer.content.decode()


def send(client, action, query, **data):
    """(status, [what is said], the answer); with what the form carries hidden."""
    if action == "move" and "shown" not in data:
        data["shown"] = client.get(BULK.format(action), query).context["form"]["shown"].value()
    answer = client.post(BULK.format(action), data, query_params=query)
    said = [str(message).split("\n")[0] for message in get_messages(answer.wsgi_request)]
    return answer.status_code, said, answer


def moments(scene):
    return [Release.objects.get(pk=one.release.pk).release_at for one in (scene, scene.second)]


def test_all_that_can_be_held_are_and_it_is_said_why_another_is_not(client, scene):
    query = of(scene, scene.second)
    assert asked(client, "hold", query).count("/cms/releases/") >= 2
    hold(scene.second.release, scene.publisher, "Figures.")
    page = asked(client, "hold", query)
    assert "Not possible for you, or not now" in page
    status, said, _answer = send(client, "hold", query, reason="The minister is ill.")
    assert (status, said[0]) == (302, "1 release is on hold.")
    assert said[1].endswith("Not possible for you, or not now.")
    assert [one.release.held_reason for one in (fresh(scene), fresh(scene.second))] == [
        "The minister is ill.",
        "Figures.",
    ]


def fresh(scene):
    scene.release.refresh_from_db()
    return scene


def test_what_is_refused_of_one_holds_up_no_other(client, scene):
    before = moments(scene)
    data = {"minutes": "-150", "reason": "It begins earlier.", "password": PASSWORD}
    _status, said, _answer = send(client, "move", of(scene.second, scene), **data)
    assert said[0] == "1 release is rescheduled."
    assert said[1].startswith("“A week of clean air”: ")
    assert moments(scene) == [before[0], before[1] - timedelta(minutes=150)]


def test_an_event_moves_by_half_an_hour(client, scene):
    before = moments(scene)
    status, said, _answer = send(client, "move", of(scene, scene.second), minutes="30")
    assert (status, said) == (302, ["2 releases are rescheduled."])
    assert moments(scene) == [at + timedelta(minutes=30) for at in before]


def test_what_is_sent_twice_moves_once(client, scene):
    before = moments(scene)
    shown = client.get(BULK.format("move"), of(scene, scene.second)).context["form"]["shown"].value()
    for _time in range(2):
        _status, said, _answer = send(client, "move", of(scene, scene.second), minutes="30", shown=shown)
    assert moments(scene) == [at + timedelta(minutes=30) for at in before]
    assert "Somebody has set another moment meanwhile" in said[-1]
    send(client, "move", of(scene), minutes="30", shown="[1]")
    assert moments(scene) == [at + timedelta(minutes=30) for at in before]


def test_earlier_takes_a_reason_and_the_password_once_for_all(client, scene):
    before = moments(scene)
    query = of(scene, scene.second)
    for data in ({}, {"reason": "It begins earlier."}, {"reason": "It begins earlier.", "password": "wrong"}):
        status, _said, answer = send(client, "move", query, minutes="-30", **data)
        assert status == 200
        assert answer.context["form"].errors
        assert 'type="password"' in answer.content.decode()
    assert moments(scene) == before
    status, _said, _answer = send(client, "move", query, minutes="-30", reason="Earlier.", password=PASSWORD)
    assert status == 302
    assert moments(scene) == [at - timedelta(minutes=30) for at in before]


@pytest.mark.parametrize("data", [{}, {"minutes": "30", "at": "2031-01-01T09:00"}, {"minutes": "9" * 12}, {"at": "x"}])
def test_one_of_the_two_is_said(client, scene, data):
    status, _said, answer = send(client, "move", of(scene), **data)
    assert status == 200
    assert answer.context["form"].errors


def test_one_moment_for_all(client, scene):
    status, _said, _answer = send(client, "move", of(scene, scene.second), at="2031-01-01T09:00")
    assert status == 302
    assert len(set(moments(scene))) == 1


def test_a_past_moment_is_refused_of_each(client, scene):
    before = moments(scene)
    data = {"at": "2020-01-01T09:00", "reason": "Now.", "password": PASSWORD}
    _status, said, _answer = send(client, "move", of(scene, scene.second), **data)
    assert len(said) == 2
    assert moments(scene) == before


def test_what_somebody_writes_is_handed_over(client, scene):
    drafts = [Scene().by_people_of(scene), Scene("partner", CHINESE).by_people_of(scene)]
    summaries.tidy(1000)
    heir = member_of("Bilingual reviewers", username="heir", first_name="Hana")
    query = of(scene, *drafts)
    status, said, _answer = send(client, "hand_over", query, to=heir.pk, languages=["en", "zh-hans"], note="All.")
    assert (status, said[0]) == (302, "2 releases were handed over to Hana.")
    assert set(Assignment.objects.filter(user=heir).values_list("release", "language")) == {
        (drafts[0].release.pk, ENGLISH.code),
        (drafts[1].release.pk, CHINESE.code),
    }
    nobody = member_of("Chinese translators", username="other")
    _status, said, _answer = send(client, "hand_over", of(drafts[0]), to=nobody.pk, languages=["en"])
    assert said[-1] == "“A week of clean air”: other may not change this version."
    assert drafts[0].release.assignments.get().user == heir


def test_all_of_the_list_is_what_was_narrowed(client, scene):
    drafted = Scene().by_people_of(scene)
    summaries.tidy(1000)
    query = {"id": "all", "next": f"{LIST}?state=scheduled&page_type=news.ArticlePage"}
    send(client, "hold", query, reason="Wait.")
    assert [bool(fresh(one).release.held_at) for one in (scene, scene.second, drafted)] == [True, False, False]


def test_nobody_reaches_what_they_do_not_see(client, scene):
    from django.contrib.auth.models import User

    for action in ("hold", "move", "hand_over", "export"):
        for query in ({"id": 99999}, {"id": "x"}, {"id": "9" * 40}, {}):
            assert client.get(BULK.format(action), query).status_code == 404
    user = member_of("Publishers", username="elsewhere")
    User.groups.through.objects.filter(user=user).first().group.page_permissions.all().delete()
    client.force_login(user)
    assert client.get(BULK.format("hold"), of(scene)).status_code == 404


def test_too_many_at_once_are_refused_in_words(client, scene, monkeypatch):
    monkeypatch.setattr(ReleasesAction, "at_once", 1)
    status, said, answer = send(client, "hold", of(scene, scene.second), reason="Wait.")
    assert (status, answer["Location"]) == (302, LIST)
    assert said == ["Choose at most 1 releases at once; 2 were chosen."]
    assert fresh(scene).release.held_at is None


def test_those_chosen_leave_as_a_table(client, scene):
    answer = client.get(BULK.format("export"), of(scene.second))
    rows = list(load_workbook(BytesIO(b"".join(answer))).active.values)
    assert len(rows) == 2
    assert rows[1][0].startswith(scene.second.page.title)


def test_a_release_is_begun_in_either_language(client, scene):
    def begun(user):
        client.force_login(user)
        buttons = client.get(LIST).context["view"].header_buttons
        return [one.label for one in sorted(buttons[0].dropdown_buttons)] if buttons else []

    both = begun(scene.publisher)
    assert both[0] == "News release in English"
    assert both.index("Partner profile in English") < both.index("News release in Chinese")
    writes_chinese = begun(member_of("Chinese authors", username="zh"))
    assert "News release in Chinese" in writes_chinese
    assert not [label for label in writes_chinese if "English" in label]
    client.force_login(scene.publisher)
    view = client.get(LIST).context["view"]
    for one in view.header_buttons[0].dropdown_buttons:
        assert client.get(one.url).status_code == 200, one.label


def test_opening_the_form_of_a_new_release_makes_none(client, scene):
    before = Release.objects.count()
    [url, *_others] = [button.url for button in client.get(LIST).context["view"].header_buttons[0].dropdown_buttons]
    assert client.get(url).status_code == 200
    assert Release.objects.count() == before
