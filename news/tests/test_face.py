"""The face of a version holds all that a reader gets of it, and nothing else."""

import json

import pytest
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import translation
from wagtail.documents.models import Document
from wagtail_localize.models import OverridableSegment, SegmentOverride

from home.images import CustomImage
from home.languages import CHINESE
from news.demo.build import make_image
from news.models import Approval, ArticlePage, ArticlePartner
from news.pair.changes import say
from news.pair.face import Face, difference
from news.pair.refusals import NotStamped, NotWhatWasApproved
from news.release.correction import approve_correction, correct
from news.release.publishing import release_both
from news.release.review import take_back

from .drawn import mark
from .pairs import article_pair, locale, partner_pair
from .scene import ENGLISH, WORDS, Scene
from .test_modelling import table_block

pytestmark = pytest.mark.django_db


def image(name="workshop"):
    return make_image(name, mark("waves"), (("A workshop", "研讨会"), ("", "")))


def document():
    return Document.objects.create(title="Report", file=ContentFile(b"%PDF-1", "report.pdf"))


def full_article():
    """With a part of every kind."""
    partner, _chinese = partner_pair()
    body = [
        ("paragraph", '<p>It <b>opened</b>, <a href="https://example.org/a">see</a>.</p>'),
        ("heading", {"text": "What was agreed", "level": "h2"}),
        ("image", {"image": image(), "alt": "", "caption": "At work", "decorative": False}),
        ("quote", {"text": "We learn.", "attribution": "Lin"}),
        table_block([["1", "2"], ["1", "2"]]),
        ("document", {"document": document(), "title": ""}),
        ("embed", {"url": "https://www.bilibili.com/video/BV1", "title": "The opening"}),
    ]
    english, _chinese = article_pair(
        body=body, lead_image=image("lead"), source="Daily", article_partners=[ArticlePartner(partner=partner)]
    )
    return english


def raw(page):
    return json.loads(page.get_latest_revision().content["body"])


def with_body(page, change):
    """The page as a draft would have it whose body `change` has changed."""
    blocks = raw(page)
    change(blocks)
    content = {**page.get_latest_revision().content, "body": json.dumps(blocks)}
    return page.with_content_json(content)


def cell_swapped(blocks):
    rows = blocks[4]["value"]["rows"]
    rows[1]["values"].reverse()


def value_set(number, **values):
    return lambda blocks: blocks[number]["value"].update(values)


BODY_CHANGES = {
    "a word": (lambda blocks: blocks[0].update(value="<p>It closed.</p>"), "Paragraph: text changed"),
    "a mark": (
        lambda blocks: blocks[0].update(value=blocks[0]["value"].replace("<p>", "<h4>").replace("</p>", "</h4>")),
        "Paragraph: layout changed",
    ),
    "a link": (
        lambda blocks: blocks[0].update(value=blocks[0]["value"].replace("org/a", "org/b")),
        "Paragraph: link now leads to https://example.org/b",
    ),
    "a level": (value_set(1, level="h3"), "Heading: setting changed"),
    "a tick": (value_set(2, decorative=True), "Image: setting added"),
    "a caption": (value_set(2, caption="Away"), "Image: text changed"),
    "a picture removed": (lambda blocks: blocks.pop(2), "Body: entries added, moved or removed"),
    "who said it": (value_set(3, attribution=""), "Quote: text removed"),
    "equal cells swapped": (cell_swapped, "Table: text changed"),
    "a recording": (
        value_set(6, url="https://www.bilibili.com/video/BV2"),
        "Recording: link now leads to https://www.bilibili.com/video/BV2",
    ),
    "the order": (lambda blocks: blocks.insert(0, blocks.pop()), "Body: entries added, moved or removed"),
}


def test_every_change_of_the_body_changes_the_stamp_and_is_said():
    page = full_article()
    before = Face.of(page.get_latest_revision_as_object())
    stamps = {before.stamp}
    for name, (change, words) in BODY_CHANGES.items():
        after = Face.of(with_body(page, change))
        said = [str(one) for one in say(difference(before, after), page, after)]
        assert words in said, (name, said)
        stamps.add(after.stamp)
    assert len(stamps) == len(BODY_CHANGES) + 1


def field_changes(page):
    yield "Title: text changed", {"title": "Another"}
    yield "Summary: text changed", {"summary": "Another."}
    yield "Source: text removed", {"source": ""}
    yield "Meta description: text added", {"search_description": "New"}
    yield "Lead image: picture replaced", {"lead_image": image("other")}
    yield "Alternative text: text changed", {"lead_image_alt": "Something else"}
    yield "Caption: text added", {"lead_image_caption": "At work"}
    yield "Date: setting removed", {"date": None}
    yield "Partner named: entry removed", {"article_partners": []}


def test_every_change_of_a_field_changes_the_stamp_and_is_said():
    page = full_article()
    before = Face.of(page.get_latest_revision_as_object())
    for words, values in field_changes(page):
        draft = page.get_latest_revision_as_object()
        for name, value in values.items():
            setattr(draft, name, value)
        after = Face.of(draft)
        assert after.stamp != before.stamp
        with translation.override("en"):
            assert words in [str(one) for one in say(difference(before, after), page, before)]


def test_an_address_and_who_is_at_work_are_no_part_of_it():
    page = full_article()
    before = Face.of(page.get_latest_revision_as_object()).stamp
    draft = page.get_latest_revision_as_object()
    draft.slug, draft.owner, draft.locked = "elsewhere", None, True
    assert Face.of(draft).stamp == before


def anew(page):
    return ArticlePage.objects.get(pk=page.pk).get_latest_revision_as_object()


def library_changes():
    yield "the file", {"file_hash": "0" * 40}
    yield "what is cut out", {"focal_point_x": 3, "focal_point_y": 3, "focal_point_width": 2, "focal_point_height": 2}


def test_a_picture_is_part_of_it_and_what_the_library_says_is_not():
    page = full_article()
    before = Face.of(page.get_latest_revision_as_object()).stamp
    for name, values in library_changes():
        kept = QuerySet(CustomImage).filter(pk=page.lead_image_id)
        was = kept.values(*values).get()
        kept.update(**values)
        assert Face.of(anew(page)).stamp != before, name
        kept.update(**was)
    CustomImage.objects.update(alt_en="Other", alt_zh_hans="别的", credit_en="Somebody", title="Renamed")
    assert Face.of(anew(page)).stamp == before


def test_it_is_the_same_when_it_comes_back_from_the_database():
    face = Face.of(full_article().get_latest_revision_as_object())
    assert Face.read(json.loads(json.dumps(face.stored))) == face


def test_both_languages_share_all_but_their_words():
    english = full_article()
    chinese = english.get_translation(locale(CHINESE))
    original = Face.of(english.get_latest_revision_as_object())
    translated = Face.of(chinese.get_latest_revision_as_object(), original)
    assert translated.overrides == ()
    assert {part.path for part in translated.shared} == {part.path for part in original.shared}
    assert translated.texts != original.texts


def override(scene, url):
    """The translator puts another address in place of the original's."""
    localized = scene.translation.localized
    segment = OverridableSegment.objects.get(source=localized.source, data_json__contains="example.org")
    SegmentOverride.objects.update_or_create(
        locale=localized.target_locale,
        context=segment.context,
        defaults={"data_json": json.dumps(url), "last_translated_by": scene.translator},
    )


def linked(scene):
    """(text of the original, what it is in Chinese)"""
    for paragraph in scene.translation.paragraphs:
        yield paragraph.source, dict(WORDS).get(paragraph.source, paragraph.source.replace(*LINKED_TEXT))


LINKED = [("paragraph", '<p><a href="https://example.org/a">The forum opened.</a></p>')]
LINKED_TEXT = ("The forum opened.", "论坛开幕。")


def test_approving_the_original_does_not_carry_over_what_a_translator_put_in_its_place():
    scene = Scene()
    """A link of the translator's went out on the approval of the English date."""
    scene.edit(body=LINKED)
    scene.original_approved()
    scene.translate(dict(linked(scene)))
    release_both(scene.release, scene.publisher)
    override(scene, "https://example.com/elsewhere")
    scene.edit(date="2026-01-01T00:00:00Z")
    scene.original_approved()
    assert "elsewhere" not in json.dumps(scene.translation.approval.face)
    chinese = ArticlePage.objects.get(translation_key=scene.page.translation_key, locale=locale(CHINESE))
    assert scene.translation.approval.revision_id == chinese.live_revision_id


@pytest.mark.full
def test_a_picture_changed_in_the_library_after_its_approval_is_not_released():
    scene = Scene()
    picture = image()
    scene.edit(lead_image=picture)
    scene.both_approved()
    QuerySet(CustomImage).filter(pk=picture.pk).update(file_hash="0" * 40)
    with pytest.raises(NotWhatWasApproved, match="picture replaced"):
        release_both(scene.release, scene.publisher)
    assert scene.live_titles() == {}
    # The way out: read again.
    take_back(scene.page, scene.reviewer, "Another picture")
    scene.edit(title="A week of clean air again")
    scene.original_approved()
    scene.translate({"A week of clean air again": "又是清新空气周"})
    release_both(scene.release, scene.publisher)
    assert len(scene.live_titles()) == 2


def test_what_was_approved_before_an_update_waits_for_it():
    scene = Scene()
    scene.both_approved()
    Approval.objects.filter(language=ENGLISH.code).update(face=None, face_format=0, stamp="")
    with pytest.raises(NotStamped, match="upgrade"):
        release_both(scene.release, scene.publisher)


def test_every_kind_of_approval_keeps_a_face():
    scene = Scene().both_live()
    correct(scene.release, scene.author, "minor", texts={ENGLISH: {0: "A week of cleaner air"}})
    approve_correction(scene.release, scene.reviewer)
    assert Approval.objects.filter(face=None).count() == 0
    titles = {approval.language: dict_of(approval)["title"] for approval in scene.release.approvals.standing()}
    assert titles["en"] == "A week of cleaner air"


def dict_of(approval):
    return {part.path: part.value for part in Face.read(approval.face).texts}


def test_the_release_page_and_the_sheet_show_the_difference(client):
    scene = Scene().both_live()
    scene.edit(summary="Clean air at last.")
    client.force_login(scene.publisher)

    def page(name):
        html = client.get(reverse(f"newsroom_releases:{name}", args=[scene.release.pk])).content.decode()
        return " ".join(html.split())

    assert "New since the last approval" in page("release")
    marked = 'Summary: text changed<br><span class="release-change">Clean air<ins> at last</ins>.</span>'
    assert marked in page("release")
    assert marked not in page("sheet")
    scene.original_approved()
    assert "Approved, and not public yet" in page("release")
    assert marked in page("release")
    assert marked in page("sheet")
    assert page("sheet").count("The whole text") == 2
