"""The first approvals of front pages and sections, which are public before anybody has reviewed them. Rule 22."""

from django.db.models import Exists, OuterRef
from wagtail.models import Page, PageQuerySet, Revision, get_page_models

from home.gate import SectionMixin
from news.models import Approval, Release
from news.pair.face import Face
from news.pair.pair import Pair, release_of
from news.pair.version import Version

from .approvals import write
from .holding import locked
from .publishing import publish


def let_out(made: list[Page], operator: str, reason: str) -> None:
    """Make public the versions that have just been made, as an import does: the trail names the `operator`."""
    keys = {page.pk for page in made}
    with locked(release_of(made[0])) as pair:
        versions = [version for version in first_to_last(pair) if version.page is not None and version.page.pk in keys]
        for version in versions:
            approve(version, version.existing_page.get_latest_revision(), operator, reason)
        publish(pair, versions, None, reason=reason)


def approve_as_they_stand(release: Release, operator: str, reason: str) -> None:
    """What is public already, and came to be so before such pages were released."""
    with locked(release) as pair:
        for version in first_to_last(pair):
            if version.is_live and not version.approvals:
                approve(version, public_revision(version), operator, reason)


def first_to_last(pair: Pair) -> list[Version]:
    return [pair.original, pair.translation]


def approve(version: Version, revision: Revision, operator: str, reason: str) -> None:
    original = version.pair.original.approval
    counterpart = original.revision if original is not None and not version.is_original else None
    write(version, revision, None, "import", counterpart, name=operator, reason=reason)


def public_revision(version: Version) -> Revision:
    """The one that readers have; made of the row, where a script has written that. A draft stays the newest."""
    page = version.existing_page
    public = page.live_revision
    if public is not None and Face.of(version.at(public)).stamp == Face.of(page).stamp:
        return public
    draft = page.get_latest_revision_as_object() if page.latest_revision_id != page.live_revision_id else None
    public = page.save_revision(clean=False)
    public.publish()
    if draft is not None:
        draft.save_revision(clean=False)
    version.page = type(page).objects.select_related("locale").get(pk=page.pk)
    return public


def section_pages() -> PageQuerySet:
    """Front pages and sections."""
    return Page.objects.type(*(model for model in get_page_models() if issubclass(model, SectionMixin)))


def unapproved() -> PageQuerySet:
    """Those that are public, and nothing of which was ever approved."""
    known = Approval.objects.filter(
        release__translation_key=OuterRef("translation_key"), language=OuterRef("locale__language_code")
    )
    return section_pages().filter(~Exists(known), live=True, alias_of=None)
