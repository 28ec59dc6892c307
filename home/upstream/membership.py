"""Which groups somebody is in. Whatever gives rights by groups asks here. It goes once Wagtail and Django ask a policy.

Who may stand in for somebody is not known here: `policy` is replaced by the app that knows.
"""

from collections.abc import Collection
from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from wagtail.models import GroupCollectionPermission, GroupPagePermission, Page
from wagtail.models.view_restrictions import BaseViewRestriction
from wagtail.permission_policies.collections import CollectionPermissionLookupMixin
from wagtail.permission_policies.pages import PagePermissionPolicy


class MembershipPolicy:
    def groups_of(self, user: User) -> QuerySet[Group]:
        """Those whose rights somebody has now."""
        return user.groups.all()

    def members(self, groups: Any) -> Q:
        """A condition on users: whoever has the rights of one of these groups now."""
        return Q(groups__in=groups)


policy: MembershipPolicy = MembershipPolicy()


def set_policy(new_policy: MembershipPolicy) -> None:
    global policy
    policy = new_policy


def groups_of(user: User) -> QuerySet[Group]:
    return policy.groups_of(user)


def members(groups: Any) -> Q:
    return policy.members(groups)


stock = PagePermissionPolicy.users_with_any_permission_for_instance
stock_accept = BaseViewRestriction.accept_request


def install() -> None:
    def group_permissions(self: Any, user_obj: User) -> QuerySet[Permission]:
        return Permission.objects.filter(group__in=groups_of(user_obj))

    def page_permissions(self: Any, user: Any) -> QuerySet[Any]:
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return GroupPagePermission.objects.none()
        return GroupPagePermission.objects.filter(group__in=groups_of(user)).select_related("page", "permission")

    def collection_permissions(self: Any, user: Any) -> QuerySet[Any]:
        if not user.is_active or user.is_anonymous or user.is_superuser:
            return GroupCollectionPermission.objects.none()
        found = GroupCollectionPermission.objects.filter(group__in=groups_of(user))
        return found.select_related("permission", "collection")

    def users(self: Any, actions: Collection[str], instance: Page, include_superusers: bool = True) -> QuerySet[User]:
        """Wagtail's, and whoever has such rights without being in a group of them."""
        found: QuerySet[User] = stock(self, actions, instance, include_superusers)
        granted = GroupPagePermission.objects.filter(
            permission__codename__in=self._get_permission_codenames(actions),
            page__in=instance.get_ancestors(inclusive=True),
        )
        groups = list(granted.values_list("group", flat=True).distinct())  # SQLite nests only so many queries
        return User.objects.filter(Q(pk__in=found.values("pk")) | members(groups), is_active=True).distinct()

    def accept_request(self: Any, request: HttpRequest) -> bool:
        """Wagtail's, and whoever has the rights of a group that is let in."""
        if stock_accept(self, request):
            return True
        user, is_by_group = request.user, self.restriction_type == BaseViewRestriction.GROUPS
        if not is_by_group or not user.is_authenticated or not user.is_active:
            return False
        return bool(self.groups.filter(pk__in=groups_of(user).values("pk")).exists())

    stock_backend: Any = ModelBackend
    stock_backend._get_group_permissions = group_permissions
    PagePermissionPolicy.get_all_permissions_for_user = page_permissions
    CollectionPermissionLookupMixin.get_all_permissions_for_user = collection_permissions
    PagePermissionPolicy.users_with_any_permission_for_instance = users
    BaseViewRestriction.accept_request = accept_request
