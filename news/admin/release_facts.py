"""What readers get of a release beside its words: pictures, attachments, and what both languages have in common."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F, ForeignKey
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from modelcluster.models import get_all_child_relations
from wagtail.documents import get_document_model
from wagtail.models import Page, TaskState, WorkflowState

from home import clock
from home.images import CustomImage
from home.languages import LANGUAGES, Language, Words
from news.models import StageRecord
from news.pair.changes import Places
from news.pair.pair import Pair
from news.pair.version import Version
from news.translation.parts import PartKind
from news.translation.texts import copied_fields

THUMBNAIL = "max-165x165"
"""As the library's own lists draw it."""
LEFT_OUT = {"slug", "show_in_menus"}
FILES = {PartKind.PICTURE, PartKind.DOCUMENT}


class ReleaseFact(NamedTuple):
    label: str
    values: list[str]


class ShownFile(NamedTuple):
    place: str
    """“Lead image”."""
    file: Any
    """A CustomImage or a document."""
    url: str
    """Of its form in the library."""
    is_picture: bool
    language: Words
    """Of the version that alone shows it; empty where both do, and where there is one version."""


def facts_of(pair: Pair) -> list[ReleaseFact]:
    """Of the newest draft, in its order. What is empty is none, but for the date."""
    version = next((version for version in (pair.original, pair.translation) if version.page is not None), None)
    if version is None:
        return []
    return [fact for fact in (*fields_of(version.newest), *named_by(version.newest)) if fact.values]


def fields_of(page: Page) -> Iterator[ReleaseFact]:
    for name, value in copied_fields(page):
        if "." in name or name in LEFT_OUT:
            continue
        field = page._meta.get_field(name)
        if isinstance(field, ForeignKey):
            continue
        label = capfirst(str(field.verbose_name))
        if isinstance(value, datetime):
            value = clock.words(value)
        elif field.choices:
            value = getattr(page, f"get_{name}_display")()
        elif value is None and name == "date":
            value = _("the moment of release")
        yield ReleaseFact(label, [str(value)] if value not in (None, "") else [])


def named_by(page: Page) -> Iterator[ReleaseFact]:
    """Partners and topics: whatever rows below the page name."""
    for relation in get_all_child_relations(page):
        for field in relation.related_model._meta.fields:
            if isinstance(field, ForeignKey) and field.name not in (relation.field.name, "locale"):
                rows = getattr(page, relation.get_accessor_name()).all()
                named = [getattr(row, field.name) for row in rows]
                values = [called(one) for one in named if one is not None]
                yield ReleaseFact(capfirst(str(field.related_model._meta.verbose_name_plural)), values)


def called(named: Any) -> str:
    """A page by its title, a topic by its name in the language of the admin."""
    return str(getattr(named, "draft_title", None) or getattr(named, "name", None) or named)


def reviews_of(pair: Pair) -> dict[str, list[StageRecord]]:
    """{code of a language: the stages that its review has passed, in order}: of the one that goes on, or that led to
    what is approved."""
    found: dict[str, list[Any]] = {}
    records = StageRecord.objects.filter(release=pair.release, status=TaskState.STATUS_APPROVED)
    for record in records.exclude(task_state=None).annotate(review=F("task_state__workflow_state")).order_by("pk"):
        passed = found.setdefault(record.language, [])
        if passed and passed[-1].review != record.review:
            passed.clear()
        passed.append(record)
    return {code: passed for code, passed in found.items() if is_of_now(pair.versions[LANGUAGES[code]], passed[-1])}


def is_of_now(version: Version, last: Any) -> bool:
    if version.review is not None and version.review.status == WorkflowState.STATUS_IN_PROGRESS:
        return bool(last.review == version.review.pk)
    approval = version.approval
    return approval is not None and not approval.urgent and approval.user_id == last.finished_by_id


def files_of(pair: Pair) -> list[ShownFile]:
    """Each once, where it stands first."""
    places: dict[tuple[str, int], str] = {}
    languages: dict[tuple[str, int], list[Language]] = {}
    there = [version for version in pair.versions.values() if version.page is not None]
    for version in sorted(there, key=lambda version: not version.is_original):
        said = Places(version.existing_page, version.face)
        for part in version.face.parts.values():
            if part.kind in FILES and isinstance(part.value, dict):
                name = part.kind, part.value["key"]
                places.setdefault(name, said.of(part))
                languages.setdefault(name, []).append(version.language)
    pictures = CustomImage.objects.filter(pk__in=[key for kind, key in places if kind == PartKind.PICTURE])
    documents = get_document_model().objects.filter(pk__in=[key for kind, key in places if kind == PartKind.DOCUMENT])
    rows: Any = [*pictures.prefetch_renditions(THUMBNAIL), *documents]
    found = {(PartKind.PICTURE if isinstance(row, CustomImage) else PartKind.DOCUMENT, row.pk): row for row in rows}
    shown = []
    for name, place in places.items():
        if name in found:
            kind, key = name
            is_picture = kind == PartKind.PICTURE
            url = reverse("wagtailimages:edit" if is_picture else "wagtaildocs:edit", args=[key])
            alone = languages[name][0].label if len(there) > len(set(languages[name])) else ""
            shown.append(ShownFile(place, found[name], url, is_picture, alone))
    return shown
