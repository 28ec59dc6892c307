"""Deciding on something else than what one was shown."""

from datetime import timedelta
from functools import partial

from django.urls import reverse
from django.utils import timezone
from wagtail_localize.models import OverridableSegment, SegmentOverride

from news.pair import stamps
from news.release.correction import correct
from news.release.publishing import urgent
from news.release.review import take_back
from news.tests.pairs import member_of
from news.tests.scene import PASSWORD
from news.translation.sync import fill_numbered

from .walk import ADDRESS, UNSEEN, door

unseen = partial(door, doors=UNSEEN)
LATER = ("Clean air in the whole of the city.", "全市空气持续清新，各区均是如此。")
NOTES = {"note_en": "The week was another.", "note_zh_hans": "日期有误。"}


def others_words(walk, user):
    """What somebody else has written since."""
    if walk.version.is_original:
        walk.scene.edit(user=user, summary=LATER[0])
    else:
        fill_numbered(walk.localized, {1: LATER[1]}, user)


# With a stamp of something else --------------------------------------------------------------------------------------


def forged(walk, current):
    """What is no stamp, no stamp of this, or one of what stood before."""
    pair = walk.scene.pair
    made = ["", " ", "en=", "en=;zh-hans=", current.partition(";")[0][:-1], current.upper(), "0" * 64]
    made += [of(pair, version.language) for version in pair.versions.values() for of in COVERED]
    return {stamp for stamp in made if covered(stamp) != covered(current)}


def covered(stamp):
    """What a stamp says that a form covers, whenever it was shown; a face has what came from the library in it."""
    return {code: face for code, face in stamps.parsed(stamp).items() if code != "at" and "." not in code}


COVERED = (stamps.reviewed, stamps.drafts, stamps.approvals)


def forge(walk, name, **fields):
    form = walk.scene.form(name, walk.language.code)
    for stamp in sorted(forged(walk, form[f"{name}-stamp"])):
        walk.step(name, stamp=stamp, **fields)
    form.pop(f"{name}-stamp")
    form.update({f"{name}-{field}": value for field, value in fields.items()})
    walk.post(reverse("newsroom_releases:act", args=[walk.scene.release.pk, name]), form)


@unseen("%s_submitted", quick=True)
def an_approval_with_a_forged_stamp(walk):
    forge(walk, "approve")
    forge(walk, "approve_with_remark", comment="Read")


@unseen("%s_at_last_stage")
def an_agreement_with_a_forged_stamp(walk):
    others_words(walk, walk.scene.publisher)
    walk.scene.go_on(walk.language, walk.scene.publisher)
    forge(walk, "agree")


@unseen("ready", "original")
def a_release_with_a_forged_stamp(walk):
    forge(walk, "release")
    forge(walk, "release_single", reason="Hurry", confirmed="on")
    forge(walk, "schedule", at="2099-01-01T09:00")
    assert walk.scene.live_titles() == {}


@unseen("live", "original")
def a_correction_with_a_forged_stamp(walk):
    walk.scene.edit(date=timezone.now() - timedelta(days=1))
    forge(walk, "correct", kind="correction", **NOTES)
    forge(walk, "urgent", languages=["en"], reason="A storm", password=PASSWORD)
    texts = {"kind": "minor", "zh-hans-1": LATER[1]}
    for stamp in sorted(forged(walk, stamps.approvals(walk.scene.pair))):
        walk.post(reverse("newsroom_releases:correct", args=[walk.scene.release.pk]), {**texts, "stamp": stamp})
    correct(walk.scene.release, walk.scene.author, "minor")
    forge(walk, "approve_correction")


@unseen("live", "original")
def no_update_with_a_forged_stamp(walk):
    walk.scene.edit(summary=LATER[0])
    walk.scene.original_approved()
    forge(walk, "no_update_needed")


@unseen("live", "original")
def a_reading_after_release_with_a_forged_stamp(walk):
    walk.scene.edit(summary=LATER[0])
    urgent(walk.scene.release, [walk.language], walk.scene.publisher, "A storm", PASSWORD)
    forge(walk, "review_afterwards")


@unseen("ready", "original")
def a_release_of_what_was_approved_anew(walk):
    form = walk.scene.form("release")
    take_back(walk.scene.page, walk.scene.reviewer, "A slip.")
    walk.scene.edit(lead_image=None)
    walk.scene.original_approved()
    walk.scene.submit(walk.scene.translation)
    walk.scene.go_on(walk.scene.translation.language, walk.scene.reviewer, walk.scene.publisher)
    walk.step("release", stamp=form["release-stamp"])
    assert walk.scene.live_titles() == {}


# By Wagtail's buttons, which carry no stamp --------------------------------------------------------------------------


@unseen("%s_submitted")
def a_text_that_another_reviewer_changed(walk):
    others_words(walk, walk.scene.second)
    walk.approve_by_wagtails_view()


@unseen("translation_submitted", "translation")
def a_link_that_another_reviewer_put_in_place(walk):
    segment = OverridableSegment.objects.get(source=walk.localized.source, data_json__contains=ADDRESS)
    SegmentOverride.objects.create(
        locale=walk.localized.target_locale,
        context=segment.context,
        data_json='"https://example.org/b"',
        last_translated_by=walk.scene.second,
    )
    walk.approve_by_wagtails_view()


@unseen("%s_at_last_stage")
def corrections_that_another_has_signed_off(walk):
    others_words(walk, walk.scene.publisher)
    walk.scene.go_on(walk.language, walk.scene.publisher)
    assert walk.version.sign_off
    walk.approve_by_wagtails_view()


@unseen("live")
def a_note_that_was_written_since(walk):
    """It is no part of the page, and its editor does not show it."""
    if walk.version.is_original:
        walk.scene.edit(lead_image=None)
    else:
        others_words(walk, walk.author)
    walk.scene.submit(walk.version)
    correct(walk.scene.release, member_of("Bilingual reviewers", username="third"), "correction", **NOTES)
    walk.approve_by_wagtails_view()
