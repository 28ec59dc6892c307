"""What the library says of a picture in the language of a translation, offered until a person has read it."""

from collections.abc import Mapping
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Exists, Model, OuterRef
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.models import Page
from wagtail_localize.models import SegmentOverride, StringSegment, StringTranslation, Translation

from home.images import CustomImage
from home.languages import language_of_code
from news.models.pictured import FilePlace, library_words, places_of

from .drafts import MACHINE, overrides_of

TOOL = "library"
"""As the name of a tool, by which its words are told from those of a machine."""


def pictures_by_text(translation: Translation, original: Page) -> dict[str, tuple[FilePlace, str, CustomImage]]:
    """{path of a text, see FilePlace.path_of: (FilePlace, noun, the picture that the translation shows there)}"""
    own = {path: data for path, data, _order in overrides_of(translation)}
    found = {}
    places = [place for place in places_of(original) if isinstance(place.file, CustomImage)]
    images = CustomImage.objects.in_bulk([own[place.path] for place in places if place.path in own])
    for place in places:
        image = images.get(own.get(place.path), place.file)
        for noun in place.names:
            found[place.path_of(noun)] = place, noun, image
    return found


def prefill(translation: Translation, original: Page) -> None:
    """Where nobody has said anything of a picture yet. `original`: as the segments were taken from it.

    What a person said of it before the original changed stays in sight, as of any paragraph.
    """
    pictures = pictures_by_text(translation, original)
    if not pictures:
        return
    target = language_of_code(translation.target_locale.language_code)
    said = StringTranslation.objects.filter(context=OuterRef("context_id"), locale=translation.target_locale)
    segments = translation.source.stringsegment_set.filter(context__path__in=pictures)
    open_ones = segments.annotate_translation(translation.target_locale).filter(translation=None)
    said_before = Exists(said.exclude(tool_name=TOOL))
    offer(
        translation,
        {
            segment: library_words(image, noun, target)
            for segment in open_ones.exclude(said_before).select_related("context")
            for _place, noun, image in [pictures[segment.context.path]]
        },
    )


def offer(translation: Translation, words: Mapping[StringSegment, str], kind: str = MACHINE) -> None:
    """For segments that have no translation."""
    StringTranslation.objects.bulk_create(
        [
            StringTranslation(
                translation_of_id=segment.string_id,
                locale=translation.target_locale,
                context_id=segment.context_id,
                data=said,
                translation_type=kind,
                tool_name=TOOL,
            )
            for segment, said in words.items()
            if said
        ],
        ignore_conflicts=True,
    )


def accept(translation: Translation, user: User | None) -> None:
    """Somebody has read all that is offered, and takes it as it is."""
    offered = StringTranslation.objects.filter(
        context__object_id=translation.source.object_id,
        locale=translation.target_locale,
        translation_type=MACHINE,
        tool_name=TOOL,
    )
    for string in offered:
        string.translation_type, string.tool_name = StringTranslation.TRANSLATION_TYPE_MANUAL, ""
        string.last_translated_by = user
        string.save()


@receiver(post_save, sender=SegmentOverride, dispatch_uid="news.translation.picture_chosen")
@receiver(post_delete, sender=SegmentOverride, dispatch_uid="news.translation.picture_given_up")
def describe_anew(sender: type[Model], instance: SegmentOverride, raw: bool = False, **kwargs: Any) -> None:
    """Another picture stands at a place of a translation: its words are open, with what the library says of it."""
    is_gone = kwargs.get("signal") is post_delete
    if raw or not (is_gone or getattr(instance, "is_written", True)):
        return
    translation = Translation.objects.filter(
        source__object_id=instance.context.object_id, target_locale=instance.locale, enabled=True
    ).first()
    if translation is None or not instance.context.path.rpartition(".")[2].isidentifier():
        return
    original = translation.source.as_instance()
    at = [
        path
        for path, found in pictures_by_text(translation, original).items()
        if found[0].path == instance.context.path
    ]
    if at:
        within = {"context__object_id": instance.context.object_id, "locale": instance.locale}
        StringTranslation.objects.filter(context__path__in=at, **within).delete()
        prefill(translation, original)
