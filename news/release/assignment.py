"""Whose turn it is: assigning a version to somebody, with a note and a day."""

from datetime import date

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy

from home.languages import Language
from news import trail
from news.models import Assignment, Release
from news.models.release import name_of
from news.pair.refusals import MayNotEdit, NobodyToHandOverTo

from .holding import locked


def may_take_over(page: Page) -> QuerySet[User]:
    """The users to whom a page's version can be assigned: whoever may change it, and its author."""
    users = PagePermissionPolicy().users_with_any_permission_for_instance({"change", "publish"}, page)
    found = get_user_model().objects.filter(Q(pk__in=users.values("pk")) | Q(pk=page.owner_id), is_active=True)
    return found.order_by("first_name", "username")


def hand_over(
    release: Release, language: Language, user: User, to: User, due: date | None = None, note: str = ""
) -> Assignment:
    """Assign one language's version to `to` until `due`, a date or None. Returns the Assignment."""
    with locked(release) as pair:
        page = pair.versions[language].page
        if page is None or not page.permissions_for_user(user).can_edit():
            raise MayNotEdit
        if not may_take_over(page).filter(pk=to.pk).exists():
            raise NobodyToHandOverTo(name=name_of(to))
        made, _created = Assignment.objects.update_or_create(
            release=pair.release,
            language=language.code,
            defaults={"user": to, "due": due, "note": note, "by": user, "by_name": name_of(user)},
        )
        trail.record(
            page, "hand_over", user, page.latest_revision, to=name_of(to), to_id=to.pk, due=str(due or ""), reason=note
        )
    return made
