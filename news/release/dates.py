"""An article without a date is dated by its release."""

from django.dispatch import receiver
from django.utils import timezone
from wagtail.signals import page_published

from news.models import ArticlePage


@receiver(page_published, sender=ArticlePage, dispatch_uid="news.release.dates")
def date_by_release(sender, instance, **kwargs):
    """Give both languages the moment at which the first of them went live."""
    versions = ArticlePage.objects.filter(translation_key=instance.translation_key)
    if instance.date is None:
        released = versions.exclude(first_published_at=None).order_by("first_published_at").first()
        instance.date = released.first_published_at if released else timezone.now()
        versions.filter(date=None).update(date=instance.date)
