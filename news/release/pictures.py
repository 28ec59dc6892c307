"""What a page shows is drawn before it is released, not when the first reader comes.

It is asked for with the approval and done by whoever works in the background. A release draws beforehand what is still
missing, since its transaction keeps other writers waiting.
"""

from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision
from wagtail.signals import page_published

from home.renditions import SLOTS, with_renditions
from news import jobs

KIND = "draw_pictures"


def pictures_of(page):
    return page.pictures() if hasattr(page, "pictures") else []


def draw_pictures_of(page, tell=None):
    pictures = pictures_of(page)
    with_renditions([image for image, _place in pictures])
    for number, (image, place) in enumerate(pictures, 1):
        image.get_renditions(*SLOTS[place].specs)
        if tell is not None:
            tell(number, len(pictures))


@jobs.job(KIND, _("Drawing pictures"))
def draw_revision(run):
    """Those of a revision; nothing, if it is gone. Each is drawn once, however often the work is taken up."""
    revision = Revision.objects.filter(pk=run.data["revision"]).first()
    if revision is not None and revision.content_object is not None:
        draw_pictures_of(revision.as_object(), run.tell)


def ask_for(version, revision, user):
    """Have the pictures of an approved revision drawn."""
    if pictures_of(version.at(revision)):
        jobs.ask(KIND, revision.pk, {"revision": revision.pk, "about": version.page.draft_title}, user)


def draw_approved(pair):
    for version in pair.versions.values():
        if version.page is not None and version.is_pending:
            revision = version.approval.revision
            page = version.at(revision)
            if pictures_of(page) and not jobs.do_now(KIND, revision.pk):
                draw_pictures_of(page)


@receiver(page_published, dispatch_uid="news.release.pictures")
def draw(sender, instance, **kwargs):
    draw_pictures_of(instance)
