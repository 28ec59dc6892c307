"""What somebody does to their own second factor, and what becomes of what they were writing meanwhile."""

import pytest
from wagtail.users.models import UserProfile

from home.accounts import factors
from home.accounts.models import Factor, RecoveryCode

from .pairs import member_of
from .test_second_factor import (  # noqa: F401  (two are fixtures)
    APP,
    ASK,
    MINE,
    SHOWN,
    code_of,
    lin,
    make_lin,
    new_app,
    now,
    set_up,
    sign_in,
)

pytestmark = pytest.mark.django_db


def test_of_two_pages_that_are_open_each_takes_the_codes_of_its_own_picture(lin, now):  # noqa: F811
    client = sign_in()
    (first, form), (second, other) = new_app(client), new_app(client)
    shown = client.post(APP, {**form, "code": "000000", "password": "secret"}).content.decode()
    assert first in shown and first != second, "what was read by a phone is still good"
    recovery = client.post(APP, {**form, "code": code_of(first), "password": "secret"}).content.decode()
    assert len(SHOWN.findall(recovery)) == 10
    assert client.post(APP, {**other, "code": code_of(second), "password": "secret"})["Location"] == MINE
    assert Factor.objects.count() == 2
    now.later()
    again = client.post(APP, {**form, "code": code_of(first), "password": "secret"}, follow=True).content.decode()
    assert "added already" in again and Factor.objects.count() == 2, "its codes would be taken twice"
    late, form = new_app(client)
    now.later(31 * 60)
    told = client.post(APP, {**form, "code": code_of(late), "password": "secret"}, follow=True).content.decode()
    assert "open for too long" in told and late not in told and Factor.objects.count() == 2


@pytest.mark.parametrize("role", ["Publishers", "administrator"])
def test_who_must_have_one_replaces_the_last_and_does_not_remove_it(role, now, settings):  # noqa: F811
    settings.SECOND_FACTOR = "demanded"
    make_lin(role)
    client = sign_in()
    set_up(client)
    old = Factor.objects.get()
    url = f"{MINE}{old.pk}/remove/"
    assert url not in client.get(MINE).content.decode()
    for answer in (client.get(url, follow=True), client.post(url, {"password": "secret"}, follow=True)):
        assert "Nothing is removed" in answer.content.decode()
    assert RecoveryCode.objects.count() == 10
    now.later()
    secret, form = new_app(client)
    assert client.post(APP, {**form, "code": code_of(secret), "password": "secret"}).status_code == 302
    assert client.post(url, {"password": "secret"}).status_code == 302
    assert list(Factor.objects.all()) and old not in Factor.objects.all()
    assert not factors.remove_own(old.user, Factor.objects.get()), "of two requests at once the second looks again"


def test_what_somebody_sends_who_must_have_one_since_is_said_not_to_be_saved_and_led_back_to(settings, now):  # noqa: F811
    settings.SECOND_FACTOR = "demanded"
    user = member_of("English authors", username="lin")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": "zh-hans"})
    client = sign_in()
    assert client.get("/cms/account/").status_code == 200
    user.groups.set(member_of("Publishers", username="other").groups.all())
    sent = client.post(
        "/cms/glossary/add/?a=1", {"english": "tide"}, headers={"Referer": "http://testserver/cms/glossary/"}
    )
    assert sent["Location"] == f"{ASK}?next=http%3A%2F%2Ftestserver%2Fcms%2Fglossary%2F"
    assert "您提交的内容未保存" in client.get(sent["Location"], follow=True).content.decode()
    assert client.get("/cms/login/").status_code == 302
    by_script = client.get("/cms/login/", headers={"X-Requested-With": "XMLHttpRequest"})
    assert by_script.status_code == 200, "kept.js tells from it that nobody is signed in"
    secret, form = new_app(client)
    kept = client.post(APP, {**form, "code": code_of(secret), "password": "secret"}).content.decode()
    assert 'href="http://testserver/cms/glossary/"' in kept
    elsewhere = {"Referer": "https://evil.example/"}
    settings.SECOND_FACTOR = "offered"
    now.later()
    again = sign_in().post("/cms/glossary/add/?a=1", {"english": "tide"}, headers=elsewhere)
    assert again["Location"] == f"{ASK}?next=%2Fcms%2Fglossary%2Fadd%2F%3Fa%3D1"
