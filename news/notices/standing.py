"""Whether what a notice asks for is still to be done: it may have waited for a day, and somebody else has done it."""

from collections.abc import Callable

from django.contrib.auth import get_user_model
from django.utils import timezone

from home.languages import LANGUAGES
from home.upstream import membership
from news.models import Event, Notice, Replacement
from news.pair.pair import Pair
from news.pair.readiness import ready
from news.translation.drafts import open_segments

from .words import GIVEN_UP


def still_stands(notice: Notice) -> bool:
    """What only tells of something stands as long as there is its release, and somebody to tell."""
    if notice.recipient is not None and not notice.recipient.is_active:
        return False
    if notice.release is None:
        return True
    pair = Pair(notice.release)
    if not pair.pages:
        return False
    look = LOOKS.get(Event(notice.event))
    return look is None or look(pair, notice)


def awaits_review(pair: Pair, notice: Notice) -> bool:
    """At a stage that is the recipient's, too."""
    task = pair.versions[LANGUAGES[notice.language]].task
    if task is None or notice.recipient is None:
        return task is not None
    members = get_user_model().objects.filter(membership.members(task.groups.all()))
    return bool(members.filter(pk=notice.recipient.pk).exists())


def is_to_translate(pair: Pair, notice: Notice) -> bool:
    translation = pair.translation
    return translation.localized is None or bool(open_segments(translation.localized))


def is_overdue(pair: Pair, notice: Notice) -> bool:
    """It is neither released nor set anew."""
    return pair.release.release_at is not None and pair.release.release_at <= timezone.now()


def is_handed_over(pair: Pair, notice: Notice) -> bool:
    assignment = pair.assignments.get(notice.language)
    return assignment is not None and assignment.user_id == notice.recipient_id


def is_to_replace(pair: Pair, notice: Notice) -> bool:
    return Replacement.objects.filter(rows__release=pair.release, approved_at=None, dropped_at=None).exists()


LOOKS: dict[Event, Callable[[Pair, Notice], bool]] = {
    Event.AMENDMENT: lambda pair, notice: notice.about == GIVEN_UP or pair.amendment is not None,
    Event.AWAITS_REVIEW: awaits_review,
    Event.CORRECTION: lambda pair, notice: pair.correction is not None,
    Event.FAILED: is_overdue,
    Event.HANDED_OVER: is_handed_over,
    Event.HELD: lambda pair, notice: pair.is_held,
    Event.HELD_OVER: is_overdue,
    Event.MISSED: is_overdue,
    Event.NOT_AGREED: is_overdue,
    Event.READY: lambda pair, notice: bool(ready(pair)),
    Event.TO_BRING_BACK: lambda pair, notice: pair.bringing_back is not None,
    Event.TO_REPLACE: is_to_replace,
    Event.TO_TRANSLATE: is_to_translate,
}
