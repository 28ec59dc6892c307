"""A second factor: asked for at every door, demanded of who may release, and not the end when it is lost."""

import re
from io import StringIO

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from wagtail.models import Page
from wagtail.users.models import UserProfile

from home.accounts import codes, factors
from home.accounts.models import AccountLine, Factor, KnownSession, RecoveryCode
from news.release.freezing import freeze

from .pairs import article_pair, member_of
from .posted.visitor import fields_of
from .scene import Scene

pytestmark = pytest.mark.django_db
MINE, ASK = "/cms/second-factor/mine/", "/cms/second-factor/"
APP = f"{MINE}app/"
SHOWN = re.compile(r"\b(?:[a-z2-9]{4}-){3}[a-z2-9]{4}\b")


@pytest.fixture
def now(monkeypatch):
    """The hands of the clock by which codes go."""

    class Now:
        seconds = 1_800_000_000.0

        def later(self, seconds=30):
            self.seconds += seconds

    hands = Now()
    monkeypatch.setattr(codes.time, "time", lambda: hands.seconds)
    return hands


@pytest.fixture
def lin():
    return member_of("Publishers", username="lin", email="lin@example.org")


def sign_in(name="lin", password="secret"):
    client = Client()
    assert client.post("/cms/login/", {"username": name, "password": password}).status_code == 302
    return client


def code_of(secret):
    return codes.code_at(secret, int(codes.time.time()) // 30)


def make_lin(role):
    if role == "administrator":
        return get_user_model().objects.create_superuser("lin", password="secret")
    return member_of(role, username="lin")


def new_app(client):
    """The secret that the form for an app shows, and what its browser would send of that form."""
    page = client.get(APP).content.decode()
    return re.search(r'<code translate="no">(\w+)</code>', page)[1], {**fields_of(page, "code"), "name": "Phone"}


def set_up(client, password="secret"):
    """The secret of an app, and the recovery codes that were shown."""
    secret, form = new_app(client)
    answer = client.post(APP, {**form, "code": code_of(secret), "password": password})
    assert answer.status_code == 200
    return secret, SHOWN.findall(answer.content.decode())


def given(client, code):
    return client.post(f"{ASK}?next=/cms/reports/", {"code": code, "next": "/cms/account/"})


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "287082"), (1111111109, "081804"), (1111111111, "050471"), (1234567890, "005924"), (20000000000, "353130")],
)
def test_codes_are_those_of_the_standard(seconds, code):
    """The last six digits of RFC 6238, appendix B."""
    assert codes.code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds // 30) == code


def test_whoever_has_an_app_is_asked_for_its_code(lin, now):
    secret, _codes = set_up(sign_in())
    now.later()
    client = sign_in()
    assert client.get("/cms/pages/").headers["Location"] == f"{ASK}?next=%2Fcms%2Fpages%2F"
    assert "one-time-code" in client.get(ASK).content.decode()
    assert given(client, "000000").status_code == 200
    assert client.get("/cms/").status_code == 302
    done = given(client, f" {code_of(secret)[:3]} {code_of(secret)[3:]} ")
    assert (done.status_code, done["Location"]) == (302, "/cms/account/")
    assert client.get("/cms/").status_code == 200


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_nobody_is_led_to_another_site(lin, now, elsewhere):
    secret, _codes = set_up(sign_in())
    now.later()
    assert sign_in().post(ASK, {"code": code_of(secret), "next": elsewhere})["Location"] == "/cms/"


def test_a_code_is_taken_once_and_no_older_one_after_it(lin, now):
    secret, _codes = set_up(sign_in())
    before = code_of(secret)
    assert given(sign_in(), before).status_code == 200, "it was used when the app was added"
    now.later()
    code = code_of(secret)
    assert given(sign_in(), code).status_code == 302
    assert given(sign_in(), code).status_code == 200
    now.later()
    assert given(sign_in(), code_of(secret)).status_code == 302
    assert given(sign_in(), code).status_code == 200


@pytest.mark.parametrize(("late", "status"), [(-30, 302), (0, 302), (30, 302), (-60, 200), (60, 200)])
def test_a_clock_may_be_half_a_minute_wrong(lin, now, late, status):
    secret, _codes = set_up(sign_in())
    now.later(300)
    code = codes.code_at(secret, int(now.seconds + late) // 30)
    assert given(sign_in(), code).status_code == status


def test_codes_cannot_be_tried(lin, now):
    secret, _codes = set_up(sign_in())
    now.later()
    clients = [sign_in() for _time in range(5)]
    assert [given(client, "123123").status_code for client in clients] == [200, 200, 200, 200, 429]
    assert given(sign_in(), code_of(secret)).status_code == 429


def test_no_door_is_open_before(lin, now):
    english, _chinese = article_pair(live=[])
    set_up(sign_in())
    client = sign_in()
    guest = Client()
    for path in (
        "/cms/",
        "/cms/account/",
        "/cms/api/main/pages/",
        f"/cms/pages/{english.pk}/edit/preview/",
        f"/cms/pages/{english.pk}/view_draft/",
        f"/cms/releases/{Scene().release.pk}/",
        "/cms/sprite/",
        "/cms/reports/site-history/?export=csv",
        "/en/",
        f"/documents/{english.pk}/a.pdf",
    ):
        for extra in ({}, {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest", "HTTP_ACCEPT": "application/json"}):
            mine, theirs = client.get(path, **extra), guest.get(path, **extra)
            assert mine.status_code == theirs.status_code or mine.headers["Location"].startswith(ASK), path
            assert (
                mine.status_code == 302 or mine.content == theirs.content or path == "/en/" or b"csrf" in mine.content
            )
    assert client.post("/cms/account/", {"name_email-email": "x@example.org"}).status_code == 302
    lin.refresh_from_db()
    assert lin.email == "lin@example.org"
    for path in (MINE, APP, f"{MINE}codes/", f"{MINE}{Factor.objects.get().pk}/remove/"):
        assert client.post(path, {"password": "secret"})["Location"] == ASK
    assert Factor.objects.count() == 1


@pytest.mark.parametrize("setting", ["demanded", "offered", "off"])
@pytest.mark.parametrize("role", ["Publishers", "English authors", "administrator"])
def test_of_whom_it_is_demanded(setting, role, settings):
    settings.SECOND_FACTOR = setting
    make_lin(role)
    client = sign_in()
    led = setting == "demanded" and role != "English authors"
    answer = client.get("/cms/pages/")
    assert (answer.status_code == 302 and answer["Location"].startswith(ASK)) == led
    if led:
        assert client.get(answer["Location"])["Location"] == MINE
        assert "nothing else opens before" in client.get(MINE).content.decode()
        set_up(client)
        assert client.get("/cms/").status_code == 200
    assert client.get(MINE).status_code == (404 if setting == "off" else 200)


def test_it_is_demanded_from_the_moment_somebody_may_release(settings):
    settings.SECOND_FACTOR = "demanded"
    user = member_of("English authors", username="lin")
    client = sign_in()
    assert client.get("/cms/").status_code == 200
    user.groups.set(member_of("Publishers", username="other").groups.all())
    assert client.get("/cms/")["Location"].startswith(ASK)


def test_adding_one_ends_what_the_password_alone_had_opened(lin, now):
    other, client = sign_in(), sign_in()
    assert other.get("/cms/").status_code == 200
    set_up(client)
    assert other.get("/cms/")["Location"].startswith("/cms/login/")
    assert client.get("/cms/").status_code == 200


def test_what_is_changed_asks_for_the_password(lin, now):
    client = sign_in()
    secret, form = new_app(client)
    assert "not right" in client.post(APP, {**form, "code": code_of(secret), "password": "no"}).content.decode()
    assert not Factor.objects.exists()
    set_up(client)
    factor = Factor.objects.get()
    client.post(f"{MINE}{factor.pk}/remove/", {"password": "no"})
    assert Factor.objects.exists()
    assert client.post(f"{MINE}{factor.pk}/remove/", {"password": "secret"}).status_code == 302
    assert not Factor.objects.exists() and not RecoveryCode.objects.exists()
    kinds = set(AccountLine.objects.values_list("kind", flat=True))
    assert {"factor_added", "factor_removed", "codes_made"} <= kinds


def test_nobody_removes_anothers(lin, now):
    set_up(sign_in())
    member_of("Publishers", username="other")
    assert sign_in("other").post(f"{MINE}{Factor.objects.get().pk}/remove/", {"password": "secret"}).status_code == 404
    assert Factor.objects.exists()


def test_a_recovery_code_opens_once(lin, now):
    _secret, kept = set_up(sign_in())
    assert len(set(kept)) == 10
    assert given(sign_in(), kept[3].upper().replace("-", " ")).status_code == 302
    assert given(sign_in(), kept[3]).status_code == 200
    client = sign_in()
    assert given(client, kept[4]).status_code == 302
    made = SHOWN.findall(client.post(f"{MINE}codes/", {"password": "secret"}).content.decode())
    assert len(set(made) - set(kept)) == 10
    assert given(sign_in(), kept[5]).status_code == 200
    assert not any(code in str(list(RecoveryCode.objects.values())) for code in made)


WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}


def test_a_chinese_keyboard_writes_wide(lin, now):
    client = sign_in()
    secret, form = new_app(client)
    added = {**form, "name": "手机", "code": code_of(secret).translate(WIDE), "password": "secret"}
    kept = SHOWN.findall(client.post(APP, added).content.decode())
    assert len(kept) == 10
    now.later()
    assert given(sign_in(), f"{code_of(secret)[:3]}\u3000{code_of(secret)[3:]}".translate(WIDE)).status_code == 302
    assert given(sign_in(), kept[0].upper().translate(WIDE)).status_code == 302
    assert given(sign_in(), kept[0]).status_code == 200


def test_who_has_lost_all_is_let_in_by_command(lin, now):
    set_up(sign_in())
    client = sign_in()
    said = StringIO()
    call_command("forget_second_factor", "lin", stdout=said)
    assert "Phone" in said.getvalue()
    assert client.get("/cms/")["Location"].startswith("/cms/login/")
    assert sign_in().get("/cms/").status_code == 200
    assert AccountLine.objects.filter(kind="factor_removed", user=lin).exists()


def test_the_secret_is_not_readable_in_the_database_and_another_key_only_shuts(lin, now, settings):
    secret, kept = set_up(sign_in())
    assert secret not in Factor.objects.get().secret
    now.later()
    settings.SECRET_KEY = "another"
    client = sign_in()
    assert given(client, code_of(secret)).status_code == 200
    assert given(client, kept[0]).status_code == 302


def test_an_urgent_release_asks_for_the_code_of_who_has_an_app(now):
    scene = Scene()
    client = Client()
    client.force_login(scene.publisher)
    secret, _codes = set_up(client)
    freeze(scene.release, scene.publisher)
    url = f"/cms/releases/{scene.release.pk}/"
    now.later()

    def sends(word):
        fields = fields_of(client.get(url).content.decode(), "urgent-password")
        return client.post(
            f"{url}urgent/",
            {**fields, "urgent-reason": "Storm", "urgent-languages": ["en"], "urgent-password": word},
        ).status_code

    assert "Code of your app, now" in client.get(url).content.decode()
    assert sends("secret") == 422
    assert not Page.objects.get(pk=scene.original.page.pk).live
    assert sends(code_of(secret)) == 302
    assert Page.objects.get(pk=scene.original.page.pk).live


@pytest.mark.parametrize(("language", "words"), [("en", "Go on"), ("zh-hans", "继续")])
def test_it_is_asked_in_ones_own_language(lin, now, language, words):
    set_up(sign_in())
    UserProfile.objects.update_or_create(user=lin, defaults={"preferred_language": language})
    assert words in sign_in().get(ASK).content.decode()


def test_what_belongs_to_the_page_itself_is_not_led_away(lin, now):
    """Wagtail puts the answer for its icons into the page: with a page in its place there would be two."""
    set_up(sign_in())
    client = sign_in()
    for path in ("/cms/sprite/", "/cms/jsi18n/"):
        assert client.get(path).content == Client().get(path).content


def test_an_account_page_leads_there(lin):
    client = sign_in()
    assert MINE in client.get("/cms/account/").content.decode()
    assert client.get(MINE).status_code == 200
    assert KnownSession.objects.get().user == lin
    assert factors.factors_of(lin) == []
