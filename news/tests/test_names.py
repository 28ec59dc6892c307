"""Rule 25: who did what keeps its name, and accounts of whoever has worked here stay."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry

from news.models import StageRecord
from news.pair.people_refusals import AccountStays
from news.release.withdrawal import withdraw
from news.upgrade import REGISTER, take

from .pairs import member_of
from .scene import ENGLISH, Scene

pytestmark = pytest.mark.django_db
User = get_user_model()


def administrator():
    return User.objects.create_superuser("administrator", password="secret")


def pages_of(client, scene, reader):
    """What is shown of a release's past: {name: content}, without the moment at which the sheet is printed."""
    client.force_login(reader)
    names = ("release", "sheet", "trail")
    found = {name: client.get(reverse(f"newsroom_releases:{name}", args=[scene.release.pk])).content for name in names}
    html = found.pop("release").decode()
    found["trail on the page"] = html[html.index('<ol class="release-trail">') :].partition("</ol>")[0]
    found["sheet"] = found["sheet"].decode().partition("<p>Printed")[0]
    return found


def returned_and_released():
    scene = Scene()
    scene.submit()
    state = scene.fresh(scene.original).current_workflow_task_state
    state.task.specific.on_action(state, scene.reviewer, "reject", comment="请缩短")
    scene.submit()
    scene.approve()
    scene.translate()
    return scene


PEOPLE = ("author", "translator", "reviewer", "publisher")


def renamed(scene):
    for name in PEOPLE:
        user = User.objects.get(username=name)
        user.username, user.first_name, user.last_name = f"{name}-2", "改名", "王" * 30
        user.save()


def shut_out(scene):
    for name in PEOPLE:
        user = User.objects.get(username=name)
        user.is_active = False
        user.save()


def lost(scene):
    """As earlier versions deleted accounts: their keys are left, and nothing else."""
    for model in (StageRecord,):
        model.objects.update(finished_by=None)
    for name in PEOPLE:
        user = User.objects.get(username=name)
        PageLogEntry.objects.filter(user=user).update(user_id=user.pk + 1000)
    scene.release.approvals.update(user=None)


@pytest.mark.parametrize("happens", [renamed, shut_out, lost])
def test_trail_sheet_and_table_stay_as_they_were(client, happens):
    scene = returned_and_released()
    reader = administrator()
    before = pages_of(client, scene, reader)
    lines = PageLogEntry.objects.count()
    happens(scene)
    after = pages_of(client, scene, reader)
    assert PageLogEntry.objects.count() == lines, "nothing was open"
    assert after == before
    assert "请缩短" in after["sheet"]
    assert "reviewer" in after["sheet"]


def test_the_sheet_shows_each_stage_of_each_round(client):
    scene = returned_and_released()
    sheet = pages_of(client, scene, administrator())["sheet"]
    told = sheet.partition("<h2>Reviews</h2>")[2].partition("<h2>")[0]
    assert told.count("<tr>") - 1 == 5  # English: returned, then two stages; Chinese: two stages
    assert told.count("Returned for changes") == 1
    assert told.count("<td>author</td>") == 3
    assert told.count("<td>translator</td>") == 2


def test_a_deleted_stage_and_its_words_stay_on_the_sheet(client):
    scene = returned_and_released()
    reader = administrator()
    before = pages_of(client, scene, reader)["sheet"]
    for review in scene.page.workflow_states.all():
        review.delete()
    assert pages_of(client, scene, reader)["sheet"] == before


def test_wagtails_own_history_says_the_name_of_then(client):
    scene = Scene().both_live()
    client.force_login(administrator())
    address = reverse("wagtailadmin_pages:history", args=[scene.page.pk])
    renamed(scene)
    html = client.get(address).content.decode()
    table = html[html.rindex("<table") :]
    assert "publisher" in table
    assert "改名" not in table


@pytest.mark.full
def test_the_update_writes_names_down_and_goes_on_where_it_was():
    scene = returned_and_released()
    approved = PageLogEntry.objects.filter(action="newsroom.approve").first()
    StageRecord.objects.all().delete()
    for entry in PageLogEntry.objects.all():
        PageLogEntry.objects.filter(pk=entry.pk).update(
            data={name: value for name, value in entry.data.items() if name != "user_name"}
        )
    gone = approved.user_id + 1000
    PageLogEntry.objects.filter(user=approved.user).update(user_id=gone)
    scene.release.approvals.update(user=None)
    for name in ("name_in_trail", "name_in_log", "record_stages"):
        assert take(REGISTER[name], lambda done, count: None) == []
        assert not REGISTER[name].waiting().exists()
    assert {entry.user_display_name for entry in PageLogEntry.objects.filter(user_id=gone)} == {"publisher"}
    assert PageLogEntry.objects.filter(user=scene.reviewer).first().user_display_name == "reviewer"
    assert StageRecord.objects.filter(finished_by_name="reviewer").count() == 3
    assert ModelLogEntry.objects.filter(data__user_name="").count() == 0


# Deleting ------------------------------------------------------------------------------------------------------------


def by_the_view(client, user):
    return client.post(reverse("wagtailusers_users:delete", args=[user.pk]), follow=True).content.decode()


def before_it_is_confirmed(client, user):
    return client.get(reverse("wagtailusers_users:delete", args=[user.pk]), follow=True).content.decode()


def in_bulk(client, user):
    address = reverse("wagtail_bulk_action", args=["auth", "user", "delete"])
    newcomer = User.objects.create_user("newcomer")
    client.post(f"{address}?id={user.pk}&id={newcomer.pk}")
    assert User.objects.filter(pk=newcomer.pk).exists(), "all or none"
    return client.get(reverse("wagtailusers_users:index")).content.decode()


def by_the_model(client, user):
    with pytest.raises(AccountStays) as refused, transaction.atomic():
        user.delete()
    return str(refused.value)


def by_the_queryset(client, user):
    with pytest.raises(AccountStays) as refused, transaction.atomic():
        User.objects.filter(pk=user.pk).delete()
    return str(refused.value)


DOORS = [by_the_view, before_it_is_confirmed, in_bulk, by_the_model, by_the_queryset]


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("who", ["author", "reviewer"])
def test_whoever_has_worked_here_is_not_deleted(client, door, who):
    scene = Scene()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "reject")
    user = User.objects.get(username=who)
    client.force_login(administrator())
    said = door(client, user)
    assert f"Not deleted: {who}." in said
    assert "Deactivate it instead" in said
    assert User.objects.filter(pk=user.pk).exists()


def simply(client, user):
    user.delete()


def of_a_query(client, user):
    User.objects.filter(pk=user.pk).delete()


@pytest.mark.parametrize("door", [by_the_view, simply, of_a_query])
def test_whoever_has_not_is_deleted(client, door):
    user = member_of("Publishers", username="newcomer")
    client.force_login(user)
    client.get("/cms/")
    client.force_login(administrator())
    door(client, user)
    assert not User.objects.filter(username="newcomer").exists()


def test_a_withdrawn_release_with_everybody_gone_still_tells_who(client):
    scene = Scene().both_live()
    withdraw(scene.release, scene.publisher, "撤稿")
    shut_out(scene)
    told = pages_of(client, scene, administrator())
    assert "publisher" in told["trail"].decode()
    assert ENGLISH.code in told["trail"].decode()
