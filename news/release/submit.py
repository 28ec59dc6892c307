"""A translation's way into the editorial workflow, which wagtail-localize's editor does not have."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from news.translation.drafts import open_segments, refused_links, save_draft


class NotReady(Exception):
    """Why a translation cannot be submitted, in words for the person who tried."""


def submit_translation(translation, page, user):
    """Make a draft of the translated page from its segments and start its workflow, or resume it after changes.

    Raises NotReady while segments are open, when the page is locked or in review already, or where no workflow applies.
    """
    missing = open_segments(translation)
    if missing:
        raise NotReady(
            ngettext(
                "%(count)d paragraph is not translated yet.", "%(count)d paragraphs are not translated yet.", missing
            )
            % {"count": missing}
        )
    if page.workflow_in_progress:
        raise NotReady(_("This translation is in review already."))
    lock = page.get_lock()
    if lock and lock.for_user(user):
        raise NotReady(_("The page is locked."))
    refused = refused_links(translation)
    if refused:
        raise NotReady(_("These links are not allowed: %(links)s") % {"links": ", ".join(refused)})
    workflow = page.get_workflow()
    if workflow is None:
        raise NotReady(_("No review is set up for this part of the site."))
    with transaction.atomic():
        save_draft(translation, user)
        page.refresh_from_db()
        returned = page.current_workflow_state  # not in progress, so somebody asked for changes
        return returned.resume(user) if returned else workflow.start(page, user)
