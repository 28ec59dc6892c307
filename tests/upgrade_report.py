"""What readers get of a site and what would be refused, as JSON. A process of its own has a database of its own."""

import hashlib
import json
import re

import django
from django.conf import settings

django.setup()

from django.test import Client  # noqa: E402
from wagtail.models import Page  # noqa: E402

from home.gate import Refused  # noqa: E402
from news.models import Release  # noqa: E402
from news.pair.pair import Pair  # noqa: E402
from news.pair.readiness import to_release  # noqa: E402
from news.release.publishing import require_what_was_approved  # noqa: E402
from news.upgrade import REGISTER  # noqa: E402

HOST = {"host": settings.SITE_URL.removeprefix("http://")}


WORDS = re.compile(
    r'<img[^>]*?\salt="([^"]*)"|<figcaption>(.*?)</figcaption>|<p class="download">\s*<a[^>]*>(.*?)</a>', re.DOTALL
)
"""Of pictures and documents."""
SECRET = re.compile(r"(?<=images/)[^/\s\"]+/")
"""What nobody can guess in the name of a file: the step that renames gives it."""


def read(page):
    """(status, hash of all but the words of pictures and documents and the keys of files, these words)"""
    response = Client().get(page.url, headers=HOST)
    html = response.content.decode()
    words = [" ".join("".join(found).split()) for found in WORDS.findall(html)]
    return (
        response.status_code,
        hashlib.sha256(SECRET.sub("", WORDS.sub("", html)).encode()).hexdigest(),
        list(filter(None, words)),
    )


def refused():
    """Of what is approved and could be released, that which is not."""
    for release in Release.objects.all():
        pair = Pair(release)
        try:
            for version in to_release(pair):
                require_what_was_approved(version)
        except Refused as refusal:
            if type(refusal).__name__ in ("NotStamped", "NotWhatWasApproved", "SharedPartWaits"):
                yield str(refusal)


pages = {page.url: read(page) for page in Page.objects.live().exclude(depth=1)}
print(
    json.dumps(
        {
            "pages": {url: [status, digest] for url, (status, digest, _words) in pages.items()},
            "words": {url: words for url, (_status, _digest, words) in pages.items() if words},
            "refused": list(refused()),
            "unstamped": sum(step.waiting().count() for step in REGISTER.values()),
        }
    )
)
