"""Deleting: what goes with a page, and who may take it along. Rule 23; row 21 of the transitions."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete, pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from home import gate
from home.gate import Refused
from home.languages import language_of
from news.models import Amendment, Approval, Authorship, BringingBack, Release
from news.pair.cascade_refusals import MayNotDeleteAlong, StillPublic
from news.pair.pair import Pair, pair_of
from news.pair.version import Version
from news.translation.drafts import overrides_of, paragraphs_of
from news.translation.sync import translation_of

from .approvals import revoked
from .stopping import NOT_HELD
from .vacated import keep


def counterpart_of_deleted(page: Page) -> Page | None:
    """What goes with a page: with the original its translation, with what was ever released the other language."""
    release = Release.objects.filter(translation_key=page.translation_key).first()
    if release is None:
        return None
    pair = Pair(release)
    version = pair.version_of(page)
    other = pair.counterpart(version).page
    was_released = page.first_published_at or (other is not None and other.first_published_at)
    return other if version.is_original or was_released else None


def nobody_wrote(version: Version) -> bool:
    """Whether a translation is as the system made it, without a word of a person's."""
    page, release = version.existing_page, version.pair.release
    if version.is_original or page.first_published_at or version.approvals or version.review:
        return False
    written = Authorship.objects.filter(release=release, language=version.language.code)
    localized = translation_of(page, enabled=False)
    if localized is None or not release.authors_known or written.exists():
        return False
    words = any(paragraph.words and not paragraph.is_machine for paragraph in paragraphs_of(localized))
    return not words and not overrides_of(localized)


def refusal_to_delete(page: Page, user: User | None) -> Refused | None:
    """Why a page is not deleted for what would go along. Without a user, in a command, nobody's right is asked."""
    other = counterpart_of_deleted(page) if gate.gates(page.specific_class) else None
    for along in below(other) if other is not None else ():
        said = {"language": language_of(along).label, "title": along.draft_title}
        if along.live:
            return StillPublic(**said)
        if user is not None and not may_delete(along, user):
            return MayNotDeleteAlong(**said)
    return None


def may_delete(page: Page, user: User) -> bool:
    if page.permissions_for_user(user).can_delete():
        return True
    return gate.gates(page.specific_class) and nobody_wrote(pair_of(page).version_of(page))


def below(page: Page) -> Iterable[Page]:
    """The page and all below it."""
    found: Iterable[Page] = page.get_descendants(inclusive=True).select_related("locale").specific()
    return found


def goes_along(pages: Iterable[Page]) -> list[Page]:
    """Whatever else is deleted with these pages and what is below them, in the other language and below that."""
    waiting = [found for page in pages for found in below(page)]
    known = {page.pk for page in waiting}
    along: list[Page] = []
    while waiting:
        page = waiting.pop(0)
        other = counterpart_of_deleted(page) if gate.gates(page.specific_class) else None
        fresh = [found for found in below(other) if found.pk not in known] if other is not None else []
        known |= {found.pk for found in fresh}
        waiting += fresh
        along += fresh
    return along


def refusal_to_delete_all(page: Page, user: User) -> Refused | None:
    """Of a page and all below it."""
    refusals = (refusal_to_delete(found, user) for found in below(page))
    return next((refusal for refusal in refusals if refusal is not None), None)


@receiver(pre_delete, dispatch_uid="news.release.deletion.guard")
def guard_deletion(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Whichever way a page is deleted. Nobody writes or releases meanwhile; its addresses outlive it."""
    if sender is not Page or not isinstance(instance, Page) or not gate.gates(instance.specific_class):
        return
    release = Release.objects.select_for_update().filter(translation_key=instance.translation_key).first()
    if release is None or instance.alias_of_id is not None:
        return
    refusal = refusal_to_delete(instance, get_active_log_context().user)
    if refusal is not None:
        raise refusal
    keep(release, instance)


def end_approvals(page: Page) -> None:
    """Of a page that is deleted."""
    if page.alias_of_id is not None:
        return
    user, reason = get_active_log_context().user, _("The page was deleted.")
    standing = Approval.objects.standing().filter(
        release__translation_key=page.translation_key, language=page.locale.language_code
    )
    standing.update(**revoked(user, reason))


def end_waiting(page: Page) -> None:
    """Of a release whose last page is deleted: no moment, hold or proposal of it waits for anybody."""
    if Page.objects.filter(translation_key=page.translation_key, alias_of=None).exists():
        return
    found = Release.objects.filter(translation_key=page.translation_key)
    found.update(release_at=None, failures=0, failure="", **NOT_HELD)
    for model in (Amendment, BringingBack):
        model.objects.filter(release__in=found, ended_at=None).update(ended_at=timezone.now())


@receiver(post_delete, dispatch_uid="news.release.withdrawal")
def delete_counterpart(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Row 21. A translation that is deleted is missing again; the release stays, and its approvals as past ones:
    a draft that is begun anew is another.
    """
    if sender is Page and isinstance(instance, Page) and gate.gates(instance.specific_class):
        end_approvals(instance)
        end_waiting(instance)
        other = counterpart_of_deleted(instance)
        if other is not None and not other.live:
            with transaction.atomic():
                other.delete()
