"""What every answer of the site says to browsers, whatever was asked, how, and by whom."""

import re
import uuid

import pytest
from django.db import OperationalError, connection
from django.test import Client

from news.tests.pairs import article_pair, member_of
from news.tests.posted.addresses import addresses

pytestmark = pytest.mark.django_db
METHODS = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND"]
HEADERS = {
    "Content-Security-Policy": ".*default-src '(self|none)'.*",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin|same-origin|no-referrer",
    "Permissions-Policy": r"camera=\(\), .*",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
READ_BY_SCRIPT = {"csrftoken"}
"""Scripts send it as it is now: another tab may have signed in anew."""
NOBODY, ADMINISTRATOR = "nobody", "administrator"
CASES = [pytest.param(NOBODY, id=NOBODY), pytest.param(ADMINISTRATOR, marks=pytest.mark.full, id=ADMINISTRATOR)]


@pytest.fixture(autouse=True)
def production(settings, tmp_path):
    """As far as headers and cookies go."""
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True
    settings.STATIC_ROOT = tmp_path
    (tmp_path / "a.css").write_text("a {}")
    place = settings.MIDDLEWARE.index("home.middleware.LanguageMiddleware")
    settings.MIDDLEWARE = [*settings.MIDDLEWARE]
    settings.MIDDLEWARE.insert(place, "whitenoise.middleware.WhiteNoiseMiddleware")


def wrong(answer):
    """[what is wrong with its headers]"""
    found = [name for name, value in HEADERS.items() if not re.fullmatch(value, answer.headers.get(name, ""))]
    if "unsafe-eval" in answer.headers.get("Content-Security-Policy", ""):
        found.append("unsafe-eval")
    found += [name for name in ("X-Powered-By", "Server") if name in answer.headers]
    for name, cookie in answer.cookies.items():
        if not cookie.value:  # it is taken away
            continue
        if not cookie["secure"] or cookie["samesite"] not in ("Lax", "Strict"):
            found.append(f"cookie {name}")
        if not cookie["httponly"] and name not in READ_BY_SCRIPT:
            found.append(f"cookie {name} can be read")
    return found


def asker(who, **options):
    client = Client(raise_request_exception=False, **options)
    if who == ADMINISTRATOR:
        user = member_of("Publishers", username="root", email="root@news.example")
        user.is_superuser = user.is_staff = True
        user.save()
        client.force_login(user)
    return client


def path_of(address):
    """Something that the route takes; for most there is nothing at it."""
    fill = {"int": "1", "uuid": str(uuid.UUID(int=1)), "path": "a/b", "slug": "a", "str": "a"}
    text = re.sub(r"<(?:(\w+):)?\w+>", lambda found: fill[found[1] or "str"], address)
    text = re.sub(r"\(\?P<\w+>(?:[^()]|\([^()]*\))*\)", "a", text)  # of regular expressions
    return "/" + re.sub(r"[\^$\\?*]", "", text).replace("(", "").replace(")", "").lstrip("/")


@pytest.mark.parametrize("who", CASES)
def test_every_address_and_method(who):
    client = asker(who)
    found, statuses = {}, set()
    for address in addresses():
        for method in METHODS if who == NOBODY else METHODS[:3]:
            if address.endswith("logout/") and method == "POST":
                continue
            answer = client.generic(method, path_of(address), secure=True)
            answer.close()
            statuses.add(answer.status_code)
            for each in wrong(answer):
                found.setdefault(each, []).append(f"{method} {path_of(address)} {answer.status_code}")
    assert found == {}
    assert {200, 302, 404, 405} <= statuses


class Broken(Exception):
    pass


FORM = "application/x-www-form-urlencoded"
LATER = {"If-Modified-Since": "Sat, 1 Jan 2050 00:00:00 GMT"}
TOO_MANY = "&".join(f"a{number}=1" for number in range(20))
REFUSALS = {
    "a host that is not ours": (400, lambda ask: ask("GET", "/en/", headers={"host": "evil.example"})),
    "the same by http": (400, lambda ask: ask("GET", "/en/", headers={"host": "evil.example"}, secure=False)),
    "no multipart": (400, lambda ask: ask("POST", "/cms/login/", b"x", "multipart/form-data")),
    "too many fields": (
        413,
        lambda ask: ask("POST", "/cms/login/", TOO_MANY, FORM),
    ),
    "too many bytes": (
        413,
        lambda ask: ask("POST", "/cms/login/", "a=" + "b" * 3_000, FORM),
    ),
    "a form without its token": (403, lambda ask: ask("POST", "/cms/login/", "a=b", FORM)),
    "nothing": (404, lambda ask: ask("GET", "/en/nowhere/")),
    "a null character": (404, lambda ask: ask("GET", "/en/?q=%00")),
    "a method": (405, lambda ask: ask("DELETE", "/robots.txt")),
    "a redirect": (302, lambda ask: ask("GET", "/")),
    "a slash": (301, lambda ask: ask("GET", "/en/news")),
    "a static file": (200, lambda ask: ask("GET", "/static/a.css")),
    "the same again": (304, lambda ask: ask("GET", "/static/a.css", headers=LATER)),
    "no picture": (404, lambda ask: ask("GET", "/media/images/a.png")),
    "health": (200, lambda ask: ask("GET", "/livez")),
}  # fmt: skip


@pytest.mark.parametrize("what", REFUSALS)
def test_every_refusal(what, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS, settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10, 2_000
    settings.SECURE_SSL_REDIRECT = "by http" in what
    client = Client(raise_request_exception=False, enforce_csrf_checks=what == "a form without its token")

    def ask(method, path, data="", content_type="application/octet-stream", secure=True, **more):
        return client.generic(method, path, data, content_type, secure=secure, **more)

    status, send = REFUSALS[what]
    answer = send(ask)
    assert answer.status_code == status
    told = wrong(answer)
    assert told == (["Strict-Transport-Security"] if "by http" in what else [])


@pytest.mark.parametrize("path", ["/en/news/", "/cms/", "/cms/login/", "/media/a.png", "/en/search/?q=a", "/readyz"])
def test_where_the_database_answers_nothing(path):
    client = asker(NOBODY)
    for error, status in ((Broken, 500), (OperationalError, 503)):

        def fails(execute, sql, *arguments, error=error):
            raise error(sql)

        with connection.execute_wrapper(fails):
            answer = client.get(path, secure=True)
        assert answer.status_code in (200, 302, status) or path == "/readyz"
        assert wrong(answer) == []


def test_pages_and_files(client):
    english, chinese = article_pair()
    for path in (english.url, chinese.url, f"{english.url}bilingual/", "/sitemap.xml", "/en/news/feed/"):
        answer = client.get(path, secure=True)
        assert (answer.status_code, wrong(answer)) == (200, []), path
