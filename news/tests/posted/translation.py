"""Translating: begun, done paragraph by paragraph in wagtail-localize's editor, by a PO file, given up."""

from django.test import Client
from wagtail_localize.models import OverridableSegment, SegmentOverride, StringTranslation, Translation

from news.release.kinds import adapt
from news.translation.segments import keys_of

from .files import stored_image, text_file
from .pages import home, peopled
from .register import EDITORS_OF_CHINESE, NOBODY, PUBLISHING, REVIEWING, posted, reads

SCRIPT = {"Accept": "application/json"}


def begun():
    """A translation whose paragraphs are open; its original has a picture, which the Chinese may replace."""
    scene = peopled()
    scene.edit(lead_image=stored_image())
    scene.submit()
    scene.translation_id = scene.translation.localized.pk
    return scene


def not_begun():
    scene = peopled()
    scene.page  # noqa: B018  (it is made when it is asked for)
    return scene


def chinese(page):
    return type(page).objects.filter(translation_key=page.translation_key, locale__language_code="zh-hans")


@posted("cms/localize/submit/page/<int:page_id>/", may=PUBLISHING, given=not_begun)
def begin_to_translate_an_article(visitor, scene):
    """It takes the right to add a page in the other language."""
    visitor.form(page_id=scene.page.pk).send()
    assert not chinese(scene.page).get().live


@posted("cms/localize/submit/page/<int:page_id>/", may=NOBODY, refused="words of their own", given=not_begun)
def begin_to_translate_a_front_page(visitor, scene):
    """There is one in each language already."""
    visitor.post({"locales": [home("zh-hans").locale_id]}, page_id=home("en").pk)


@posted(
    "cms/localize/submit/snippet/<slug:app_label>/<slug:model_name>/<str:pk>/",
    may=NOBODY,
    refused="404",
    given=not_begun,
)
def translate_a_snippet(visitor, scene):
    """None of ours has a language."""
    visitor.post({"locales": [home("zh-hans").locale_id]}, app_label="news", model_name="topic", pk=1)


@posted("cms/localize/update/<int:translation_source_id>/", may=REVIEWING, given=begun)
def bring_the_paragraphs_up_to_date(visitor, scene):
    scene.reject()
    scene.edit(title="A week of wind")
    source = scene.translation.localized.source
    visitor.form(translation_source_id=source.pk).send()
    assert source.stringsegment_set.filter(string__data="A week of wind").exists()


EDITOR = "cms/localize/translate/<int:translation_id>/"


def segment(scene):
    """The first paragraph's number."""
    return keys_of(scene.translation.localized)[0]


@posted(f"{EDITOR}strings/<int:string_segment_id>/edit/", may=EDITORS_OF_CHINESE, given=begun)
def translate_a_paragraph(visitor, scene):
    url = visitor.url(translation_id=scene.translation_id, string_segment_id=segment(scene))
    form = "application/x-www-form-urlencoded"
    visitor.send(visitor.client.put, url, "value=%E6%B8%85%E6%96%B0", SCRIPT, content_type=form)
    saved = StringTranslation.objects.get(data="清新")
    assert saved.last_translated_by == visitor.user
    visitor.send(visitor.client.delete, url, "", SCRIPT)
    assert not StringTranslation.objects.exists()


@posted(f"{EDITOR}overrides/<int:overridable_segment_id>/edit/", may=EDITORS_OF_CHINESE, given=begun)
def show_another_picture_in_the_translation(visitor, scene):
    overridable = OverridableSegment.objects.filter(source=scene.translation.localized.source).first()
    key = overridable.pk if overridable else 0
    other = stored_image("青山")
    url = visitor.url(translation_id=scene.translation_id, overridable_segment_id=key)
    form = "application/x-www-form-urlencoded"
    visitor.send(visitor.client.put, url, f"value={other.pk}", SCRIPT, content_type=form)
    assert SegmentOverride.objects.get().last_translated_by == visitor.user
    visitor.send(visitor.client.delete, url, "", SCRIPT)
    assert not SegmentOverride.objects.exists()


@posted(f"{EDITOR}pofile/upload/", may=EDITORS_OF_CHINESE, given=begun)
def upload_a_translated_po_file(visitor, scene):
    url = visitor.url(translation_id=scene.translation_id)
    translator = Client()
    translator.force_login(scene.translator)
    downloaded = translator.get(url.replace("upload", "download")).content.decode()
    open_words = 'msgid "A week of clean air"\nmsgstr ""'
    assert open_words in downloaded
    po = downloaded.replace(open_words, open_words[:-1] + '清新空气周"')
    visitor.post({"file": text_file(po, "week.po", "text/x-gettext-translation")}, to=url)
    assert StringTranslation.objects.get(data="清新空气周").tool_name == "PO File"


@posted(f"{EDITOR}machine_translate/", may=NOBODY, refused="404", given=begun)
def translate_by_a_machine(visitor, scene):
    """No machine is set up."""
    visitor.post(translation_id=scene.translation_id)


@posted(f"{EDITOR}disable/", may=EDITORS_OF_CHINESE, given=begun)
def edit_the_translation_as_a_page(visitor, scene):
    visitor.post(translation_id=scene.translation_id)
    assert not Translation.objects.get(pk=scene.translation_id).enabled


def adapted():
    scene = begun()
    scene.reject()
    adapt(scene.release, scene.publisher)
    return scene


@posted("cms/pages/<int:page_id>/edit/", may=EDITORS_OF_CHINESE, given=adapted)
def translate_paragraph_by_paragraph_again(visitor, scene):
    visitor.post({"localize-restart-translation": "1"}, page_id=chinese(scene.page).get().pk)
    assert Translation.objects.get(pk=scene.translation_id).enabled


@posted("cms/pages/<int:page_id>/edit/", may=NOBODY, refused="may not do this", given=begun)
def publish_from_the_editor_of_paragraphs(visitor, scene):
    visitor.post({"action": "publish"}, page_id=chinese(scene.page).get().pk)


@posted("cms/localize/page/<int:page_id>/convert_to_alias/", may=NOBODY, refused="release", given=begun)
def make_a_translation_an_alias(visitor, scene):
    visitor.post(page_id=chinese(scene.page).get().pk)


reads(
    "a translation as a file, or as it would look",
    f"{EDITOR}pofile/download/",
    f"{EDITOR}preview/",
    f"{EDITOR}preview/<str:mode>/",
)
