"""An update from a version in which equal paragraphs of a text shared one translation."""

from dataclasses import replace

import pytest
from django.core.management import CommandError, call_command
from wagtail.log_actions import registry
from wagtail_localize.models import StringSegment, StringTranslation, TranslationContext, TranslationSource

from home.paragraphs import text_path
from news import upgrade
from news.models import Authorship, Release
from news.pair.pair import Pair
from news.release.publishing import release_both, require_what_was_approved
from news.translation.drafts import open_segments, paragraphs_of, save_draft
from news.translation.segments import last_change
from news.translation.sync import start_translation, translation_of

from .pairs import locale, plain
from .scene import CHINESE, SUMMARY, TITLE, Scene
from .test_equal_paragraphs import SAME, html, prose, taken_again, write, written

pytestmark = pytest.mark.django_db
STEP = upgrade.REGISTER["part_paragraphs"]
WORDS = ("九点开门。", "其间。", "九点开门。", "九点开门。")


def joined():
    """As a site of that version has them: the paragraphs share the path of their text, and its one translation."""
    for context in TranslationContext.objects.filter(path__contains=".again-"):
        first = TranslationContext.objects.get(object=context.object, path=text_path(context.path))
        StringSegment.objects.filter(context=context).update(context=first)
        StringTranslation.objects.filter(context=context).delete()
        context.delete()


def scene_at(stage):
    scene = Scene()
    scene.edit(body=[prose((SAME, "a"), ("Between.", "b"), (SAME, "c"), (SAME, "d"))])
    scene.original_approved()
    scene.fill({TITLE[0]: TITLE[1], SUMMARY[0]: SUMMARY[1]})
    write(scene, *WORDS)
    if stage != "drafted":
        scene.submit(scene.translation)
    if stage in ("approved", "public", "update in review"):
        scene.approve(scene.translation)
    if stage in ("public", "update in review"):
        release_both(scene.release, scene.publisher)
    if stage == "update in review":
        scene.edit(title="A fortnight of clean air")
        scene.original_approved()
        scene.fill({"A fortnight of clean air": "清新空气两周"})
        scene.submit(scene.translation)
    return scene


def stands(scene):
    """All that is known of a release: what is signed off, shown, and by whom."""
    pair = Pair(Release.objects.get(pk=scene.release.pk))
    localized = pair.translation.localized
    return {
        "versions": [
            (version.state, version.is_live, version.has_changes, version.is_pending, version.face.stamp, version.texts)
            for version in pair.versions.values()
        ],
        "approvals": list(pair.release.approvals.order_by("pk").values()),
        "release": Release.objects.filter(pk=scene.release.pk).values().get(),
        "stale": pair.translation.is_stale,
        "paragraphs": pair.translation.paragraphs,
        "open": open_segments(localized),
        "changed": last_change(localized),
        "authors": list(Authorship.objects.order_by("pk").values()),
        "trail": [list(registry.get_logs_for_instance(page).values()) for page in pair.pages],
        "revisions": [list(page.revisions.order_by("pk").values()) for page in pair.pages],
        "rows": [page.specific_class.objects.filter(pk=page.pk).values().get() for page in pair.pages],
    }


def upgraded(step=STEP):
    assert upgrade.take(step, lambda done, of: None) == []


@pytest.mark.parametrize("stage", ["drafted", "in review", "approved", "public", "update in review"])
def test_what_is_signed_off_or_public_stays_as_it_is(stage):
    scene = scene_at(stage)
    joined()
    before = stands(scene)
    assert StringTranslation.objects.filter(data="九点开门。").count() == 1
    with pytest.raises(CommandError):
        call_command("upgrade", check=True)
    upgraded()
    assert not STEP.waiting().exists()
    assert stands(scene) == before
    assert StringTranslation.objects.filter(data="九点开门。").count() == 3
    assert len(set(StringTranslation.objects.filter(data="九点开门。").values_list("updated_at", "created_at"))) == 1
    for version in Pair(scene.release).versions.values() if stage == "approved" else ():
        require_what_was_approved(version)
    if stage == "approved":
        release_both(scene.release, scene.publisher)
        assert str(scene.fresh(scene.translation).body).count("九点开门。") == 3
    once = stands(scene)
    upgraded()
    assert stands(scene) == once


def test_afterwards_each_is_by_itself():
    scene = scene_at("drafted")
    joined()
    upgraded()
    write(scene, "一。", None, None, "三。")
    assert written(scene) == ["一。", "其间。", "九点开门。", "三。"]


def test_what_nobody_has_translated_and_what_a_machine_has_stays_that():
    scene = scene_at("drafted")
    StringTranslation.objects.filter(data="九点开门。").update(translation_type="machine", tool_name="robot")
    joined()
    upgraded()
    assert [one.is_machine for one in scene.translation.paragraphs][2:] == [True, False, True, True]
    joined()
    StringTranslation.objects.filter(data="九点开门。").delete()
    upgraded()
    assert written(scene) == ["", "其间。", "", ""]


def three_releases():
    scenes = [scene_at("approved")]
    page = plain("About")
    page.body = html(SAME, SAME)
    page.save_revision()
    start_translation(page.get_latest_revision_as_object())
    scenes.append(translation_of(page.get_translation(locale(CHINESE))))
    joined()
    return scenes


class Killed(BaseException):
    """As by the operating system: no error that anybody catches."""


def test_stopped_halfway_it_goes_on_where_it_was():
    scene, plain_one = three_releases()
    before = stands(scene)
    assert STEP.waiting().count() == 2
    first = STEP.waiting().order_by("pk").first()
    upgraded(replace(STEP, waiting=lambda: STEP.waiting().filter(pk=first.pk)))
    assert STEP.waiting().count() == 1
    assert stands(scene) == before
    upgraded()
    assert not STEP.waiting().exists()
    assert stands(scene) == before
    assert len({one.source for one in paragraphs_of(plain_one)}) == len(paragraphs_of(plain_one)) - 1


def test_killed_within_a_batch_nothing_of_it_is_half_done():
    scene, _plain = three_releases()
    before = stands(scene)
    done = []

    def do(source):
        STEP.do(source)
        done.append(source)
        if len(done) == 2:
            raise Killed

    with pytest.raises(Killed):
        upgraded(replace(STEP, do=do))
    assert STEP.waiting().count() == 2
    upgraded()
    assert stands(scene) == before


def test_before_it_has_come_to_a_release_nothing_is_lost_either():
    """Somebody goes on translating while it runs, and the original changes."""
    scene = scene_at("drafted")
    joined()
    assert written(scene) == list(WORDS)
    taken_again(scene, (SAME, "a"), (SAME, "c"), ("New.", "e"), (SAME, "d"))
    assert written(scene) == ["九点开门。", "九点开门。", "", "九点开门。"]
    assert not STEP.waiting().exists()


def test_of_a_page_that_is_gone_nothing_waits():
    scene = scene_at("drafted")
    save_draft(scene.translation.localized)
    joined()
    source = TranslationSource.objects.get()
    assert list(STEP.waiting()) == [source]
    for page in (scene.translation.page, scene.original.page):
        page.delete()
    assert not STEP.waiting().exists()
