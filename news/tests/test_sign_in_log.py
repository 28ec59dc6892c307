"""From where the admin opens, which passwords are taken, and what the log of sign-ins says to whom."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from home.accounts.asking import asked
from home.accounts.models import AccountLine
from home.accounts.passwords import DressedUpPassword
from news.release.publishing import release_both

from .pairs import article_pair, member_of
from .posted.visitor import fields_of
from .test_served_files import annex, content, plan, seen, shown, waves  # noqa: F401  (four are fixtures)

pytestmark = pytest.mark.django_db
REPORT = "/cms/reports/sign-ins/"


@pytest.fixture
def lin():
    return member_of("Publishers", username="lin", email="lin@example.org")


@pytest.fixture
def boss():
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("root", password="secret"))
    return client


def kinds():
    return list(AccountLine.objects.order_by("pk").values_list("kind", flat=True))


# From where ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "forwarded", "status"),
    [
        ("10.1.2.3", "", 200),
        ("2001:db8::7", "", 200),
        ("::ffff:10.1.2.3", "", 200),
        ("192.0.2.1", "", 403),
        ("", "", 403),
        ("192.0.2.1", "10.1.2.3", 403),
        ("172.16.0.1", "10.1.2.3", 200),
        ("172.16.0.1", "10.1.2.3, 192.0.2.1", 403),
        ("172.16.0.1", "", 403),
        ("172.16.0.1", "nonsense", 403),
    ],
)
def test_the_admin_opens_to_some_networks(settings, address, forwarded, status):
    settings.ADMIN_ALLOWED_NETS = [ip_network("10.0.0.0/8"), ip_network("2001:db8::/32")]
    settings.TRUSTED_PROXIES = [ip_network("172.16.0.0/12")]
    extra = {"REMOTE_ADDR": address} | ({"HTTP_X_FORWARDED_FOR": forwarded} if forwarded else {})
    for path in ("/cms/login/", "/cms/password_reset/"):
        assert Client().get(path, **extra).status_code == status
    article_pair()
    assert Client().get("/en/", **extra).status_code == 200


def test_others_are_told_in_both_languages_whatever_they_ask_for(settings, boss):
    settings.ADMIN_ALLOWED_NETS = [ip_network("10.0.0.0/8")]
    english, _chinese = article_pair(live=[])
    for path in (
        f"/cms/pages/{english.pk}/edit/preview/",
        "/cms/api/main/pages/",
        "/cms/second-factor/",
        "/cms/sprite/",
    ):
        told = boss.get(path, REMOTE_ADDR="192.0.2.1")
        assert told.status_code == 403
        assert "networks" in told.content.decode() and "指定网络" in told.content.decode()
        assert boss.post(path, REMOTE_ADDR="192.0.2.1").status_code == 403


def test_what_only_the_admin_shows_stays_where_the_admin_opens(client, settings, shown, waves, plan):  # noqa: F811
    """Somebody who works here and signed in as a reader, from elsewhere, gets what any reader gets."""
    settings.ADMIN_ALLOWED_NETS = [ip_network("10.0.0.0/8")]
    here, elsewhere = {"REMOTE_ADDR": "10.1.2.3"}, {"REMOTE_ADDR": "192.0.2.1"}
    client.force_login(shown.publisher)
    profile = UserProfile.get_for_user(shown.publisher)
    profile.avatar.save("me.png", ContentFile(waves.file.open().read()))
    rendition = waves.get_rendition("width-100")
    closed = [waves.file.url, plan.file.url, profile.avatar.url, plan.url, rendition.url]
    for url in closed:
        assert content(client.get(url, **here))
        assert client.get(url, **elsewhere).status_code == 404, url
    release_both(shown.release, shown.publisher)
    for url in seen(Client(), shown) | {rendition.url}:
        assert content(client.get(url, **elsewhere))
    for url in closed[:3]:
        assert client.get(url, **elsewhere).status_code == 404, url
    assert "/files/" in client.get(plan.url, **elsewhere)["Location"], "the library's address leads to the public one"


# Passwords -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "password", ["Password2026!", "qwertyqwerty", "12345letmein54321", "!!!Dragon!!!", "monkeymonkey1"]
)
def test_a_common_password_is_refused_in_any_dress(password):
    with pytest.raises(ValidationError):
        DressedUpPassword().validate(password)


@pytest.mark.parametrize("password", ["tides-and-trams", "vTq7-luhe-9931", "海港-有轨-电车-潮汐", "123456789012345"])
def test_others_are_taken(password):
    DressedUpPassword().validate(password)


# The log -------------------------------------------------------------------------------------------------------------


def test_what_happens_to_an_account_is_written_down(lin):
    client = Client(HTTP_USER_AGENT="Firefox/140.0", REMOTE_ADDR="203.0.113.9")
    for password in ("no", "secret"):
        client.post("/cms/login/", {"username": "lin", "password": password})
    assert kinds() == ["refused", "signed_in"]
    line = AccountLine.objects.last()
    assert (line.user, line.name, line.address, line.browser) == (lin, "lin", "203.0.113.9", "Firefox/140.0")


def test_who_gives_whom_which_group_is_written_down(lin, boss):
    url = f"/cms/users/edit/{lin.pk}/"
    reviewers = Group.objects.get(name="Bilingual reviewers")
    fields = fields_of(boss.get(url).content.decode(), "username")
    sent = {name: value for name, value in fields.items() if value is not None and name != "groups"}
    assert boss.post(url, {**sent, "groups": [reviewers.pk]}).status_code == 302
    lines = AccountLine.objects.filter(kind="rights_changed", user=lin, by_name="root")
    said = {name: value for line in lines for name, value in line.about.items()}
    assert (said["added"], said["removed"]) == ("Bilingual reviewers", "Publishers")


@pytest.mark.parametrize("way", ["user_set.clear", "user_set.set", "permissions.clear", "groups.clear"])
def test_all_at_once_are_written_down(lin, rf, way):
    """Also from the side of the group, as nobody does by Wagtail's pages."""
    publishers = Group.objects.get(name="Publishers")
    rights = set(map(str, publishers.permissions.all()))
    request = rf.get("/")
    request.user = get_user_model().objects.create_superuser("root")
    token = asked.set(request)
    try:
        of = lin if way.startswith("groups") else publishers
        relation, does = way.split(".")
        getattr(getattr(of, relation), does)(*[[]] if does == "set" else [])
    finally:
        asked.reset(token)
    line = AccountLine.objects.get(kind="rights_changed", user=lin if of == lin else None)
    gone = {"user_set": {"lin"}, "permissions": rights, "groups": {"Publishers"}}[relation]
    assert all(name in line.about["removed"] for name in gone)
    assert line.about.get("group") == (None if of == lin else "Publishers")


def test_what_no_person_does_is_no_line_of_rights(lin):
    lin.groups.clear()
    Group.objects.create(name="Anybody")
    assert kinds() == []


def test_administrators_read_it_and_others_do_not(lin, boss):
    AccountLine.objects.note("refused", name="=cmd|'/c calc'!A1", door="sign_in", about={"group": "+1"})
    page = boss.get(REPORT).content.decode()
    assert "cmd" in page and "Refused" in page
    exported = b"".join(boss.get(f"{REPORT}?export=csv").streaming_content).decode()
    assert not any(cell.lstrip('"').startswith(("=", "+", "@")) for cell in exported.replace("\n", ",").split(","))
    assert "cmd" not in boss.get(f"{REPORT}?kind=signed_in").content.decode().partition("<table")[2]
    member = Client()
    member.force_login(lin)
    assert member.get(REPORT).status_code == 302
    assert REPORT not in member.get("/cms/").content.decode()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("203.0.113.9", ["203.0.113.9"]),
        ("203.0.113.", ["203.0.113.9", "203.0.113.90"]),
        ("2001:0DB8::0:7", ["2001:db8::7"]),
        ("2001:db8:", ["2001:db8::7"]),
        ("lin", []),
        ("%", []),
        ("1.2.3.4/8", []),
    ],
)
def test_an_address_is_found_by_its_beginning_too(boss, typed, found):
    for address in ("203.0.113.9", "203.0.113.90", "2001:db8::7", None):
        AccountLine.objects.note("refused")
        AccountLine.objects.filter(pk=AccountLine.objects.latest("pk").pk).update(address=address)
    lines = boss.get(REPORT, {"address": typed}).context["object_list"]
    assert sorted(line.address for line in lines) == found


def test_it_is_kept_for_a_year_and_forgotten_then(lin):
    now = timezone.now()
    for days in (364, 366):
        line = AccountLine.objects.note("refused", lin)
        AccountLine.objects.filter(pk=line.pk).update(at=now - timedelta(days=days))
    Client().force_login(lin)
    assert [(now - line.at).days for line in AccountLine.objects.all()] == [364]


def test_an_account_that_goes_leaves_its_lines(lin):
    AccountLine.objects.note("refused", lin)
    lin.delete()
    assert AccountLine.objects.filter(name="lin", user=None).exists()
