"""`bootstrap`, run at each update, knows what it once made: renamed stays renamed, deleted stays deleted."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import call_command
from wagtail.models import Workflow, WorkflowPage

from home.languages import ENGLISH
from home.models import HomePage
from news import bootstrap
from news.models import Beginning, ReviewTask

from .test_bootstrap import state

pytestmark = pytest.mark.django_db
MADE = [
    *((Group, name) for name in bootstrap.PAGE_PERMISSIONS),
    *((Workflow, name) for name in [bootstrap.WORKFLOW, *bootstrap.OFFERED.values()]),
    *((ReviewTask, name) for name in bootstrap.STAGES),
]


def run():
    said = StringIO()
    call_command("bootstrap", stdout=said)
    return said.getvalue()


def forget():
    """As a site of an earlier version, which wrote nothing down."""
    Beginning.objects.all().delete()


@pytest.mark.parametrize(("model", "name"), MADE)
@pytest.mark.parametrize("is_older", [False, True])
def test_renamed_stays_renamed(model, name, is_older):
    if is_older:
        forget()
        run()
    model.objects.filter(name=name).update(name="值班组")
    before = state()
    assert "not made again" not in run()
    assert state() == before
    assert Beginning.objects.known(model, name).name == "值班组"


@pytest.mark.parametrize(("model", "name"), [made for made in MADE if made[0] is not ReviewTask])
@pytest.mark.parametrize("is_older", [False, True])
def test_deleted_stays_deleted_and_it_is_said(model, name, is_older):
    model.objects.get(name=name).delete()
    if is_older:
        forget()
    before = state()
    assert name in run()
    assert state() == before
    assert name in run()
    assert state() == before


@pytest.mark.parametrize("name", [bootstrap.PUBLISHERS])
def test_a_group_renamed_before_this_was_written_down(name):
    Group.objects.filter(name=name).update(name="值班组")
    forget()
    before = state()
    assert name in run()
    assert state() == before


def test_what_was_renamed_before_is_found_by_its_place():
    Workflow.objects.filter(name=bootstrap.WORKFLOW).update(name="三审三校")
    ReviewTask.objects.filter(name=bootstrap.FINAL).update(name="终审定稿")
    forget()
    before = state()
    run()
    assert state() == before
    assert Beginning.objects.known(Workflow, bootstrap.WORKFLOW).name == "三审三校"
    assert Beginning.objects.known(ReviewTask, bootstrap.FINAL).name == "终审定稿"


def test_a_site_from_before_the_offered_workflows_gets_them():
    Workflow.objects.filter(name__in=bootstrap.OFFERED.values()).delete()
    forget()
    run()
    assert Workflow.objects.filter(name__in=bootstrap.OFFERED.values()).count() == len(bootstrap.OFFERED)


def test_stages_follow_the_setting_whatever_they_are_called(settings):
    for name in (bootstrap.FIRST, bootstrap.FINAL, bootstrap.SECOND):
        ReviewTask.objects.filter(name=name).update(name=f"{name[-2:]}（本社）")
    settings.REVIEW_STAGES = 3
    run()
    workflow = HomePage.objects.first().get_workflow()
    assert [task.name for task in workflow.tasks] == ["初审（本社）", "复审（本社）", "终审（本社）"]
    assert all(task.specific.groups.exists() for task in workflow.tasks)


def test_a_workflow_that_was_taken_off_a_tree_is_not_put_back():
    home = HomePage.objects.get(locale__language_code=ENGLISH.code)
    WorkflowPage.objects.filter(page=home).delete()
    run()
    assert not WorkflowPage.objects.filter(page=home).exists()


def test_a_disabled_workflow_stays_disabled():
    Workflow.objects.filter(name=bootstrap.OFFERED[1]).update(active=False)
    run()
    assert Workflow.objects.get(name=bootstrap.OFFERED[1]).active is False
