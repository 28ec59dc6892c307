"""What a page shows is drawn before it is released, not when the first reader comes.

It is asked for with the approval and done by whoever works in the background. A release draws beforehand what is still
missing, since its transaction keeps other writers waiting. What is missing all the same, because a file was lost or its
picture has another focal point since, is drawn by whoever works in the background once a reader has gone without it.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import User
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page, Revision
from wagtail.signals import page_published

from home.images import CustomImage
from home.renditions import draw, missed, with_renditions
from news import jobs
from news.pair.pair import Pair
from news.pair.version import Version

KIND = "draw_pictures"
KIND_MISSED = "draw_missed_picture"


def pictures_of(page: Page) -> list[tuple[CustomImage, str]]:
    return page.pictures() if hasattr(page, "pictures") else []


def draw_pictures_of(page: Page, tell: Callable[[int, int], None] | None = None) -> None:
    pictures = pictures_of(page)
    with_renditions([image for image, _place in pictures])
    for number, (image, place) in enumerate(pictures, 1):
        draw(image, place)
        if tell is not None:
            tell(number, len(pictures))


@jobs.job(KIND, _("Drawing pictures"))
def draw_revision(run: jobs.Run) -> None:
    """Those of a revision; nothing, if it is gone. Each is drawn once, however often the work is taken up."""
    revision = Revision.objects.filter(pk=run.data["revision"]).first()
    if revision is not None and revision.content_object is not None:
        draw_pictures_of(revision.as_object(), run.tell)


@receiver(missed, dispatch_uid="news.release.pictures.missed")
def ask_for_missed(sender: type[CustomImage], image: CustomImage, place: str, **kwargs: Any) -> None:
    ask_for_picture(image, place)


def ask_for_picture(image: CustomImage, place: str) -> None:
    """Have one drawn that a page shows, or will in a moment."""
    jobs.ask(KIND_MISSED, f"{image.pk} {place}", {"image": image.pk, "place": place, "about": image.title})


@jobs.job(KIND_MISSED, _("Drawing a picture anew"))
def draw_missed(run: jobs.Run) -> None:
    image = CustomImage.objects.filter(pk=run.data["image"]).first()
    if image is not None:
        draw(image, run.data["place"])


def ask_for(version: Version, revision: Revision, user: User | None) -> None:
    """Have the pictures of an approved revision drawn."""
    if pictures_of(version.at(revision)):
        jobs.ask(KIND, revision.pk, {"revision": revision.pk, "about": version.existing_page.draft_title}, user)


def draw_approved(pair: Pair) -> None:
    for version in pair.versions.values():
        if version.page is not None and version.is_pending:
            revision = version.approved_revision
            page = version.at(revision)
            if pictures_of(page) and not jobs.do_now(KIND, revision.pk):
                draw_pictures_of(page)


@receiver(page_published, dispatch_uid="news.release.pictures")
def draw_published(sender: type[Page], instance: Page, **kwargs: Any) -> None:
    draw_pictures_of(instance)
