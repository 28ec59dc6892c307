from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    help = "Compile the translations of the interface, without the gettext tools."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="Fail where an entry is empty or fuzzy")

    def handle(self, *, check: bool, **options: object) -> None:
        import polib

        for folder in settings.LOCALE_PATHS:
            for path in sorted(folder.glob("*/LC_MESSAGES/*.po")):
                catalogue = polib.pofile(str(path))
                catalogue.save_as_mofile(str(path.with_suffix(".mo")))
                unfinished = [*catalogue.untranslated_entries(), *catalogue.fuzzy_entries()]
                if check and unfinished:
                    lines = "\n".join(f"  line {entry.linenum}: {entry.msgid}" for entry in unfinished)
                    raise CommandError(f"{path}: {len(unfinished)} entries are empty or fuzzy\n{lines}")
