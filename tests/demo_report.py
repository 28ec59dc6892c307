"""What the demo holds, as JSON. A process of its own: the demo's database is not the tests'."""

import json

import django
from django.conf import settings

django.setup()

from django.contrib.auth import authenticate, get_user_model  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.models import Page  # noqa: E402

from news.demo.build import PASSWORD  # noqa: E402
from news.models import ArticlePage, PartnerPage, Release  # noqa: E402
from news.pair.pair import Pair  # noqa: E402
from news.pair.state import state_of  # noqa: E402


def report():
    users = get_user_model().objects.order_by("username")
    live = Page.objects.live().exclude(depth=1)
    return {
        "pages": list(Page.objects.order_by("path").values_list("path", "slug", "title", "live", "latest_revision_id")),
        "unreadable": [page.url for page in live if Client().get(page.url, headers=HOST).status_code != 200],
        "articles": ArticlePage.objects.live().count(),
        "partners": PartnerPage.objects.live().count(),
        "states": sorted({state_of(Pair(release)).name for release in Release.objects.all()}),
        "blocks": sorted({block.block_type for article in ArticlePage.objects.all() for block in article.body}),
        "users": [user.username for user in users],
        "locked out": [user.username for user in users if not authenticate(username=user.username, password=PASSWORD)],
        "roles": [group.name for user in users for group in user.groups.all()],
    }


HOST = {"host": settings.SITE_URL.removeprefix("http://")}
print(json.dumps(report()))
