"""What Wagtail calls when the last review of a page has ended well. Named by WAGTAIL_FINISH_WORKFLOW_ACTION.

wagtail.models imports this module while it is being loaded itself, hence the imports inside.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.contrib.auth.models import User
    from wagtail.models import WorkflowState


def finish_workflow(workflow_state: WorkflowState, user: User | None = None) -> None:
    """Approve the version. A page that needs no release, such as a section, is published as Wagtail does."""
    from wagtail.workflows import publish_workflow_state

    from news.models.review import is_released

    from .review import approved

    if is_released(workflow_state.content_object):
        approved(workflow_state, user)
    else:
        publish_workflow_state(workflow_state, user)
