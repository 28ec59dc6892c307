"""What is written as a translation, in localize's editor or a file, has no character that our files could not hold."""

from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail_localize.models import StringTranslation

from home.characters import clean


@receiver(pre_save, sender=StringTranslation, dispatch_uid="news.translation.characters")
def leave_out(sender: type[Model], instance: StringTranslation, raw: bool = False, **kwargs: object) -> None:
    if not raw:
        instance.data = clean(instance.data)
