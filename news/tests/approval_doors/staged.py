"""Taking a stage, or the whole review, from under what waits in it."""

from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Task

from news.bootstrap import FINAL
from news.tests.workflow_changes import edit_form, rows, task, theirs, workflow

from .walk import MARK, door


def workflows(name, *arguments):
    return reverse(f"wagtailadmin_workflows:{name}", args=arguments)


def set_stages(walk, *tasks):
    form = edit_form([*((row, None) for row in rows()), *((None, each) for each in tasks)])
    walk.post(workflows("edit", workflow().pk), {**form, **assigned()})


def assigned():
    pages = {f"pages-{number}-page": each.page_id for number, each in enumerate(workflow().workflow_pages.all())}
    return {**pages, "pages-TOTAL_FORMS": len(pages), "pages-INITIAL_FORMS": len(pages)}


def go_through(walk, state=None):
    """Approve what waits, submit what does not, and approve that."""
    walk.approve_by_wagtails_view(state)
    walk.approve()
    walk.step("submit")
    walk.edit("submit", summary=MARK)
    walk.approve()
    walk.approve()


@door("%s_submitted", quick=True)
def a_disabled_stage(walk):
    state = walk.page.current_workflow_task_state
    walk.post(workflows("disable_task", state.task_id))
    go_through(walk, state)
    walk.post(workflows("enable_task", state.task_id))
    walk.approve_by_wagtails_view(state)


@door("%s_at_last_stage")
def a_disabled_last_stage(walk):
    state = walk.page.current_workflow_task_state
    walk.post(workflows("disable_task", state.task_id))
    walk.approve_by_wagtails_view(state)
    walk.post(workflows("enable_task", state.task_id))
    go_through(walk, state)


@door("%s_submitted")
def a_stage_that_is_taken_out(walk):
    state = walk.page.current_workflow_task_state
    set_stages(walk, task(FINAL))
    go_through(walk, state)


@door("%s_submitted")
def stages_of_another_kind(walk):
    state = walk.page.current_workflow_task_state
    set_stages(walk, theirs())
    go_through(walk, state)


@door("%s_submitted")
def a_stage_of_another_kind_behind_ours(walk):
    walk.write(walk.sentence)
    set_stages(walk, task(), theirs(group="Publishers"))
    walk.scene.go_on(walk.language, walk.scene.reviewer)
    go_through(walk)


@door("%s_drafted")
def a_stage_of_another_kind_before_ours(walk):
    """Where who wrote it approves it, and the last stage is the second person."""
    walk.write(walk.sentence)
    set_stages(walk, theirs(), task(FINAL))
    walk.step("submit")
    walk.approve_by_wagtails_view()
    walk.approve()
    walk.scene.go_on(walk.language, walk.scene.publisher)
    walk.approve()


@door("%s_submitted")
def a_disabled_workflow(walk):
    state = walk.page.current_workflow_task_state
    walk.post(workflows("disable", workflow().pk))
    go_through(walk, state)
    walk.post(workflows("enable", workflow().pk))
    go_through(walk, state)


@door("%s_submitted")
def a_workflow_taken_off_the_tree(walk):
    state = walk.page.current_workflow_task_state
    for each in list(workflow().workflow_pages.all()):
        walk.post(workflows("remove", each.page_id, workflow().pk))
    go_through(walk, state)


@door("%s_submitted")
def another_workflow_for_the_section(walk):
    """Without a review of ours."""
    state = walk.page.current_workflow_task_state
    form = edit_form([(None, theirs())], [(walk.page.get_parent(), False)])
    walk.post(workflows("add"), {**form, "name": "Other", "pages-INITIAL_FORMS": "0"})
    go_through(walk, state)


@door("%s_submitted")
def a_stage_with_other_reviewers(walk):
    """Of one's own group, which somebody else was to be."""
    walk.write(walk.sentence)
    for each in Task.objects.all():
        groups = list(Group.objects.values_list("pk", flat=True))
        walk.post(workflows("edit_task", each.pk), {"name": each.name, "groups": groups})
    walk.approve()
    walk.approve()
