"""Who sends a request, a page or a script, and whether an address that it names leads to this site."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def is_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "XMLHttpRequest"


def takes_no_page(request: HttpRequest) -> bool:
    """Whether a page would be shown to nobody."""
    return not request.accepts("text/html") or is_script(request)


def is_here(request: HttpRequest, url: str) -> bool:
    """Whether an address that a browser sent leads to this site."""
    return url_has_allowed_host_and_scheme(url, allowed_hosts={request.get_host()}, require_https=request.is_secure())
