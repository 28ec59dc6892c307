import json
from argparse import ArgumentParser
from dataclasses import asdict

from django.core.management.base import BaseCommand, CommandError

from news.doctor.diagnosis import Gravity
from news.doctor.looks import all_of_them


class Command(BaseCommand):
    help = "Say what is well on this site and what is not, and change nothing. Fails if something must be mended."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="As one object.")
        parser.add_argument("--site", action="store_true", help="Ask SITE_URL, too, as a reader would.")

    def handle(self, *, site: bool, **options: object) -> None:
        found = []
        for each in all_of_them(site):  # told as it is found: a server that does not answer takes its time
            found.append(each)
            if not options["json"]:
                self.stdout.write(f"{each.gravity:<4}  {each.about}: {each.said.rstrip('.')}.")
                if each.do:
                    self.stdout.write(f"      {each.do}")
                self.stdout.flush()
        count = sum(each.gravity == Gravity.MEND for each in found)
        if options["json"]:
            told = {"status": "mend" if count else "well", "findings": [asdict(each) for each in found]}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=1))
        if count:
            raise CommandError(f"{count} to be mended.")
        if not options["json"]:
            self.stdout.write("Nothing has to be mended.")
