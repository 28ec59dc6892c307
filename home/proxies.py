"""Who asks, and whether by https: what a web server in front says of it counts where TRUSTED_PROXIES names the server.

From anybody else the same headers are a reader's own words. Whoever sent them, they end here: Django and all that is
built on it find the reader's address in REMOTE_ADDR, the scheme where a server puts it, and nothing else to believe.
"""

import re
from collections.abc import Callable, Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Address = IPv4Address | IPv6Address
Networks = Iterable[IPv4Network | IPv6Network]

FOR, PROTO, NAME = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REQUEST_ID"
HANDED_ON = re.compile("HTTP_(X_FORWARDED|FORWARDED$|VIA$|X_REAL_IP$)")
"""What tells of a proxy."""
PORT = re.compile(r"\[(?P<six>[^\]]+)\](:\d+)?|(?P<four>[\d.]+):\d+")
"""As some proxies write an address."""


class ProxyMiddleware:
    """Before it stands what has to know that there was a proxy at all; behind it nothing does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        said = request.META
        told = {name: said.pop(name) for name in list(said) if HANDED_ON.match(name)}
        if is_trusted(said.get("REMOTE_ADDR", "")):
            said["REMOTE_ADDR"] = reader(said.get("REMOTE_ADDR", ""), told.get(FOR, ""))
            scheme = told.get(PROTO, "").strip().lower()
            if scheme in ("http", "https"):  # of several, the first may be the reader's own
                said["wsgi.url_scheme"] = scheme
        else:
            said.pop(NAME, None)
        return self.get_response(request)


def is_handed_on(request: HttpRequest) -> bool:
    """Whether it came by a proxy, trusted or not, as far as that says so. Asked before ProxyMiddleware."""
    return any(map(HANDED_ON.match, request.META))


def reader(peer: str, forwarded: str) -> str:
    """The address of who asked. `forwarded`: what each proxy has added at the right, which is read from there.

    The first that is no proxy of ours is the reader; what stands further left, that reader may have made up.
    """
    found = peer
    for text in reversed(forwarded.split(",")):
        address = address_of(text)
        if address is None:
            return found
        found = str(address)
        if not is_within(address, settings.TRUSTED_PROXIES):
            return found
    return found


def is_trusted(peer: str) -> bool:
    """A socket in a folder has no address: who may write to it is for the folder to say."""
    return peer in ("", "unix:") or is_within(address_of(peer), settings.TRUSTED_PROXIES)


def is_within(address: Address | None, networks: Networks) -> bool:
    return address is not None and any(address in network for network in networks)


def address_of(text: str) -> Address | None:
    """None: it is no address."""
    bare = text.strip()
    if with_port := PORT.fullmatch(bare):
        bare = with_port["six"] or with_port["four"]
    try:
        address = ip_address(bare)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address
