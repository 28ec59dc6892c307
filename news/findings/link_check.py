"""Asks the addresses that releases link to whether they are still there. Nobody waits for it: a command does it."""

from collections.abc import Collection
from datetime import timedelta

from django.utils import timezone

from home import http_client
from news.models import LinkStatus
from news.models.released import models_with
from news.translation.texts import links_of

EVERY = timedelta(days=7)
"""An address is asked again after so long."""
SECONDS = 20
"""For an address and all it redirects to."""
REDIRECTS = 4
GONE = {404, 410}
"""Answers that mean a page is not there. 403, 429 and the like say that a program may not look."""
HEADERS = {"User-Agent": "Newsroom link check", "Accept": "*/*"}


def check_links(number: int, private: Collection[str] = ()) -> list[LinkStatus]:
    """Ask up to `number` addresses that are due, the longest unasked first; returns their LinkStatuses.

    What no release links to any more is forgotten. `private` names hosts that may be asked wherever they are.
    """
    urls = addresses()
    LinkStatus.objects.exclude(url__in=urls).delete()
    asked = dict(LinkStatus.objects.values_list("url", "asked_at"))
    now = timezone.now()
    due = sorted((asked[url], url) for url in urls if url in asked and asked[url] < now - EVERY)
    chosen = [*sorted(url for url in urls if url not in asked), *(url for _moment, url in due)][:number]
    return [note(url, *answer_of(url, private)) for url in chosen]


def addresses() -> set[str]:
    """Of public pages, as they stand in their texts."""
    found: set[str] = set()
    for model in models_with("links"):
        for page in model.objects.live().iterator():
            hrefs = (link.get("href", "") for _number, link in links_of(page))
            found |= {href for href in hrefs if href.startswith(("https://", "http://")) and len(href) <= 2000}
    return found


def answer_of(url: str, private: Collection[str] = ()) -> tuple[bool, str]:
    """(whether it is broken, what was answered)"""
    try:
        status = http_client.get(url, headers=HEADERS, seconds=SECONDS, redirects=REDIRECTS, private=private)
    except http_client.NotAsked:
        return False, "not asked"
    except (http_client.NoSuchHost, http_client.NoConnection) as error:
        return True, str(error)[:100]
    except http_client.RequestFailed as error:
        return False, str(error)
    return status in GONE, str(status)


def note(url: str, is_broken: bool, answer: str) -> LinkStatus:
    now = {"is_broken": is_broken, "answer": answer, "asked_at": timezone.now()}
    return LinkStatus.objects.update_or_create(url=url, defaults=now)[0]
