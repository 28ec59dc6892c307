"""Asks the addresses that releases link to whether they are still there. Nobody waits for it: a command does it."""

import ipaddress
import socket
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import requests
from django.utils import timezone

from news.models import LinkStatus
from news.models.released import models_with
from news.translation.texts import links_of

EVERY = timedelta(days=7)
"""An address is asked again after so long."""
SECONDS = 10
HOPS = 5
GONE = {404, 410}
"""Answers that mean a page is not there. 403, 429 and the like say that a program may not look."""
HEADERS = {"User-Agent": "Newsroom link check", "Accept": "*/*"}


def check_links(number, may_ask=None):
    """Ask up to `number` addresses that are due, the longest unasked first; returns their LinkStatuses.

    What no release links to any more is forgotten.
    """
    urls = addresses()
    LinkStatus.objects.exclude(url__in=urls).delete()
    asked = dict(LinkStatus.objects.values_list("url", "asked_at"))
    now = timezone.now()
    due = sorted((asked[url], url) for url in urls if url in asked and asked[url] < now - EVERY)
    chosen = [*sorted(url for url in urls if url not in asked), *(url for _moment, url in due)][:number]
    return [note(url, *answer_of(url, may_ask or is_public)) for url in chosen]


def addresses():
    """Of public pages, as they stand in their texts."""
    found = set()
    for model in models_with("links"):
        for page in model.objects.live().iterator():
            hrefs = (link.get("href", "") for _number, link in links_of(page))
            found |= {href for href in hrefs if href.startswith(("https://", "http://")) and len(href) <= 2000}
    return found


def answer_of(url, may_ask):
    """(whether it is broken, what was answered)"""
    try:
        for _hop in range(HOPS):
            host = urlsplit(url).hostname
            if not host or not may_ask(host):
                return False, "not asked"
            with requests.get(url, headers=HEADERS, timeout=SECONDS, allow_redirects=False, stream=True) as response:
                if not response.is_redirect:
                    return response.status_code in GONE, str(response.status_code)
                url = urljoin(url, response.headers["Location"])
        return False, "too many redirects"
    except socket.gaierror:
        return True, "no such host"
    except (requests.RequestException, ValueError) as error:
        return isinstance(error, requests.ConnectionError), type(error).__name__


def is_public(host):
    """Whether all addresses of a host are public: an editor's link must not make the server ask its neighbours."""
    found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    return all(ipaddress.ip_address(address.partition("%")[0]).is_global for address in found)


def note(url, is_broken, answer):
    now = {"is_broken": is_broken, "answer": answer, "asked_at": timezone.now()}
    return LinkStatus.objects.update_or_create(url=url, defaults=now)[0]
