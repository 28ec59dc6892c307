"""Rule 25: what somebody who leaves has in hand goes back to the group, or to somebody else in one step."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.urls import reverse
from wagtail.models import ModelLogEntry, Page, PageLogEntry

from home import clock
from home.models import HomePage
from news.models import ActingPublisher, Assignment, Claim, Duty, Event, Notice, SignOff
from news.pair.people_refusals import HandsOverToNobody
from news.pair.rules import may_publish
from news.release.acting import name_acting, put_on_duty
from news.release.assignment import hand_over
from news.release.claims import claim_for_writing
from news.release.freezing import freeze
from news.release.leaving import hand_over_all, in_hand

from .pairs import member_of
from .scene import Scene, moment

pytestmark = pytest.mark.django_db
User = get_user_model()


def administrator():
    return User.objects.create_superuser("administrator", password="secret")


# Deactivating --------------------------------------------------------------------------------------------------------


def by_the_form(client, user):
    address = reverse("wagtailusers_users:edit", args=[user.pk])
    fields = {"username": user.username, "email": "a@example.org", "first_name": "A", "last_name": "B"}
    answer = client.post(address, {**fields, "groups": [group.pk for group in user.groups.all()]})
    assert answer.status_code == 302


def all_at_once(client, user):
    address = reverse("wagtail_bulk_action", args=["auth", "user", "set_active_state"])
    client.post(f"{address}?id={user.pk}", {"mark_as_active": "False"})


def by_saving(client, user):
    user.is_active = False
    user.save(update_fields=["is_active"])


def by_updating(client, user):
    User.objects.filter(username=user.username).order_by("email").update(is_active=False)


def by_updating_several(client, user):
    user.is_active = False
    User.objects.bulk_update([user], ["is_active"])


@pytest.mark.parametrize("door", [by_the_form, all_at_once, by_saving, by_updating, by_updating_several])
def test_whoever_is_deactivated_is_out_at_once_and_their_work_is_the_groups(client, door):
    scene = Scene().both_in_review()
    leaver = scene.reviewer
    hand_over(scene.release, scene.translation.language, leaver, leaver)
    page = scene.fresh(scene.original)
    claim_for_writing(page, leaver)
    section = HomePage.objects.get(locale=page.locale)
    for locked in (scene.translation.page, section):
        locked.locked, locked.locked_by, locked.locked_at = True, leaver, moment()
        locked.save(update_fields=["locked", "locked_by", "locked_at"], clean=False)
    Notice.objects.all().delete()
    client.force_login(leaver)
    assert client.get("/cms/").status_code == 200
    old = client.cookies["sessionid"].value
    client.logout()
    client.force_login(leaver)
    theirs = client.cookies["sessionid"].value
    boss = type(client)()
    boss.force_login(administrator())
    door(boss, User.objects.get(pk=leaver.pk))
    assert not User.objects.get(pk=leaver.pk).is_active
    assert client.get("/cms/").status_code == 302
    User.objects.filter(pk=leaver.pk).update(is_active=True)
    assert client.get("/cms/").status_code == 302, "what was open does not open again"
    assert not Session.objects.filter(session_key__in=[old, theirs]).exists()
    assert not Assignment.objects.exists()
    assert not Claim.objects.exists()
    assert not Page.objects.filter(locked=True).exists()
    lines = PageLogEntry.objects.filter(action="newsroom.to_group")
    said = {(entry.message, entry.comment) for entry in lines}
    name = "A B" if door is by_the_form else "reviewer"
    assert said == {
        (f"Back to the group from {name}", "being corrected by them"),
        (f"Back to the group from {name}", "assigned to them, locked by them"),
        (f"Back to the group from {name}", "locked by them"),
    }
    if door in (by_the_form, all_at_once):
        assert {entry.user_display_name for entry in lines} == {"administrator"}
    told = Notice.objects.filter(event=Event.TO_GROUP)
    assert {notice.recipient.username for notice in told if notice.language == "en"} == {"author", "translator"}
    assert not told.filter(recipient=leaver).exists()


def test_what_they_signed_off_and_froze_is_free_again():
    scene = Scene()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    claim_for_writing(scene.fresh(scene.original), scene.publisher)
    scene.edit(user=scene.publisher, summary="Clean air for a whole week in all the city.")
    scene.act(scene.original, scene.publisher, "approve")
    assert SignOff.objects.filter(agreed_by=None).exists()
    other = Scene()
    other.__dict__.update({name: getattr(scene, name) for name in ("author", "publisher")})
    freeze(other.release, scene.publisher)
    User.objects.filter(pk=scene.publisher.pk).update(is_active=False)
    assert not SignOff.objects.exists()
    assert scene.original.lock is None or "signed off" not in scene.original.lock.get_message(scene.author)
    assert not other.pair.is_frozen


def test_what_was_returned_to_them_waits_for_those_who_may_change_it(client):
    scene = Scene()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "reject")
    client.force_login(scene.second)
    assert "Returned to me" not in client.get("/cms/").content.decode()
    by_saving(None, scene.author)
    assert "Returned to me" in client.get("/cms/").content.decode()
    assert Notice.objects.filter(event=Event.TO_GROUP, recipient=scene.second).exists()
    client.force_login(member_of("Chinese translators", username="another"))
    assert "Returned to me" not in client.get("/cms/").content.decode()


def test_what_they_wrote_stays_their_own():
    scene = Scene()
    scene.submit()
    by_saving(None, scene.author)
    assert {hand.user for hand in scene.original.hands} == {scene.author.pk}
    assert scene.fresh(scene.original).owner_id == scene.author.pk


def test_what_they_stand_in_for_and_their_duty_do_not_come_back_with_the_account():
    scene = Scene()
    leaver = scene.second
    put_on_duty(scene.publisher, leaver, clock.day(), clock.day() + timedelta(days=3))
    name_acting(scene.publisher, leaver, moment(hours=-1), moment(hours=5))
    for active in (False, True):
        User.objects.filter(pk=leaver.pk).update(is_active=active)
    assert not Duty.objects.exists()
    assert not ActingPublisher.objects.in_force().exists()
    assert not may_publish(User.objects.get(pk=leaver.pk), scene.pair)
    lines = ModelLogEntry.objects.order_by("pk").values_list("action", flat=True)
    assert list(lines)[-2:] == ["newsroom.take_off_duty", "newsroom.end_acting"]


# Handing over --------------------------------------------------------------------------------------------------------


def test_everything_is_handed_over_in_one_step(client):
    scene = Scene().both_in_review()
    leaver, heir = scene.reviewer, scene.second
    hand_over(scene.release, scene.translation.language, leaver, leaver)
    claim_for_writing(scene.fresh(scene.original), leaver)
    locked = scene.translation.page
    locked.locked, locked.locked_by, locked.locked_at, locked.owner = True, leaver, moment(), leaver
    locked.save(update_fields=["locked", "locked_by", "locked_at", "owner"], clean=False)
    put_on_duty(scene.publisher, leaver, clock.day(), clock.day())
    Notice.objects.all().delete()
    client.force_login(administrator())
    address = reverse("newsroom_people:hand_over", args=[leaver.pk])
    edit = client.get(reverse("wagtailusers_users:edit", args=[leaver.pk])).content.decode()
    assert address in edit
    listed = client.get(address).content.decode()
    for words in ("A week of clean air", "being corrected by them", "assigned to them, locked by them", "And 1 page"):
        assert words in listed
    answer = client.post(address, {"person": heir.pk}, follow=True)
    assert "Everything was handed over from reviewer to second." in answer.content.decode()
    assert Assignment.objects.get().user == heir
    assert Claim.objects.get().user == heir
    assert scene.fresh(scene.translation).locked_by == heir
    assert scene.fresh(scene.translation).owner == heir
    assert Duty.objects.get().user_name == "second"
    assert not in_hand(leaver)
    lines = PageLogEntry.objects.filter(action="newsroom.hand_over", data__to="second")
    assert {entry.message for entry in lines} == {"Handed over from reviewer to second"}
    assert {notice.recipient for notice in Notice.objects.filter(event=Event.HANDED_OVER)} == {heir}
    assert client.post(address, {"person": heir.pk}).status_code == 422
    assert User.objects.get(pk=leaver.pk).is_active


def test_what_the_other_may_not_do_returns_to_the_group():
    scene = Scene().both_in_review()
    leaver, heir = scene.reviewer, member_of("Chinese translators", username="heir")
    hand_over(scene.release, scene.original.language, leaver, leaver)
    hand_over(scene.release, scene.translation.language, leaver, leaver)
    claim_for_writing(scene.fresh(scene.original), leaver)
    hand_over_all(leaver, heir, administrator())
    assert {(found.language, found.user) for found in Assignment.objects.all()} == {("zh-hans", heir)}
    assert not Claim.objects.exists()
    assert scene.actions(scene.original)[-1] == "to_group"
    assert scene.actions(scene.translation)[-1] == "hand_over"
    with pytest.raises(HandsOverToNobody):
        hand_over_all(heir, heir, User.objects.get(username="administrator"))


def test_administrators_alone_hand_everything_over(client):
    scene = Scene().both_in_review()
    address = reverse("newsroom_people:hand_over", args=[scene.author.pk])
    for user in (scene.publisher, scene.reviewer, scene.author):
        client.force_login(user)
        assert client.post(address, {"person": scene.publisher.pk}, follow=True).redirect_chain[-1][0] == "/cms/"
    assert scene.fresh(scene.original).owner == scene.author
