"""From where somebody asks, for whoever has no request at hand."""

from contextvars import ContextVar

from django.conf import settings
from django.http import HttpRequest

from home.proxies import Address, address_of, is_within

asked: ContextVar[HttpRequest | None] = ContextVar("asked", default=None)
"""The request that is answered, as `home.accounts.middleware` has it."""


def client_address(request: HttpRequest | None) -> Address | None:
    """The browser's own; None where nobody can say it, and on this machine, where it may be that of all."""
    address = whence(request)
    return None if address is None or address.is_loopback else address


def whence(request: HttpRequest | None) -> Address | None:
    """The same, also on this machine; of a proxy that names nobody it is None: to count it would be to count everybody.

    `home.proxies` has put the reader's address where it is looked for.
    """
    address = address_of(request.META.get("REMOTE_ADDR", "")) if request is not None else None
    if address is not None and not address.is_loopback and is_within(address, settings.TRUSTED_PROXIES):
        return None
    return address


def is_where_the_admin_opens(request: HttpRequest | None) -> bool:
    """Whether whoever asks comes from one of ADMIN_ALLOWED_NETS; what no request asks comes from here."""
    networks = settings.ADMIN_ALLOWED_NETS
    return request is None or not networks or is_within(whence(request), networks)
