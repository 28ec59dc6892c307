"""What a release's ReleaseSummary says of it: made of its Pair alone, at whatever time it is asked."""

from datetime import datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision

from home.languages import CHINESE, ENGLISH
from news.models import PartnerPage, ReleaseSummary, Topic

from .pair import Pair, VersionState
from .state import ReleaseState, is_missed, state_at_any_time
from .topics import named_in
from .version import Version

SUFFIXES = ((ENGLISH, "en"), (CHINESE, "zh_hans"))
MANY = ("topics", "partners")


class NextStep(models.TextChoices):
    """What is to be done next."""

    CORRECT = "correct", _("Correction to be approved")
    WAIT = "wait", ""
    """For its moment."""
    CHANGE = "change", _("Changes to be made")
    REVIEW = "review", _("To be reviewed")
    RELEASE = "release", _("To be released")
    READ = "read", _("Post-release review due")
    """Of what one person let out alone."""
    WRITE = "write", _("Being written")
    TRANSLATE = "translate", _("To be translated")


def facts(pair: Pair) -> dict[str, Any]:
    """{name of a field of ReleaseSummary: its value}, those that refer to many as lists of keys, in order."""
    release, first = pair.release, next(iter(pair.titled), None)
    state, at = state_at_any_time(pair), release.release_at
    found: dict[str, Any] = {
        "page_type": first.existing_page.specific_class._meta.label if first else "",
        "is_section": pair.is_section,
        "original": release.original,
        "state": state.value,
        "misses": at is not None and is_missed(pair, at),
        "stale": pair.translation.is_stale,
        "owed": pair.is_owed,
        "unread": bool(pair.review_afterwards_due),
        "due": due_of(pair),
        "author_id": first.existing_page.owner_id if first else None,
        "reviewer_id": reviewer_of(pair),
        "step": step_of(pair, state),
        "since": since(pair),
        "moment": at or min((page.first_published_at for page in pair.pages if page.first_published_at), default=None),
    }
    above, titled = places(pair.pages), pair.titled
    for language, suffix in SUFFIXES:
        version = pair.versions[language]
        page = version.page
        found |= {
            f"state_{suffix}": version.state.value,
            f"title_{suffix}": page.draft_title if page is not None and version in titled else "",
            f"page_{suffix}": page.pk if page is not None else None,
            f"place_{suffix}": above.get(page.path[: -page.steplen]) if page is not None else None,
        }
    return found | dict(zip(MANY, named_by(first), strict=True))


def stored(summary: ReleaseSummary) -> dict[str, Any]:
    """What a row says, as `facts` would."""
    names = [
        field.attname
        for field in summary._meta.concrete_fields
        if field.attname not in ("release_id", "dirty", "changed")
    ]
    found = {name: getattr(summary, name) for name in names}
    return found | {name: sorted(getattr(summary, name).values_list("pk", flat=True)) for name in MANY}


def places(pages: list[Page]) -> dict[str, int]:
    """{path: key} of what stands directly above some pages."""
    paths = {page.path[: -page.steplen] for page in pages}
    return dict(Page.objects.filter(path__in=paths).values_list("path", "pk")) if paths else {}


def named_by(version: Version | None) -> tuple[list[int], list[int]]:
    """Keys of (the topics, the partners) that its newest draft names, as far as they are still there."""
    if version is None or not hasattr(version.existing_page, "article_topics"):
        return [], []
    topics, partners = named_in(Revision.objects.filter(pk=version.existing_page.latest_revision_id))
    return still_there(Topic, topics), still_there(PartnerPage, partners)


def still_there(model: type[models.Model], keys: set[int]) -> list[int]:
    return sorted(model._default_manager.filter(pk__in=keys).values_list("pk", flat=True)) if keys else []


def due_of(pair: Pair) -> Any:
    """The first day on which somebody wants something of it."""
    days = [assigned.due for assigned in pair.assignments.values() if assigned.due]
    return min([*days, *([pair.release.due] if pair.is_owed and pair.release.due else [])], default=None)


def reviewer_of(pair: Pair) -> int | None:
    """Who approved last what still stands."""
    standing = [approval for version in pair.versions.values() for approval in version.standing]
    return max(standing, key=lambda approval: approval.pk).user_id if standing else None


def step_of(pair: Pair, state: ReleaseState) -> str:
    original, translation = pair.original, pair.translation
    waits = {VersionState.MISSING, VersionState.DRAFTING}
    steps = (
        (NextStep.CORRECT, pair.correction is not None),
        (NextStep.WAIT, state == ReleaseState.SCHEDULED),
        (NextStep.CHANGE, state == ReleaseState.RETURNED),
        (NextStep.REVIEW, any(version.task_state is not None for version in pair.versions.values())),
        (NextStep.RELEASE, state == ReleaseState.READY),
        (NextStep.READ, bool(pair.review_afterwards_due)),
        ("", state == ReleaseState.WITHDRAWN),
        (NextStep.WRITE, original.state == VersionState.DRAFTING),
        (NextStep.TRANSLATE, translation.state in waits and not pair.release.stays_in_one_language),
    )
    return next((str(step) for step, is_next in steps if is_next and pair.pages), "")


def since(pair: Pair) -> datetime | None:
    """When it came to where it stands: a review when its stage began, else what last happened to it."""
    began = [version.task_state.started_at for version in pair.versions.values() if version.task_state is not None]
    moments: list[datetime | None] = [moment for moment in began if moment]
    if not moments:
        release = pair.release
        moments = [release.withdrawn_at, release.held_at, release.resumed_at]
        for version in pair.versions.values():
            moments += [moment for it in version.approvals for moment in (it.approved_at, it.revoked_at)]
        for page in pair.pages:
            moments += [page.latest_revision_created_at, page.last_published_at]
    return max((moment for moment in moments if moment), default=None)
