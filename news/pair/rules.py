"""Who may do what, and what a version needs. Each function raises the Refused that fits, or does nothing."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from wagtail.models import Page, PageLogEntry, TaskState

from home import gate
from home.accounts.doors import confirm
from home.languages import language_of
from home.upstream.drafts import OF_THE_PAGE, foreign_keys
from news.models import Kind
from news.translation.drafts import overrides_of, paragraphs_of, refused_links, too_long
from news.translation.sync import translation_of

from .authors import changes_of
from .cascade_refusals import NotAPublisherIn
from .changes import places_of
from .face import Face, FaceChange, difference, units_of
from .locks import HouseLock
from .refusals import (
    IdentityNotConfirmed,
    Incomplete,
    Locked,
    MachineText,
    NotAPublisher,
    NotAReviewer,
    NotReadSince,
    NotReviewed,
    OpenParagraphs,
    ReasonNeeded,
    RefusedLinks,
    ReviewedByYouAlready,
    SecondPersonNeeded,
    WrittenByYou,
)
from .slips import is_slip

if TYPE_CHECKING:
    from .pair import Pair
    from .version import Version


def has(user: User, page: Page, permission: str) -> bool:
    """`permission` by Wagtail's name, such as `publish`. Superusers have each."""
    tester = page.permissions_for_user(user)
    return user.is_active and (user.is_superuser or permission in tester.permissions)


def may_read(page: Page, user: User) -> bool:
    """Whoever may write in its section reads along, others' releases among them."""
    return page.permissions_for_user(user).can_edit() or page.get_parent().permissions_for_user(user).can_add_subpage()


def require_unlocked(page: Page, user: User | None) -> None:
    """Raises Locked."""
    lock = page.get_lock()
    if lock is None or (user is not None and not lock.for_user(user)):
        return
    raise Locked(why=lock.get_message(user) if isinstance(lock, HouseLock) else "")


def may_write(user: User, pair: Pair) -> bool:
    """In either language."""
    return any(page.permissions_for_user(user).can_edit() for page in pair.pages)


def may_publish(user: User | None, pair: Pair) -> bool:
    """In both languages, as far as they are there."""
    return user is not None and all(has(user, page, "publish") for page in pair.pages)


def require_publisher(user: User | None, pair: Pair) -> None:
    if not may_publish(user, pair):
        raise NotAPublisher


def refusal_to_publish(user: User | None, pages: Iterable[Page]) -> NotAPublisher | None:
    """Of one version, too: what becomes of the other is decided with it. It names the language that is missing."""
    pages = list(pages)
    missing = [page for page in pages if user is None or not has(user, page, "publish")]
    if not missing:
        return None
    if {page.locale_id for page in missing} == {page.locale_id for page in pages}:
        return NotAPublisher()
    return NotAPublisherIn(language=language_of(missing[0]).label)


def require_reviewer(user: User | None, pair: Pair) -> None:
    """Somebody who may change both languages."""
    if user is None or not all(has(user, page, "change") for page in pair.pages):
        raise NotAReviewer


def require_reason(reason: str) -> None:
    if not reason.strip():
        raise ReasonNeeded


def require_identity(user: User | None, password: str) -> User:
    """Who asks for it, once they have said again who they are. Outside any transaction: a failure has to count."""
    if user is None or not confirm(user, password):
        raise IdentityNotConfirmed
    return user


def is_unread_adaptation(version: Version) -> bool:
    """Whether a page that was made of paragraphs, some of which nobody had written or read, is as it was made."""
    if version.is_original or version.pair.release.kind != Kind.ADAPTED:
        return False
    page = version.existing_page
    made = PageLogEntry.objects.filter(page=page.pk, action="newsroom.adapt").order_by("-timestamp", "-pk").first()
    if made is None or made.revision_id != page.latest_revision_id:
        return False
    localized = translation_of(page, enabled=False)
    paragraphs = paragraphs_of(localized) if localized is not None else []
    return any(not paragraph.words or paragraph.is_machine for paragraph in paragraphs)


def require_complete(version: Version, is_read: bool = False) -> None:
    """What the editor demands at submission, whichever way the version came about; of a translation every paragraph.

    With `is_read` what has been read of the version is enough, for a screen. Whoever writes asks anew.
    """
    if version.localized is not None:
        paragraphs = version.paragraphs if is_read else paragraphs_of(version.localized)
        missing = sum(not paragraph.words for paragraph in paragraphs)
        if missing:
            raise OpenParagraphs(count=missing)
        machine = sum(paragraph.is_machine for paragraph in paragraphs)
        if machine:
            raise MachineText(count=machine)
        fields = too_long(type(version.existing_page), paragraphs)
        if fields:
            raise Incomplete(fields=", ".join(fields))
        links = refused_links(version.overrides if is_read else overrides_of(version.localized))
        if links:
            raise RefusedLinks(links=", ".join(links))
        return
    if is_unread_adaptation(version):
        raise NotReadSince
    page = version.newest if is_read else version.existing_page.get_latest_revision_as_object()
    looked_up = {field.name for field in foreign_keys(type(page))} if is_read else set()
    try:
        page.full_clean(exclude=NOT_WRITTEN | looked_up)
    except ValidationError as error:
        raise gate.policy.refusal_to_show(page) or incomplete(page, error) from error


def incomplete(page: Page, error: ValidationError) -> Incomplete:
    """What a page's own validation has found, in the names of its fields."""
    found = [name for name in error.message_dict if name != "draft_title"]  # it says what `title` says
    names = [page._meta.get_field(name).verbose_name if name != "__all__" else name for name in found]
    return Incomplete(fields=", ".join(map(str, names)))


NOT_WRITTEN = {*OF_THE_PAGE, "path", "translation_key"}
"""Fields that no editor fills in: each would be looked up."""


def require_second_person(version: Version, user: User, at_once: bool = False) -> None:
    """Rule 16: whoever wrote part of what differs from what was approved last is not its second person.

    An approver may correct: at an earlier stage the next one is the second look; at the last one see `needs_a_yes`.
    `at_once`: no stage follows, whatever the review is at, and nobody else is asked.
    """
    approved = [stage for stage in version.stages if stage.status == TaskState.STATUS_APPROVED]
    if any(stage.finished_by_id == user.pk for stage in approved):
        raise ReviewedByYouAlready
    everybody = {hand.user for hand in version.hands}
    for stage in approved:
        began = [hand.at for hand in version.hands if stage.started_at is None or hand.at <= stage.started_at]
        if everybody == {stage.finished_by_id} and began:
            raise NotReviewed  # who alone wrote it has passed an earlier stage, by a script or a stage of another kind
    theirs = written_by(version, user)
    if not theirs:
        return
    stage_follows = version.task_state is not None and not version.is_at_last_stage and not at_once
    wrote_before = any(hand.user == user.pk and hand.at <= version.began_at for hand in version.hands)
    if not wrote_before and not at_once and (stage_follows or theirs <= units_of(corrections(version))):
        return
    if everybody == {user.pk}:
        raise SecondPersonNeeded
    if not stage_follows:
        raise WrittenByYou(places=places_of(changes_of(version), version.existing_page, version.face))


def require_another_beside(version: Version, user: User) -> None:
    """For whoever approves what is public once more, beside another step: neither a note of their own (rule 18) nor
    what they alone have let out (rule 6).
    """
    note, public = version.pair.correction, version.approval
    is_own_note = note is not None and not version.is_note_approved and note.opened_by_id == user.pk
    if is_own_note or (public is not None and public.urgent and public.user_id == user.pk):
        raise SecondPersonNeeded


def written_by(version: Version, user: User) -> set[str]:
    """The units of what differs that somebody wrote."""
    return {hand.unit for hand in version.hands if hand.user == user.pk}


def needs_a_yes(version: Version, user: User) -> bool:
    """Whether the last reviewer has corrected more than a slip, so that somebody else has to agree to it."""
    if version.task_state is None or not version.is_at_last_stage:
        return False
    theirs = written_by(version, user)
    changes = [change for change in corrections(version) if change.unit in theirs] if theirs else []
    return bool(changes) and not is_slip(changes)


def corrections(version: Version) -> list[FaceChange]:
    """What was changed since the stage began that the review is at."""
    if version.task_state is None or version.task_state.revision is None:
        return []
    return difference(Face.of(version.at(version.task_state.revision)), version.face)
