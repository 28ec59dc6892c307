"""What waits, release by release. Each queue is a query or two, however many releases there are."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from home.locales import LANGUAGES
from news.models import Approval, ArticlePage, Mode, PartnerPage, Release

LENGTH = 10
"""The longest that a queue is shown."""


@dataclass(frozen=True)
class Row:
    release: Release
    title: str
    language: str
    """Code of the language that the row is about, empty for the whole release."""
    moment: object = None
    """A date or a datetime: due, or to be released."""


def approved_unreleased():
    """Versions that are approved and not public: the newest standing approval names no live revision."""
    standing = Approval.objects.standing()
    newer = standing.filter(release=OuterRef("release"), language=OuterRef("language"), pk__gt=OuterRef("pk"))
    live = Page.objects.filter(live_revision=OuterRef("revision"))
    found = standing.filter(~Exists(newer), ~Exists(live), release__release_at=None).order_by("-pk")
    return rows([(approval.release, approval.language, None) for approval in found.select_related("release")[:LENGTH]])


def scheduled():
    found = Release.objects.filter(release_at__gt=timezone.now()).order_by("release_at")[:LENGTH]
    return rows([(release, "", release.release_at) for release in found])


def missed():
    found = Release.objects.filter(release_at__lte=timezone.now()).order_by("release_at")[:LENGTH]
    return rows([(release, "", release.release_at) for release in found])


def owed():
    """Public in one language, the other due; the first due first."""
    found = Release.objects.filter(mode=Mode.SINGLE, due__isnull=False).order_by("due", "pk")[:LENGTH]
    return rows([(release, missing_language(release), release.due) for release in found])


def missing_language(release):
    return next((code for code in LANGUAGES if code not in release.languages), "")


def review_afterwards():
    """What went out urgently and nobody else has read since."""
    standing = Approval.objects.standing()
    live = Page.objects.filter(live_revision=OuterRef("revision"))
    read = standing.filter(revision=OuterRef("revision"), urgent=False)
    found = standing.filter(Exists(live), ~Exists(read), urgent=True).order_by("pk").select_related("release")
    return rows([(approval.release, approval.language, None) for approval in found[:LENGTH]])


def untranslated(codes):
    """Drafts of translations into these languages that nobody has submitted, of releases that are on their way."""
    active = WorkflowState.objects.active().filter(status=WorkflowState.STATUS_IN_PROGRESS)
    reviewed = [int(pk) for pk in active.values_list("object_id", flat=True)]
    wanted = Release.objects.exclude(source_revision=None).filter(withdrawn_at=None)
    found = []
    for model in (ArticlePage, PartnerPage):
        for code in codes:
            keys = wanted.exclude(original=code).exclude(mode=Mode.SINGLE, due=None).values("translation_key")
            drafts = model.objects.filter(live=False, locale__language_code=code, translation_key__in=keys)
            approved = Approval.objects.standing().filter(
                release__translation_key=OuterRef("translation_key"), language=code
            )
            drafts = drafts.exclude(pk__in=reviewed).filter(~Exists(approved)).order_by("-pk")[:LENGTH]
            found += [(key, code) for key in drafts.values_list("translation_key", flat=True)]
    releases = {release.translation_key: release for release in Release.objects.filter(translation_key__in=dict(found))}
    return rows([(releases[key], code, None) for key, code in found][:LENGTH])


def rows(found):
    """[(Release, language code, moment)] -> [Row], with the titles of the originals."""
    titles = {}
    for page in Page.objects.filter(translation_key__in=[release.translation_key for release, *_ in found]).values(
        "translation_key", "locale__language_code", "draft_title"
    ):
        titles[page["translation_key"], page["locale__language_code"]] = page["draft_title"]
    return [
        Row(release, titles[release.translation_key, release.original], language, moment)
        for release, language, moment in found
        if (release.translation_key, release.original) in titles
    ]
