"""Until when pictures may be shown."""

from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import Page

from home import clock
from home.images import CustomImage
from news.models import FileUse, Release

SOON = timedelta(days=30)


def expiring(now: datetime | None = None) -> QuerySet[CustomImage]:
    """Pictures that what is submitted, approved or public shows, and whose rights have expired or will soon."""
    return in_use().filter(rights_expire_on__lte=clock.day(now) + SOON)


def in_use() -> QuerySet[CustomImage]:
    """Pictures that what is submitted, approved or public shows, and whose rights expire; the first to do so first."""
    shown = FileUse.objects.standing().filter(image=OuterRef("pk"))
    pictures = CustomImage.objects.filter(Exists(shown), rights_expire_on__isnull=False, taken_down=None)
    return pictures.order_by("rights_expire_on", "pk")


def releases_with(image: CustomImage) -> QuerySet[Release]:
    """Those in which it stands."""
    pages = FileUse.objects.standing().filter(image=image).values_list("revision__object_id", flat=True)
    keys = Page.objects.filter(pk__in=set(pages)).values("translation_key")
    return Release.objects.filter(translation_key__in=keys)
