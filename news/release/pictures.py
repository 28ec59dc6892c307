"""What a page shows is drawn when it is released, not when the first reader comes."""

from django.dispatch import receiver
from wagtail.signals import page_published

from home.renditions import SLOTS


def draw_pictures_of(page):
    for image, place in page.pictures() if hasattr(page, "pictures") else []:
        image.get_renditions(*SLOTS[place].specs)


def draw_approved(pair):
    """Ahead of the release, whose transaction keeps other writers waiting."""
    for version in pair.versions.values():
        if version.page is not None and version.is_pending:
            draw_pictures_of(version.at(version.approval.revision))


@receiver(page_published, dispatch_uid="news.release.pictures")
def draw(sender, instance, **kwargs):
    draw_pictures_of(instance)
