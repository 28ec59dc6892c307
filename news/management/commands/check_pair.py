import json
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from news import checks
from news.checks import Finding


class Command(BaseCommand):
    help = "Checks two texts against each other, an English and a Chinese one, whose lines belong together."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--en", type=Path, required=True, help="The English text, UTF-8")
        parser.add_argument("--zh", type=Path, required=True, help="The Chinese text, UTF-8")
        parser.add_argument("--json", action="store_true", help="One JSON object a line, with places in both texts")

    def handle(self, *, en: Path, zh: Path, **options: Any) -> None:
        english, chinese = lines_of(en), lines_of(zh)
        if len(english) != len(chinese):
            raise CommandError(f"{en} has {len(english)} lines, {zh} has {len(chinese)}: they do not belong together.")
        for number, texts in enumerate(zip(english, chinese, strict=True), 1):
            found = checks.run_on_plain(*texts)
            if options["json"]:
                said = {"line": number, "findings": list(map(as_json, found))}
                self.stdout.write(json.dumps(said, ensure_ascii=False))
            else:
                for finding in found:
                    self.stdout.write(f"{number}: {finding.level} {finding.check}: {finding.message.en}")


def lines_of(path: Path) -> list[str]:
    """The lines of a text; what other characters than a line feed break is no line of its own."""
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path} is not UTF-8.") from error
    return text.removesuffix("\n").split("\n") if text else []


def as_json(finding: Finding) -> dict[str, Any]:
    places = {"en": finding.english, "zh": finding.chinese}
    return {
        "check": finding.check,
        "level": finding.level,
        "message": finding.message.en,
        **{side: [[place.start, place.end] for place in found] for side, found in places.items()},
    }
