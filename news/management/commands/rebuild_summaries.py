from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from home.reading import WritingCommand
from news.models import Release
from news.release import summaries


class Command(WritingCommand):
    help = "Write down anew where each release stands, for the lists; with --check say where that is not true."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Only say what differs; fails if anything does.")

    def handle(self, *, check: bool, **options: object) -> None:
        if check:
            self.check_all()
            return
        keys = list(Release.objects.order_by("pk").values_list("pk", flat=True))
        done = 0
        for start in range(0, len(keys), summaries.AT_ONCE):
            part = keys[start : start + summaries.AT_ONCE]
            summaries.mark(part)
            done += summaries.write(part)
        self.stdout.write(ngettext("%(count)d release.", "%(count)d releases.", done) % {"count": done})

    def check_all(self) -> None:
        count = 0
        for release, found in summaries.differences(Release.objects.order_by("pk").values_list("pk", flat=True)):
            count += 1
            for name, (said, wanted) in found.items():
                self.stdout.write(f"{release.pk} {name}: {said!r}, {wanted!r}")
        if count:
            raise CommandError(
                ngettext(
                    "The summary of %(count)d release is not true: run “manage.py rebuild_summaries”.",
                    "The summaries of %(count)d releases are not true: run “manage.py rebuild_summaries”.",
                    count,
                )
                % {"count": count}
            )
        self.stdout.write(_("All are true."))
