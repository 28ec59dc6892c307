"""Who wrote what of a version, unit by unit: what is asked when somebody is to be the second person.

A unit is what somebody writes as one: `title`, `body.0f3c…` (a block), `former_names.91ab…` (a row). `body` alone is
the order of the blocks.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.db.models.signals import post_delete, post_save, pre_save
from django.dispatch import receiver
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page, Revision
from wagtail_localize.models import SegmentOverride, StringTranslation

from home import gate
from home.languages import language_of
from home.paragraphs import text_path
from news.models import Authorship, Release
from news.models.release import name_of

from .drafts import content_of
from .sync import translation_of

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT")
OF_A_FIELD = {"alt", "caption", "form", "link", "title", "words"}
"""What follows the name of a field where the field is no stream and no relation."""


def unit_of(path: str) -> str:
    """Of a path of localize's or of a news.translation.parts.Part."""
    first, _dot, rest = text_path(path).partition(".")
    second = rest.partition(".")[0]
    is_field = not second or second in OF_A_FIELD or second.startswith("'")
    return first if is_field else f"{first}.{second}"


def units_changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    """Between two contents of revisions."""
    old, new = content_of(before), content_of(after)
    changed: set[str] = set()
    for name in old.keys() | new.keys():
        if plain(old.get(name)) != plain(new.get(name)) and name != "slug":
            was, now = rows_of(old.get(name)), rows_of(new.get(name))
            if was is None and now is None:
                changed.add(name)
                continue
            was, now = was or {}, now or {}
            changed |= {f"{name}.{key}" for key in was.keys() | now.keys() if was.get(key) != now.get(key)}
            if list(was) != list(now):
                changed.add(name)
    return changed


def plain(value: Any) -> Any:
    """The same moment is written in one way."""
    moment = parse_datetime(value) if isinstance(value, str) and MOMENT.match(value) else None
    return moment.astimezone(UTC) if moment is not None else value


def rows_of(value: Any) -> dict[str, Any] | None:
    """{key: block or row} of a stream field or a relation, None of any other value."""
    if isinstance(value, str) and value.startswith("["):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    if not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
        return None
    return dict(zip(distinct(row.get("id") or row.get("translation_key") for row in value), value, strict=True))


def distinct(keys: Iterable[Any]) -> list[str]:
    """Keys of blocks or rows; the number stands for one that is missing, or comes a second time."""
    found: dict[str, None] = {}
    for number, key in enumerate(keys):
        text = str(key or number)
        found[text if text not in found else f"{text}#{number}"] = None
    return list(found)


def write_down(
    release: Release | None, language: str, units: Iterable[str], user: User | None, revision: int | None = None
) -> None:
    user = user or get_active_log_context().user
    if user is None or release is None:
        return
    Authorship.objects.bulk_create(rows_for(release, language, units, user, revision=revision))


def rows_for(release: Release, language: str, units: Iterable[str], user: User, **fields: Any) -> Iterator[Authorship]:
    for unit in sorted(units):
        yield Authorship(release=release, language=language, unit=unit, user=user, user_name=name_of(user), **fields)


def write_down_former(release: Release, pages: Iterable[Page]) -> None:
    """Who wrote what before that was written down, as revisions and paragraphs tell it."""
    made: list[Authorship] = []
    for page in pages:
        code, localized = language_of(page).code, translation_of(page)
        if localized is None:
            before: Mapping[str, Any] = {}
            for revision in page.revisions.order_by("pk").select_related("user").iterator(chunk_size=20):
                if revision.user is not None:
                    units, when = units_changed(before, revision.content), revision.created_at
                    made += rows_for(release, code, units, revision.user, at=when, revision=revision.pk)
                before = revision.content
            continue
        for model in (StringTranslation, SegmentOverride):
            written = model.objects.filter(context__object_id=release.translation_key, locale=page.locale)
            for row in written.exclude(last_translated_by=None).select_related("context", "last_translated_by"):
                made += rows_for(release, code, [unit_of(row.context.path)], row.last_translated_by, at=row.updated_at)
    Authorship.objects.bulk_create(sorted(made, key=lambda row: row.at))


@receiver(post_save, sender=Revision, dispatch_uid="news.translation.revision_written")
def revision_written(sender: type[Model], instance: Revision, raw: bool = False, **kwargs: Any) -> None:
    """A translation made paragraph by paragraph is put together by the system: its paragraphs have their authors."""
    if raw or instance.user_id is None:
        return
    page = instance.content_object
    if not isinstance(page, Page) or not gate.gates(page.specific_class):
        return
    if translation_of(page) is not None:
        return
    former = page.revisions.filter(pk__lt=instance.pk).order_by("-pk").values_list("content", flat=True).first()
    release = Release.objects.filter(translation_key=page.translation_key).first()
    units = units_changed(former or {}, instance.content)
    write_down(release, language_of(page).code, units, instance.user, instance.pk)


@receiver(pre_save, sender=StringTranslation, dispatch_uid="news.translation.string_known")
@receiver(pre_save, sender=SegmentOverride, dispatch_uid="news.translation.override_known")
def known_before(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Whether anything is written: a form that is sent back as it was has no author."""
    fields = ["data", "translation_type"] if sender is StringTranslation else ["data_json"]
    stored = sender._default_manager.filter(pk=instance.pk).values_list(*fields) if instance.pk else []
    instance.is_written = list(stored) != [tuple(getattr(instance, field) for field in fields)]


class TitleTooLong(gate.Refused):
    message = _("Not saved: a title has at most %(most)d characters, and this one has %(count)d.")


@receiver(pre_save, sender=StringTranslation, dispatch_uid="news.translation.title_fits")
def title_fits(sender: type[Model], instance: StringTranslation, raw: bool = False, **kwargs: Any) -> None:
    """localize writes a title into the page at once, which PostgreSQL does not take where it is too long."""
    most = Page._meta.get_field("draft_title").max_length
    if not raw and instance.context.path == "title" and len(instance.data) > most:
        raise TitleTooLong(most=most, count=len(instance.data))


@receiver(post_save, sender=StringTranslation, dispatch_uid="news.translation.string_written")
@receiver(post_save, sender=SegmentOverride, dispatch_uid="news.translation.override_written")
@receiver(post_delete, sender=SegmentOverride, dispatch_uid="news.translation.override_gone")
def segment_written(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if raw or not getattr(instance, "is_written", True):
        return
    is_gone = kwargs.get("signal") is post_delete
    release = Release.objects.filter(translation_key=instance.context.object_id).first()
    author = None if is_gone else instance.last_translated_by
    write_down(release, instance.locale.language_code, [unit_of(instance.context.path)], author)
