"""A release's own screens: the correction of what is public, and every step of the register."""

import json

from home.languages import ENGLISH
from news.admin.steps import REGISTER as STEPS
from news.bootstrap import BILINGUAL_REVIEWERS
from news.models import Correction
from news.pair.version import VersionState
from news.release.claims import claim_for_writing
from news.release.correction import correct
from news.release.freezing import freeze
from news.release.kinds import adapt
from news.release.publishing import urgent
from news.release.review import take_back
from news.release.schedule import schedule
from news.tests.scene import moment
from news.translation.texts import texts_of

from .pages import BODY, live, peopled
from .register import (
    ADMINISTRATOR,
    EDITORS,
    EDITORS_OF_CHINESE,
    EDITORS_OF_ENGLISH,
    PUBLISHING,
    REVIEWING,
    STAFF,
    posted,
    reads,
)

RELEASE = "cms/releases/<int:release_id>/"


def page_of(scene):
    return f"/cms/releases/{scene.release.pk}/"


# Corrections ---------------------------------------------------------------------------------------------------------

FIGURE = {"kind": "correction", "note_en": "It opened a day earlier.", "note_zh_hans": "论坛开幕日期更正。"}
SLIP = {ENGLISH: {2: "The forum has opened."}}


@posted(f"{RELEASE}correct-texts/", may=EDITORS, given=live)
def correct_what_is_public_on_one_screen(visitor, scene):
    """Each in the languages they may change; the other's texts are only to be read."""
    form = visitor.form(release_id=scene.release.pk)
    texts = {}
    if visitor.role in EDITORS_OF_ENGLISH:
        texts["en-2"] = "The forum opened on 5 June."
    if visitor.role in EDITORS_OF_CHINESE:
        texts["zh-hans-2"] = "论坛于6月5日开幕。"
    form.send(**FIGURE, **texts)
    assert Correction.objects.get().note_zh_hans == FIGURE["note_zh_hans"]
    newest = str([texts_of(version.newest) for version in scene.pair.versions.values()])
    assert all(text in newest for text in texts.values())


# Steps ---------------------------------------------------------------------------------------------------------------


def in_review():
    """Both versions, at the first stage, somebody else's."""
    return peopled().both_in_review()


def returned():
    """The original, asked for changes; the translation complete and not submitted."""
    scene = peopled()
    scene.submit()
    scene.fill()
    scene.reject()
    return scene


def approved():
    return peopled().both_approved()


def scheduled():
    scene = approved()
    schedule(scene.release, moment(days=2), scene.publisher)
    return scene


def edited():
    """Public, and written on."""
    scene = live()
    scene.edit(date=moment(days=-1), user=scene.translator)
    return scene


def claimed():
    scene = in_review()
    claim_for_writing(scene.page, scene.reviewer)
    return scene


def frozen():
    scene = returned()
    freeze(scene.release, scene.publisher)
    return scene


def corrected():
    scene = live()
    correct(scene.release, scene.translator, "correction", "It has opened.", "论坛已开幕。", SLIP)
    return scene


def urgently_released():
    scene = returned()
    urgent(scene.release, [ENGLISH], scene.publisher, "A storm.", "secret")
    return scene


def updated():
    """Public in both languages; an update of the original is approved, which the translation does not need."""
    return live().update("A week of clean air and wind")


def adapted():
    scene = returned()
    adapt(scene.release, scene.publisher)
    return scene


def taken_back():
    scene = approved()
    take_back(scene.original.page, scene.publisher, "A slip.")
    return scene


def signed_off():
    """By the publisher of the scene, with corrections."""
    scene = peopled()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    scene.edit(summary="Clean air, for a week in the whole city.", user=scene.publisher)
    scene.act(scene.original, scene.publisher, "approve")
    return scene


def is_in(state, language="original"):
    return lambda scene: getattr(scene, language).state == state


AT_FIRST_STAGE = frozenset([BILINGUAL_REVIEWERS, ADMINISTRATOR])
HERE = {"language": "en"}
REASON = {"reason": "外事部门要求"}
STEP_ENTRIES = {
    # step: (the release before, who may, what they type, what is so afterwards)
    "submit": (returned, EDITORS_OF_ENGLISH, HERE, is_in(VersionState.IN_REVIEW)),
    "approve": (in_review, AT_FIRST_STAGE, HERE, lambda scene: scene.original.is_at_last_stage),
    "approve_with_remark": (
        in_review,
        AT_FIRST_STAGE,
        {**HERE, "comment": "很好。"},
        lambda scene: scene.original.is_at_last_stage,
    ),
    "return": (in_review, AT_FIRST_STAGE, {**HERE, "comment": "再短些。"}, is_in(VersionState.CHANGES_ASKED)),
    "agree": (signed_off, EDITORS_OF_ENGLISH, HERE, is_in(VersionState.APPROVED)),
    "take_back": (approved, EDITORS_OF_ENGLISH, {**HERE, **REASON}, is_in(VersionState.DRAFTING)),
    "hand_over": (
        returned,
        EDITORS_OF_ENGLISH,
        {**HERE, "due": "2030-01-01", "note": "请看。"},
        lambda scene: scene.original.assignment.note == "请看。",
    ),
    "release": (approved, PUBLISHING, {}, lambda scene: len(scene.live_titles()) == 2),
    "schedule": (approved, PUBLISHING, {"at": "2099-01-01T09:00"}, lambda scene: scene.release.release_at.year == 2099),
    "break_embargo": (
        scheduled,
        PUBLISHING,
        {**REASON, "password": "secret"},
        lambda scene: len(scene.live_titles()) == 2,
    ),
    "unschedule": (scheduled, PUBLISHING, REASON, lambda scene: scene.release.release_at is None),
    "release_single": (
        approved,
        PUBLISHING,
        {**HERE, **REASON, "confirmed": "on"},
        lambda scene: list(scene.live_titles()) == ["en"],
    ),
    "take_over": (claimed, AT_FIRST_STAGE, HERE, lambda scene: scene.original.claim.user != scene.reviewer),
    "freeze": (returned, PUBLISHING, {}, lambda scene: scene.pair.is_frozen),
    "thaw": (frozen, PUBLISHING, {}, lambda scene: not scene.pair.is_frozen),
    "urgent": (
        returned,
        PUBLISHING,
        {**REASON, "languages": ["en", "zh-hans"], "password": "secret"},
        lambda scene: len(scene.live_titles()) == 2,
    ),
    "review_afterwards": (
        urgently_released,
        REVIEWING,
        {},
        lambda scene: not scene.pair.review_afterwards_due,
    ),
    "no_update_needed": (updated, PUBLISHING, {}, lambda scene: not scene.translation.is_stale),
    "correct": (edited, EDITORS, FIGURE, lambda scene: scene.pair.correction is not None),
    "approve_correction": (
        corrected,
        REVIEWING,
        {},
        is_in(VersionState.APPROVED),
    ),
    "drop_correction": (
        corrected,
        REVIEWING,
        {},
        lambda scene: scene.pair.correction is None,
    ),
    "withdraw": (
        live,
        PUBLISHING,
        {**REASON, "languages": ["en", "zh-hans"]},
        lambda scene: not scene.live_titles(),
    ),
    "change_address": (
        live,
        PUBLISHING,
        {"slug": "clean-air"},
        lambda scene: {page.slug for page in scene.pair.pages} == {"clean-air"},
    ),
    "restrict": (
        live,
        PUBLISHING,
        {"restriction_type": "password", "password": "open"},
        lambda scene: all(page.get_view_restrictions().exists() for page in scene.pair.pages),
    ),
    "adapt": (returned, EDITORS_OF_CHINESE, {}, lambda scene: scene.release.kind == "adapted"),
    "translate_fully": (adapted, EDITORS_OF_CHINESE, {}, lambda scene: scene.release.kind == "full"),
}


def take_a_step(visitor, scene):
    name = visitor.address.split("/")[-2]
    send_a_step(visitor, scene, name, *STEP_ENTRIES[name][2:])


def send_a_step(visitor, scene, name, typed, is_done):
    typed = {**typed, "to": scene.publisher.pk} if name == "hand_over" else typed
    if name == "urgent":  # its form is for whoever has opened it
        visitor.form(to=page_of(scene), holding="freeze-language").send()
    form = visitor.form(to=page_of(scene), holding=f"{name}-language")
    form.send(**{f"{name}-{field}": typed[field] for field in typed})
    assert any(str(STEPS[name].done) in words for words in visitor.said)
    assert is_done(scene)


for name, (given, may, _typed, _is_done) in STEP_ENTRIES.items():
    posted(f"{RELEASE}{name}/", may=may, given=given)(take_a_step)


@posted(f"{RELEASE}let_go/", may=AT_FIRST_STAGE, given=in_review)
def let_others_write_again(visitor, scene):
    claim_for_writing(scene.page, visitor.user or scene.reviewer)
    form = visitor.form(to=page_of(scene), holding="let_go-language")
    form.send(**{"let_go-language": "en"})
    assert any(str(STEPS["let_go"].done) in words for words in visitor.said)
    assert scene.original.claim is None


def submitted_by(visitor, scene):
    """That it was the visitor who submitted it."""
    scene.original.review.__class__.objects.filter(pk=scene.original.review.pk).update(requested_by=visitor.user)


@posted(f"{RELEASE}recall/", may=STAFF, given=in_review)
def recall_what_one_submitted(visitor, scene):
    submitted_by(visitor, scene)
    form = visitor.form(to=page_of(scene), holding="recall-language")
    form.send(**{"recall-language": "en"})
    assert scene.original.state == VersionState.DRAFTING


@posted(f"{RELEASE}recall/", may=AT_FIRST_STAGE, given=in_review)
def recall_what_somebody_else_submitted(visitor, scene):
    """It is offered to none of them; Wagtail lets those cancel a review whose turn it is."""
    visitor.post({"recall-language": "en"}, release_id=scene.release.pk)
    assert scene.original.state == VersionState.DRAFTING


# Wagtail's own buttons -----------------------------------------------------------------------------------------------

ACTION = "cms/pages/workflow/{}/<int:page_id>/{}/<int:task_state_id>/"


def on_task(scene):
    return {"page_id": scene.page.pk, "task_state_id": scene.original.task_state.pk}


@posted(ACTION.format("action", "approve"), may=AT_FIRST_STAGE, given=in_review)
def approve_in_wagtails_way(visitor, scene):
    visitor.form(**on_task(scene)).send(comment="很好。")
    assert scene.original.is_at_last_stage


@posted(ACTION.format("action", "reject"), may=AT_FIRST_STAGE, given=in_review)
def return_in_wagtails_way(visitor, scene):
    visitor.form(**on_task(scene)).send(comment="再短些。")
    assert scene.original.state == VersionState.CHANGES_ASKED


@posted(
    ACTION.format("collect_action_data", "approve"),
    ACTION.format("collect_action_data", "reject"),
    may=AT_FIRST_STAGE,
    given=in_review,
)
def remark_before_the_editor_is_saved(visitor, scene):
    answer = visitor.form(**on_task(scene)).send(comment="很好。").json()
    assert answer["cleaned_data"] == {"comment": "很好。"}


EDIT = "cms/pages/<int:page_id>/edit/"


@posted(EDIT, may=AT_FIRST_STAGE, given=in_review)
def approve_from_the_editor(visitor, scene):
    form = visitor.form(page_id=scene.page.pk)
    decision = {"action-workflow-action": "true", "workflow-action-name": "approve"}
    form.fill(BODY).send(**decision, **{"workflow-action-extra-data": json.dumps({"comment": "很好。"})})
    assert scene.original.is_at_last_stage


@posted(EDIT, may=AT_FIRST_STAGE, given=in_review)
def cancel_a_review_in_the_editor(visitor, scene):
    form = visitor.form(page_id=scene.page.pk)
    form.fill(BODY).send(**{"action-cancel-workflow": "Cancel"})
    assert scene.original.state == VersionState.DRAFTING


reads(
    "what a release says",
    RELEASE,
    "cms/releases/elsewhere/",
    "cms/releases/library-words/<int:page_id>/",
    *(f"{RELEASE}{name}" for name in ("trail.csv", "sheet/", "findings/", "preview/", "preview/stamps/")),
    f"{RELEASE}preview/<slug:language>/",
)
