"""Workflows and their tasks as an administrator has them, collections, and who is in an editor."""

from types import SimpleNamespace

from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.admin.models import EditingSession
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    GroupApprovalTask,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from news.bootstrap import BILINGUAL_REVIEWERS, OFFERED
from news.models import ReviewRule, ReviewTask, Topic

from .images_and_documents import library
from .pages import drafted, home
from .register import EDITORS_OF_ENGLISH, ONLY_ADMINISTRATOR, PUBLISHING, STAFF, posted, reads


def workflows():
    task = GroupApprovalTask.objects.create(name="Lawyers")
    task.groups.add(Group.objects.get(name=BILINGUAL_REVIEWERS))
    workflow = Workflow.objects.create(name="With the lawyers")
    WorkflowTask.objects.create(workflow=workflow, task=task)
    return SimpleNamespace(task=task, workflow=workflow)


def reviewers():
    return Group.objects.get(name=BILINGUAL_REVIEWERS).pk


WORKFLOW = "cms/workflows/{}/<int:pk>/"
TASK = "cms/workflows/tasks/{}/<int:pk>/"


def with_tasks(*tasks):
    """The inline forms of a workflow's tasks, which a browser draws by script."""
    fields = {"workflow_tasks-TOTAL_FORMS": len(tasks), "workflow_tasks-INITIAL_FORMS": 0}
    for number, task in enumerate(tasks):
        fields |= {f"workflow_tasks-{number}-task": task.pk, f"workflow_tasks-{number}-ORDER": number + 1}
    return fields


@posted("cms/workflows/add/", may=ONLY_ADMINISTRATOR, given=workflows)
def add_a_workflow(visitor, world):
    visitor.form().fill(with_tasks(world.task)).send(name="法务审核")
    assert [task.name for task in Workflow.objects.get(name="法务审核").tasks] == ["Lawyers"]


@posted(WORKFLOW.format("edit"), may=ONLY_ADMINISTRATOR, given=workflows)
def rename_a_workflow_and_put_it_on_a_page(visitor, world):
    WorkflowPage.objects.filter(page=home("en")).delete()
    visitor.form(pk=world.workflow.pk).send(**{"name": "法务审核", "pages-0-page": home("en").pk})
    assert Workflow.objects.get(pk=world.workflow.pk).name == "法务审核"
    assert WorkflowPage.objects.get(page=home("en")).workflow == world.workflow


@posted(WORKFLOW.format("disable"), may=ONLY_ADMINISTRATOR, given=workflows)
def disable_a_workflow(visitor, world):
    visitor.form(pk=world.workflow.pk).send()
    assert not Workflow.objects.get(pk=world.workflow.pk).active


@posted(WORKFLOW.format("enable"), may=ONLY_ADMINISTRATOR, given=workflows)
def enable_a_workflow(visitor, world):
    Workflow.objects.filter(pk=world.workflow.pk).update(active=False)
    visitor.post(pk=world.workflow.pk)
    assert Workflow.objects.get(pk=world.workflow.pk).active


@posted(
    "cms/workflows/remove/<int:page_pk>/",
    "cms/workflows/remove/<int:page_pk>/<int:workflow_pk>/",
    may=ONLY_ADMINISTRATOR,
    given=workflows,
)
def take_a_workflow_off_a_page(visitor, world):
    used = WorkflowPage.objects.get(page=home("en"))
    visitor.post(page_pk=home("en").pk, workflow_pk=used.workflow_id)
    assert not WorkflowPage.objects.filter(page=home("en")).exists()


@posted("cms/workflows/tasks/add/news/reviewtask/", may=ONLY_ADMINISTRATOR, given=workflows)
def add_a_stage_of_review(visitor, world):
    visitor.form().send(name="法务", groups=[reviewers()])
    assert ReviewTask.objects.get(name="法务").groups.get().pk == reviewers()


@posted("cms/workflows/tasks/add/wagtailcore/groupapprovaltask/", may=ONLY_ADMINISTRATOR, given=workflows)
def add_a_task(visitor, world):
    visitor.form().send(name="法务", groups=[reviewers()])
    assert GroupApprovalTask.objects.get(name="法务").groups.get().pk == reviewers()


@posted(TASK.format("edit"), may=ONLY_ADMINISTRATOR, given=workflows)
def give_a_task_to_others(visitor, world):
    publishers = Group.objects.get(name="Publishers")
    visitor.form(pk=world.task.pk).send(groups=[publishers.pk])
    assert world.task.groups.get() == publishers


@posted(TASK.format("disable"), may=ONLY_ADMINISTRATOR, given=workflows)
def disable_a_task(visitor, world):
    visitor.form(pk=world.task.pk).send()
    assert not Task.objects.get(pk=world.task.pk).active


@posted(TASK.format("enable"), may=ONLY_ADMINISTRATOR, given=workflows)
def enable_a_task(visitor, world):
    Task.objects.filter(pk=world.task.pk).update(active=False)
    visitor.post(pk=world.task.pk)
    assert Task.objects.get(pk=world.task.pk).active


@posted("cms/workflows/task_chooser/create/", may=ONLY_ADMINISTRATOR, given=workflows)
def make_a_task_while_choosing_one(visitor, world):
    kind = {"create_model": "news.ReviewTask"}
    form = visitor.form(to=f"/cms/workflows/task_chooser/?create_model={kind['create_model']}")
    fields = {"create-task-name": "法务", "create-task-groups": [reviewers()]}
    answer = form.send(to=visitor.url(query=kind), **fields).json()
    assert answer["step"] == "task_chosen"
    assert ReviewTask.objects.get(name="法务").groups.get().pk == reviewers()


reads("types to choose from", "cms/workflows/tasks/select_type/")
reads("a task that was chosen, as JSON", "cms/workflows/task_chooser/<int:task_id>/")


# Collections ---------------------------------------------------------------------------------------------------------


@posted("cms/collections/add/", may=ONLY_ADMINISTRATOR, given=library)
def add_a_collection(visitor, world):
    visitor.form().send(name="论坛", parent=world.collection.pk)
    assert Collection.objects.get(name="论坛").get_parent() == world.collection


@posted("cms/collections/<int:pk>/", may=ONLY_ADMINISTRATOR, given=library)
def rename_a_collection(visitor, world):
    visitor.form(pk=world.collection.pk).send(name="论坛")
    assert Collection.objects.get(pk=world.collection.pk).name == "论坛"


@posted("cms/collections/<int:pk>/delete/", may=ONLY_ADMINISTRATOR, given=library)
def delete_a_collection(visitor, world):
    visitor.form(pk=world.collection.pk).send()
    assert not Collection.objects.filter(pk=world.collection.pk).exists()


@posted("cms/collections/<int:collection_id>/privacy/", may=ONLY_ADMINISTRATOR, given=library)
def hide_a_collection(visitor, world):
    form = visitor.form(collection_id=world.collection.pk)
    form.send(restriction_type="password", password="secret")
    assert CollectionViewRestriction.objects.get().collection == world.collection


# Who is in an editor -------------------------------------------------------------------------------------------------


def session_of(visitor, page):
    """That a visitor's browser opened the page's editor."""
    if visitor.user is None:
        return 1
    return EditingSession.objects.create(
        user=visitor.user,
        content_type=ContentType.objects.get_for_model(page),
        object_id=str(page.pk),
        last_seen_at=timezone.now(),
    ).pk


@posted(
    "cms/editing-sessions/ping/<str:app_label>/<str:model_name>/<str:object_id>/<int:session_id>/",
    may=EDITORS_OF_ENGLISH,
    given=drafted,
)
def tell_that_one_is_still_there(visitor, scene):
    key = session_of(visitor, scene.page)
    values = {"app_label": "news", "model_name": "articlepage", "object_id": scene.page.pk, "session_id": key}
    answer = visitor.post({"is_editing": "1"}, **values).json()
    assert answer["session_id"] == key
    assert EditingSession.objects.get(pk=key).is_editing


@posted("cms/editing-sessions/release/<int:session_id>/", may=STAFF, given=drafted)
def tell_that_one_has_left(visitor, scene):
    key = session_of(visitor, scene.page)
    visitor.post(session_id=key)
    assert not EditingSession.objects.filter(pk=key).exists()


# Review rules --------------------------------------------------------------------------------------------------------

RULE = "cms/review-rules/"


def workflow(count):
    return Workflow.objects.get(name=OFFERED[count]).pk


def topical():
    return SimpleNamespace(topic=Topic.objects.create(slug="wind", name_en="Wind", name_zh_hans="风"))


def ruled():
    world = topical()
    world.rule = ReviewRule.objects.create(topic=world.topic, workflow=Workflow.objects.get(name=OFFERED[1]))
    return world


@posted(f"{RULE}add/", may=PUBLISHING, given=topical)
def add_a_review_rule(visitor, world):
    visitor.form().send(page_type="news.ArticlePage", topic=world.topic.pk, workflow=workflow(3))
    assert ReviewRule.objects.get().topic == world.topic


@posted(f"{RULE}edit/<int:pk>/", may=PUBLISHING, given=ruled)
def change_a_review_rule(visitor, world):
    visitor.form(pk=world.rule.pk).send(workflow=workflow(2))
    assert ReviewRule.objects.get().workflow_name == OFFERED[2]


@posted(f"{RULE}delete/<int:pk>/", may=PUBLISHING, given=ruled)
def delete_a_review_rule(visitor, world):
    visitor.form(pk=world.rule.pk).send()
    assert not ReviewRule.objects.exists()


@posted("cms/bulk/news/reviewrule/delete/", may=PUBLISHING, given=ruled)
def delete_many_review_rules(visitor, world):
    visitor.done_to_some(visitor.form(query={"id": world.rule.pk}).send())
    assert not ReviewRule.objects.exists()
