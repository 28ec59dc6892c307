"""What Wagtail calls when the last review of a page has ended well. Named by WAGTAIL_FINISH_WORKFLOW_ACTION.

wagtail.models imports this module while it is being loaded itself, hence the imports inside.
"""


def finish_workflow(workflow_state, user=None):
    """Approve the version. A page that needs no release, such as a section, is published as Wagtail does."""
    from wagtail.workflows import publish_workflow_state

    from news.models.review import is_released

    from .review import approved

    page = workflow_state.content_object
    if is_released(page):
        approved(page.specific, user)
    else:
        publish_workflow_state(workflow_state, user)
