"""One language from the start: chosen by who writes, confirmed by who releases. Rule 32."""

from django.contrib.auth.models import User
from django.db import transaction
from wagtail.models import Page

from news import trail
from news.models import Mode, Release, Topic
from news.models.release import both_languages
from news.pair.office_refusals import LanguagesScheduled
from news.pair.pair import Pair, VersionState
from news.pair.refusals import LanguagesSettled, MayNotEdit
from news.pair.rules import may_publish
from news.pair.topics import topics_of

from .holding import held

UNDECIDED = {VersionState.MISSING, VersionState.DRAFTING, VersionState.CHANGES_ASKED}
"""Where a translation may stand for its release to go without it."""

LINES = {True: "one_language", False: "both_languages", None: "languages_of_topics"}
"""Of the trail."""


def require_may_choose(pair: Pair, user: User | None) -> None:
    """Whoever has set the moment of a release has said with it what goes out then. Raises LanguagesScheduled."""
    if pair.release.release_at is not None and not may_publish(user, pair):
        raise LanguagesScheduled


def may_stay_alone(pair: Pair) -> bool:
    """Whether there is still something to choose: nothing was public, or it was in one language and both were chosen
    afterwards; and nobody reviews or approved a translation.
    """
    release, original, translation = pair.release, pair.original.page, pair.translation
    if original is None or translation.state not in UNDECIDED:
        return False
    was_translated = translation.page is not None and translation.page.first_published_at is not None
    is_late = original.live and release.mode == Mode.SINGLE and release.due is None and release.alone is False
    return is_late and not was_translated if pair.was_released else True


def choose(release: Release, user: User) -> None:
    """It is to be public in the original's language alone. What there is of a translation stays, as a draft."""
    with held(release) as pair:
        original = pair.original
        if not may_stay_alone(pair) or pair.release.alone:
            raise LanguagesSettled
        if not original.existing_page.permissions_for_user(user).can_edit() or original.is_locked_for(user):
            raise MayNotEdit
        require_may_choose(pair, user)
        write_down(pair, True, user)


@transaction.atomic
def choose_while_writing(page: Page, user: User | None, alone: bool | None) -> None:
    """What the form of the original said. Where a translation was begun meanwhile, it goes on."""
    pair = Pair(Release.objects.select_for_update().get(translation_key=page.translation_key))
    is_open = pair.version_of(page).is_original and not pair.was_released and pair.translation.page is None
    if is_open and pair.release.release_at is None and pair.release.alone != alone:
        write_down(pair, alone, user)


def settle(pair: Pair, user: User | None) -> None:
    """At the first submission of the original: where nobody has chosen, nor set a moment for both, its topics have."""
    release = pair.release
    is_open = release.alone is None and release.release_at is None and not pair.was_released
    if not is_open or pair.translation.page is not None:
        return
    topics = Topic.objects.filter(pk__in=topics_of(pair.original.existing_page))
    if topics and all(topic.in_one_language for topic in topics):
        write_down(pair, True, user, topics=" · ".join(map(str, topics)))


def write_down(pair: Pair, alone: bool | None, user: User | None, **data: str) -> None:
    """What was chosen, in the release and in its trail."""
    release = pair.release
    release.alone = alone
    if not pair.was_released:
        release.mode = Mode.SINGLE if alone else Mode.TOGETHER
        release.languages = [release.original] if alone else both_languages()
        release.due, release.reason = None, ""
    release.save(update_fields=["alone", "mode", "languages", "due", "reason"])
    if alone:
        release.assignments.filter(language=pair.translation.language.code).delete()
    trail.record(pair.original.page, LINES[alone], user, pair.original.existing_page.latest_revision, **data)
