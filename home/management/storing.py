from typing import Any

from django.core.management.base import BaseCommand, CommandError

from home.front import process


class StoringCommand(BaseCommand):
    """A command about stored pages, of which there are none without a folder."""

    def execute(self, *args: Any, **options: Any) -> str | None:
        if not process.is_on():
            raise CommandError("No pages are stored: FRONT_DIR is not set, or READ_ONLY is on.")
        return super().execute(*args, **options)
