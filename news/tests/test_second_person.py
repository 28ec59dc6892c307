"""Rule 16: whoever wrote part of what differs is not its second person; what an approver corrects has one, too."""

import pytest
from django.urls import reverse

from news.models import Authorship, GlossaryTerm, SignOff
from news.pair.face import FaceChange
from news.pair.refusals import ChangedSinceSubmission, NothingToAgreeTo, SecondPersonNeeded, WaitsForAYes, WrittenByYou
from news.pair.rules import corrections
from news.pair.slips import is_slip
from news.release.correction import approve_correction, correct
from news.release.publishing import release_both
from news.release.review import agree
from news.translation.parts import Part, PartKind
from news.translation.sync import fill_numbered

from .pairs import DATE, member_of
from .scene import ENGLISH, Scene

pytestmark = pytest.mark.django_db
LONGER = "The forum opened in the harbour this morning."


def at_last_stage(user=None, **changes):
    """The original, corrected by the publisher while they read it."""
    scene = Scene()
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    if changes:
        scene.edit(user=user or scene.publisher, **changes)
    return scene


def sign(scene, user=None):
    scene.act(scene.original, user or scene.publisher, "approve")


# Who wrote what ------------------------------------------------------------------------------------------------------


def test_each_field_block_and_paragraph_is_written_down_once_with_its_author():
    scene = Scene()
    assert scene.page
    written = set(Authorship.objects.values_list("language", "unit", "user__username"))
    block = next(unit for _language, unit, _user in written if unit.startswith("body."))
    assert {("en", "title", "author"), ("en", "summary", "author"), ("en", block, "author")} <= written
    Authorship.objects.all().delete()
    scene.edit(user=scene.reviewer, date=DATE)
    assert list(Authorship.objects.values_list("unit", "user__username")) == [("date", "reviewer")]
    scene.edit(user=scene.second)  # the form sent back as it was
    assert Authorship.objects.count() == 1
    scene.submit()
    scene.fill()
    chinese = set(Authorship.objects.filter(language="zh-hans").values_list("unit", "user__username"))
    assert chinese == {(unit, "translator") for unit in ("title", "summary", block)}
    count = Authorship.objects.count()
    scene.fill(user=scene.second)
    scene.submit(scene.translation)  # the system puts the draft together
    assert Authorship.objects.count() == count


def test_what_was_written_for_an_earlier_approval_does_not_count():
    """Somebody who translated another paragraph long ago is a second person; who writes this one is not."""
    scene = Scene().both_live()
    fill_numbered(scene.translation.localized, {2: "论坛今天开幕。"}, scene.reviewer)
    scene.submit(scene.translation, scene.translator)
    with pytest.raises(SecondPersonNeeded):
        scene.act(scene.translation, scene.reviewer, "approve")
    scene.act(scene.translation, scene.second, "approve")
    sign_translation(scene, scene.publisher)
    assert scene.translation.is_pending


def sign_translation(scene, user):
    scene.act(scene.translation, user, "approve")


def test_whoever_wrote_part_of_it_before_it_was_submitted_does_not_sign_it_off():
    scene = Scene()
    scene.edit(user=scene.publisher, summary="Clean air at last.")
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    with pytest.raises(WrittenByYou, match="Summary"):
        sign(scene)
    sign(scene, member_of("Publishers", username="another"))
    assert scene.original.is_pending


def test_whoever_wrote_part_of_a_correction_does_not_approve_it():
    scene = Scene().both_live()
    correct(scene.release, scene.translator, "minor", texts={ENGLISH: {2: LONGER}})
    fill_numbered(scene.translation.localized, {2: "论坛今天在港口开幕。"}, scene.reviewer)
    with pytest.raises((SecondPersonNeeded, WrittenByYou)):
        approve_correction(scene.release, scene.reviewer)
    approve_correction(scene.release, scene.second)
    release_both(scene.release, scene.publisher)


# Corrections while reading -------------------------------------------------------------------------------------------


def test_at_an_earlier_stage_the_next_one_is_the_second_look():
    scene = Scene()
    scene.submit()
    scene.edit(user=scene.reviewer, summary=LONGER)
    scene.act(scene.original, scene.reviewer, "approve")
    sign(scene)
    assert scene.original.is_pending


@pytest.mark.parametrize("who", ["author", "second"])
def test_at_the_last_stage_somebody_else_agrees_with_one_click(client, who):
    scene = at_last_stage(summary=LONGER)
    sign(scene)
    assert not scene.original.is_pending
    assert scene.original.is_locked_for(scene.author)
    assert scene.fresh(scene.original).get_lock().for_user(scene.publisher)
    with pytest.raises(WaitsForAYes):
        sign(scene)
    with pytest.raises(NothingToAgreeTo):
        agree(scene.original, scene.publisher)
    client.force_login(getattr(scene, who))
    page = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert "Agree with the corrections in English" in page
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "agree"])
    answer = client.post(url, scene.form("agree", language="en"), follow=True)
    assert "Approved, with the corrections." in answer.content.decode()
    approval = scene.original.approval
    assert (approval.user, approval.revision) == (scene.publisher, scene.original.page.latest_revision)
    assert [action for action in scene.actions(scene.original) if action != "sync"] == ["sign_off", "agree", "approve"]


def test_another_reviewer_of_the_last_stage_is_a_second_look_as_well(client):
    """Who was shown the corrections: Wagtail's own button carries no stamp of them."""
    scene = at_last_stage(summary=LONGER)
    sign(scene)
    another = member_of("Publishers", username="another")
    with pytest.raises(ChangedSinceSubmission):
        sign(scene, another)
    client.force_login(another)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "approve"])
    client.post(url, scene.form("approve", language="en"))
    assert scene.original.approval.user == another


def test_the_words_that_were_signed_are_the_ones_agreed_to():
    scene = at_last_stage(summary=LONGER)
    sign(scene)
    SignOff.objects.update(stamp="0" * 64)  # of other words than there are now
    assert scene.original.sign_off is None
    with pytest.raises(NothingToAgreeTo):
        agree(scene.original, scene.author)


def test_who_may_not_change_the_version_does_not_agree():
    scene = at_last_stage(summary=LONGER)
    sign(scene)
    with pytest.raises(NothingToAgreeTo):
        agree(scene.original, member_of("Chinese authors", username="foreign"))


def test_a_translations_corrections_as_well():
    scene = Scene().original_approved()
    scene.fill()
    scene.submit(scene.translation)
    scene.act(scene.translation, scene.reviewer, "approve")
    fill_numbered(scene.translation.localized, {2: "各国代表今天上午在港口出席论坛隆重开幕。"}, scene.publisher)
    sign_translation(scene, scene.publisher)
    assert not scene.translation.is_pending
    agree(scene.translation, scene.translator)
    assert scene.translation.is_pending
    release_both(scene.release, scene.publisher)


def test_what_another_reviewer_wrote_since_is_read_before_wagtails_own_button_approves_it():
    """That button carries no stamp of what was shown; the form of the release does."""
    scene = Scene().original_approved()
    scene.fill()
    scene.submit(scene.translation)
    fill_numbered(scene.translation.localized, {1: "空气十分清新。"}, scene.second)
    with pytest.raises(ChangedSinceSubmission, match="second"):
        scene.act(scene.translation, scene.reviewer, "approve")
    scene.act(scene.translation, scene.second, "approve")
    assert scene.translation.is_at_last_stage


# Slips ---------------------------------------------------------------------------------------------------------------

SLIPS = [
    ("The harbour is open.", "The harbor is open."),
    ("The labour office agreed.", "The labor office agreed."),
    ("Ships come, and go.", "Ships come and go."),
    ("港口共有船支。", "港口共有船只。"),
    ("港口开放,欢迎。", "港口开放，欢迎。"),
]
MEANT = [
    ("It has 120 ships.", "It has 210 ships."),
    ("It cost 120 million.", "It cost 120 billion."),
    ("There were two deaths.", "There were ten deaths."),
    ("It cost $120.", "It cost €120."),
    ("It was −5 degrees.", "It was 5 degrees."),
    ("It grew by ½.", "It grew by ¼."),
    ("Li beat Wu.", "Wu beat Li."),
    ("It is now closed.", "It is not closed."),
    ("It is not open and is closed.", "It is open and is not closed."),
    ("This is legal.", "This is illegal."),
    ("They hardly agreed.", "They agreed."),
    ("It was rejected.", "It was accepted."),
    ("It increased.", "It decreased."),
    ("The iPhone won.", "The iPad won."),
    ("The example Institute.", "The example Institut."),
    ("A harbour.", "A really wonderful harbour."),
    ("三胜五负。", "五胜三负。"),
    ("叁佰元。", "壹佰元。"),
    ("禁止入内。", "允许入内。"),
    ("港口未关闭。", "港口已关闭。"),
    ("方案获批准。", "方案遭拒绝。"),
    ("排放上升。", "排放下降。"),
    ("王强出席。", "李明出席。"),
    ("在北京举行。", "在上海举行。"),
    ("低碳发展论坛开幕。", "低碳论坛开幕。"),
]


def change(before, after):
    return FaceChange(Part("summary", PartKind.TEXT, before), Part("summary", PartKind.TEXT, after))


@pytest.mark.parametrize(("before", "after"), SLIPS)
def test_a_slip_is_spelling_and_punctuation(before, after):
    assert is_slip([change(before, after)])


@pytest.mark.parametrize(("before", "after"), MEANT)
def test_what_may_mean_something_else_is_no_slip(before, after):
    GlossaryTerm.objects.create(english="low-carbon development", chinese="低碳发展")
    assert not is_slip([change(before, after)])
    assert not is_slip([change(after, before)])


def test_many_slips_are_more_than_one():
    assert not is_slip([change(*SLIPS[1])] * 11)


@pytest.mark.parametrize(("after", "slip"), [("The harbor is open.", True), ("The harbour was open.", False)])
def test_a_slip_at_the_last_stage_needs_nobody_else(after, slip):
    scene = Scene()
    scene.edit(summary="The harbour is open.")
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    scene.edit(user=scene.publisher, summary=after)
    sign(scene)
    assert scene.original.is_pending is slip


def test_a_level_or_a_picture_is_no_slip():
    scene = at_last_stage(search_description="New")
    assert not is_slip(corrections(scene.original))


def test_the_last_reviewer_is_shown_what_the_first_has_corrected(client):
    scene = Scene()
    scene.submit()
    scene.edit(user=scene.reviewer, summary="Cleaner air.")
    scene.act(scene.original, scene.reviewer, "approve")
    client.force_login(scene.publisher)
    html = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert "Corrected by reviewer" in html
    assert "<del>Clean</del><ins>Cleaner</ins> air." in html
