"""Stages by page type and topic: rule 31."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import translation
from wagtail.models import Workflow, WorkflowState, WorkflowTask

from home.languages import CHINESE, ENGLISH
from news import bootstrap
from news.models import ArticleTopic, ReviewRule, Topic
from news.pair.stages import assigned_to

from .pairs import member_of
from .scene import Scene

pytestmark = pytest.mark.django_db
ONE, TWO, THREE = (bootstrap.OFFERED[count] for count in (1, 2, 3))
ARTICLE, PROFILE = "news.ArticlePage", "news.PartnerPage"


def rule(name, page_type="", topic=None):
    made = ReviewRule(page_type=page_type, topic=topic, workflow=Workflow.objects.get(name=name))
    made.full_clean()
    made.save()
    return made


def topic(slug):
    return Topic.objects.create(slug=slug, name_en=slug.title(), name_zh_hans=f"{slug}类")


def about(scene, *topics, user=None):
    page = scene.fresh(scene.original).get_latest_revision_as_object()
    page.article_topics = [ArticleTopic(topic=topic, locale=page.locale) for topic in topics]
    page.save_revision(user=user or scene.author)


def name_of(scene, version=None):
    return scene.fresh(version or scene.original).get_workflow().name


@pytest.fixture(params=[ENGLISH, pytest.param(CHINESE, marks=pytest.mark.full)], ids=["English", "Chinese"])
def scene(request):
    return Scene(original=request.param)


def test_workflows_of_one_two_and_three_stages_are_offered():
    stages = {
        name: list(
            WorkflowTask.objects.filter(workflow__name=name).order_by("sort_order").values_list("task__name", flat=True)
        )
        for name in (ONE, TWO, THREE)
    }
    assert stages == {name: bootstrap.REVIEWS[count] for count, name in bootstrap.OFFERED.items()}


def test_what_an_office_made_of_them_stays():
    WorkflowTask.objects.filter(workflow__name=THREE).first().delete()
    Workflow.objects.get(name=ONE).deactivate()
    bootstrap.bootstrap()
    assert WorkflowTask.objects.filter(workflow__name=THREE).count() == 2
    assert not Workflow.objects.get(name=ONE).active


def test_without_a_rule_the_sections_workflow_holds(scene):
    assert name_of(scene) == bootstrap.WORKFLOW
    rule(ONE, PROFILE)
    assert name_of(scene) == bootstrap.WORKFLOW


def test_a_topic_goes_before_the_kind_and_the_longest_of_several_holds(scene):
    notices, reports = topic("notices"), topic("reports")
    rule(TWO, ARTICLE)
    assert name_of(scene) == TWO
    rule(ONE, topic=notices)
    about(scene, notices)
    assert name_of(scene) == ONE
    rule(THREE, topic=reports)
    about(scene, notices, reports)
    assert name_of(scene) == THREE
    rule(TWO, ARTICLE, reports)
    about(scene, reports)
    assert name_of(scene) == TWO


def test_both_languages_pass_the_stages_of_the_originals_newest_draft(scene):
    notices = topic("notices")
    rule(ONE, topic=notices)
    scene.submit()
    scene.reject()
    about(scene, notices)
    assert name_of(scene, scene.translation) == ONE
    assert scene.translation.page.article_topics.count() == 0
    scene.fill()
    scene.submit(scene.translation)
    assert scene.translation.review.workflow.name == ONE


def test_one_stage_is_enough_for_a_notice(scene):
    notices = topic("notices")
    rule(ONE, topic=notices)
    about(scene, notices)
    scene.submit()
    assert scene.original.is_at_last_stage
    scene.act(scene.original, scene.publisher, "approve")
    assert scene.original.is_pending


def test_three_stages_take_three_people(scene):
    rule(THREE, ARTICLE)
    scene.submit()
    for user in (scene.reviewer, scene.second, scene.publisher):
        assert not scene.original.is_pending
        scene.act(scene.original, user, "approve")
    assert scene.original.is_pending


def test_submitting_in_the_editor_goes_by_the_topics_just_chosen(client, scene):
    from .pairs import article_form

    notices = topic("notices")
    rule(ONE, topic=notices)
    client.force_login(scene.author)
    page = scene.page
    form = article_form(topics=[notices], title=page.title, slug=page.slug, **{"action-submit": "on"})
    assert client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form).status_code == 302
    assert scene.original.review.workflow.name == ONE


def test_a_review_under_way_keeps_its_workflow(scene):
    made = rule(ONE, ARTICLE)
    scene.submit()
    made.workflow = Workflow.objects.get(name=THREE)
    made.save()
    made.delete()
    WorkflowTask.objects.get(workflow__name=TWO, task__name=bootstrap.FIRST).save()
    assert scene.original.review.workflow.name == ONE
    scene.reject()
    scene.edit(title="Another")
    scene.submit()
    assert scene.original.review.workflow.name == ONE
    scene.act(scene.original, scene.publisher, "approve")
    assert scene.original.is_pending


@pytest.mark.parametrize("way", ["deactivated", "deleted", "without a stage"])
def test_where_its_workflow_is_gone_a_rule_is_passed_over_and_it_is_said(client, scene, way):
    made = rule(ONE, ARTICLE)
    workflow = made.workflow
    if way == "deactivated":
        workflow.deactivate()
    elif way == "deleted":
        workflow.delete()
    else:
        workflow.workflow_tasks.all().delete()
    assert name_of(scene) == bootstrap.WORKFLOW
    client.force_login(scene.author)
    html = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert "is not in force" in html
    client.force_login(scene.publisher)
    listed = client.get(reverse("wagtailsnippets_news_reviewrule:list")).content.decode()
    assert "Not in force" in listed
    assert ONE in listed


def test_the_narrower_rule_that_is_gone_leaves_the_wider_one(scene):
    notices = topic("notices")
    rule(TWO, ARTICLE)
    rule(ONE, topic=notices).workflow.deactivate()
    about(scene, notices)
    assigned = assigned_to(scene.page)
    assert assigned.workflow.name == TWO
    assert [one.topic for one in assigned.passed_over] == [notices]


def test_what_waits_goes_back_where_a_rules_workflow_is_disabled(scene):
    made = rule(ONE, ARTICLE)
    scene.submit()
    made.workflow.deactivate()
    assert scene.original.review is None
    assert "end_review" in scene.actions(scene.original)
    scene.submit()
    assert scene.original.review.workflow.name == bootstrap.WORKFLOW
    assert WorkflowState.objects.filter(status=WorkflowState.STATUS_APPROVED).count() == 0


# What a rule may say -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page_type", "has_topic", "message"),
    [
        ("", False, "a kind of page, a topic, or both"),
        ("wagtailcore.Page", False, "no such kind"),
        ("nonsense", False, "no such kind"),
        (PROFILE, True, "have no topics"),
    ],
)
def test_what_says_nothing_is_refused(page_type, has_topic, message):
    with pytest.raises(ValidationError, match=message):
        rule(ONE, page_type, topic("notices") if has_topic else None)


def test_there_is_one_rule_of_a_kind():
    notices = topic("notices")
    for kind, about_it in ((ARTICLE, None), ("", notices), (ARTICLE, notices)):
        rule(ONE, kind, about_it)
        with pytest.raises(ValidationError, match="There is a rule"):
            rule(TWO, kind, about_it)


def test_a_disabled_workflow_cannot_be_chosen():
    Workflow.objects.get(name=ONE).deactivate()
    with pytest.raises(ValidationError, match="disabled"):
        rule(ONE, ARTICLE)


@pytest.mark.parametrize(
    ("language", "sentence"), [("en", "News releases on “Notices” pass “"), ("zh-hans", "主题为“notices类”的新闻稿")]
)
def test_the_list_reads_as_sentences(client, language, sentence):
    made = rule(ONE, ARTICLE, topic("notices"))
    with translation.override(language):
        assert sentence in str(made)
        assert ONE in str(made)


def test_publishers_write_rules_and_nobody_else(client):
    for group, status in (("Publishers", 200), ("Bilingual reviewers", 302)):
        client.force_login(member_of(group, username=group.split()[0].lower()))
        assert client.get(reverse("wagtailsnippets_news_reviewrule:list")).status_code == status
    client.force_login(member_of("Publishers", username="petra"))
    add = reverse("wagtailsnippets_news_reviewrule:add")
    form = {"page_type": ARTICLE, "topic": "", "workflow": Workflow.objects.get(name=TWO).pk}
    assert client.post(add, form).status_code == 302
    assert ReviewRule.objects.get().workflow.name == TWO
    answer = client.post(add, form)
    assert "There is a rule for this already" in answer.content.decode()
    assert reverse("wagtailsnippets_news_reviewrule:list") in client.get(reverse("wagtailadmin_home")).content.decode()
