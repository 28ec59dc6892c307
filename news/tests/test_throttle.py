"""Whoever tries passwords is stopped: by name and by address, at every door, in the words of their language."""

import re
from datetime import timedelta
from io import StringIO
from ipaddress import ip_network

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction
from wagtail.users.models import UserProfile

from home.accounts.models import AccountLine
from home.accounts.throttle import LIMITS
from news import jobs
from news.pair.pair import release_of
from news.release.freezing import freeze
from news.release.privacy import restrict

from .pairs import article_pair, member_of
from .posted.visitor import fields_of
from .scene import Scene
from .test_second_factor import code_of, given, now, set_up  # noqa: F401  (one is a fixture)

pytestmark = pytest.mark.django_db
ADDRESS = {"REMOTE_ADDR": "203.0.113.9"}


@pytest.fixture
def lin():
    return member_of("Publishers", username="lin", email="lin@example.org")


def sign_in(client, name="lin", password="no", door="/cms/login/", **extra):
    return client.post(door, {"username": name, "password": password}, **{**ADDRESS, **extra})


def fail(times, name="lin", **extra):
    return [sign_in(Client(), name, f"no {number}", **extra).status_code for number in range(times)]


def passes():
    """The time of a limit is over."""
    for line in AccountLine.objects.all():
        AccountLine.objects.filter(pk=line.pk).update(at=line.at - max(limit.within for limit in LIMITS.values()))


@pytest.mark.parametrize("name", ["lin", "nobody", "林"])
def test_the_fifth_failure_shuts_the_door_whether_there_is_such_an_account_or_not(lin, name):
    assert fail(6, name) == [200, 200, 200, 200, 429, 429]
    told = sign_in(Client(), name, "secret", HTTP_ACCEPT_LANGUAGE="zh-CN")
    assert told.status_code == 429
    assert 14 * 60 < int(told["Retry-After"]) <= 15 * 60
    assert "尝试次数过多" in told.content.decode()
    assert "15分钟" in told.content.decode()
    passes()
    assert sign_in(Client(), name, "secret").status_code == (302 if name == "lin" else 200)


def test_what_is_said_is_the_same_of_a_name_that_is_none(lin):
    fail(3)
    fail(3, "nobody")

    def shown(name):
        html = sign_in(Client(), name).content.decode().replace(f'value="{name}"', "")
        return re.sub("[A-Za-z0-9]{64}|at [^;]*;", "", html)

    for _time in range(3):
        assert shown("lin") == shown("nobody")


def test_other_spellings_of_a_name_are_counted_as_one(lin):
    assert [*fail(2), *fail(2, "LIN"), *fail(1, "ｌｉｎ")] == [200, 200, 200, 200, 429]


def test_who_comes_in_begins_anew_but_their_address_does_not(lin):
    assert fail(4) == [200] * 4
    assert sign_in(Client(), "lin", "secret").status_code == 302
    assert fail(4) == [200] * 4
    passes()
    member_of("Publishers", username="mallory")
    several = [sign_in(Client(), f"name{number}").status_code for number in range(24)]
    assert several == [200] * 24
    assert sign_in(Client(), "mallory", "secret").status_code == 302
    assert sign_in(Client(), "one more").status_code == 429
    assert sign_in(Client(), "lin", "secret").status_code == 429
    assert sign_in(Client(), "lin", "secret", REMOTE_ADDR="203.0.113.10").status_code == 302


def test_the_readers_door_is_counted_with_it(lin):
    assert [sign_in(Client(), door="/en/_util/login/").status_code for _time in range(4)] == [200] * 4
    assert sign_in(Client()).status_code == 429
    told = sign_in(Client(), door="/en/_util/login/")
    assert told.status_code == 429
    assert 'name="q" value=""' in told.content.decode(), "the words of a refusal are nothing to search for"


def test_a_forwarded_address_is_believed_of_a_named_proxy_alone(lin, settings):
    def tries(number, **extra):
        forged = {"HTTP_X_FORWARDED_FOR": f"198.51.100.{number}", **extra}
        return sign_in(Client(), f"name{number}", **forged).status_code

    assert [tries(number) for number in range(26)].count(429) == 2
    passes()
    settings.TRUSTED_PROXIES = [ip_network("203.0.113.0/28")]
    assert [tries(number) for number in range(30)] == [200] * 30
    passes()
    # What a browser writes there itself stands before what the proxy adds.
    forged = [tries(number, HTTP_X_FORWARDED_FOR=f"10.0.0.{number}, 198.51.100.77") for number in range(25)]
    assert forged[-1] == 429


def test_of_a_proxy_that_names_nobody_no_address_is_counted(lin):
    assert [sign_in(Client(), f"n{number}", REMOTE_ADDR="127.0.0.1").status_code for number in range(30)] == [200] * 30


def test_a_household_has_many_addresses_of_version_six(lin):
    """Its /64, whichever groups of zeros are left out of an address."""
    near = ["2001:db8:0:1::7", "2001:db8:0:1:7::", "2001:db8:0:1:a:b:c:d", "2001:db8::1:0:0:0:5", "2001:0DB8:0:1::b"]

    def tries(number, address):
        return sign_in(Client(), f"name{number}", REMOTE_ADDR=address).status_code

    assert [tries(number, near[number % 5]) for number in range(26)] == [200] * 24 + [429] * 2
    assert tries(90, "2001:db8:0:1:ffff::") == 429
    assert [tries(91, far) for far in ("2001:db8::1", "2001:db8:0:2::7", "2001:db8:1::7")] == [200] * 3
    assert AccountLine.objects.filter(kind="throttled").count() == 1, "and not one for each address, or name"
    said = StringIO()
    call_command("unlock_sign_in", near[1], stdout=said)
    assert said.getvalue().startswith("25 ")
    assert tries(92, near[0]) == 200


def test_whoever_goes_on_from_an_address_that_is_shut_fills_no_log(lin):
    for number in range(40):
        fail(1, f"name{number}")
    kinds = list(AccountLine.objects.values_list("kind", flat=True))
    assert (kinds.count("refused"), kinds.count("throttled"), len(kinds)) == (25, 1, 26)


@pytest.mark.parametrize("asked_for", ["lin@example.org", "nobody@example.org"])
def test_nobodys_letter_box_is_filled(lin, asked_for):
    said = [Client().post("/cms/password_reset/", {"email": asked_for}, **ADDRESS).status_code for _time in range(4)]
    assert said == [302, 302, 302, 429]
    assert mail.outbox == [], "nobody waits for it, or learns how long it took"
    jobs.work()
    assert len(mail.outbox) == (3 if asked_for == lin.email else 0)


def test_as_much_is_done_for_an_address_that_is_nobodys(lin):
    """Of two accounts with one address the mail goes to both, each in its language; none, where it is deactivated."""
    UserProfile.objects.update_or_create(user=lin, defaults={"preferred_language": "zh-hans"})
    other = member_of("Publishers", username="other", email=lin.email)
    done = []
    for address in ("nobody@example.org", "lin@example.org"):
        with CaptureQueriesContext(connection) as queries:
            Client().post("/cms/password_reset/", {"email": address}, **ADDRESS)
        done.append([query["sql"].split(" ", 2)[:2] for query in queries])
    assert done[0] == done[1]
    jobs.work()
    assert sorted(found.subject for found in mail.outbox) == ["Password reset", "密码重置"]
    assert {f"{name}\n" in "".join(found.body for found in mail.outbox) for name in ("lin", "other")} == {True}
    link = re.search(r"http://testserver(/\S+)", mail.outbox[0].body)[1]
    assert Client().get(link)["Location"].endswith("/set-password/")
    Client().post("/cms/password_reset/", {"email": lin.email}, **ADDRESS)
    type(other).objects.update(is_active=False)
    jobs.work()
    assert len(mail.outbox) == 2


# Browsers in which an account has signed in before -------------------------------------------------------------------


def at_home(user, code=""):
    client = Client()
    assert sign_in(client, user.username, "secret").status_code == 302
    if code:
        assert given(client, code).status_code == 302
    client.post("/cms/logout/")
    return client


def test_where_somebody_has_signed_in_before_strangers_shut_nobody_out(lin):
    mine = at_home(lin)
    [cookie] = [cookie for name, cookie in mine.cookies.items() if name.startswith("known-browser")]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"] > 100 * 24 * 60 * 60
    assert "lin" not in cookie.OutputString() and cookie.key.rpartition("-")[2] != str(lin.pk)
    assert fail(6)[-1] == 429
    for number in range(25):
        fail(1, f"name{number}")
    assert sign_in(Client(), "lin", "secret", REMOTE_ADDR="203.0.113.10").status_code == 429, "strangers stay shut"
    assert sign_in(mine, "lin", "secret").status_code == 302, "from an address that is shut, too"
    assert sign_in(Client(), "lin", "secret", REMOTE_ADDR="203.0.113.10").status_code == 429
    mine.post("/cms/logout/")
    assert [sign_in(mine).status_code for _time in range(5)] == [200, 200, 200, 200, 429], "and has five of its own"
    assert sign_in(mine, "lin", "secret").status_code == 429
    call_command("unlock_sign_in", "lin", stdout=StringIO())
    assert sign_in(mine, "lin", "secret").status_code == 302


def test_a_known_browser_is_that_of_one_account_until_its_password_changes(lin):
    mine, beside = at_home(lin), at_home(member_of("Publishers", username="other"))
    kept = {name: cookie.value for name, cookie in mine.cookies.items() if name.startswith("known-browser")}
    fail(5)
    [theirs] = [cookie.value for name, cookie in beside.cookies.items() if name.startswith("known-browser")]
    for name in kept:
        for value in (theirs, kept[name][:-1] + ("a" if kept[name][-1] != "a" else "b"), "", "nonsense"):
            forged = Client()
            forged.cookies[name] = value
            assert sign_in(forged, "lin", "secret").status_code == 429
    lin.set_password("vTq7-luhe-9931")
    lin.save()
    assert sign_in(mine, "lin", "vTq7-luhe-9931").status_code == 429


def test_a_new_password_leaves_its_own_browser_known(lin):
    mine = Client()
    sign_in(mine, "lin", "secret")
    fields = fields_of(mine.get("/cms/account/").content.decode(), "password-old_password")
    fields = {name: value for name, value in fields.items() if value is not None}
    new = {"password-new_password1": "vTq7-luhe-9931", "password-new_password2": "vTq7-luhe-9931"}
    assert mine.post("/cms/account/", {**fields, **new, "password-old_password": "secret"}).status_code == 302
    mine.post("/cms/logout/")
    fail(5)
    assert sign_in(mine, "lin", "vTq7-luhe-9931").status_code == 302


def test_codes_count_alike_and_what_a_password_alone_gathered_is_worth_nothing(lin, now):  # noqa: F811
    gathered = at_home(lin)
    owner = Client()
    sign_in(owner, "lin", "secret")
    secret, _codes = set_up(owner)
    owner.post("/cms/logout/")
    now.later()

    def tries(client, code):
        sign_in(client, "lin", "secret")
        return given(client, code).status_code

    assert [tries(Client(), "123123") for _time in range(5)] == [200, 200, 200, 200, 429]
    assert tries(gathered, code_of(secret)) == 429, "it never gave a code"
    assert tries(owner, code_of(secret)) == 302
    now.later()
    assert tries(Client(), code_of(secret)) == 429


def test_a_browser_is_known_by_the_code_that_was_given_there_too(lin, now):  # noqa: F811
    owner = Client()
    sign_in(owner, "lin", "secret")
    secret, _codes = set_up(owner)
    now.later()
    another = at_home(lin, code_of(secret))
    now.later()
    assert fail(5)[-1] == 429
    assert sign_in(Client(), "lin", "secret").status_code == 429
    assert sign_in(another, "lin", "secret").status_code == 302


def test_the_second_password_of_an_urgent_release(client):
    scene = Scene()
    client.force_login(scene.publisher)
    freeze(scene.release, scene.publisher)
    url = f"/cms/releases/{scene.release.pk}/"

    def asks(password):
        given = {"urgent-reason": "Storm", "urgent-languages": ["en"], "urgent-password": password}
        stamps = fields_of(client.get(url).content.decode(), "urgent-password")
        return client.post(f"{url}urgent/", {**stamps, **given})

    assert [asks("no").status_code for _time in range(5)] == [422, 422, 422, 422, 429]
    assert asks("secret").status_code == 429
    assert not Page.objects.get(pk=scene.original.page.pk).live
    call_command("unlock_sign_in", scene.publisher.username, stdout=StringIO())
    assert asks("secret").status_code == 302
    assert Page.objects.get(pk=scene.original.page.pk).live


def test_the_old_password_where_a_new_one_is_set(lin):
    """By whoever comes upon an open browser; the steps of a release are counted with it."""
    client = Client()
    client.force_login(lin)
    page = client.get("/cms/account/").content.decode()
    fields = {name: value for name, value in fields_of(page, "password-old_password").items() if value is not None}
    new = {"password-new_password1": "vTq7-luhe-9931", "password-new_password2": "vTq7-luhe-9931"}

    def tries(password):
        return client.post("/cms/account/", {**fields, **new, "password-old_password": password}).status_code

    assert [tries(f"no {number}") for number in range(6)] == [200] * 4 + [429] * 2
    assert tries("secret") == 429
    passes()
    assert tries("secret") == 302
    lin.refresh_from_db()
    assert lin.check_password("vTq7-luhe-9931")


def test_the_password_of_a_page_is_counted_by_address():
    english, _chinese = article_pair()
    restrict(release_of(english), member_of("Publishers"), "password", "harbour")
    restriction = PageViewRestriction.objects.get(page=english)
    door = f"/en/_util/authenticate_with_password/{restriction.pk}/{english.pk}/"

    def tries(password, address):
        return Client().post(door, {"password": password, "return_url": "/en/"}, REMOTE_ADDR=address).status_code

    assert [tries("no", "203.0.113.9") for _time in range(10)] == [200] * 9 + [429]
    assert tries("harbour", "203.0.113.9") == 429
    assert tries("harbour", "203.0.113.10") == 302


def test_what_is_typed_as_a_name_is_not_written_down(lin):
    """It may be a password that came into the wrong field."""
    fail(1, "hunter2-is-mine")
    line = AccountLine.objects.get()
    assert "hunter2" not in str(vars(line))
    fail(1)
    assert AccountLine.objects.latest("pk").user == lin


def test_each_door_that_is_shut_is_one_line(lin):
    fail(40)
    kinds = list(AccountLine.objects.values_list("kind", flat=True))
    assert (kinds.count("refused"), kinds.count("throttled"), len(kinds)) == (5, 1, 6)


def test_an_address_is_opened_by_command(lin):
    for number in range(25):
        fail(1, f"name{number}")
    assert sign_in(Client(), "lin", "secret").status_code == 429
    said = StringIO()
    call_command("unlock_sign_in", "203.0.113.9", stdout=said)
    assert said.getvalue().startswith("25 ")
    assert sign_in(Client(), "lin", "secret").status_code == 302


def test_a_failure_of_long_ago_counts_no_more(lin):
    fail(4)
    AccountLine.objects.update(at=timezone.now() - timedelta(minutes=16))
    assert fail(4) == [200] * 4
