"""Ways in which a stage of the review, or its workflow, goes away: by real views, and by the models in a script.

Each gets a test client at which an administrator is logged in.
"""

from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupApprovalTask, Page, Task, Workflow, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data

from home.models import HomePage
from news.bootstrap import FINAL, FIRST, WORKFLOW
from news.models import ReviewTask

from .pairs import BOTH, locale


def workflow():
    return Workflow.objects.get(name=WORKFLOW)


def task(name=FIRST):
    return Task.objects.get(name=name)


def theirs(name="Theirs", group="Bilingual reviewers"):
    made = GroupApprovalTask.objects.create(name=name)
    made.groups.add(Group.objects.get(name=group))
    return made


def stages(*tasks):
    """The workflow consists of these from now on."""
    WorkflowTask.objects.filter(workflow=workflow()).delete()
    for order, each in enumerate(tasks):
        WorkflowTask.objects.create(workflow=workflow(), task=each, sort_order=order)


def edit_form(rows, pages=()):
    """What the workflow's form sends: [(WorkflowTask or None, Task or None where the row is deleted)], and pages."""
    forms = [
        {"id": row.pk if row else "", "task": (each or row.task).pk, "ORDER": order, "DELETE": "" if each else "on"}
        for order, (row, each) in enumerate(rows, 1)
    ]
    fields = {
        "name": WORKFLOW,
        "workflow_tasks": inline_formset(forms, initial=sum(row is not None for row, _ in rows)),
    }
    assigned = [{"page": page.pk, "DELETE": "on" if gone else ""} for page, gone in pages]
    return nested_form_data({**fields, "pages": inline_formset(assigned, initial=len(assigned))})


def edit(client, rows, pages=None):
    pages = [(each.page, False) for each in workflow().workflow_pages.all()] if pages is None else pages
    answer = client.post(reverse("wagtailadmin_workflows:edit", args=[workflow().pk]), edit_form(rows, pages))
    assert answer.status_code == 302, answer.context and answer.context["form"].errors


def rows():
    return list(workflow().workflow_tasks.order_by("sort_order"))


# Ways for what a page waits for, or its workflow, to go away ---------------------------------------------------------


def disable_in_the_admin(client):
    client.post(reverse("wagtailadmin_workflows:disable_task", args=[task().pk]))
    assert not task().active


def deactivate(client):
    task().specific.deactivate()


def deactivate_as_a_plain_task(client):
    task().deactivate()


def save_it_inactive(client):
    review = task().specific
    review.active = False
    review.save(update_fields=["active"])


def delete_it(client):
    task().specific.delete()


def delete_as_a_query(client):
    Task.objects.filter(name=FIRST).delete()


def take_the_row_out(client):
    WorkflowTask.objects.filter(task=task()).delete()


def take_it_out_by_the_form(client):
    edit(client, [(rows()[0], None), (rows()[1], task(FINAL))])


def exchange_it_by_the_form(client):
    other = ReviewTask.objects.create(name="Another")
    edit(client, [(rows()[0], other), (rows()[1], task(FINAL))])
    assert [each.name for each in workflow().tasks] == ["Another", FINAL]


def disable_the_workflow_in_the_admin(client):
    client.post(reverse("wagtailadmin_workflows:disable", args=[workflow().pk]))
    assert not workflow().active


def save_the_workflow_inactive(client):
    changed = workflow()
    changed.active = False
    changed.save()


def delete_the_workflow(client):
    workflow().delete()


def take_it_off_the_tree(client):
    for language in BOTH:
        home = HomePage.objects.get(locale=locale(language))
        client.post(reverse("wagtailadmin_workflows:remove", args=[home.pk, workflow().pk]))
    assert not WorkflowPage.objects.exists()


def take_it_off_by_the_form(client):
    edit(client, [(row, row.task) for row in rows()], [(each.page, True) for each in workflow().workflow_pages.all()])
    assert not WorkflowPage.objects.exists()


def put_another_in_its_place(client):
    other = Workflow.objects.create(name="Other")
    WorkflowTask.objects.create(workflow=other, task=task(FINAL), sort_order=0)
    for each in WorkflowPage.objects.all():
        each.workflow = other
        each.save()


def put_another_in_between(client):
    other = Workflow.objects.create(name="Other")
    for section in Page.objects.filter(newsindexpage__isnull=False):
        WorkflowPage.objects.create(page=section, workflow=other)


OF_THE_STAGE = [
    *(disable_in_the_admin, deactivate, deactivate_as_a_plain_task, save_it_inactive, delete_it, delete_as_a_query),
    *(take_the_row_out, take_it_out_by_the_form, exchange_it_by_the_form),
]
OF_THE_WORKFLOW = [
    *(disable_the_workflow_in_the_admin, save_the_workflow_inactive, delete_the_workflow, take_it_off_the_tree),
    *(take_it_off_by_the_form, put_another_in_its_place, put_another_in_between),
]


OF_ONE_TREE = [take_it_off_the_tree, take_it_off_by_the_form, put_another_in_its_place, put_another_in_between]
"""The original's is first: its return takes the translation along, as ever."""
