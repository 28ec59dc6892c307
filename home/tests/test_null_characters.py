"""Addresses, searches and cookies with a null character, of which a PostgreSQL would make an error."""

import pytest
from django.conf import settings

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "address",
    [
        "/%00",
        "/en/%00/",
        "/zh-hans/news/%00/",
        "/en/news/a%00b/bilingual/",
        "/media/images/%00.png",
        "/en/search/?q=%00",
        "/zh-hans/search/?q=%E7%A2%B3%00%E4%B8%AD%E5%92%8C",
        "/en/news/?page=2&topic=%00",
        "/old%00page.html?id=7",
        "/en/sitemap.xml?p=%00",
        "/cms/%00/",
        "/cms/login/?next=%00",
    ],
)
def test_nothing_is_found_by_one(client, address):
    answer = client.get(address)
    assert answer.status_code == 404
    expected = "zh-Hans" if address.startswith("/zh-hans/") else "en"
    assert f'<html lang="{expected}"' in answer.content.decode()


@pytest.mark.parametrize(
    "address", ["/cms/pages/", "/cms/images/", "/cms/news/releases/", "/cms/reports/site-history/"]
)
def test_nor_in_the_admin(admin_client, address):
    assert admin_client.get(f"{address}?q=%00&order=%00").status_code == 404


def test_a_cookie_with_one_is_no_session(client):
    client.cookies[settings.SESSION_COOKIE_NAME] = "abcdefgh\0"
    assert client.get("/cms/", follow=True).redirect_chain[0][0].startswith("/cms/login/")
    assert client.get("/en/").status_code == 200


@pytest.mark.parametrize("field", ["username", "password"])
def test_what_is_posted_is_refused_by_its_form(client, field):
    answer = client.post("/cms/login/", {"username": "editor", "password": "secret", field: "a\0b"})
    assert answer.status_code == 200
    assert answer.context["form"].errors
