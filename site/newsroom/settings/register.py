"""Every setting that an operator may make, read at once: what is wrong is told together, before anything is served.

A name that is not here is no setting. The table of docs/operators.md has a line for each, with what may be written.
"""

import sys
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

from django.core.checks.security.base import (
    SECRET_KEY_INSECURE_PREFIX,
    SECRET_KEY_MIN_LENGTH,
    SECRET_KEY_MIN_UNIQUE_CHARACTERS,
)

from . import addresses, time_zone, values

NOT_STARTED = 3
"""With it a process ends that cannot start. Of a worker with any other status gunicorn makes another, for ever."""
DEVELOPMENT_KEY = "only-for-development-on-this-machine"
POSTGRESQL_PORT = 5432
LOCAL = {"127.0.0.1", "localhost", "[::1]"}


@dataclass(frozen=True)
class Setting:
    read: Callable[[str], Any]
    default: str
    """As an operator would write it."""


SETTINGS = {
    "ADMIN_ALLOWED_NETS": Setting(values.networks, ""),
    "ALLOWED_HOSTS": Setting(values.hosts, ",".join(sorted(LOCAL))),
    "CACHE_URL": Setting(addresses.cache, ""),
    "DATABASE_REPLICA_URL": Setting(addresses.replica, ""),
    "DATABASE_URL": Setting(addresses.database, ""),
    "DEFAULT_FROM_EMAIL": Setting(values.sender, "newsroom@localhost"),
    "EMAIL_TIMEOUT": Setting(values.number(1, 300), "10"),
    "EMAIL_URL": Setting(addresses.email, "consolemail://"),
    "FRONT_DIR": Setting(values.folder_or_none, ""),
    "FRONT_NODE": Setting(values.node, ""),
    "HEALTH_NETWORKS": Setting(values.networks, "127.0.0.0/8,::1/128"),
    "LOG_FORMAT": Setting(values.one_of("plain", "json"), "plain"),
    "LOG_LEVEL": Setting(values.one_of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"), "INFO"),
    "MEDIA_ACCEL": Setting(values.media_accel, ""),
    "MEDIA_ROOT": Setting(values.folder_or_none, ""),
    "MEDIA_STORAGE": Setting(addresses.bucket, ""),
    "MEDIA_URL": Setting(values.media_url, "/media/"),
    "NOTICE_ROBOTS": Setting(values.robots, ""),
    "NOTICE_ROBOT_LANGUAGE": Setting(values.one_of("zh-hans", "en"), "zh-hans"),
    "NOTICE_ROBOT_PRIVATE_HOSTS": Setting(values.hosts, ""),
    "PLAIN_PAGES_ARE_RELEASED": Setting(values.boolean, "on"),
    "READ_ONLY": Setting(values.boolean, "off"),
    "REVIEW_STAGES": Setting(values.number(1, 3), "2"),
    "SECRET_KEY": Setting(values.secret, DEVELOPMENT_KEY),
    "SECURE_HSTS_SECONDS": Setting(values.number(0, 3_153_600_000), "31536000"),
    "SECURE_SSL_REDIRECT": Setting(values.boolean, "on"),
    "SECOND_FACTOR": Setting(values.one_of("demanded", "offered", "off"), "demanded"),
    "SENTRY_DSN": Setting(addresses.sentry, ""),
    "SESSION_DAYS": Setting(values.number(1, 365), "7"),
    "SESSION_IDLE_MINUTES": Setting(values.number(5, 43_200), "480"),
    "SIGN_IN_LOG_DAYS": Setting(values.number(183, 36_500), "365"),
    "SITE_URL": Setting(values.site_url, "http://127.0.0.1:8000"),
    "TIME_ZONE": Setting(time_zone.known, "Asia/Shanghai"),
    "TIME_ZONE_NAME_EN": Setting(values.words, ""),
    "TIME_ZONE_NAME_ZH": Setting(values.words, ""),
    "TRUSTED_PROXIES": Setting(values.networks, "127.0.0.0/8,::1/128"),
    "VAR_DIR": Setting(values.folder, "var"),
}
BEFORE = {"DJANGO_SETTINGS_MODULE", "ENV_FILE"}
"""What is asked for before there are settings."""
OTHERS = {"SSL_CERT_DIR", "SSL_CERT_FILE", "TMPDIR", "TZ"}
"""Of Python; PostgreSQL's client library reads those that begin with PG."""


class Told:
    """What an operator has told, by name; where it is wrong, the default, and a sentence in `faults`."""

    def __init__(self, environment: Mapping[str, str], names_in_file: Collection[str] = ()) -> None:
        self.faults: list[str] = list(map(unknown, sorted(n for n in names_in_file if not is_known(n))))
        self.said = {name: environment[name] for name in SETTINGS if name in environment}
        self.wrong: set[str] = set()
        self.values: dict[str, Any] = {}
        for name, setting in SETTINGS.items():
            try:
                self.values[name] = setting.read(self.said.get(name, setting.default))
            except ValueError as error:
                self.values[name] = setting.read(setting.default)
                self.wrong.add(name)
                self.faults.append(f"{name}: {error}")
        self.faults += self.of_several()

    def __getitem__(self, name: str) -> Any:
        return self.values[name]

    def of_several(self) -> Iterator[str]:
        english, chinese = self["TIME_ZONE_NAME_EN"], self["TIME_ZONE_NAME_ZH"]
        if bool(english) != bool(chinese):
            missing, there = ("EN", "ZH") if chinese else ("ZH", "EN")
            yield (
                f"TIME_ZONE_NAME_{missing}: the site's time has a name in one language alone. Write it beside "
                f"TIME_ZONE_NAME_{there}, or neither."
            )
        if self["FRONT_NODE"] and not self["FRONT_DIR"] and "FRONT_DIR" not in self.wrong:
            yield "FRONT_NODE: it stores no pages. Write FRONT_DIR beside it, or leave both out."
        elif self["FRONT_NODE"] and "DATABASE_URL" not in self.wrong and not is_on_postgresql(self["DATABASE_URL"]):
            yield (
                "FRONT_NODE: several web nodes share a database of PostgreSQL. "
                "Write its DATABASE_URL, or leave FRONT_NODE out on a single machine."
            )
        if self["DATABASE_REPLICA_URL"] and "DATABASE_URL" not in self.wrong:
            if not is_on_postgresql(self["DATABASE_URL"]):
                yield (
                    "DATABASE_REPLICA_URL: a replica follows a database of PostgreSQL. Write its DATABASE_URL, "
                    "or leave DATABASE_REPLICA_URL out."
                )
            elif place(self["DATABASE_REPLICA_URL"]) == place(self["DATABASE_URL"]):
                yield (
                    "DATABASE_REPLICA_URL: it is the database of DATABASE_URL itself. Write that of the server "
                    "which follows it, or leave it out."
                )
        accel = self["MEDIA_ACCEL"]
        if accel and f"{accel.rstrip('/')}/".startswith(self["MEDIA_URL"]):
            yield (
                f"MEDIA_ACCEL: {accel!r} is where readers ask, as MEDIA_URL says. "
                "Write another path, which nginx keeps to itself, such as /protected-media/."
            )

        for name in ("MEDIA_ROOT", "MEDIA_ACCEL"):
            if self["MEDIA_STORAGE"] and self[name] and name not in self.wrong:
                yield (
                    f"{name}: uploads lie in the bucket of MEDIA_STORAGE, and on no disk of this machine. "
                    f"Leave out {name}, or MEDIA_STORAGE."
                )

    def in_production(self) -> Iterator[str]:
        """What is well on a developer's machine, and not in public."""
        yield from self.key()
        if "SITE_URL" not in self.said:
            yield "SITE_URL: it is not set. Write the public address, such as https://news.example."
        elif self["SITE_URL"].startswith("http:") and self["SECURE_SSL_REDIRECT"] and "SITE_URL" not in self.wrong:
            yield (
                f"SITE_URL: {self['SITE_URL']!r} is http, and passwords would be sent in the open. Write https://, "
                "or, where nobody comes from outside, SECURE_SSL_REDIRECT=off beside it."
            )
        if "ALLOWED_HOSTS" not in self.wrong:
            yield from self.hosts()
        if self["DATABASE_URL"].get("NAME") == ":memory:":
            yield "DATABASE_URL: a database in memory ends with the process. Write sqlite:////path/file."

    def key(self) -> Iterator[str]:
        key = self["SECRET_KEY"]
        how = "Write one that this prints, and keep it: python3 -c 'import secrets; print(secrets.token_urlsafe(50))'."
        if "SECRET_KEY" in self.wrong:
            return
        if "SECRET_KEY" not in self.said:
            yield f"SECRET_KEY: it is not set. {how}"
        elif key == DEVELOPMENT_KEY or key.startswith(SECRET_KEY_INSECURE_PREFIX):
            yield f"SECRET_KEY: it is one for development, which everybody knows. {how}"
        elif key.startswith("$("):
            yield f"SECRET_KEY: it is the command that prints one, and everybody can read it. {how}"
        elif len(key) < SECRET_KEY_MIN_LENGTH:
            yield f"SECRET_KEY: it has {len(key)} characters, and {SECRET_KEY_MIN_LENGTH} are the fewest. {how}"
        elif len(set(key)) < SECRET_KEY_MIN_UNIQUE_CHARACTERS:
            yield f"SECRET_KEY: it is made of {len(set(key))} different characters and can be guessed. {how}"

    def hosts(self) -> Iterator[str]:
        hosts = [host.lower() for host in self["ALLOWED_HOSTS"]]
        site = urlsplit(self["SITE_URL"])
        is_known = "SITE_URL" in self.said and "SITE_URL" not in self.wrong
        host = site.netloc.removesuffix(f":{site.port}") if is_known else "that of the site, such as news.example"
        if "ALLOWED_HOSTS" not in self.said or not hosts:
            yield f"ALLOWED_HOSTS: no host is named, and none would be answered. Write {host}."
        elif "*" in hosts:
            yield f"ALLOWED_HOSTS: with * whoever asks chooses under which name the site answers. Write {host}."
        elif is_known and not any(named == host or is_below(host, named) for named in hosts):
            yield f"ALLOWED_HOSTS: the host of SITE_URL is not among them, and would not be answered. Add {host}."

    def refuse(self, in_production: bool = False) -> None:
        """End the process where something is wrong."""
        faults = [*self.faults, *(self.in_production() if in_production else ())]
        if faults:
            do_not_start(faults)

    def make(self, name: str, path: Path) -> Path:
        """A folder that a setting names."""
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.faults.append(
                f"{name}: the folder {path} is not there and cannot be made ({error.strerror}). "
                "Make it, and let the account that runs Newsroom write there, or write another path."
            )
        return path


def is_on_postgresql(database: Mapping[str, Any]) -> bool:
    return str(database.get("ENGINE", "")).endswith(".postgresql")


def place(database: Mapping[str, Any]) -> tuple[Any, ...]:
    return database.get("HOST"), database.get("PORT") or POSTGRESQL_PORT, database.get("NAME")


def is_below(host: str, named: str) -> bool:
    return named.startswith(".") and (host.endswith(named) or host == named[1:])


def is_known(name: str) -> bool:
    return name in SETTINGS or name in BEFORE or name in OTHERS or name.startswith("PG")


def unknown(name: str) -> str:
    close = get_close_matches(name.upper(), [*SETTINGS, *BEFORE], 1)
    meant = f"Did you mean {close[0]}? " if close else ""
    return f"{name}: the environment file names it, and it is no setting. {meant}Write a name of docs/operators.md."


def do_not_start(faults: list[str]) -> NoReturn:
    print(
        "Newsroom does not start with these settings:", *(f"- {fault}" for fault in faults), sep="\n", file=sys.stderr
    )
    raise SystemExit(NOT_STARTED)
