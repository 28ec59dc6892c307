"""What an operator may write for a setting, read or refused: a ValueError says what is wrong and what to write.

The name is put before its words by whoever asks. A value that may hold a secret is never repeated.
"""

import re
from collections.abc import Callable
from email.utils import parseaddr
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

from news.notices.robot_address import KINDS, parse

T = TypeVar("T")

ON, OFF = {"1", "on", "true", "yes"}, {"0", "off", "false", "no"}
HOST = re.compile(r"\.?[a-z0-9]([a-z0-9._-]*[a-z0-9])?|\[[0-9a-f:.]+\]", re.IGNORECASE)
"""A name or an address in brackets, without a port; with a full stop before it, all that end so."""
OURS = ("cms", "documents", "en", "static", "zh-hans")
"""Where the site itself answers."""


def words(text: str) -> str:
    return text.strip()


def secret(text: str) -> str:
    if not text.strip():
        raise ValueError("it is empty. Write at least 50 random characters, and keep them.")
    return text


def boolean(text: str) -> bool:
    said = text.strip().lower()
    if said not in ON | OFF:
        raise ValueError(f"{text!r} is neither on nor off. Write on or off.")
    return said in ON


def node(text: str) -> str:
    said = text.strip()
    if said and not re.fullmatch("[A-Za-z0-9._-]{1,60}", said):
        raise ValueError(f"{text!r} is no name of a node. Write letters, figures, dots, hyphens, such as web-1.")
    return said


def number(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        said = text.strip()
        if not re.fullmatch("[0-9]+", said) or not least <= int(said) <= most:
            raise ValueError(f"{text!r} is none of the numbers that it may be. Write one from {least} to {most}.")
        return int(said)

    return read


def one_of(*names: str) -> Callable[[str], str]:
    def read(text: str) -> str:
        for name in names:
            if name.lower() == text.strip().lower():
                return name
        raise ValueError(f"{text!r} is none of what it may be. Write {', '.join(names[:-1])} or {names[-1]}.")

    return read


def listed(text: str) -> list[str]:
    """What stands between commas, blanks around it or not."""
    return [entry.strip() for entry in text.split(",") if entry.strip()]


def site_url(text: str) -> str:
    address = text.strip().rstrip("/")
    example = "Write the public address, such as https://news.example."
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        raise ValueError(f"{text!r} is no address. {example}") from None
    if parts.scheme not in ("http", "https"):
        raise ValueError(f"{text!r} does not begin with https://. {example}")
    if parts.path or parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError(f"{text!r} is more than scheme, host and port. {example}")
    host = parts.netloc.removesuffix(f":{port}")
    if not host.isascii():
        raise ValueError(f"{text!r} is no ASCII. Write the host as name servers know it, beginning with xn--.")
    if not HOST.fullmatch(host) or host.startswith(".") or port == 0:
        raise ValueError(f"{text!r} names no host. {example}")
    return address.lower()


def hosts(text: str) -> list[str]:
    """Names without ports, for ALLOWED_HOSTS and the like."""
    for host in (found := listed(text)):
        if host != "*" and not HOST.fullmatch(host):
            raise ValueError(
                f"{host!r} is no name of a host. Write names alone, without https://, port or path, "
                "with commas between several: news.example,www.news.example."
            )
    return found


def networks(text: str) -> list[IPv4Network | IPv6Network]:
    found = []
    for name in listed(text):
        try:
            found.append(ip_network(name))
        except ValueError:
            raise ValueError(
                f"{name!r} is no network. Write one such as 10.0.0.0/8 or 192.0.2.7, with commas between several."
            ) from None
    return found


def robots(text: str) -> list[str]:
    entries = listed(text)
    for place, entry in enumerate(entries, start=1):
        try:
            parse(entry)
        except ValueError as error:  # the entry holds a key
            raise ValueError(
                f"entry {place} is no robot ({error}). Write kind=https://address or kind=https://address|secret, "
                f"where kind is {', '.join(KINDS)}, with commas between several."
            ) from None
    return entries


def folder(text: str) -> Path:
    """As it is written; whoever asks puts the checkout before what does not begin with `/`."""
    said = text.strip()
    if not said or "\0" in said:
        raise ValueError("no folder is named. Write one such as /srv/newsroom/var, or leave the line out.")
    if said.startswith(("~", "$")):
        raise ValueError(f"{said!r} is read as it stands, as no shell would. Write the whole path, beginning with /.")
    return Path(said)


def folder_or_none(text: str) -> Path | None:
    return folder(text) if text.strip() else None


def media_url(text: str) -> str:
    said = text.strip()
    if not re.fullmatch(r"/[\w.-]+(/[\w.-]+)*/?", said, re.ASCII):
        raise ValueError(
            f"{said!r} is no path of this site. Write one such as /media/: each file is served by permission."
        )
    if said.split("/")[1] in OURS:
        raise ValueError(f"{said!r} is taken by the site itself. Write another path, such as /media/.")
    return f"{said.rstrip('/')}/"


def media_accel(text: str) -> str:
    said = text.strip()
    if said and not re.fullmatch(r"/[\w.-]+(/[\w.-]+)*/?", said, re.ASCII):
        raise ValueError(
            f"{said!r} is no location of nginx. Write a path such as /protected-media/, or nothing: "
            "then Newsroom sends the files itself."
        )
    return said


def sender(text: str) -> str:
    said = text.strip()
    _name, address = parseaddr(said)
    if not re.fullmatch(r"[^@\s]+@[^@\s]+", address) or "\n" in said:
        raise ValueError(f"{said!r} holds no address. Write one such as newsroom@news.example.")
    return said
