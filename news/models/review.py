from typing import Any, Protocol

from django.contrib.auth.models import User
from django.db.models import Exists, Model, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.locks import WorkflowLock
from wagtail.models import AbstractGroupApprovalTask, Page, TaskState

from home import gate
from home.languages import Words
from home.upstream.membership import groups_of


class ReviewGroup(Protocol):
    """A Group that reviews, beside somebody who may be in it."""

    name: str
    is_theirs: bool


class ReviewLock(WorkflowLock):
    """Wagtail's, which says who may write instead of what one may do."""

    def get_message(self, user: User | None) -> str | None:
        if not self.for_user(user):
            return None
        return gettext(
            "This version is in review: %(task)s. Its reviewers alone change it now; whoever submitted it can recall "
            "it on the release's page."
        ) % {"task": self.task.name}


class ReviewTask(AbstractGroupApprovalTask):
    """A review by a group that the rules of releases bind, superusers too.

    What would be refused is not offered.
    """

    lock_class = ReviewLock

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    @classmethod
    def get_description(cls) -> Words:
        return _(
            "Members of the chosen groups read one language version; the release decides whether they may approve it."
        )

    def groups_for(self, user: User) -> list[ReviewGroup]:
        """The groups that review. Asked for once."""
        if user.pk not in self.groups_read:
            theirs = Exists(groups_of(user).filter(pk=OuterRef("pk")))
            self.groups_read[user.pk] = list(self.groups.annotate(is_theirs=theirs).order_by("name"))
        return self.groups_read[user.pk]

    @cached_property
    def groups_read(self) -> dict[int, list[ReviewGroup]]:
        return {}

    def _user_in_groups(self, user: User) -> bool:
        """Of the groups that are named beside the review: Wagtail would ask for them once more."""
        return any(group.is_theirs for group in self.groups_for(user))

    def get_actions(self, obj: Page, user: User) -> list[tuple[str, Words, bool]]:
        if not super().get_actions(obj, user):
            return []
        actions: list[tuple[str, Words, bool]] = []
        if not is_released(obj) or not gate.policy.refusal_to_return(obj, user):
            actions += [("reject", _("Return for changes"), True)]
        if not is_released(obj) or not gate.policy.refusal_to_approve(obj, user):
            actions += [("approve", _("Approve"), False), ("approve", _("Approve with a remark"), True)]
        return actions

    def on_action(
        self, task_state: TaskState, user: User, action_name: str, /, comment: str = "", **kwargs: Any
    ) -> Any:
        """Decided by one at a time, on what stands then.

        Wagtail's editor hands on whatever a browser says beside the action. Of that the remark alone counts.
        """
        page = task_state.workflow_state.content_object
        if not is_released(page):
            return super().on_action(task_state, user, action_name, comment=comment, **kwargs)
        with gate.policy.deciding(page, task_state) as version:
            return self.decide(version, user, action_name, comment)

    def decide(self, version: Any, user: User, action_name: str, comment: str = "") -> Any:
        """The same of a news.pair.pair.Version, for whoever has read it and holds its release."""
        if action_name == "approve" and not gate.policy.before_approval(version.task_state, user, version):
            return None  # signed off, and waits for somebody's yes
        if action_name == "reject" and (refusal := gate.policy.refusal_to_return(version.page, user)):
            raise refusal
        return super().on_action(version.task_state, user, action_name, comment=comment)


def is_released(page: Model) -> bool:
    """Whether the page goes public through a release."""
    return isinstance(page, Page) and gate.gates(page.specific_class)
