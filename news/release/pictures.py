"""What a page shows is drawn when it is published, not when the first reader comes."""

from django.dispatch import receiver
from wagtail.signals import page_published

from home.pictures import PLACES


@receiver(page_published, dispatch_uid="news.release.pictures")
def draw(sender, instance, **kwargs):
    for image, place in instance.pictures() if hasattr(instance, "pictures") else []:
        image.get_renditions(*PLACES[place].specs)
