from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from wagtail.models import Page

from news.bootstrap import PAGE_PERMISSIONS
from news.demo.build import PASSWORD
from news.models import ArticlePage, PartnerPage, Release
from news.release.pair import Pair
from news.release.state import ReleaseState, state_of

pytestmark = pytest.mark.django_db


def demo():
    output = StringIO()
    call_command("demo", no_serve=True, stdout=output)
    return output.getvalue()


def state():
    return [
        list(Page.objects.order_by("path").values_list("path", "slug", "title", "live", "latest_revision_id")),
        list(get_user_model().objects.order_by("username").values_list("username", flat=True)),
    ]


def test_the_demo(client):
    output = demo()
    assert "http://127.0.0.1:8000/en/" in output

    # every page of both trees is there to be read
    for page in Page.objects.live().exclude(depth=1):
        assert client.get(page.url).status_code == 200, page.url
    assert ArticlePage.objects.live().count() == 23
    assert {state_of(Pair(release)) for release in Release.objects.all()} == set(ReleaseState) - {ReleaseState.MISSED}
    assert PartnerPage.objects.live().count() == 18
    used = {block.block_type for article in ArticlePage.objects.all() for block in article.body}
    assert used == set(ArticlePage.body.field.stream_block.child_blocks)

    # everybody can sign in, and every role is taken
    users = get_user_model().objects
    for user in users.all():
        assert client.login(username=user.username, password=PASSWORD)
        assert user.username in output
    roles = [group.name for user in users.all() for group in user.groups.all()]
    assert set(roles) == set(PAGE_PERMISSIONS)
    assert roles.count("Bilingual reviewers") == 2

    before = state()
    demo()
    assert state() == before


def test_a_port_in_use_is_named():
    import socket

    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is not free"):
            call_command("demo", port=port)
