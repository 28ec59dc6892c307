"""wagtail-localize's own views, for the views of ours that stand in front of them."""

from wagtail.models import Page
from wagtail_localize.models import Translation, TranslationSource
from wagtail_localize.views.convert import convert_to_alias
from wagtail_localize.views.edit_translation import (
    edit_override,
    edit_string_translation,
    machine_translate,
    stop_translation,
    user_can_edit_instance,
)
from wagtail_localize.views.submit_translations import SubmitPageTranslationView
from wagtail_localize.views.update_translations import UpdateTranslationsView

start = SubmitPageTranslationView.as_view()
update = UpdateTranslationsView.as_view()

__all__ = [
    "convert_to_alias",
    "edit_override",
    "edit_string_translation",
    "machine_translate",
    "source_page",
    "start",
    "stop_translation",
    "target_page",
    "update",
    "user_can_edit_instance",
]


def target_page(translation_id: int) -> Page | None:
    """The page that a localize Translation makes, or None for what is no page or is gone."""
    translation = Translation.objects.select_related("source").filter(pk=translation_id).first()
    return translation and translation.get_target_instance()


def source_page(source_id: int) -> Page | None:
    """The page that a localize TranslationSource was taken from, or None for what is no page or is gone."""
    source = TranslationSource.objects.filter(pk=source_id).first()
    return source and source.get_source_instance()
