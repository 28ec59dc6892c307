"""What somebody said who sent a version back: it stands before whoever writes it until it is submitted again."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState, WorkflowState

from home.languages import Words

from .states import VersionState
from .version import Version


@dataclass(frozen=True)
class Remark:
    said: Words
    """What was done."""
    words: str
    name: str
    at: datetime | None


def remark_on(version: Version) -> Remark | None:
    """Of the review that asked for changes, else of the approval that was taken back last."""
    if version.state == VersionState.CHANGES_ASKED:
        return of_return(version)
    return of_taking_back(version) if version.state == VersionState.DRAFTING and version.review is None else None


def of_return(version: Version) -> Remark | None:
    if version.review is None or version.review.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return None
    returned = [stage for stage in version.stages if stage.status == TaskState.STATUS_REJECTED]
    if not returned:
        return None
    stage = returned[-1]
    record = getattr(stage, "record", None)
    name = record.finished_by_name if record is not None else ""
    return Remark(_("Returned for changes"), stage.comment, name, stage.finished_at)


def of_taking_back(version: Version) -> Remark | None:
    if version.pair.release.withdrawn_at or not version.approvals:
        return None
    last = version.approvals[-1]
    if last.revoked_at is None or not last.revoked_reason:
        return None
    return Remark(_("Approval taken back"), last.revoked_reason, last.revoked_by_name, last.revoked_at)
