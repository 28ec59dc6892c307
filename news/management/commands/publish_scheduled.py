import logging
from typing import Any

from django.conf import settings
from django.utils import timezone
from wagtail.management.commands.publish_scheduled import Command as WagtailCommand
from wagtail.models import Page, Revision

from home import reading
from home.below import stands_above
from home.gate import gates

logger = logging.getLogger(__name__)


class Command(WagtailCommand):
    """Wagtail's command, which stops at the first refusal: dates that somebody wrote on a gated page, or above what is
    released, go first."""

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.READ_ONLY:
            self.stdout.write(reading.said())
            return
        if not options["dryrun"]:
            now = timezone.now()
            for page in Page.objects.filter(live=True, expire_at__lt=now):
                if gates(page.specific_class) or stands_above(page):
                    logger.error("Not taken down by schedule, since it is withdrawn otherwise: %s", page)
                    Page.objects.filter(pk=page.pk).update(expire_at=None)
            for revision in Revision.objects.page_revisions().filter(approved_go_live_at__lt=now):
                if gates(revision.content_type.model_class()):
                    logger.error("Not published by schedule, since it is released otherwise: %s", revision.object_str)
                    Revision.objects.filter(pk=revision.pk).update(approved_go_live_at=None)
        super().handle(*args, **options)
