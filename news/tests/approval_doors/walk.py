"""Somebody walking through a door, and where they start from."""

import json
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import NamedTuple

from django.contrib.messages import get_messages
from django.db import transaction
from django.test.client import MULTIPART_CONTENT
from django.urls import reverse
from django.utils.http import urlencode
from wagtail.documents.models import Document
from wagtail.log_actions import registry
from wagtail.models import Revision, TaskState, WorkflowPage, WorkflowTask
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text
from wagtail_localize.models import SegmentOverride, StringTranslation

from home.gate import Refused
from home.images import CustomImage
from news.demo.build import make_image
from news.models import Approval, SignOff
from news.tests.doors import admin
from news.tests.drawn import mark
from news.tests.scene import BOTH, WORDS, Scene, remembered
from news.translation.sync import fill_numbered

MARK = "Canary"
MARKS = (MARK, "金丝雀")
"""In all that who walks through a door types, and in nothing else."""
SENTENCES = (f"{MARK} air in every district of the city.", f"{MARKS[1]}所在各区空气清新。")
ADDRESS = "https://example.org/a"
SUMMARY = 1
"""Its number among the texts."""
LINK = re.compile(r'href="[^"]*"')
FORM = "application/x-www-form-urlencoded"


def picture_of(name):
    return make_image(name, mark("waves"), (("Waves at the shore", "岸边的波浪"), ("", "")))


class Newsroom(Scene):
    """A release with a picture and a link, at the stages where doors begin."""

    def fill(self, words=None, user=None):
        """All paragraphs, links and all; what says something new is said otherwise, too."""
        side = BOTH.index(self.language)
        texts = {}
        for number, paragraph in enumerate(self.translation.paragraphs):
            said = paragraph.source
            for pair in WORDS:
                said = said.replace(pair[side], pair[1 - side])
            texts[number] = said if said != paragraph.source else BOTH_SAY[1 - side]
        fill_numbered(self.translation.localized, texts, user or self.translator)

    def link_to(self, address):
        """Another link in the original, in the block that is there."""
        draft = self.original.page.get_latest_revision_as_object()
        blocks = [{**block, "value": LINK.sub(f'href="{address}"', block["value"])} for block in draft.body.raw_data]
        self.edit(body=json.dumps(blocks))

    def go_on(self, language, *users):
        """These approve, whoever of them may by now."""
        for user in users:
            version = self.pair.versions[language]
            if version.page is not None and "approve" in version.actions_for(user):
                attempt(self.act, version, user, "approve")

    @remembered
    def original_drafted(self):
        self.picture = picture_of("waves")
        text = WORDS[2][BOTH.index(self.language)]
        self.edit(body=[("paragraph", f'<p><a href="{ADDRESS}">{text}</a></p>')], lead_image=self.picture)
        return self

    @remembered
    def translation_drafted(self):
        self.original_drafted().original_approved()
        self.fill()
        return self

    @remembered
    def original_submitted(self):
        self.original_drafted().submit()
        return self

    @remembered
    def translation_submitted(self):
        self.translation_drafted().submit(self.translation)
        return self

    @remembered
    def original_at_last_stage(self):
        self.original_submitted().act(self.original, self.reviewer, "approve")
        return self

    @remembered
    def translation_at_last_stage(self):
        self.translation_submitted().act(self.translation, self.reviewer, "approve")
        return self

    @remembered
    def ready(self):
        return self.original_drafted().both_approved()

    @remembered
    def live(self):
        return self.original_drafted().both_live()


BOTH_SAY = ("Somebody has said something else.", "有人另有说法。")


def attempt(function, *arguments, **options):
    """What is refused changes nothing."""
    with suppress(Refused), transaction.atomic():
        return function(*arguments, **options)


class Walk:
    """By the views of the admin, each answer kept."""

    def __init__(self, client, scene, language, user):
        self.client, self.scene, self.language, self.user = client, scene, language, user
        self.answers = []
        client.force_login(user)

    # Where it is -----------------------------------------------------------------------------------------------------

    @property
    def version(self):
        return self.scene.pair.versions[self.language]

    @property
    def page(self):
        return self.version.page

    @property
    def author(self):
        return self.scene.author if self.version.is_original else self.scene.translator

    @property
    def sentence(self):
        """To write, in which the checks find nothing."""
        return SENTENCES[BOTH.index(self.language)]

    @cached_property
    def localized(self):
        """Of the translation, whichever version the walk is about."""
        return self.scene.translation.localized

    @property
    def what_stands(self):
        """Otherwise after whatever has an effect."""
        pages = [page.pk for page in self.scene.pair.pages]
        rows = [
            Approval.objects.values_list("pk", "revoked_at"),
            Revision.objects.values_list("pk", "content"),
            SignOff.objects.values_list("pk", "agreed_by"),
            TaskState.objects.values_list("pk", "status"),
            StringTranslation.objects.values_list("pk", "data"),
            SegmentOverride.objects.values_list("pk", "data_json"),
            self.scene.release.corrections.values_list("pk", "note_en"),
            WorkflowTask.objects.values_list("workflow", "task", "task__active"),
            WorkflowPage.objects.values_list("page", "workflow__active"),
            CustomImage.objects.values_list("pk", "file_hash", "alt_en"),
            Document.objects.values_list("pk", "file_hash", "title"),
        ]
        logs = [registry.get_logs_for_instance(page).count() for page in self.scene.pair.pages]
        release = self.scene.release
        return [pages, logs, release.release_at, release.kind, *map(list, rows)]

    # What is done ----------------------------------------------------------------------------------------------------

    def ask(self, method, address, data=None, **options):
        answer = getattr(self.client, method)(address, data, **options)
        self.answers.append(answer)
        return answer

    def post(self, address, data=None, **options):
        return self.ask("post", address, data or {}, **{"content_type": MULTIPART_CONTENT, **options})

    def localize(self, method, name, *arguments, **data):
        address = reverse(f"wagtail_localize:{name}", args=arguments)
        if method == "post":
            return self.post(address, data)
        return self.ask(method, address, urlencode(data), content_type=FORM)

    def step(self, name, **fields):
        """As a browser sends it that has just been shown the form, unless `fields` say otherwise."""
        form = self.scene.form(name, **{"language": self.language.code, **fields})
        return self.post(reverse("newsroom_releases:act", args=[self.scene.release.pk, name]), form)

    def edit(self, action=None, page=None, **fields):
        """The page editor's form, with all that the newest draft says but for `fields`."""
        page = page or self.page
        form = {**form_of(page.get_latest_revision_as_object(), **fields)}
        return self.post(admin("edit", page.pk), {**form, f"action-{action}": "1"} if action else form)

    def write(self, words=MARK):
        """Another summary, wherever the version is written."""
        if self.version.localized is None:
            return self.edit(summary=words)
        segment = self.localized.source.stringsegment_set.order_by("order")[SUMMARY]
        return self.localize("put", "edit_string_translation", self.localized.pk, segment.pk, value=words)

    def put_in_place(self, address=f"https://example.org/{MARK}", method="put"):
        """Of the link that the original has."""
        segment = self.localized.source.overridablesegment_set.get(data_json__contains=ADDRESS)
        data = {"value": address} if method == "put" else {}
        return self.localize(method, "edit_override", self.localized.pk, segment.pk, **data)

    # Approving -------------------------------------------------------------------------------------------------------

    def approve_by_step(self):
        self.step("approve")
        self.step("approve_with_remark", comment="Read")

    def approve_by_wagtails_view(self, state=None):
        state = state or self.page.current_workflow_task_state
        if state is not None:
            self.post(admin("workflow_action", self.page.pk, "approve", state.pk), {"comment": "Read"})
            self.post(admin("collect_workflow_action_data", self.page.pk, "approve", state.pk), {"comment": "Read"})

    def approve_in_the_editor(self, **fields):
        form = {"workflow-action-name": "approve", **fields}
        page = self.page
        draft = form_of(page.get_latest_revision_as_object())
        self.post(admin("edit", page.pk), {**draft, **form, "action-workflow-action": "1"})

    def approve(self):
        """In every way."""
        self.approve_by_wagtails_view()
        self.approve_in_the_editor()
        self.approve_by_step()

    # What came of it -------------------------------------------------------------------------------------------------

    def is_refused_in_words(self):
        return any(answer.status_code in (403, 412, 422) or any(messages_of(answer)) for answer in self.answers)

    def decisions(self):
        """What this person has approved or signed."""
        yield from Approval.objects.filter(user=self.user)
        yield from SignOff.objects.filter(user=self.user)
        yield from SignOff.objects.filter(agreed_by=self.user)
        yield from TaskState.objects.filter(finished_by=self.user, status=TaskState.STATUS_APPROVED)
        yield from self.scene.release.corrections.filter(opened_by=self.user)
        if self.scene.release.release_at:
            yield self.scene.release


def messages_of(answer):
    request = getattr(answer, "wsgi_request", None)
    return [message for message in get_messages(request) if message.level_tag in ("error", "warning")]


def form_of(page, **fields):
    """What the editor sends for a draft of an article that has paragraphs alone."""
    blocks = [
        {"type": "paragraph", "id": block.id, "value": rich_text(block.value.source), "deleted": "", "order": number}
        for number, block in enumerate(page.body)
    ]
    body = {"count": len(blocks), **dict(enumerate(blocks))}
    form = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "source": page.source,
        "date": page.date.strftime("%Y-%m-%d %H:%M") if page.date else "",
        "lead_image": page.lead_image_id or "",
        "body": {str(key): value for key, value in body.items()},
        "article_partners": inline_formset([]),
        "article_topics": inline_formset([]),
        "comments": inline_formset([]),
    }
    return nested_form_data({**form, **fields})


EITHER = ("original", "translation")


class Door(NamedTuple):
    given: str
    """The stage of a Newsroom where it begins; `%s` stands for the version that the walk is about."""
    go: Callable[[Walk], None]
    versions: tuple[str, ...]
    """Whose door it is."""
    is_quick: bool
    """Whether it is tried each time, for the first of these: the others are many, and each takes a second."""


DOORS: dict[str, Door] = {}
"""By name."""
UNSEEN: dict[str, Door] = {}
"""By these nothing may be decided: it was not shown."""


def door(given, *versions, doors=DOORS, quick=False):
    def register(go):
        doors[go.__name__.replace("_", " ")] = Door(given, go, versions or EITHER, quick)
        return go

    return register
