"""Whoever belongs to one language changes nothing in the other, whatever address of the admin they send what to."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core import serializers
from django.urls import URLPattern, get_resolver
from wagtail.models import Page, PageViewRestriction, Revision, TaskState, WorkflowState
from wagtail_localize.models import SegmentOverride, StringTranslation, Translation

from home.languages import CHINESE, ENGLISH, other_language
from news.models import Approval, ArticlePage, Correction, Release

from .pairs import article_form, member_of
from .scene import Scene

pytestmark = pytest.mark.django_db

ROLES = {
    "English authors": ENGLISH,
    "Chinese authors": CHINESE,
    "English translators": ENGLISH,
    "Chinese translators": CHINESE,
}
STAGES = ["drafted", "in review", "approved", "live"]


def scene_at(stage):
    scene = Scene()
    if stage == "drafted":
        scene.submit()
        scene.reject()
        scene.fill()
    elif stage == "in review":
        scene.both_in_review()
    elif stage == "approved":
        scene.both_approved()
    else:
        scene.both_live()
        scene.edit(title="An update")
    return scene


def values_for(scene, version):
    """What stands for the parameters of an address."""
    page = version.page
    task_state = TaskState.objects.filter(workflow_state__object_id=str(page.pk)).order_by("-pk").first()
    translation = scene.translation.localized or Translation.objects.first()
    counterpart = scene.pair.counterpart(version).page
    return {
        "page_id": page.pk,
        "page_to_move_id": page.pk,
        "destination_id": page.get_parent().pk,
        "parent_page_id": page.get_parent().pk,
        "content_type_app_name": "news",
        "content_type_model_name": "articlepage",
        "revision_id": page.latest_revision_id,
        "revision_id_a": "earliest",
        "revision_id_b": "latest",
        "task_state_id": task_state.pk if task_state else 0,
        "task_id": task_state.task_id if task_state else 0,
        "action_name": ["approve", "reject"],
        "release_id": scene.release.pk,
        # The paragraphs are the translation's own.
        "translation_id": translation.pk if not version.is_original else 0,
        "translation_source_id": translation.source_id,
        "string_segment_id": translation.source.stringsegment_set.first().pk,
        "overridable_segment_id": 0,
        "name": ["submit", "recall", "approve", "return", "take_back", "withdraw", "release", "urgent", "schedule"],
        "app_label": "wagtailcore",
        "model_name": "page",
        "action": ["publish", "unpublish", "delete", "move"],
        "other": counterpart.pk,
    }


def patterns(resolver=None, prefix=""):
    """(route, names of its parameters) of every address below /cms/."""
    for entry in (resolver or get_resolver()).url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            if route.startswith("cms/"):
                yield route, list(entry.pattern.converters)
        elif not prefix or route.startswith("cms/"):
            yield from patterns(entry, route)


def addresses(values):
    for route, names in patterns():
        takes_page = {"page_id", "page_to_move_id", "release_id", "translation_id", "translation_source_id", "action"}
        if not takes_page & set(names) or not set(names) <= set(values) or "(?" in route:
            continue
        routes = [route]
        for name in names:
            choices = values[name] if isinstance(values[name], list) else [values[name]]
            routes = [re.sub(rf"<(\w+:)?{name}>", str(choice), part) for part in routes for choice in choices]
        yield from (f"/{part}" for part in routes)


def state_of(language):
    """Everything of one language that a request could change."""
    pages = ArticlePage.objects.filter(locale__language_code=language.code)
    keys = [str(pk) for pk in pages.values_list("pk", flat=True)]
    states = WorkflowState.objects.filter(object_id__in=keys)
    found = [
        *Page.objects.filter(pk__in=keys),
        *pages,
        *Revision.objects.filter(object_id__in=keys),
        *states,
        *TaskState.objects.filter(workflow_state__in=states),
        *StringTranslation.objects.filter(locale__language_code=language.code),
        *SegmentOverride.objects.filter(locale__language_code=language.code),
        *Approval.objects.filter(language=language.code),
        *PageViewRestriction.objects.filter(page__in=keys),
    ]
    return serializers.serialize("json", found, indent=1)


def release_state():
    return serializers.serialize("json", [*Release.objects.all(), *Correction.objects.all()], indent=1)


FORM = {
    **article_form(title="Canary"),
    "comment": "Canary",
    "reason": "Canary",
    "restriction_type": "login",
    "new_slug": "canary",
    "new_title": "Canary",
}
BUTTONS = ["action-publish", "action-submit", "action-cancel-workflow", "action-restart-workflow"]


CASES = [(role, stage) for role in ROLES for stage in STAGES]
IN_SHORT = {("Chinese translators", "in review")}
"""Both are tried with each other at night."""
IN_FULL = {
    ("English authors", "live"),
    ("Chinese authors", "approved"),
}


def marks(case):
    return [] if case in IN_SHORT else pytest.mark.full if case in IN_FULL else pytest.mark.nightly


@pytest.mark.parametrize(("role", "stage"), [pytest.param(*case, marks=marks(case)) for case in CASES])
def test_nothing_of_the_other_language_can_be_changed(client, role, stage):
    scene = scene_at(stage)
    theirs = ROLES[role]
    other = other_language(theirs)
    version = scene.pair.versions[other]
    client.force_login(member_of(role, username="somebody"))
    client.raise_request_exception = False
    tried = 0
    for url in addresses(values_for(scene, version)):
        if url.endswith("/duplicate/"):  # makes another release, in their own language: see test_duplicate
            continue
        before = state_of(other), release_state()
        step = url.rstrip("/").rsplit("/", maxsplit=1)[-1]
        steps = {f"{step}-{name}": value for name, value in {**FORM, "language": other.code}.items()}
        client.get(url)
        for data in [{**FORM, **steps}, *({**FORM, button: "1"} for button in BUTTONS if url.endswith("/edit/"))]:
            client.post(url if "bulk" not in url else f"{url}?id={version.page.pk}", data)
            tried += 1
        client.put(url, "value=Canary", content_type="application/x-www-form-urlencoded")
        assert (state_of(other), release_state()) == before, url
    assert tried > 40
    assert get_user_model().objects.get(username="somebody").is_active
