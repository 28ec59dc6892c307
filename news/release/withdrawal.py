"""Taking a release down, and deleting one. Rule 9; row 21 of the transitions."""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Model
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import get_active_log_context
from wagtail.models import Page

from home import gate
from home.languages import CHINESE, ENGLISH, LANGUAGES, Language
from news import trail
from news.models import Approval, Correction, Mode, Release
from news.pair.pair import Pair
from news.pair.refusals import NotPublic
from news.pair.rules import require_publisher, require_reason

from .approvals import end, revoked
from .holding import locked


def withdraw(release: Release, user: User, reason: str, languages: Collection[Language] = (ENGLISH, CHINESE)) -> None:
    """Take these languages down. They come back only by submission and approval."""
    require_reason(reason)
    with locked(release) as pair:
        require_publisher(user, pair)
        chosen = [pair.versions[language] for language in languages if pair.versions[language].is_live]
        if not chosen:
            raise NotPublic
        for version in chosen:
            end(version, user, "take_back", reason, everything=True)
            UnpublishPageAction(version.page, user=user).execute(skip_permission_checks=True)
            trail.record(version.page, "withdraw", user, version.existing_page.latest_revision, reason=reason)
        row = pair.release
        down = {version.language.code for version in chosen}
        close_corrections(pair, down)
        row.withdrawn_at, row.release_at = timezone.now(), None
        row.withdrawn_languages = sorted({*row.withdrawn_languages, *down})
        still_live = [code for code, language in LANGUAGES.items() if pair.versions[language].is_live]
        if still_live:
            row.mode, row.languages, row.due, row.reason = Mode.SINGLE, still_live, None, reason
        row.save()


def close_corrections(pair: Pair, down: Collection[str]) -> None:
    """What is not public cannot be corrected, and its readers are told nothing."""
    found = pair.release.corrections.filter(released_at=None)
    found.update(**{Correction.NOTES[code]: "" for code in down})
    still_noted = found.exclude(note_en="", note_zh_hans="").exists()
    if not still_noted and not any(version.is_live and version.has_changes for version in pair.versions.values()):
        found.delete()


def counterpart_of_deleted(page: Page) -> Page | None:
    """What goes with a page: with the original its translation, with what was ever released the other language."""
    release = Release.objects.filter(translation_key=page.translation_key).first()
    if release is None:
        return None
    pair = Pair(release)
    version = pair.version_of(page)
    other = pair.counterpart(version).page
    return other if version.is_original or page.first_published_at else None


def end_approvals(page: Page) -> None:
    """Of a page that is deleted."""
    if page.alias_of_id is not None:
        return
    user, reason = get_active_log_context().user, _("The page was deleted.")
    standing = Approval.objects.standing().filter(
        release__translation_key=page.translation_key, language=page.locale.language_code
    )
    standing.update(**revoked(user, reason))


@receiver(post_delete, dispatch_uid="news.release.withdrawal")
def delete_counterpart(sender: type[Model], instance: Model, **kwargs: Any) -> None:
    """Row 21. A translation that is deleted is missing again; the release stays, and its approvals as past ones:
    a draft that is begun anew is another.
    """
    if sender is Page and isinstance(instance, Page) and gate.gates(instance.specific_class):
        end_approvals(instance)
        other = counterpart_of_deleted(instance)
        if other is not None and not other.live:
            with transaction.atomic():
                other.delete()
