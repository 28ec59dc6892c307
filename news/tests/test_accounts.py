"""Accounts ask for no name that nobody needs, and answer in the language that was just chosen."""

import pytest
from django.urls import reverse
from wagtail.users.models import UserProfile

from news.models.release import name_of

from .pairs import member_of
from .posted.visitor import fields_of

pytestmark = pytest.mark.django_db
ACCOUNT = "/cms/account/"


@pytest.fixture
def lin():
    return member_of("Chinese authors", username="lin", email="lin@example.org", first_name="林清", last_name="")


def send(client, url, **changed):
    fields = fields_of(client.get(url).content.decode(), "csrfmiddlewaretoken")
    return client.post(url, {**{name: value for name, value in fields.items() if value is not None}, **changed})


@pytest.mark.parametrize(("first", "last"), [("清", ""), ("", "林"), ("", "")])
def test_no_name_is_needed_but_that_of_the_user(client, lin, first, last):
    client.force_login(lin)
    answer = send(client, ACCOUNT, **{"name_email-first_name": first, "name_email-last_name": last})
    assert answer.status_code == 302
    lin.refresh_from_db()
    assert (lin.first_name, lin.last_name) == (first, last)
    assert name_of(lin) == (first or last or "lin")


def test_an_address_is(client, lin):
    client.force_login(lin)
    assert send(client, ACCOUNT, **{"name_email-email": ""}).status_code == 200


def test_nor_does_an_administrator_need_one(admin_client, lin):
    url = reverse("wagtailusers_users:edit", args=[lin.pk])
    assert send(admin_client, url, first_name="", last_name="清").status_code == 302
    lin.refresh_from_db()
    assert (lin.first_name, lin.last_name) == ("", "清")
    passwords = dict.fromkeys(("password1", "password2"), "tides-and-trams")
    given = {"username": "wei", "email": "wei@example.org", **passwords}
    answer = send(admin_client, reverse("wagtailusers_users:add"), **given)
    assert answer.status_code == 302
    assert type(lin).objects.get(username="wei").get_full_name() == ""


@pytest.mark.parametrize(
    ("before", "after", "said"), [("en", "zh-hans", "您的账号"), ("zh-hans", "en", "Your account settings")]
)
def test_what_is_saved_is_said_in_the_language_just_chosen(client, lin, before, after, said):
    UserProfile.objects.create(user=lin, preferred_language=before)
    client.force_login(lin)
    send(client, ACCOUNT, **{"locale-preferred_language": after})
    assert UserProfile.objects.get(user=lin).preferred_language == after
    assert said in client.get(ACCOUNT).content.decode()
