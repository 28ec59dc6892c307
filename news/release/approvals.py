"""Writing approvals and ending them."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Revision

from news import trail
from news.models import Approval
from news.models.release import name_of
from news.pair.version import Version

from .pictures import ask_for


def write(
    version: Version,
    revision: Revision,
    user: User | None,
    action: str = "approve",
    counterpart: Revision | None = None,
    urgent: bool = False,
    name: str = "",
    **data: Any,
) -> Approval:
    """The Approval of one exact revision, and its line in the trail.

    `counterpart` is the revision of the original that a translation was read against; `name` is that of somebody who
    has no account.
    """
    approval = Approval.objects.create(
        release=version.pair.release,
        language=version.language.code,
        revision=revision,
        text_hash=version.hash_of(revision),
        counterpart_revision=counterpart,
        counterpart_hash=version.pair.original.hash_of(counterpart) if counterpart else "",
        user=user,
        user_name=name or name_of(user),
        approved_at=timezone.now(),
        urgent=urgent,
    )
    version.standing.append(approval)
    ask_for(version, revision, user)
    trail.record(version.page, action, user, revision, version.pair, name=name, **data)
    return approval


def end(
    version: Version, user: User | None, action: str = "take_back", reason: str = "", everything: bool = False
) -> None:
    """Revoke the approvals of what is not public yet; with `everything`, those of what is public too."""
    live = version.page.live_revision_id if version.page is not None else None
    for approval in [approval for approval in version.standing if everything or approval.revision_id != live]:
        approval.revoked_at, approval.revoked_by = timezone.now(), user
        approval.revoked_by_name, approval.revoked_reason = name_of(user), reason
        approval.save(update_fields=["revoked_at", "revoked_by", "revoked_by_name", "revoked_reason"])
        version.standing.remove(approval)
        if version.page is not None:
            trail.record(version.page, action, user, approval.revision, version.pair, reason=reason)
