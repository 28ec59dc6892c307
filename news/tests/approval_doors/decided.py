"""Approving what one wrote, or more of it than one person may."""

from django.urls import reverse

from news.translation.sync import fill_numbered

from .walk import MARK, attempt, door

SLIPPERY = {
    "a figure": ("It lasted 7 days.", "It lasted 9 days."),
    "a name": ("It began in Berlin.", "It began in Merlin."),
    "a negation": ("It is now closed.", "It is not closed."),
}


def agree(walk):
    walk.step("agree")
    walk.approve()


@door("%s_drafted")
def ones_own_words_at_the_last_stage(walk):
    """Somebody else changed another text, submitted it and approved the first stage."""
    walk.write(walk.sentence)
    if walk.version.is_original:
        walk.scene.edit(title="A week of cleaner air")
    walk.scene.submit(walk.version)
    walk.scene.go_on(walk.language, walk.scene.reviewer)
    walk.approve()
    agree(walk)


@door("%s_drafted")
def ones_own_words_at_both_stages(walk):
    walk.write(walk.sentence)
    walk.step("submit")
    walk.approve()
    walk.approve()
    walk.scene.go_on(walk.language, walk.scene.reviewer)
    walk.approve()


@door("%s_submitted")
def both_stages_by_one_person(walk):
    walk.write(walk.sentence)
    walk.approve()
    walk.approve()
    agree(walk)


@door("%s_at_last_stage", quick=True)
def ones_own_correction_at_the_last_stage(walk):
    walk.write(walk.sentence)
    walk.approve()
    agree(walk)


@door("%s_at_last_stage")
def a_correction_sent_along_with_the_approval(walk):
    """By the editor's button, which saves first."""
    walk.approve_in_the_editor(summary=walk.sentence)
    walk.approve_in_the_editor(summary=walk.sentence)
    agree(walk)


@door("%s_at_last_stage")
def a_correction_that_was_taken_away_and_put_back(walk):
    before = walk.version.newest.summary
    for words in (walk.sentence, before, walk.sentence):
        walk.write(words)
    walk.approve()
    agree(walk)


@door("%s_at_last_stage")
def a_correction_returned_by_oneself_and_submitted_anew(walk):
    walk.write(walk.sentence)
    walk.approve()
    walk.step("return", comment="Once more")
    walk.write(walk.sentence)
    walk.step("submit")
    walk.approve()
    agree(walk)


@door("%s_at_last_stage")
def a_correction_recalled_and_submitted_anew(walk):
    """Wagtail's own buttons: cancel, restart."""
    walk.write(walk.sentence)
    walk.edit("cancel-workflow")
    walk.edit("restart-workflow")
    walk.step("recall")
    walk.step("submit")
    walk.edit("submit")
    walk.approve()
    walk.scene.go_on(walk.language, walk.scene.reviewer)
    walk.approve()


@door("%s_at_last_stage")
def words_approved_and_taken_back_by_who_wrote_them(walk):
    walk.scene.go_on(walk.language, walk.scene.publisher)
    walk.step("take_back", reason="A slip")
    walk.write(walk.sentence)
    walk.step("submit")
    walk.approve()
    walk.scene.go_on(walk.language, walk.scene.reviewer)
    walk.approve()
    agree(walk)


@door("%s_at_last_stage")
def an_agreement_with_somebody_elses_corrections(walk):
    """Whoever may change the version may agree, and nobody else."""
    write_as(walk, walk.scene.publisher)
    walk.scene.go_on(walk.language, walk.scene.publisher)
    walk.write(walk.sentence)
    agree(walk)


@door("original_drafted", "original")
def a_slip_that_is_none(walk):
    scene = walk.scene
    for before, after in SLIPPERY.values():
        scene.edit(summary=before)
        attempt(scene.submit)
        scene.go_on(walk.language, scene.reviewer)
        walk.write(f"{after} {MARK}")
        walk.write(after)
        walk.approve()
        agree(walk)
        assert scene.original.approval is None
        scene.original.review.cancel(user=scene.author)


@door("translation_at_last_stage", "translation")
def a_link_put_in_place_and_signed_off(walk):
    walk.put_in_place()
    walk.approve()
    agree(walk)


@door("%s_submitted")
def a_former_stage_of_the_review(walk):
    """Its address still approves, one might think."""
    state = walk.page.current_workflow_task_state
    walk.approve_by_wagtails_view()
    walk.step("recall")
    walk.edit("cancel-workflow")
    attempt(walk.scene.submit, walk.version)
    walk.approve_by_wagtails_view(state)
    walk.approve_by_wagtails_view(state)


@door("%s_submitted")
def what_a_browser_says_beside_the_approval(walk):
    """Wagtail's editor hands on whatever stands in this field."""
    for extra in ('{"version": true}', '{"update": false}', '{"action_name": "approve"}', '{"user": 1}'):
        form = {"workflow-action-extra-data": extra}
        walk.approve_in_the_editor(**form)
        walk.approve_in_the_editor(**form, **{"workflow-action-name": "reject"})
    walk.approve()


@door("live")
def words_urgently_released_and_read_by_who_wrote_them(walk):
    walk.write(walk.sentence)
    languages = [version.language.code for version in walk.scene.pair.versions.values()]
    walk.step("urgent", languages=languages, reason="A storm", password="secret")
    walk.step("review_afterwards")


@door("live")
def words_written_beside_an_urgent_release(walk):
    """What is read afterwards is what went out."""
    walk.scene.edit(summary="Clean air at last.")
    publisher = walk.scene.publisher
    form = walk.scene.form("urgent", languages=["en"], reason="A storm", password="secret")
    del form["urgent-language"]
    walk.client.force_login(publisher)
    walk.client.post(reverse("newsroom_releases:act", args=[walk.scene.release.pk, "urgent"]), form)
    walk.client.force_login(walk.user)
    walk.write(walk.sentence)
    walk.step("review_afterwards")


def write_as(walk, user):
    if walk.version.is_original:
        walk.scene.edit(user=user, summary="Clean air over the whole of the harbour.")
    else:
        fill_numbered(walk.localized, {1: "各国代表今天上午在港口出席论坛隆重开幕。"}, user)
