"""What an update of the software leaves to be done with the data and no migration can do.

Each step asks what still waits and does it, one object at a time: broken off, it goes on where it was; started again,
it finds nothing to do.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Exists, Model, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.documents import get_document_model
from wagtail.models import BaseLogEntry, ModelLogEntry, Page, PageLogEntry, Revision
from wagtail.users.models import UserProfile

from home import gate, renaming
from home.images import CustomImage, Rendition
from home.languages import LANGUAGES, Words
from home.models import MovedFile
from home.upstream import log_names
from news.findings.judged import unsettled
from news.models import Approval, Release, ReleaseSummary, Waiver
from news.models.release import name_of
from news.pair.face import FORMAT
from news.pair.facts import facts
from news.pair.pair import Pair, release_of
from news.pair.uses import write_uses
from news.release import stage_records, summaries
from news.release.approvals import stamp
from news.release.sections import approve_as_they_stand, unapproved
from news.release.vacated import keep_former
from news.translation import apart
from news.translation.bulk import part
from news.translation.carrying import carry_into_page, carry_into_paragraphs
from news.translation.sync import translation_of
from news.translation.units import write_down_former

BATCH = 50
"""Objects in one transaction."""


@dataclass(frozen=True)
class DataStep:
    name: str
    label: Words
    waiting: Callable[[], QuerySet[Any]]
    do: Callable[[Any], None]
    """Is given one of what is `waiting`, which is none of it afterwards. What it raises leaves that one waiting."""


REGISTER: dict[str, DataStep] = {}
"""{name: DataStep}, in the order in which they are done."""


def data_step(
    name: str, label: Words, waiting: Callable[[], QuerySet[Any]]
) -> Callable[[Callable[[Any], None]], Callable[[Any], None]]:
    def registered(do: Callable[[Any], None]) -> Callable[[Any], None]:
        REGISTER[name] = DataStep(name, label, waiting, do)
        return do

    return registered


def take(step: DataStep, tell: Callable[[int, int], None]) -> list[tuple[Model, Exception]]:
    """Do all that waits; returns what could not be done, with why. `tell` is given how many are done, of how many."""
    keys = list(step.waiting().order_by("pk").values_list("pk", flat=True))
    failed: list[tuple[Model, Exception]] = []
    for start in range(0, len(keys), BATCH):
        with transaction.atomic():
            for found in step.waiting().filter(pk__in=keys[start : start + BATCH]).order_by("pk"):
                try:
                    with transaction.atomic():
                        step.do(found)
                except Exception as error:  # whatever it is, the others are done, and this one is named
                    failed.append((found, error))
        tell(min(start + BATCH, len(keys)), len(keys))
    return failed


def unknown_authors() -> QuerySet[Release]:
    return Release.objects.filter(authors_known=False)


@data_step("write_down_authors", _("Writing down who wrote what"), unknown_authors)
def write_down_authors(release: Release) -> None:
    write_down_former(release, Pair(release).pages)
    release.authors_known = True
    release.save(update_fields=["authors_known"])


def unknown_files() -> QuerySet[Release]:
    return Release.objects.filter(files_known=False)


@data_step("write_down_files", _("Writing down which files are shown"), unknown_files)
def write_down_files(release: Release) -> None:
    """Of each revision that is the newest, public, approved or submitted."""
    for page in Pair(release).pages:
        named = {page.latest_revision_id, page.live_revision_id}
        named |= set(release.approvals.standing().values_list("revision", flat=True))
        for revision in page.revisions.filter(pk__in=named - {None}):
            write_uses(revision, type(page))
    release.files_known = True
    release.save(update_fields=["files_known"])


def silent_pictures() -> QuerySet[Release]:
    return Release.objects.filter(pictures_speak=False)


@data_step("carry_picture_words", _("Giving pictures the words that readers were shown"), silent_pictures)
def carry_picture_words(release: Release) -> None:
    pair = Pair(release)
    standing = release.approvals.standing()
    named = {release.source_revision_id, *standing.values_list("revision", flat=True)}
    named |= set(standing.values_list("counterpart_revision", flat=True))
    with gate.opened(release.translation_key):
        for page in pair.pages:
            keys = {*named, page.latest_revision_id, page.live_revision_id} - {None}
            carry_into_page(page, page.revisions.filter(pk__in=keys))
    translation = pair.translation
    if translation.page is not None:
        localized = translation_of(translation.page, enabled=False)
        if localized is not None:
            is_read = translation.is_live or translation.is_pending or translation.review is not None
            carry_into_paragraphs(localized, is_read)
    say_hashes_anew(release)
    release.pictures_speak = True
    release.save(update_fields=["pictures_speak", "source_hash"])


def say_hashes_anew(release: Release) -> None:
    """Of the texts approved and translated, which have the same words more than before."""
    versions = Pair(release).versions
    original = versions[release.original_language]
    if release.source_revision is not None and original.page is not None:
        release.source_hash = original.hash_of(release.source_revision)
    for approval in release.approvals.standing():
        version = versions[LANGUAGES[approval.language]]
        if version.page is None:
            continue
        approval.text_hash = version.hash_of(approval.revision)
        if approval.counterpart_revision is not None:
            approval.counterpart_hash = original.hash_of(approval.counterpart_revision)
        approval.save(update_fields=["text_hash", "counterpart_hash"])


data_step("part_paragraphs", _("Giving each of equal paragraphs its own translation"), apart.together)(part)


def unstamped() -> QuerySet[Approval]:
    """Those that stand, of pages that are still there."""
    there = Exists(Revision.objects.filter(pk=OuterRef("revision_id")))
    stale = Approval.objects.standing().exclude(face_format=FORMAT)
    return stale.filter(there).select_related("release")


@data_step("stamp_approvals", _("Keeping what was approved"), unstamped)
def stamp_approval(approval: Approval) -> None:
    pair = Pair(approval.release)
    stamp(pair.versions[LANGUAGES[approval.language]], approval)


def unnamed(model: type[BaseLogEntry]) -> QuerySet[Any]:
    """Lines of the log that say by a key alone who did it."""
    return model.objects.filter(user_id__isnull=False).exclude(data__has_key=log_names.NAME)


def name_them(entry: BaseLogEntry) -> None:
    """By the name that the account has now; of one that is gone by the one that an approval has kept, or by none."""
    account = User.objects.filter(pk=entry.user_id).first()
    name = name_of(account) if account else name_of_gone(entry.user_id)
    type(entry).objects.filter(pk=entry.pk).update(data={**entry.data, log_names.NAME: name})


def name_of_gone(key: int) -> str:
    approved = PageLogEntry.objects.filter(user_id=key, action="newsroom.approve").values("revision")
    kept = Approval.objects.filter(user=None, revision__in=approved).exclude(user_name="")
    return kept.values_list("user_name", flat=True).first() or ""


for log_model, name in ((PageLogEntry, "name_in_trail"), (ModelLogEntry, "name_in_log")):
    data_step(name, _("Writing down the names of whoever did what"), partial(unnamed, log_model))(name_them)


data_step("record_stages", _("Writing down what became of each review"), stage_records.unrecorded)(
    stage_records.write_down
)


def unsettled_here() -> QuerySet[Release]:
    return Release.objects.filter(settled_here=False)


@data_step("settle_here", _("Giving each release what was settled for it elsewhere"), unsettled_here)
def settle_here(release: Release) -> None:
    """What is approved and waits for its release counts as settled what was silent when it was approved."""
    pair = Pair(release)
    if any(version.is_pending for version in pair.versions.values()):
        for judged in unsettled(pair):
            if judged.offered is not None and not judged.offered.overrides:
                take_along(judged.offered, release)
    release.settled_here = True
    release.save(update_fields=["settled_here"])


def take_along(given: Waiver, release: Release) -> None:
    """With its name and its date."""
    made = Waiver.objects.get(pk=given.pk)
    made.pk, made.release = None, release
    made.save(force_insert=True)
    Waiver.objects.filter(pk=made.pk).update(at=given.at)  # auto_now_add says when the row was made


def unknown_addresses() -> QuerySet[Release]:
    return Release.objects.filter(addresses_known=False)


@data_step("keep_addresses", _("Writing down where what was withdrawn was public"), unknown_addresses)
def keep_addresses(release: Release) -> None:
    keep_former(release)
    release.addresses_known = True
    release.save(update_fields=["addresses_known"])


@data_step("approve_sections", _("Keeping what front pages and sections say"), unapproved)
def approve_section(page: Page) -> None:
    """Both languages at once: of the second nothing waits then."""
    approve_as_they_stand(release_of(page.specific), "upgrade", "public before front pages and sections were released")


for model, name, label in (
    (CustomImage, "rename_pictures", _("Giving pictures names that nobody can guess")),
    (Rendition, "rename_renditions", _("Giving the sizes of pictures names that nobody can guess")),
    (get_document_model(), "rename_documents", _("Giving documents names that nobody can guess")),
    (UserProfile, "rename_portraits", _("Giving portraits names that nobody can guess")),
):
    data_step(name, label, partial(renaming.guessable, model))(renaming.rename)


@data_step("remove_guessable", _("Removing files under their old names"), renaming.to_clear)
def remove_guessable(moved: MovedFile) -> None:
    renaming.clear(moved)


def unsummarised() -> QuerySet[Release]:
    """Those that are marked, too, are made anew by whoever reads a list of them."""
    return Release.objects.filter(summary=None)


@data_step("summarise", _("Writing down where each release stands"), unsummarised)
def summarise(release: Release) -> None:
    summaries.mark([release.pk])
    summaries.write_one(ReleaseSummary.objects.get(pk=release.pk), facts(Pair(release)))
