from django.db.models import Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractGroupApprovalTask, Page

from home import gate


class ReviewTask(AbstractGroupApprovalTask):
    """A review by a group that the rules of releases bind, superusers too.

    What would be refused is not offered.
    """

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")

    @classmethod
    def get_description(cls):
        return _(
            "Members of the chosen groups read one language version; the release decides whether they may approve it."
        )

    def groups_for(self, user):
        """[Group] that review, each with whether it `is_theirs`, the user's. Asked for once."""
        if user.pk not in self.groups_read:
            theirs = Exists(user.groups.filter(pk=OuterRef("pk")))
            self.groups_read[user.pk] = list(self.groups.annotate(is_theirs=theirs).order_by("name"))
        return self.groups_read[user.pk]

    @cached_property
    def groups_read(self):
        return {}

    def _user_in_groups(self, user):
        """Of the groups that are named beside the review: Wagtail would ask for them once more."""
        return any(group.is_theirs for group in self.groups_for(user))

    def get_actions(self, obj, user):
        if not super().get_actions(obj, user):
            return []
        actions = [("reject", _("Return for changes"), True)]
        if not is_released(obj) or not gate.policy.refusal_to_approve(obj, user):
            actions += [("approve", _("Approve"), False), ("approve", _("Approve with a remark"), True)]
        return actions

    def on_action(self, task_state, user, action_name, version=None, **kwargs):
        """Decided by one at a time, on what stands then.

        `version` is the news.pair.pair.Version of the page, where the caller has read it and holds its release.
        """
        if version is None:
            page = task_state.workflow_state.content_object
            if not is_released(page):
                return super().on_action(task_state, user, action_name, **kwargs)
            with gate.policy.deciding(page, task_state) as version:
                return self.on_action(version.task_state, user, action_name, version=version, **kwargs)
        if action_name == "approve":
            gate.policy.before_approval(task_state, user, version)
        return super().on_action(task_state, user, action_name, **kwargs)


def is_released(page):
    """Whether the page goes public through a release."""
    return isinstance(page, Page) and gate.gates(page.specific_class)
