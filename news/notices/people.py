"""Who hears of what: by right, by assignment, by what they wrote."""

from collections.abc import Iterable

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import QuerySet
from wagtail.models import Page, Revision, WorkflowState
from wagtail.permission_policies.pages import PagePermissionPolicy

from news.pair.pair import Pair
from news.pair.version import Version


def with_permission(permission: str, pages: Iterable[Page]) -> QuerySet[User]:
    """The users whose groups give them a permission on each of these pages; where there is none, nobody."""
    policy = PagePermissionPolicy()
    allowed = [policy.users_with_permission_for_instance(permission, page, include_superusers=False) for page in pages]
    keys = [set(found.values_list("pk", flat=True)) for found in allowed]  # SQLite nests only so many queries
    return users(set.intersection(*keys) if keys else ()).filter(is_active=True)


def publishers(pair: Pair) -> QuerySet[User]:
    return with_permission("publish", pair.pages)


def reviewers(pair: Pair) -> QuerySet[User]:
    return with_permission("change", pair.pages)


def translators_for(pair: Pair) -> Iterable[User]:
    """Whoever the translation is assigned to; else those who may change it and nothing of the other language."""
    version = pair.translation
    assigned = pair.release.assignments.filter(language=version.language.code, user__is_active=True).first()
    if assigned and assigned.user:
        return [assigned.user]
    bilingual = reviewers(pair).values("pk")
    everyone = with_permission("change", [version.existing_page])
    return everyone.exclude(pk__in=bilingual) or everyone


def users(keys: Iterable[int | None]) -> QuerySet[User]:
    return get_user_model().objects.filter(pk__in={key for key in keys if key is not None})


def writers_of(version: Version) -> QuerySet[User]:
    """Who wrote or submitted a version, and whoever it is assigned to."""
    return users(writers(version))


def writers(version: Version) -> set[int | None]:
    """Their keys."""
    page, assignment = version.existing_page, version.assignment
    wrote = Revision.objects.filter(pk=page.latest_revision_id).values_list("user", flat=True)
    submitted = WorkflowState.objects.for_instance(page).order_by("-pk").values_list("requested_by", flat=True)[:1]
    translated = {paragraph.by for paragraph in version.paragraphs}
    return {page.owner_id, *wrote, *submitted, *translated, assignment.user_id if assignment else None}


def involved(pair: Pair) -> set[User]:
    versions = [version for version in pair.versions.values() if version.page is not None]
    approved = pair.release.approvals.standing().values_list("user", flat=True)
    return set(users({*(key for version in versions for key in writers(version)), *approved}))
