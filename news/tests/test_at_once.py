"""Two people decide at the same moment: the second decides on what stands then, or is told what happened."""

import pytest
from django.contrib.auth.models import Group
from django.db.models.signals import pre_delete
from django.urls import reverse
from wagtail.models import GroupApprovalTask, TaskState, WorkflowTask

from home.languages import CHINESE, ENGLISH
from news.admin import act as screen
from news.bootstrap import FIRST
from news.findings.judged import unsettled
from news.pair.refusals import BlockingFindings, DecidedMeanwhile
from news.release import publishing, review
from news.release.correction import approve_correction, correct
from news.release.deletion import guard_deletion
from news.release.submission import recall
from news.release.withdrawal import withdraw
from news.translation.sync import fill_numbered

from .earlier import without
from .pairs import member_of
from .scene import Scene
from .test_costs import image

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = Scene()
    scene.submit()
    return scene


@pytest.fixture
def other():
    """A second publisher, who may review as well."""
    return member_of("Publishers", "Bilingual reviewers", username="other")


def meanwhile(monkeypatch, happens, module=screen, name="seen_release"):
    """Let something happen right after a function was called, once."""
    real, pending = getattr(module, name), [happens]

    def late(*arguments):
        result = real(*arguments)
        if pending:
            pending.pop()()
        return result

    monkeypatch.setattr(module, name, late)


def act(client, scene, user, name, language="en", **data):
    client.force_login(user)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, name])
    answer = client.post(url, scene.form(name, language=language, **data), follow=True)
    return " ".join(str(message) for message in answer.context["messages"]) or answer.content.decode()


def test_what_somebody_wrote_meanwhile_is_not_approved_unread(client, monkeypatch, scene, other):
    scene.act(scene.original, scene.reviewer, "approve")
    meanwhile(monkeypatch, lambda: scene.edit(user=other, title="Nobody has read this"))
    assert "Not what you were shown" in act(client, scene, scene.publisher, "approve")
    assert scene.original.approval is None


def test_what_was_recalled_meanwhile_is_not_approved(client, monkeypatch, scene):
    meanwhile(monkeypatch, lambda: recall(scene.original.page, scene.author))
    assert act(client, scene, scene.reviewer, "approve")
    assert scene.original.review is None
    assert not TaskState.objects.filter(status=TaskState.STATUS_APPROVED).exists()


def test_what_was_approved_meanwhile_is_not_returned(client, monkeypatch, scene, other):
    scene.act(scene.original, scene.reviewer, "approve")
    meanwhile(monkeypatch, lambda: scene.act(scene.original, other, "approve"))
    act(client, scene, scene.publisher, "return", comment="Shorter.")
    assert scene.original.is_pending
    assert scene.original.review is None


def test_one_person_does_not_pass_two_stages_by_being_quick(client, monkeypatch, scene, other):
    meanwhile(monkeypatch, lambda: scene.act(scene.original, other, "approve"))
    act(client, scene, scene.reviewer, "approve")
    states = TaskState.objects.filter(workflow_state=scene.original.review)
    assert states.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1
    assert states.get(status=TaskState.STATUS_APPROVED).finished_by == other
    assert "approve" not in scene.original.actions_for(other)


def test_wagtails_own_button_decides_on_what_stands_then_too(client, scene, other):
    state = scene.original.task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[scene.page.pk, "approve", state.pk])
    scene.act(scene.original, scene.reviewer, "approve")
    client.force_login(other)
    client.post(url, {"comment": ""})
    assert scene.original.approval is None
    with pytest.raises(DecidedMeanwhile):
        state.task.specific.on_action(state, other, "approve", comment="")


def test_a_paragraph_written_after_the_checks_is_not_approved(client, monkeypatch, scene, other):
    scene.approve()
    scene.fill()
    scene.submit(scene.translation)
    scene.act(scene.translation, scene.reviewer, "approve")
    localized = scene.translation.localized
    fill_numbered(localized, {1: "空气清新，宜人。"}, other)  # read by the checks
    late = {2: "论坛开幕，共有777人参加。"}
    meanwhile(monkeypatch, lambda: fill_numbered(localized, late, other), review, "refusal_to_approve_version")
    meanwhile(monkeypatch, lambda: fill_numbered(localized, late, other), review, "require_approvable")
    act(client, scene, scene.publisher, "approve", "zh-hans")
    approval = scene.translation.approval
    assert approval is None or "777" not in str(approval.revision.content)


@pytest.mark.full
@pytest.mark.parametrize(
    ("name", "data"), [("approve", {}), ("approve_with_remark", {"comment": "Good."}), ("return", {})]
)
def test_a_stage_of_wagtails_own_kind_is_decided_too(client, name, data):
    """Before ours, without which nothing is approved."""
    scene = Scene()
    task = GroupApprovalTask.objects.create(name="Theirs")
    task.groups.add(Group.objects.get(name="Bilingual reviewers"))
    workflow = scene.page.get_workflow()
    WorkflowTask.objects.filter(workflow=workflow, task__name=FIRST).delete()
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    scene.submit()
    assert scene.original.task == task
    assert act(client, scene, scene.reviewer, name, comment="Good.")
    assert scene.original.approval is None
    act(client, scene, scene.publisher, "approve")
    assert bool(scene.original.approval) == (name != "return")


@pytest.mark.full
def test_an_urgent_release_takes_the_shared_fields_along():
    scene = Scene()
    scene.edit(lead_image=image("The first"))
    scene.both_live()
    picture = image("Another")
    scene.edit(lead_image=picture)
    publishing.urgent(scene.release, [ENGLISH, CHINESE], scene.publisher, "now", "secret")
    assert {version.page.lead_image_id for version in scene.pair.versions.values()} == {picture.pk}


def test_a_correction_is_judged_as_it_is_approved():
    scene = Scene().both_live()
    correct(scene.release, scene.reviewer, "correction", "A note.", "说明。")
    fill_numbered(scene.translation.localized, {2: "论坛开幕，共有777人参加。"}, scene.translator)
    with pytest.raises(BlockingFindings):
        approve_correction(scene.release, scene.second)
    assert not scene.translation.is_pending
    assert unsettled(scene.pair)


def test_a_release_whose_original_is_gone_is_shown(client):
    scene = Scene().both_live()
    withdraw(scene.release, scene.publisher, "Wrong.", (ENGLISH,))
    release = scene.release
    with without(guard_deletion, pre_delete, dispatch_uid="news.release.deletion.guard"):
        scene.original.page.delete()
    client.force_login(scene.publisher)
    assert client.get(reverse("newsroom_releases:release", args=[release.pk])).status_code == 200
