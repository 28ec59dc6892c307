import pytest
from django.core.exceptions import ValidationError
from wagtail_localize.models import StringTranslation, Translation

from home.languages import CHINESE, ENGLISH
from news.translation.drafts import open_segments, save_draft
from news.translation.sync import fill, start_translation, translation_of

from .pairs import article_pair, locale

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("original", [ENGLISH, CHINESE])
def test_either_language_can_be_the_original(original):
    english, chinese = article_pair(original=original)
    assert (english.title, chinese.title) == ("A week of clean air", "清新空气周")
    translation = Translation.objects.get()
    assert translation.source.locale == locale(original)
    target = chinese if original == ENGLISH else english
    assert translation_of(target) == translation
    assert translation_of(english if target == chinese else chinese) is None


def test_segments_come_from_the_latest_draft_not_from_the_live_row():
    english, _chinese = article_pair()
    english.summary = "A better summary."
    english.save_revision()
    translation = start_translation(english)
    assert "A better summary." in {s.string.data for s in translation.source.stringsegment_set.all()}
    assert open_segments(translation) == 1


def test_starting_again_keeps_what_people_wrote():
    english, chinese = article_pair(live=[])
    before = chinese.latest_revision_id
    start_translation(english)
    chinese.refresh_from_db()
    assert chinese.latest_revision_id == before
    assert open_segments(Translation.objects.get()) == 0


def test_a_draft_does_not_touch_the_public_row():
    """On stock, saving the draft of a live translation writes unreviewed text into the public page."""
    _english, chinese = article_pair()
    fill(Translation.objects.get(), {"A week of clean air": "未经审核的标题"})
    draft = save_draft(Translation.objects.get())
    chinese.refresh_from_db()
    assert chinese.title == "清新空气周"
    assert draft.as_object().title == "未经审核的标题"


def test_a_faulty_segment_counts_as_open():
    article_pair(live=[ENGLISH])
    translation = Translation.objects.get()
    broken = StringTranslation.objects.first()
    broken.set_field_error([ValidationError("too long")])
    assert open_segments(translation) == 1
