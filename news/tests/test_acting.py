"""Rule 30: an acting publisher for a time that ends by itself, and who is on duty."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.test import override_settings
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, ModelLogEntry, PageLogEntry
from wagtail.users.models import UserProfile

from home import clock
from home.identity import IDENTITY
from home.images import CustomImage
from home.models import HomePage
from news.admin.steps import offers_of
from news.models import ActingPublisher, Duty, Event, Notice
from news.notices.events import missed
from news.notices.people import publishers
from news.pair.pair import Pair
from news.pair.people_refusals import (
    NamesNobody,
    NoPublishersGroup,
    NoSuchDays,
    NoSuchTime,
    NotOnDuty,
    NotTheirs,
    RosterNotTheirs,
)
from news.pair.refusals import NotAPublisher, ReviewedByYouAlready
from news.pair.rules import may_publish
from news.release.acting import end_acting, name_acting, on_duty, put_on_duty, take_off_duty
from news.release.bringing_back import drop_return, propose_return
from news.release.identity import change_identity, homes
from news.release.publishing import release_both
from news.release.schedule import release_due, schedule
from news.release.withdrawal import withdraw

from .pairs import member_of
from .scene import BOTH, Scene, moment

pytestmark = pytest.mark.django_db
User = get_user_model()


def again(user):
    """As the next request reads the account."""
    return User.objects.get(pk=user.pk)


def named(scene, person=None, start=-1, end=1):
    return name_acting(scene.publisher, person or scene.reviewer, moment(hours=start), moment(hours=end), "休假")


def test_they_release_and_approve_last_for_that_time_and_not_a_second_longer():
    scene = Scene()
    stranger = member_of("Chinese authors", username="stranger")
    now = timezone.now()
    made = named(scene, stranger)
    assert may_publish(again(stranger), scene.pair)
    assert stranger in publishers(scene.pair)
    for start, end, may in (
        (now - timedelta(hours=1), now, False),
        (now - timedelta(hours=1), now + timedelta(minutes=5), True),
        (now + timedelta(minutes=5), now + timedelta(hours=1), False),
    ):
        ActingPublisher.objects.filter(pk=made.pk).update(starts_at=start, ends_at=end)
        assert may_publish(again(stranger), scene.pair) is may
        assert again(stranger).has_perm("news.delete_topic") is may
        assert (stranger in publishers(scene.pair)) is may
        assert scene.page.permissions_for_user(again(stranger)).can_edit() is may
    assert not again(stranger).groups.filter(name="Publishers").exists(), "they are in no other group than before"


def test_at_the_very_second():
    scene = Scene()
    made = named(scene)
    found = ActingPublisher.objects
    assert found.in_force(made.starts_at).exists()
    assert found.in_force(made.ends_at - timedelta(microseconds=1)).exists()
    assert not found.in_force(made.ends_at).exists()
    assert not found.in_force(made.starts_at - timedelta(microseconds=1)).exists()


def test_what_they_do_is_said_so_beside_it(client):
    scene = Scene()
    acting = member_of("Bilingual reviewers", username="deputy")
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    with pytest.raises(NotAPublisher):
        release_both(scene.release, acting)
    named(scene, acting)
    client.force_login(again(acting))
    html = client.get("/cms/").content.decode()
    assert "A week of clean air" in html
    assert "Acting publisher:" in html
    scene.act(scene.original, again(acting), "approve")
    scene.fill()
    scene.submit(scene.translation)
    scene.act(scene.translation, scene.reviewer, "approve")
    scene.act(scene.translation, again(acting), "approve")
    release_both(scene.release, again(acting))
    assert len(scene.live_titles()) == 2
    ActingPublisher.objects.update(ends_at=moment(minutes=-1))
    client.force_login(scene.publisher)
    for name in ("release", "sheet", "trail"):
        shown = client.get(reverse(f"newsroom_releases:{name}", args=[scene.release.pk])).content.decode()
        assert "deputy, acting publisher" in shown
        assert "reviewer, acting publisher" not in shown


def test_it_is_said_of_what_stands_beside_releases_too():
    scene = Scene().both_live()
    named(scene)
    acting = again(scene.reviewer)
    as_it_is = {language: {name: getattr(home, name) for name in IDENTITY} for language, home in homes().items()}
    change_identity({language: {**values, "telephone": "1234"} for language, values in as_it_is.items()}, acting)
    put_on_duty(acting, scene.author, clock.day(), clock.day())
    withdraw(scene.release, acting, "By mistake.")
    propose_return(scene.release, acting, "It was right.", BOTH)
    drop_return(scene.release, acting)
    lines = [*PageLogEntry.objects.filter(user=acting), *ModelLogEntry.objects.filter(user=acting)]
    said = {line.action for line in lines if "acting_for" in line.data}
    assert said >= {f"newsroom.{name}" for name in ("change_identity", "put_on_duty", "withdraw", "drop_return")}


def test_four_eyes_stay_as_they_are():
    """Nobody decides twice, and nobody approves what they wrote."""
    scene = Scene()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    named(scene, scene.reviewer)
    acting = again(scene.reviewer)
    state = scene.fresh(scene.original).current_workflow_task_state
    assert "approve" not in {name for name, _label, _modal in state.task.specific.get_actions(scene.page, acting)}
    with pytest.raises(ReviewedByYouAlready):
        scene.act(scene.original, acting, "approve")
    named(scene, scene.author)
    _offers, beside = offers_of(scene.pair, again(scene.author))
    assert not [offer for offers in beside.values() for offer in offers if offer.name == "approve"]


def test_in_their_time_they_are_offered_what_a_publisher_is():
    scene = Scene().both_approved()
    deputy = member_of("English authors", username="deputy")

    def offered(user):
        offers, beside = offers_of(Pair(scene.release), again(user))
        return [offer.name for offer in [*offers, *(offer for found in beside.values() for offer in found)]]

    assert offered(deputy) == ["duplicate"]
    named(scene, deputy)
    assert offered(deputy) == offered(scene.publisher)
    assert "release" in offered(deputy)


def test_pictures_and_lists_are_theirs_too(client):
    scene = Scene()
    deputy = member_of("Chinese authors", username="deputy")
    picture = CustomImage.objects.create(title="Bus", file="bus.png", width=1, height=1, uploaded_by_user=None)
    address = reverse("wagtailimages:edit", args=[picture.pk])
    client.force_login(deputy)
    assert client.get(address).status_code == 302
    named(scene, deputy)
    client.force_login(again(deputy))
    assert client.get(address).status_code != 302


def test_a_deactivated_account_stands_in_for_nobody():
    scene = Scene()
    named(scene)
    User.objects.filter(pk=scene.reviewer.pk).update(is_active=False)
    assert not may_publish(again(scene.reviewer), scene.pair)
    assert not ActingPublisher.objects.in_force().exists()


def test_publishers_and_administrators_name_and_end(client):
    scene = Scene()
    boss = User.objects.create_superuser("boss", password="secret")
    for user in (scene.reviewer, scene.author):
        with pytest.raises(NamesNobody):
            name_acting(user, scene.second, moment(hours=1), moment(hours=2))
    made = name_acting(boss, scene.second, moment(hours=-1), moment(hours=2))
    assert made.group.name == "Publishers"
    with pytest.raises(NamesNobody):  # who stands in for somebody does not prolong it
        name_acting(again(scene.second), scene.reviewer, moment(hours=1), moment(hours=2))
    with pytest.raises(NamesNobody):
        end_acting(scene.reviewer, made.pk)
    end_acting(scene.publisher, made.pk)
    assert not may_publish(again(scene.second), scene.pair)
    said = [(entry.user_display_name, entry.message) for entry in ModelLogEntry.objects.order_by("pk")]
    assert said == [("boss", "Acting publisher named: second"), ("publisher", "Acting publisher ended early: second")]


def test_no_right_over_accounts_is_given_along():
    scene = Scene()
    administrators = Group.objects.create(name="Administrators")
    administrators.permissions.add(Permission.objects.get(codename="change_user"))
    for home in HomePage.objects.all():
        GroupPagePermission.objects.create(group=administrators, page=home, permission_type="publish")
    boss = member_of("Administrators", username="boss")
    assert name_acting(boss, scene.second, moment(hours=-1), moment(hours=2)).group.name == "Publishers"
    assert not again(scene.second).has_perm("auth.change_user")
    Group.objects.get(name="Publishers").delete()
    with pytest.raises(NoPublishersGroup):
        name_acting(boss, scene.reviewer, moment(hours=-1), moment(hours=2))


def test_times_and_people_make_sense():
    scene = Scene()
    now = timezone.now()
    for start, end in ((2, 1), (-3, -1), (1, 1)):
        with pytest.raises(NoSuchTime):
            moments = now + timedelta(hours=start), now + timedelta(hours=end)
            name_acting(scene.publisher, scene.reviewer, *moments)
    gone = member_of("Bilingual reviewers", username="gone", is_active=False)
    nobody = User.objects.create_user("nobody")
    for person in (scene.publisher, gone, nobody):
        with pytest.raises(NotTheirs):
            named(scene, person)


def test_a_group_that_goes_takes_the_rights_along():
    scene = Scene()
    named(scene)
    Group.objects.get(name="Publishers").delete()
    assert not may_publish(again(scene.reviewer), scene.pair)


def test_what_is_typed_is_beijing_time_whatever_the_profile_says(client):
    scene = Scene()
    UserProfile.objects.create(user=scene.publisher, current_time_zone="America/New_York")
    client.force_login(scene.publisher)
    sent = {"person": scene.reviewer.pk, "starts_at": "2030-01-05T09:00", "ends_at": "2030-01-06T18:30"}
    address = reverse("newsroom_people:name_acting")

    def post(**fields):
        return client.post(address, {f"acting-{name}": value for name, value in {**sent, **fields}.items()})

    assert post().status_code == 302
    made = ActingPublisher.objects.get()
    assert made.starts_at.isoformat() == "2030-01-05T01:00:00+00:00"
    assert "09:00" in client.get(reverse("newsroom_people:roster")).content.decode()
    answer = post(ends_at="2029-01-01T00:00", reason="不在")
    assert answer.status_code == 422
    assert "不在" in answer.content.decode()


@override_settings(TIME_ZONE="America/New_York")
def test_the_moments_are_the_sites_wherever_it_is(client):
    scene = Scene()
    client.force_login(scene.publisher)
    html = client.get(reverse("newsroom_people:roster")).content.decode()
    assert "Beijing" not in html
    assert "New York time. Then it ends by itself." in html
    address = reverse("newsroom_people:name_acting")
    sent = {"acting-person": scene.reviewer.pk, "acting-ends_at": "2030-03-11T18:30"}
    answer = client.post(address, {**sent, "acting-starts_at": "2030-03-10T02:30"})
    assert (answer.status_code, ActingPublisher.objects.count()) == (422, 0)
    assert "There is no 02:30 on that day" in answer.content.decode()
    client.post(address, {**sent, "acting-starts_at": "2030-03-10T03:30"})
    assert ActingPublisher.objects.get().starts_at.isoformat() == "2030-03-10T07:30:00+00:00"
    said = ModelLogEntry.objects.get(action="newsroom.name_acting").comment
    assert "10 March 2030, 03:30 New York time" in said


# Duty ----------------------------------------------------------------------------------------------------------------


def test_whoever_is_on_duty_hears_of_what_is_missed_failed_and_urgent():
    scene = Scene().both_approved()
    deputy = member_of("Chinese translators", username="on-duty")
    tomorrow = member_of("Chinese translators", username="tomorrow")
    put_on_duty(scene.publisher, deputy, clock.day(), clock.day())
    put_on_duty(scene.publisher, tomorrow, clock.day() + timedelta(days=1), clock.day() + timedelta(days=3))
    schedule(scene.release, moment(minutes=1), scene.publisher)
    missed(scene.release)
    assert Notice.objects.filter(event=Event.MISSED, recipient=deputy).count() == 1
    assert not Notice.objects.filter(recipient=tomorrow).exists()
    release_due(now=moment(hours=1))
    assert not Notice.objects.filter(event=Event.RELEASED, recipient=deputy).exists()
    take_off_duty(scene.publisher, Duty.objects.get(user=deputy).pk)
    assert on_duty() == []
    assert "Taken off duty: on-duty" in [entry.message for entry in ModelLogEntry.objects.all()]


def test_the_desk_says_who_is_on_duty(client):
    scene = Scene()
    client.force_login(scene.author)
    assert "Nobody is on duty." in client.get("/cms/").content.decode()
    put_on_duty(scene.publisher, scene.reviewer, clock.day(), clock.day())
    assert "<strong>reviewer</strong>" in client.get("/cms/").content.decode()
    User.objects.filter(pk=scene.reviewer.pk).update(is_active=False)
    assert "Nobody is on duty." in client.get("/cms/").content.decode()


def test_publishers_alone_write_the_roster(client):
    scene = Scene()
    for user in (scene.author, scene.reviewer):
        with pytest.raises(RosterNotTheirs):
            put_on_duty(user, scene.reviewer, clock.day(), clock.day())
        client.force_login(user)
        assert "Put on duty" not in client.get(reverse("newsroom_people:roster")).content.decode()
    named(scene)
    put_on_duty(again(scene.reviewer), scene.author, clock.day(), clock.day())
    for first, last in ((1, 0), (-3, -1)):
        with pytest.raises(NoSuchDays):
            put_on_duty(
                scene.publisher, scene.author, clock.day() + timedelta(days=first), clock.day() + timedelta(days=last)
            )
    with pytest.raises(NotOnDuty):
        put_on_duty(scene.publisher, User.objects.create_user("nobody"), clock.day(), clock.day())
