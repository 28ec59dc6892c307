"""Replacing a picture or a document in the releases chosen: proposed by one person, agreed to by another. Rule 19."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.files import LibraryFile
from home.gate import Refused
from home.images import CustomImage
from home.keeping import is_private
from home.models import ReplacedFile
from home.renditions import SLOTS
from home.taken_down import require_there
from news import jobs, trail
from news.models import Release, Replacement, ReplacementUse, ReviewTask
from news.models.release import name_of
from news.pair.face import digest
from news.pair.file_refusals import (
    FileMissing,
    LockedByHand,
    MayNotAgree,
    MayNotDrop,
    NewFileHidden,
    NothingChosen,
    NotUsed,
    NotYours,
    ProposedByYou,
    ReplacedByItself,
    ReplacementEnded,
    ReplacementShownOtherwise,
    ReviewAfterwardsFirst,
)
from news.pair.locks import refusal_of_freeze
from news.pair.pair import Pair
from news.pair.refusals import Claimed
from news.pair.rules import has, may_publish, may_write
from news.pair.showings import Showing, showings_of
from news.pair.stages import assigned_to
from news.pair.stops import stop_of
from news.pair.uses import NAMED, uses_of
from news.translation.parts import document, picture

from .exchanging import Exchange, exchange, standing_of
from .holding import locked

KIND = "replace_file"
AT_ONCE = 5
"""Of so many releases nobody waits long; more are done one after the other, and it is shown how far it is."""
Tell = Callable[[int, int], None]


def propose(
    old: LibraryFile, new: LibraryFile, user: User, releases: Collection[Release], reason: str = ""
) -> Replacement:
    """For whoever may write in each of these releases."""
    if type(old) is not type(new) or old.pk == new.pk:
        raise ReplacedByItself
    require_there(type(new), new.pk)
    require_readable(new)
    chosen = {release.pk for release in releases}
    showings = [showing for showing in showings_of(old) if showing.release.pk in chosen]
    if not showings:
        raise NothingChosen
    require_open(new, any(showing.is_standing for showing in showings))
    for showing in showings:
        if not may_write(user, showing.pair):
            raise NotYours(title=showing.title)
    name = NAMED[type(old)]
    with transaction.atomic():
        made = Replacement.objects.create(
            **{f"old_{name}": old, f"new_{name}": new},
            old_name=str(old)[:255],
            new_name=str(new)[:255],
            reason=reason,
            opened_by=user,
            opened_by_name=name_of(user),
        )
        ReplacementUse.objects.bulk_create(
            ReplacementUse(replacement=made, release=showing.release) for showing in showings
        )
        for showing in showings:
            record(showing, "propose_replacement", user, made)
    return made


def record(showing: Showing, action: str, user: User, it: Replacement) -> None:
    for version in showing.pair.versions.values():
        if version.page is not None and version.language.code in showing.states:
            page = version.existing_page
            names = {"file": it.old_name, "new": it.new_name}
            trail.record(page, action, user, page.latest_revision, showing.pair, reason=it.reason, **names)


def require_open(new: Any, is_standing: bool) -> None:
    """What is to be public lies where guests may read it."""
    if is_standing and is_private(new.collection_id):
        raise NewFileHidden(file=str(new))


def require_readable(file: Any) -> None:
    try:
        with file.file.storage.open(file.file.name) as opened:
            opened.read(1)
    except (OSError, ValueError):
        raise FileMissing(file=str(file)) from None


def draw(file: Any) -> None:
    """Before anybody waits: readers get it from the first moment."""
    if isinstance(file, CustomImage):
        try:
            file.get_renditions(*{spec for slot in SLOTS.values() for spec in slot.specs})
        except Exception as error:  # whatever a damaged picture makes Pillow say
            raise FileMissing(file=str(file)) from error


def stamp_of(it: Replacement) -> str:
    """Of both files, with the library's words of them: what who agrees is shown."""
    return digest([shown(it.old), shown(it.new)])


def shown(file: Any) -> Any:
    if isinstance(file, CustomImage):
        words = [file.alt_en, file.alt_zh_hans, file.caption_en, file.caption_zh_hans]
        return [picture(file), words]
    return [document(file), file.title] if file is not None else None


def pending(it: Replacement) -> list[ReplacementUse]:
    return list(it.rows.filter(done_at=None).select_related("release"))


def may_agree_for(user: User, pair: Pair) -> bool:
    """A publisher, or who decides at the last stage, with the right in both languages."""
    if may_publish(user, pair):
        return True
    return all(has(user, page, "change") and decides_last(user, page) for page in pair.pages)


def decides_last(user: User, page: Any) -> bool:
    assigned = assigned_to(page)
    last = assigned.workflow.tasks.last() if assigned is not None else None
    task = last.specific if last is not None else None
    return isinstance(task, ReviewTask) and any(group.is_theirs for group in task.groups_for(user))


def require_may_agree(it: Replacement, user: User) -> None:
    if it.opened_by_id == user.pk:
        raise ProposedByYou
    pairs = [pair for pair in Pair.many([row.release for row in pending(it)]) if pair.pages]
    if not pairs:
        raise NotUsed
    for pair in pairs:
        if not may_agree_for(user, pair):
            raise MayNotAgree(title=Showing(pair).title)


def may_agree(it: Replacement, user: User) -> bool:
    try:
        require_may_agree(it, user)
    except Refused:
        return False
    return it.ended_at is None


def refusal_in(pair: Pair, user: User) -> Refused | None:
    """Why it cannot be replaced in a release now: somebody works there on what would be another thing under their
    hands. It waits until they are done.
    """
    frozen = refusal_of_freeze(pair)
    if frozen is not None:
        return frozen
    stop = stop_of(pair)
    if stop is not None:
        return stop
    for version in pair.versions.values():
        if version.page is None:
            continue
        if version.claim is not None and version.claim.user_id != user.pk:
            return Claimed(name=version.claim.user_name)
        if version.page.locked and version.page.locked_by_id != user.pk:
            return LockedByHand(language=version.language.label)
        if any(approval.urgent for approval in standing_of(version).values()):
            return ReviewAfterwardsFirst()
    return None


def agree(it: Replacement, user: User, seen: str | None = None) -> Replacement:
    """One other person, for all releases in one act. What cannot be done now is named, and waits with its reason."""
    require_may_agree(it, user)
    if it.new is not None:
        require_readable(it.new)
        draw(it.new)
    with transaction.atomic():
        it = Replacement.objects.select_for_update().get(pk=it.pk)
        if it.ended_at is not None:
            raise ReplacementEnded
        require_may_agree(it, user)
        if it.new is None or it.old is None:
            raise FileMissing(file=it.new_name if it.new is None else it.old_name)
        require_there(type(it.new), it.new.pk)
        if seen is not None and seen != stamp_of(it):
            raise ReplacementShownOtherwise
        it.approved_by, it.approved_by_name, it.approved_at = user, name_of(user), timezone.now()
        it.stamp = stamp_of(it)
        it.save()
        it.rows.filter(done_at=None).update(refusal="")
        waiting = len(pending(it))
        if waiting > AT_ONCE:
            jobs.ask(KIND, it.pk, {"replacement": it.pk, "about": str(it)}, user)
    if waiting <= AT_ONCE:
        carry_out(it, user)
        it.refresh_from_db()
    return it


def carry_out(it: Replacement, user: User, tell: Tell | None = None) -> None:
    """Release by release, each in a transaction of its own: whatever breaks off goes on where it was."""
    rows = [row for row in pending(it) if not row.refusal]
    total, is_replaced = it.rows.count(), False
    for number, row in enumerate(rows, 1):
        try:
            is_replaced |= replace_in(row, it, user)
        except Refused as refusal:
            ReplacementUse.objects.filter(pk=row.pk).update(refusal=str(refusal))
        if tell is not None:
            tell(total - len(rows) + number, total)
    if is_replaced:
        name = NAMED[type(it.old)]
        files = {f"old_{name}": it.old, f"new_{name}": it.new}
        ReplacedFile.objects.update_or_create(**files, defaults={"at": timezone.now()})
    if not it.rows.filter(done_at=None).exists():
        Replacement.objects.filter(pk=it.pk).update(ended_at=timezone.now())


def replace_in(row: ReplacementUse, it: Replacement, user: User) -> bool:
    """Whether the release still showed it."""
    with locked(row.release) as pair:
        if not ReplacementUse.objects.select_for_update().filter(pk=row.pk, done_at=None).exists():
            return False
        if pair.pages and not may_agree_for(user, pair):
            raise MayNotAgree(title=Showing(pair).title)
        if stamp_of(it) != it.stamp:
            raise ReplacementShownOtherwise
        require_there(type(it.new), it.new.pk)
        shown = uses_of(it.old).filter(revision__object_id__in=[str(page.pk) for page in pair.pages])
        require_open(it.new, shown.standing().exists())
        refusal = refusal_in(pair, user)
        if refusal is not None:
            raise refusal
        changed = exchange(pair, Exchange(it.old, it.new, it.opened_by, user, "replace_file", it.reason))
        ReplacementUse.objects.filter(pk=row.pk).update(done_at=timezone.now(), refusal="")
        return bool(changed)


@jobs.job(KIND, _("Replacing a picture or a document"))
def replace_in_all(run: jobs.Run) -> None:
    it = Replacement.objects.filter(pk=run.data["replacement"], ended_at=None).first()
    if it is not None and it.approved_by is not None and it.old is not None and it.new is not None:
        carry_out(it, it.approved_by, run.tell)


def may_drop(it: Replacement, user: User) -> bool:
    if it.ended_at is not None:
        return False
    return it.opened_by_id == user.pk or may_agree(it, user)


def drop(it: Replacement, user: User) -> None:
    """What has not been replaced yet stays as it is."""
    with transaction.atomic():
        it = Replacement.objects.select_for_update().get(pk=it.pk)
        if it.ended_at is not None:
            raise ReplacementEnded
        if not may_drop(it, user):
            raise MayNotDrop
        now = timezone.now()
        it.dropped_by, it.dropped_by_name, it.dropped_at, it.ended_at = user, name_of(user), now, now
        it.save()
        left = {row.release_id for row in pending(it)}
        for pair in Pair.many(Release.objects.filter(pk__in=left)):
            for page in pair.pages:
                names = {"file": it.old_name, "new": it.new_name}
                trail.record(page, "drop_replacement", user, page.latest_revision, pair, **names)


def replacements_in(release: Release) -> list[Replacement]:
    """Those that wait, for the page of a release."""
    found = Replacement.objects.filter(ended_at=None, rows__release=release, rows__done_at=None)
    return list(found.select_related("old_image", "new_image", "old_document", "new_document"))
