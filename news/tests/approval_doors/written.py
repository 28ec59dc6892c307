"""Writing what was approved already, or what it leads to."""

from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from wagtail.documents.models import Document
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from news.models import Topic
from news.release.publishing import release_both
from news.release.schedule import release_due
from news.tests.doors import admin
from news.tests.drawn import mark
from news.tests.pairs import partner_pair
from news.tests.scene import moment

from .walk import ADDRESS, MARK, attempt, door, form_of, picture_of

DUMMY = {"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}


def drawing():
    """Another picture's file."""
    return SimpleUploadedFile("ring.png", mark("ring").read(), "image/png")


# In the editors ------------------------------------------------------------------------------------------------------


@door("ready", quick=True)
def words_after_the_approval(walk):
    walk.write()
    walk.edit(title=MARK)


@door("ready", "original")
def an_autosave_over_what_was_approved(walk):
    revision = walk.page.latest_revision_id
    walk.edit(title=MARK, overwrite_revision_id=revision, loaded_revision_id=revision)


@door("ready", "original")
def a_link_a_picture_a_partner_and_a_topic_after_the_approval(walk):
    partner, _chinese = partner_pair()
    topic = Topic.objects.create(slug="air", name_en="Air", name_zh_hans="空气")
    walk.edit(body=streamfield([("paragraph", rich_text(f'<p><a href="{ADDRESS}{MARK}">See</a></p>'))]))
    walk.edit(article_partners=inline_formset([{"partner": partner.pk}]))
    walk.edit(article_topics=inline_formset([{"topic": topic.pk}]))
    walk.edit(lead_image="", date="2020-01-01 10:00")


@door("ready")
def an_unlocked_page(walk):
    walk.post(admin("lock", walk.page.pk))
    walk.post(admin("unlock", walk.page.pk))
    walk.write()
    walk.edit(title=MARK)


@door("ready", "original")
def an_old_revision_after_the_approval(walk):
    revision = walk.page.revisions.order_by("pk").first()
    walk.ask("get", admin("revisions_revert", walk.page.pk, revision.pk))
    form = form_of(revision.as_object(), summary=MARK)
    walk.post(admin("revisions_revert", walk.page.pk, revision.pk), form)
    walk.post(admin("edit", walk.page.pk), {**form, "revision": revision.pk})


@door("ready", "translation")
def another_kind_of_translation_after_the_approval(walk):
    walk.localize("post", "stop_translation", walk.localized.pk)
    walk.step("adapt")
    walk.write()
    walk.step("translate_fully")
    walk.post(admin("edit", walk.page.pk), {"localize-restart-translation": "1"})
    walk.write()


# In place of the original's ------------------------------------------------------------------------------------------


@door("ready", "translation")
def a_link_in_place_of_the_originals_after_the_approval(walk):
    walk.put_in_place()
    walk.put_in_place(method="delete")


@door("translation_drafted", "translation")
def a_link_in_place_before_the_approval_and_taken_away_after_it(walk):
    walk.put_in_place()
    walk.scene.submit(walk.scene.translation)
    walk.scene.go_on(walk.scene.translation.language, walk.scene.reviewer, walk.scene.publisher)
    walk.put_in_place(method="delete")


@door("live", "translation")
def a_link_in_place_carried_over_by_a_date(walk):
    walk.put_in_place()
    approve_a_date(walk.scene)


@door("live", "translation")
def a_paragraph_carried_over_by_a_date(walk):
    walk.localize("put", "edit_string_translation", walk.localized.pk, first_segment(walk), value=MARK)
    approve_a_date(walk.scene)


@door("live", "translation")
def a_link_in_place_that_the_original_gets_and_loses_again(walk):
    later = "https://example.org/later"
    walk.put_in_place(later)
    for address in (later, ADDRESS):
        walk.scene.link_to(address)
        attempt(walk.scene.original_approved)
        attempt(release_both, walk.scene.release, walk.scene.publisher)


def first_segment(walk):
    return walk.localized.source.stringsegment_set.order_by("order").first().pk


def approve_a_date(scene):
    scene.edit(date="2026-01-01T00:00:00Z")
    scene.original_approved()


# Paragraphs at once --------------------------------------------------------------------------------------------------


def upload(walk):
    file = BytesIO(str(walk.localized.export_po()).replace('msgstr "', f'msgstr "{MARK}').encode())
    file.name = "translation.po"
    walk.localize("post", "upload_pofile", walk.localized.pk, file=file)


@door("ready", "translation")
def a_file_of_paragraphs_after_the_approval(walk):
    upload(walk)


@door("translation_submitted", "translation")
def a_file_of_paragraphs_during_the_review(walk):
    """By who then approves it at both stages."""
    upload(walk)
    walk.approve()
    walk.scene.go_on(walk.scene.translation.language, walk.scene.second)
    walk.approve()


@door("ready", "translation")
def a_machine_after_the_approval(walk):
    with override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=DUMMY):
        walk.localize("post", "machine_translate", walk.localized.pk)


@door("live", "translation")
def a_machine_for_an_update(walk):
    """Its text is nobody's, and is not submitted."""
    walk.scene.edit(summary="Clean air for weeks.")
    walk.scene.original_approved()
    with override_settings(WAGTAILLOCALIZE_MACHINE_TRANSLATOR=DUMMY):
        walk.localize("post", "machine_translate", walk.localized.pk)
    walk.step("submit", language=walk.scene.translation.language.code)
    walk.scene.go_on(walk.scene.translation.language, walk.scene.reviewer, walk.scene.publisher)


@door("live", "translation")
def paragraphs_of_an_original_that_is_being_written(walk):
    """A draft is taken apart, and a slip of the translation goes out with its picture."""
    walk.scene.edit(lead_image=None)
    source = walk.localized.source.pk
    walk.localize("post", "update_translations", source, publish_translations="on")
    walk.localize("post", "submit_page_translation", walk.scene.page.pk)
    walk.localize("put", "edit_string_translation", walk.localized.pk, first_segment(walk), value=MARK)
    walk.step("submit", language=walk.scene.translation.language.code)
    walk.scene.go_on(walk.scene.translation.language, walk.scene.reviewer, walk.scene.publisher)


@door("ready", "translation")
def paragraphs_taken_anew_after_the_approval(walk):
    walk.localize("post", "update_translations", walk.localized.source.pk, publish_translations="on")
    walk.localize("post", "submit_page_translation", walk.scene.page.pk)
    walk.put_in_place()


# In the libraries ----------------------------------------------------------------------------------------------------


def change_the_picture(walk, **fields):
    words = {"title": "Waves", "alt_en": MARK, "alt_zh_hans": MARK, "focal_point_x": "3", "focal_point_y": "3"}
    focal = {"focal_point_width": "2", "focal_point_height": "2"}
    walk.post(reverse("wagtailimages:edit", args=[walk.scene.picture.pk]), {**words, **focal, **fields})


@door("ready", "original")
def the_words_of_a_picture_in_the_library(walk):
    change_the_picture(walk)


@door("original_drafted", "original")
def the_file_of_a_picture_in_the_library(walk):
    """Wagtail takes the old file away at once, hence a picture of its own."""
    walk.scene.picture = picture_of("harbour")
    walk.scene.edit(lead_image=walk.scene.picture)
    walk.scene.both_approved()
    change_the_picture(walk, file=drawing(), alt_en="Waves", alt_zh_hans="波浪")


@door("ready", "original")
def a_picture_changed_once_it_is_scheduled(walk):
    walk.step("schedule", at="2090-01-01T09:00")
    change_the_picture(walk)
    release_due(now=moment(days=40000))


@door("ready", "original")
def a_picture_deleted_from_the_library(walk):
    walk.post(reverse("wagtailimages:delete", args=[walk.scene.picture.pk]))


@door("original_drafted", "original")
def a_document_renamed_and_exchanged_in_the_library(walk):
    kept = Document.objects.create(title="Report", file=SimpleUploadedFile("a.pdf", b"%PDF-1"))
    link = f'<a linktype="document" id="{kept.pk}">The forum opened.</a>'
    walk.scene.edit(body=[("paragraph", f"<p>{link}</p>")])
    walk.scene.both_approved()
    file = SimpleUploadedFile("b.pdf", b"%PDF-1 Canary %%EOF")
    walk.post(reverse("wagtaildocs:edit", args=[kept.pk]), {"title": MARK, "file": file})
