from django.core.management.base import CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from news.management.regular import RegularCommand
from news.notices.events import missed as tell_missed
from news.release.schedule import release_due
from news.release.summaries import tidy

AT_MOST = 500
"""Summaries that a run makes anew which have stayed marked: what is due next waits for them."""


class Command(RegularCommand):
    help = "Release what is due. Run by `worker`, or by a crontab, on as many nodes as you like."

    def run(self, **options: object) -> None:
        done, missed, failed = release_due()
        tidy(AT_MOST)
        for release in missed:
            tell_missed(release)
        for words, releases in ((_("released"), done), (_("missed"), missed), (_("failed"), failed)):
            for release in releases:
                self.stdout.write(f"{release.translation_key}: {words}")
        if failed:
            count = len(failed)
            raise CommandError(
                ngettext("%(count)d release failed.", "%(count)d releases failed.", count) % {"count": count}
            )
