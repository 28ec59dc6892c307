"""A session ends by itself, by its owner, by an administrator, and with the password by which it began."""

from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from home.accounts.models import AccountLine, Factor, KnownSession

from .pairs import member_of

pytestmark = pytest.mark.django_db
MINE = "/cms/account/sessions/"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def lin():
    return member_of("Publishers", username="lin", email="lin@example.org")


def signed_in(user, **extra):
    client = Client(**extra)
    assert client.post("/cms/login/", {"username": user.username, "password": "secret"}).status_code == 302
    return client


def is_in(client):
    return client.get("/cms/").status_code == 200


@pytest.mark.parametrize(
    ("idle", "age", "stays"),
    [(479, 479, True), (481, 481, False), (1, 7 * 24 * 60 - 1, True), (1, 7 * 24 * 60 + 1, False)],
)
def test_it_ends_after_eight_idle_hours_and_after_seven_days(lin, idle, age, stays):
    client = signed_in(lin)
    now = timezone.now()
    KnownSession.objects.update(seen=now - timedelta(minutes=idle), began=now - timedelta(minutes=age))
    assert is_in(client) is stays
    assert is_in(client) is stays


def test_who_does_something_is_there_and_an_open_editor_is_nobody(lin):
    client = signed_in(lin)
    before = timezone.now() - timedelta(minutes=100)
    KnownSession.objects.update(seen=before)
    client.post("/cms/editing-sessions/ping/wagtailcore/page/1/1/")
    assert KnownSession.objects.get().seen == before
    assert is_in(client)
    assert timezone.now() - KnownSession.objects.get().seen < timedelta(minutes=1)


@pytest.fixture
def takes_nothing():
    """A database that lets read, and refuses whatever is written."""
    if connection.vendor == "sqlite":
        on, off = "PRAGMA query_only = ON", "PRAGMA query_only = OFF"
    else:
        on, off = "SET LOCAL transaction_read_only = on", ""

    @contextmanager
    def closed():
        with transaction.atomic():
            connection.connection.execute(on)
            try:
                yield
            finally:
                if off:
                    connection.connection.execute(off)
                transaction.set_rollback(True)  # which ends it in PostgreSQL

    return closed


@pytest.mark.parametrize(("minutes", "status"), [(1, 200), (2, 200), (479, 200), (481, 302)])
def test_a_look_is_not_lost_where_it_cannot_be_written_down(lin, takes_nothing, minutes, status):
    client = signed_in(lin)
    assert client.get("/cms/account/").status_code == 200
    KnownSession.objects.update(seen=timezone.now() - timedelta(minutes=minutes))
    with takes_nothing():
        assert client.get("/cms/account/").status_code == status


@pytest.mark.parametrize(("idle", "age", "stays"), [(6 * 24 * 60, 6 * 24 * 60, True), (1, 7 * 24 * 60 + 1, False)])
def test_nobody_is_idle_where_nothing_is_written(lin, settings, idle, age, stays):
    client = signed_in(lin)
    now = timezone.now()
    KnownSession.objects.update(seen=now - timedelta(minutes=idle), began=now - timedelta(minutes=age))
    settings.READ_ONLY = True
    assert (client.get("/cms/account/").status_code == 200) is stays
    assert KnownSession.objects.exists()


def test_the_owner_sees_where_and_ends_one_or_all_others(lin):
    here, there, third = signed_in(lin), signed_in(lin, HTTP_USER_AGENT=FIREFOX), signed_in(lin)
    page = here.get(MINE).content.decode()
    assert "Firefox, Windows" in page and page.count('name="end"') == 2 and "This is here." in page
    key = KnownSession.objects.get(browser=FIREFOX).pk
    assert here.post(MINE, {"end": str(key)}).status_code == 302
    assert (is_in(here), is_in(there), is_in(third)) == (True, False, True)
    here.post(MINE)
    assert (is_in(here), is_in(third)) == (True, False)
    assert AccountLine.objects.filter(kind="sessions_ended", user=lin).count() == 2


@pytest.mark.parametrize("key", ["", "not-a-key", "00000000-0000-0000-0000-000000000000"])
def test_nobody_ends_anothers(lin, key):
    theirs = signed_in(lin)
    other = signed_in(member_of("Publishers", username="other"))
    other.post(MINE, {"end": key or str(KnownSession.objects.get(user=lin).pk)})
    assert is_in(theirs) and is_in(other)


def test_an_administrator_ends_them_and_removes_a_lost_factor(lin):
    root = get_user_model().objects.create_superuser("root", password="secret")
    theirs, boss = signed_in(lin), signed_in(root)
    Factor.objects.create(user=lin, kind="app", name="Phone", secret="")
    url = f"/cms/users/{lin.pk}/sessions/"
    assert "Phone" in boss.get(url).content.decode()
    assert f'href="{url}"' in boss.get(f"/cms/users/edit/{lin.pk}/").content.decode()
    KnownSession.objects.update(confirmed=timezone.now())
    boss.post(url, {"factor": "remove"})
    assert (is_in(theirs), is_in(boss), Factor.objects.count()) == (False, True, 0)
    removed = AccountLine.objects.get(kind="factor_removed")
    assert (removed.user, removed.by_name) == (lin, "root")
    again = signed_in(lin)
    boss.post(url)
    assert not is_in(again)


def test_nobody_removes_their_own_there(lin):
    """Their own page asks for the password: who comes upon an open browser does not know it."""
    root = get_user_model().objects.create_superuser("root", password="secret")
    boss = signed_in(root)
    Factor.objects.create(user=root, kind="app", name="Phone", secret="")
    KnownSession.objects.update(confirmed=timezone.now())
    assert boss.post(f"/cms/users/{root.pk}/sessions/", {"factor": "remove"}).status_code == 302
    assert Factor.objects.filter(user=root).exists()
    assert is_in(boss)


def test_others_may_not(lin):
    member = signed_in(member_of("Bilingual reviewers", username="other"))
    mine = signed_in(lin)
    for data in ({}, {"factor": "remove"}):
        assert member.post(f"/cms/users/{lin.pk}/sessions/", data).status_code == 302
    assert is_in(mine)


def test_a_new_password_signs_out_everywhere_else(lin):
    here, there = signed_in(lin), signed_in(lin)
    new = {"password-old_password": "secret", "password-new_password1": "vTq7-luhe-9931"}
    fields = {"name_email-email": "lin@example.org", "locale-preferred_language": "en", "theme-theme": "system"}
    fields |= {"theme-density": "default", "theme-contrast": "system", "password-new_password2": "vTq7-luhe-9931"}
    assert here.post("/cms/account/", {**fields, **new}).status_code == 302
    assert (is_in(here), is_in(there)) == (True, False)
    assert KnownSession.objects.filter(user=lin).count() == 1
    assert AccountLine.objects.filter(kind="password_changed", user=lin).count() == 1


def test_who_is_deactivated_has_no_session(lin):
    client = signed_in(lin)
    lin.is_active = False
    lin.save()
    assert not KnownSession.objects.exists()
    lin.is_active = True
    lin.save()
    assert not is_in(client)
