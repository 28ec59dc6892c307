"""Which version runs is said where somebody asks for help."""

import pytest
import wagtail
from django.conf import settings
from django.utils.html import escape

from .pairs import member_of

pytestmark = pytest.mark.django_db


def test_everybody_of_the_office_finds_the_version_under_help(client):
    client.force_login(member_of("English translators"))
    assert escape(f"Newsroom {settings.VERSION}") in client.get("/cms/").content.decode()
    page = client.get("/cms/about/").content.decode()
    for text in (settings.VERSION, wagtail.__version__, "wagtail-localize", "Python"):
        assert text in page


def test_nobody_else_does(client):
    assert client.get("/cms/about/").status_code == 302
