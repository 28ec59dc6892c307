"""An update from version 0.2, whose pages said nothing of their pictures: the library spoke for them."""

import json

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model
from wagtail_localize.models import StringTranslation

from home import gate
from news import upgrade
from news.models import ArticlePage, Release
from news.pair.pair import Pair
from news.release.publishing import release_both
from news.translation.drafts import open_segments
from news.translation.library import TOOL
from news.translation.sync import fill

from .scene import BOTH, WORDS, Scene
from .test_picture_words import block, image

pytestmark = pytest.mark.django_db


def silenced(scene):
    """As a site of version 0.2 had it: pages that say nothing of their pictures, the library speaks for them."""

    def without(content):
        rows = json.loads(content["body"])
        for row in rows:
            if row["type"] in ("image", "document"):
                row["value"].update({noun: "" for noun in ("alt", "caption", "title") if noun in row["value"]})
        return {**content, "lead_image_alt": "", "lead_image_caption": "", "body": json.dumps(rows)}

    for page in scene.pair.pages:
        for revision in page.revisions.all():
            page.revisions.filter(pk=revision.pk).update(content=without(revision.content))
        live = page.specific_class.objects.get(pk=page.pk)
        silent = without(live.serializable_data())
        field = ArticlePage._meta.get_field("body")
        with gate.opened(page.translation_key):
            ArticlePage.objects.filter(pk=page.pk).update(
                lead_image_alt="", lead_image_caption="", body=field.to_python(silent["body"])
            )
    source = scene.translation.localized.source
    source.content_json = json.dumps(without(json.loads(source.content_json)))
    source.save()
    gone = source.stringsegment_set.filter(context__path__regex=r"(alt|caption|\.title)$")
    StringTranslation.objects.filter(context__in=gone.values("context")).delete()
    gone.delete()
    release = scene.release
    original = scene.original
    release.source_hash = original.hash_of(release.source_revision)
    release.pictures_speak = False
    release.save()
    for approval in release.approvals.standing():
        version = Pair(release).versions[BOTH[approval.language != "en"]]
        approval.text_hash = version.hash_of(approval.revision)
        if approval.counterpart_revision:
            approval.counterpart_hash = original.hash_of(approval.counterpart_revision)
        approval.face_format = 1
        approval.save()


def upgraded():
    for name in ("carry_picture_words", "stamp_approvals"):
        step = upgrade.REGISTER[name]
        assert upgrade.take(step, lambda done, of: None) == []
        assert not step.waiting().exists()


def old_release():
    plan = get_document_model().objects.create(title="GB/T 32150", file=ContentFile(b"The standard", "standard.txt"))
    scene = Scene()
    body = [block(image("a")), block(image("b"), decorative=True), ("document", {"document": plan, "title": ""})]
    scene.edit(lead_image=image(), body=[*body, ("paragraph", f"<p>{WORDS[2][0]}</p>")])
    return scene


@pytest.mark.full
@pytest.mark.parametrize("stage", ["both_live", "both_approved"])
def test_an_upgrade_writes_down_what_readers_were_shown(stage):
    scene = old_release()
    scene.original_approved()
    fill(scene.translation.localized, {"GB/T 32150": "GB/T 32150"}, scene.translator)
    scene.translate()
    if stage == "both_live":
        release_both(scene.release, scene.publisher)
    before = [version.approval.stamp for version in scene.pair.versions.values()]
    silenced(scene)
    upgraded()
    pair = Pair(Release.objects.get(pk=scene.release.pk))
    for version, stamp in zip(pair.versions.values(), before, strict=True):
        assert version.approval.stamp == stamp
        assert version.face.stamp == stamp
        if stage == "both_live":
            assert not version.has_changes
            assert scene.fresh(version).lead_image_alt in ("Waves at the shore", "岸边的波浪")
    assert not pair.translation.is_stale
    assert open_segments(pair.translation.localized) == 0
    assert not [paragraph for paragraph in pair.translation.paragraphs if paragraph.is_machine]


@pytest.mark.full
def test_an_upgrade_leaves_the_words_of_a_translation_in_the_making_to_be_read():
    scene = old_release()
    scene.original_approved()
    silenced(scene)
    upgraded()
    offered = StringTranslation.objects.filter(tool_name=TOOL)
    assert {string.data for string in offered if string.translation_type == "machine"} >= {"岸边的波浪", "涨潮"}
