"""What a check looked at and what it found."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Report:
    name: str
    checked: int = 0
    errors: list[str] = field(default_factory=list)

    def error(self, where, what):
        """One line, once; `where` is an address of the site or a file."""
        parts = urlsplit(where)
        place = parts._replace(scheme="", netloc="").geturl() if parts.netloc else where
        line = f"{place}: {' '.join(str(what).split())}"
        if line not in self.errors:
            self.errors.append(line)

    def show(self):
        print(f"{self.name}: {self.checked} checked, {len(self.errors)} errors", flush=True)
        for line in self.errors:
            print(f"    {line}", flush=True)
