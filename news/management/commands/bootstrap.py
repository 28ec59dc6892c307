from django.core.management import call_command
from django.utils.translation import gettext as _

from home.reading import WritingCommand
from news.bootstrap import bootstrap
from news.models import Beginning


class Command(WritingCommand):
    help = "Make locales, both section trees, groups and the workflow, where they are missing."

    def handle(self, **options: object) -> None:
        bootstrap()
        gone = Beginning.objects.gone()
        if gone:
            said = _("Renamed or deleted by somebody, and not made again: %s.") % ", ".join(gone)
            self.stdout.write(said)
        call_command("build_search_index", if_needed=True)
        self.stdout.write(self.style.SUCCESS(_("The site is set up in both languages.")))
