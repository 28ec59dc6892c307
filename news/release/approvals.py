"""Writing approvals and ending them."""

from typing import Any

from django.contrib.auth.models import User
from django.utils import timezone
from wagtail.models import Revision

from news import trail
from news.models import Approval
from news.models.release import name_of
from news.pair.face import FORMAT, Face
from news.pair.version import Version
from news.translation.parts import Part
from news.translation.texts import text_hash

from .pictures import ask_for


def write(
    version: Version,
    revision: Revision,
    user: User | None,
    action: str = "approve",
    counterpart: Revision | None = None,
    urgent: bool = False,
    name: str = "",
    with_note: bool = True,
    **data: Any,
) -> Approval:
    """The Approval of one exact revision, and its line in the trail.

    `counterpart` is the revision of the original that a translation was read against; `name` is that of somebody who
    has no account. `with_note`: whether the note of an open correction was read along; if not, one that somebody has
    approved stays so.
    """
    note = version.note_part if with_note or version.is_note_approved else None
    approval = set_down(version, revision, user, note, counterpart, urgent, name)
    ask_for(version, revision, user)
    trail.record(version.page, action, user, revision, version.pair, name=name, **data)
    return approval


def set_down(
    version: Version,
    revision: Revision,
    user: User | None,
    note: Part | None,
    counterpart: Revision | None = None,
    urgent: bool = False,
    name: str = "",
    carried_from: Approval | None = None,
) -> Approval:
    """The row alone. `carried_from`: what it goes on from, of which but a file is otherwise."""
    page = version.at(revision)
    against, against_hash = read_against(version, counterpart)
    approval = Approval.objects.create(
        release=version.pair.release,
        language=version.language.code,
        revision=revision,
        text_hash=text_hash(page),
        counterpart_revision=counterpart,
        counterpart_hash=against_hash,
        **kept(Face.of(page, against, note), against),
        user=user,
        user_name=name or name_of(user),
        approved_at=timezone.now(),
        urgent=urgent,
        carried_from=carried_from,
    )
    version.approvals.append(approval)
    version.__dict__.pop("approved_face", None)
    return approval


def stamp(version: Version, approval: Approval) -> None:
    """Keep the face of what was approved with an Approval that has none, or one of a former format."""
    counterpart = Revision.objects.filter(pk=approval.counterpart_revision_id).first()
    against, _hash = read_against(version, counterpart)
    note = version.note_part if version.is_pending else None
    fields = kept(Face.of(version.at(approval.revision), against, note), against)
    Approval.objects.filter(pk=approval.pk).update(**fields)


def kept(face: Face, against: Face | None) -> dict[str, Any]:
    """Fields of an Approval."""
    return {
        "face": face.stored,
        "face_format": FORMAT,
        "stamp": face.stamp,
        "shared_stamp": face.shared_stamp,
        "counterpart_shared": against.shared_stamp if against else "",
    }


def read_against(version: Version, counterpart: Revision | None) -> tuple[Face | None, str]:
    """(Face, text_hash) of the revision of the original that a translation was read against."""
    original = version.pair.original
    if counterpart is None:
        return None, ""
    approval = original.approval
    if approval is not None and approval.revision_id == counterpart.pk and original.approved_face is not None:
        return original.approved_face, approval.text_hash
    page = original.at(counterpart)
    return Face.of(page), text_hash(page)


def end(
    version: Version, user: User | None, action: str = "take_back", reason: str = "", everything: bool = False
) -> None:
    """Revoke the approvals of what is not public yet; with `everything`, those of what is public too."""
    live = version.page.live_revision_id if version.page is not None else None
    for approval in [approval for approval in version.standing if everything or approval.revision_id != live]:
        fields = revoked(user, reason)
        for name, value in fields.items():
            setattr(approval, name, value)
        approval.save(update_fields=[*fields])
        version.__dict__.pop("approved_face", None)
        if version.page is not None:
            trail.record(version.page, action, user, approval.revision, version.pair, reason=reason)


def revoked(user: User | None, reason: str) -> dict[str, Any]:
    """Fields of an Approval that ends now."""
    now, name = timezone.now(), name_of(user)
    return {"revoked_at": now, "revoked_by": user, "revoked_by_name": name, "revoked_reason": reason}
