"""By which workflow a page that goes public through its release is reviewed, and in which languages it is to be public.

Part of home.gate, whose policy decides both.
"""

from typing import Any, Literal

from django.contrib.auth.models import User
from wagtail.models import Page, Revision, Workflow

from home.mixins import BeforePage


class ReviewPolicy:
    """What such pages ask. This one leaves them to Wagtail."""

    def workflow(self, page: Page) -> Workflow | None:
        """By which the page is reviewed, or None."""
        return Page.get_workflow(page)

    def chosen_languages(self, page: Page, user: User | None, alone: bool | None) -> None:
        """Who wrote the page says whether it is to go public in its language alone; None: as its topics say."""


class ReviewedMixin(BeforePage):
    chosen_alone: bool | Literal["unsaid"] | None = "unsaid"
    """What a form has said of its languages."""

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        from home import gate

        revision = super().save_revision(*args, **kwargs)
        if self.chosen_alone != "unsaid" and gate.gates(type(self)):
            gate.policy.chosen_languages(self, kwargs.get("user"), self.chosen_alone)
        return revision

    @property
    def has_workflow(self) -> bool:
        return self.get_workflow() is not None

    def get_workflow(self) -> Workflow | None:
        from home import gate

        return gate.policy.workflow(self) if gate.gates(type(self)) else super().get_workflow()
