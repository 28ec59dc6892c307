"""A stage that goes away sends back what waits in it, and nothing is approved that no review of ours has passed."""

import pytest
from django.db import transaction
from django.urls import reverse
from wagtail.models import (
    Page,
    PageLogEntry,
    Task,
    TaskState,
    WorkflowPage,
    WorkflowState,
)

from home.gate import Refused
from home.models import StandardPage
from news.admin.steps.review import may_submit
from news.bootstrap import FINAL, FIRST, WORKFLOW, bootstrap
from news.models import Event, Notice
from news.pair.pair import VersionState
from news.pair.refusals import NoReview, NoReviewStage, NotReviewed, StageGone
from news.release.submission import submit

from .doors import admin
from .pairs import article_form
from .scene import Scene
from .workflow_changes import (
    OF_THE_STAGE,
    OF_THE_WORKFLOW,
    delete_as_a_query,
    delete_it,
    disable_in_the_admin,
    stages,
    task,
    theirs,
    workflow,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = Scene()
    assert all([scene.page, scene.translator, scene.reviewer, scene.second, scene.publisher])
    return scene


@pytest.fixture
def root(client, django_user_model):
    """An administrator, at the admin."""
    user = django_user_model.objects.create_superuser("root", password="secret")
    client.force_login(user)
    return user


def trail_of(client, scene):
    return client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()


@pytest.mark.parametrize("way", [*OF_THE_STAGE, *OF_THE_WORKFLOW], ids=lambda way: way.__name__.replace("_", " "))
def test_what_waits_there_goes_back_with_every_word(client, scene, root, way):
    """Two pages at once, the first stage, and a workflow whose next stage would be the last one."""
    scene.both_in_review()
    words = [version.existing_page.latest_revision_id for version in scene.pair.versions.values()]
    way(client)
    for version in scene.pair.versions.values():
        assert (version.state, version.approval) == (VersionState.DRAFTING, None)
        assert scene.actions(version)[-1:] == ["end_review"]
    assert [version.existing_page.latest_revision_id for version in scene.pair.versions.values()] == words
    assert not WorkflowState.objects.filter(status=WorkflowState.STATUS_APPROVED).exists()
    told = set(Notice.objects.filter(event=Event.REOPENED).values_list("recipient__username", flat=True))
    assert told == {"author", "translator"}
    said = f"the stage “{FIRST}” was disabled" if way in OF_THE_STAGE else f"the review “{WORKFLOW}” was disabled"
    assert said in trail_of(client, scene)


def test_what_waited_is_submitted_anew_and_passes_what_is_left(client, scene, root):
    scene.submit()
    disable_in_the_admin(client)
    scene.submit()
    scene.act(scene.original, scene.publisher, "approve")
    assert scene.original.is_pending


def test_before_it_is_disabled_it_is_said_what_becomes_of_what_waits_there(client, scene, root):
    scene.submit()
    html = client.get(reverse("wagtailadmin_workflows:disable_task", args=[task().pk])).content.decode()
    assert "Releases that wait in this stage go back to drafting" in html
    assert "skipped" not in html
    assert "Yes, disable" in html


def test_whoever_disables_it_is_not_told_and_is_named(client, scene, root):
    scene.submit()
    disable_in_the_admin(client)
    assert PageLogEntry.objects.get(action="newsroom.end_review").user == root
    assert not Notice.objects.filter(recipient=root).exists()


@pytest.mark.parametrize("way", OF_THE_STAGE[:6])
def test_a_page_in_the_second_stage_goes_on_unless_who_approved_the_first_is_forgotten(client, scene, root, way):
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    way(client)
    if way in (delete_it, delete_as_a_query):
        assert scene.original.state == VersionState.DRAFTING
    else:
        assert scene.original.task.name == FINAL
        scene.act(scene.original, scene.publisher, "approve")
        assert scene.original.approval.user == scene.publisher


def test_a_review_whose_later_stage_is_disabled_ends_with_the_stage_that_is_left(client, scene):
    scene.submit()
    task(FINAL).deactivate()
    assert scene.original.task.name == FIRST
    scene.act(scene.original, scene.reviewer, "approve")
    assert scene.original.approval.user == scene.reviewer


def test_the_last_stage_disabled_approves_nothing_that_the_first_has_passed(client, scene):
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    task(FINAL).deactivate()
    assert (scene.original.state, scene.original.approval) == (VersionState.DRAFTING, None)


def test_what_was_returned_for_changes_does_not_come_back_to_a_disabled_stage(client, scene):
    scene.submit()
    scene.reject()
    task().deactivate()
    scene.submit()
    assert scene.original.task.name == FINAL


def test_a_stage_disabled_past_all_signals_decides_nothing(scene):
    scene.submit()
    Task.objects.filter(name=FIRST).update(active=False)
    assert "approve" not in scene.original.actions_for(scene.reviewer)
    with pytest.raises(StageGone):
        scene.act(scene.original, scene.reviewer, "approve")
    assert scene.original.state == VersionState.IN_REVIEW


def test_more_stages_by_the_setting_take_nothing_out_of_review(scene, settings):
    scene.submit()
    settings.REVIEW_STAGES = 3
    bootstrap()
    assert [each.name for each in workflow().tasks] == [FIRST, "Second review · 复审", FINAL]
    assert scene.original.task.name == FIRST
    settings.REVIEW_STAGES = 1
    bootstrap()
    assert [each.name for each in workflow().tasks] == [FINAL]
    assert scene.original.state == VersionState.DRAFTING


# The sink ------------------------------------------------------------------------------------------------------------


def refused(reason, act):
    with pytest.raises(reason), transaction.atomic():
        act()


def test_a_script_that_approves_a_stage_meets_the_rules(scene):
    scene.submit()
    first = scene.original.task_state
    first.approve(user=scene.author)
    refused(Refused, lambda: scene.act(scene.original, scene.publisher, "approve"))
    last = scene.original.task_state
    for user in (None, scene.author, scene.publisher):
        refused(Refused, lambda user=user: TaskState.objects.get(pk=last.pk).approve(user=user))
    assert scene.original.task_state == last
    assert scene.original.approval is None


def test_one_person_is_not_two_stages_whatever_the_script(scene):
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    refused(NotReviewed, lambda: TaskState.objects.get(pk=scene.original.task_state.pk).approve(user=scene.reviewer))
    TaskState.objects.get(pk=scene.original.task_state.pk).approve(user=scene.publisher)
    assert scene.original.approval.user == scene.publisher


def test_a_stage_that_was_passed_over_approves_nothing(scene):
    scene.submit()
    TaskState.objects.filter(pk=scene.original.task_state.pk).update(status=TaskState.STATUS_SKIPPED)
    state = WorkflowState.objects.get(pk=scene.original.review.pk)
    state.update(user=scene.author)
    refused(NotReviewed, lambda: scene.act(scene.original, scene.publisher, "approve"))
    refused(Refused, lambda: WorkflowState.objects.get(pk=state.pk).finish(user=scene.publisher))
    assert scene.original.approval is None


def test_a_stage_of_wagtails_own_kind_does_not_replace_the_checks_of_the_last(scene):
    """Behind ours it meets all that the last stage asks for: here that the original is approved."""
    stages(task(), theirs(group="Publishers"))
    scene.both_in_review()
    scene.act(scene.translation, scene.second, "approve")
    refused(Refused, lambda: scene.act(scene.translation, scene.publisher, "approve"))
    scene.approve()
    assert scene.original.approval.user == scene.publisher
    scene.act(scene.translation, scene.publisher, "approve")
    assert scene.translation.is_pending


# Submission ----------------------------------------------------------------------------------------------------------


def without(kind):
    if kind is NoReview:
        WorkflowPage.objects.all().delete()
    else:
        stages(theirs())


@pytest.mark.parametrize("kind", [NoReview, NoReviewStage])
def test_without_a_review_of_ours_nothing_is_submitted(client, scene, kind):
    without(kind)
    refused(kind, lambda: submit(scene.page, scene.author))
    if kind is NoReviewStage:
        refused(kind, lambda: workflow().start(scene.page, scene.author))
    assert not may_submit(scene.original, scene.author)
    client.force_login(scene.author)
    assert 'name="action-submit"' not in client.get(admin("edit", scene.page.pk)).content.decode()
    fields = article_form(title="A week of clean air", summary="Every word stays.")
    answer = client.post(admin("edit", scene.page.pk), {**fields, "action-submit": "1"}, follow=True)
    assert str(kind.message) in " ".join(map(str, answer.context["messages"]))
    assert scene.original.newest.summary == "Every word stays."
    assert scene.original.state == VersionState.DRAFTING
    assert str(kind.message) in trail_of(client, scene).replace("&quot;", '"')


def test_a_new_page_is_kept_as_a_draft_where_it_cannot_be_submitted(client, scene):
    stages(theirs())
    client.force_login(scene.author)
    url = admin("add", "news", "articlepage", scene.page.get_parent().pk)
    assert 'name="action-submit"' not in client.get(url).content.decode()
    answer = client.post(url, {**article_form(title="Every word stays"), "action-submit": "1"}, follow=True)
    assert str(NoReviewStage.message) in " ".join(map(str, answer.context["messages"]))
    assert not Page.objects.get(title="Every word stays").workflow_in_progress


# What needs no release -----------------------------------------------------------------------------------------------


def test_a_page_without_a_release_is_reviewed_as_in_plain_wagtail(scene, root, settings):
    """By stages of its own kind, and past those that are disabled."""
    settings.PLAIN_PAGES_ARE_RELEASED = False
    page = StandardPage(title="About", slug="about", body="<p>We are.</p>", live=False)
    scene.page.get_parent().get_parent().add_child(instance=page)
    page.save_revision()
    first, second = theirs(), theirs("Theirs too")
    stages(first, second)
    state = workflow().start(page, scene.author)
    first.deactivate()
    assert page.current_workflow_task == second
    second.deactivate()
    state.refresh_from_db()
    assert state.status == WorkflowState.STATUS_APPROVED
    assert Page.objects.get(pk=page.pk).live
    workflow().deactivate()
    assert not PageLogEntry.objects.filter(action="newsroom.end_review").exists()
