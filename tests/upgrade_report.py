"""What readers get of a site and what would be refused, as JSON. A process of its own has a database of its own."""

import hashlib
import json

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


def hash_of(page):
    response = Client().get(page.url, headers=HOST)
    return response.status_code, hashlib.sha256(response.content).hexdigest()


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


live = Page.objects.live().exclude(depth=1)
print(
    json.dumps(
        {
            "pages": {page.url: hash_of(page) for page in live},
            "refused": list(refused()),
            "unstamped": sum(step.waiting().count() for step in REGISTER.values()),
        }
    )
)
