"""What the log says of a request, and what it does not."""

import json
import logging
import re
from datetime import datetime
from ipaddress import ip_network

import pytest
from django.db import OperationalError, connection
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from home.keyed import KeylessFilter
from home.proxies import ProxyMiddleware
from newsroom import logs

from .served import Served

LINE = re.compile(
    r"(?P<time>\S+) (?P<level>[A-Z]+) (?P<id>[A-Za-z0-9._-]+) (?P<logger>\S+): "
    r"(?P<method>\S+) (?P<path>\S+) (?P<status>\d{3}) (?P<ms>\d+) (?P<bytes>\d+|-) (?P<user>\d+|-)"
)
TOKEN = "q3-_" * 11
KEYED = f"/cms/calendar/{TOKEN}"
FORMATTERS = {"plain": logs.PlainFormatter(), "json": logs.JsonFormatter()}


@pytest.fixture
def lines(caplog):
    """`lines(format)`: what a handler of production would have written of the access log."""
    caplog.set_level("INFO", "newsroom.access")
    caplog.handler.addFilter(request_filter := logs.RequestFilter())
    yield lambda form: [FORMATTERS[form].format(r) for r in caplog.records if r.name == "newsroom.access"]
    caplog.handler.removeFilter(request_filter)


@pytest.mark.django_db
class TestALine:
    @pytest.mark.parametrize(
        "path", ["/en/", "/zh-hans/search/?q=geheim&page=2", "/en/nowhere/", "/a%0Ab%20c/", "/新闻/"]
    )
    def test_is_one_and_holds_no_query(self, client, lines, path):
        answer = client.get(path, headers={"user-agent": "Netscape", "referer": "https://where.test/from"})
        [line] = lines("plain")
        found = LINE.fullmatch(line)
        assert found, line
        assert (found["method"], int(found["status"])) == ("GET", answer.status_code)
        assert int(found["bytes"]) == len(answer.content)
        assert (found["user"], found["id"]) == ("-", answer["X-Request-ID"])
        assert datetime.fromisoformat(found["time"]).utcoffset().total_seconds() == 0
        for secret in ("geheim", "Netscape", "where.test", "127.0.0.1", "?"):
            assert secret not in line
        [line] = lines("json")
        told = json.loads(line)
        assert told["path"] == found["path"]
        assert (told["status"], told["request_id"], told["level"]) == (answer.status_code, found["id"], "INFO")

    def test_has_the_number_of_who_is_signed_in_without_asking_for_it(self, client, admin_user, lines):
        client.force_login(admin_user)
        client.get("/cms/account/")
        client.get("/en/")
        inside, outside = (LINE.fullmatch(line)["user"] for line in lines("plain"))
        assert (inside, outside) == (str(admin_user.pk), "-")

    def test_holds_no_key_to_a_password(self, client, lines):
        client.get("/cms/password_reset/confirm/MQ/c9xyz-4f2secret/")
        client.post("/cms/login/", {"username": "petra", "password": "hunter2"})
        written = "\n".join(lines("plain") + lines("json"))
        for secret in ("c9xyz", "MQ/", "petra", "hunter2"):
            assert secret not in written

    @pytest.mark.parametrize(
        "path", [f"{KEYED}.ics", KEYED, f"{KEYED}.ics/", f"/CMS{KEYED[4:]}.ics", f"{KEYED}.ics?x=1"]
    )
    def test_holds_no_address_that_shows_a_calendar(self, client, lines, path):
        client.get(path)
        assert TOKEN not in "".join(lines("plain") + lines("json"))
        assert "/calendar/…" in lines("plain")[0]

    def test_is_none_for_probes(self, client, lines):
        client.get("/livez")
        assert lines("plain") == []


class TestTheName:
    def name(self, said, address="127.0.0.1"):
        middleware = ProxyMiddleware(logs.LogMiddleware(lambda _request: HttpResponse(logs.request_id.get())))
        request = RequestFactory().get("/", headers={"x-request-id": said} if said else {}, REMOTE_ADDR=address)
        answer = middleware(request)
        assert answer["X-Request-ID"] == answer.content.decode()
        assert logs.request_id.get() == "-"
        return answer["X-Request-ID"]

    def test_is_anew_each_time(self):
        assert len({self.name("") for _time in range(5)}) == 5

    def test_is_a_proxys_own_if_settings_name_the_proxy(self, settings):
        said = "4bf92f35-77b3_4da6.A3"
        assert self.name(said, "10.1.2.3") != said
        settings.TRUSTED_PROXIES = [ip_network("10.1.0.0/16")]
        for address in ("10.1.2.3", "::ffff:10.1.9.9", "", "unix:"):
            assert self.name(said, address) == said
        for address in ("10.2.0.1", "127.0.0.1", "127.0.0.1.example"):
            assert self.name(said, address) != said

    @pytest.mark.parametrize(
        "said", ["short", "a" * 65, "12345678\n2026", "12345678 x", '"12345678"', "12345678é", "<b>12345678"]
    )
    def test_is_well_formed(self, said):
        assert re.fullmatch("[0-9a-f]{32}", self.name(said))


def record(message, *arguments, exc_info=None):
    return logging.getLogger("any").makeRecord("any", logging.ERROR, "", 1, message, arguments, exc_info)


def test_a_stream_is_as_long_as_its_header_says(lines):
    streams = [StreamingHttpResponse([b"abc"]), StreamingHttpResponse([b"abc"], headers={"Content-Length": "3"})]
    for stream in streams:
        logs.LogMiddleware(lambda _request, stream=stream: stream)(RequestFactory().head("/x"))
    assert [LINE.fullmatch(line)["bytes"] for line in lines("plain")] == ["-", "3"]


def test_nobody_writes_a_line_of_somebody_else():
    forged = record("failed: %s", "x\r\n2026-01-01T00:00:00+00:00 INFO - newsroom.access: GET / 200 1 1 1")
    assert len(FORMATTERS["plain"].format(forged).splitlines()) == 1
    assert len(FORMATTERS["json"].format(forged).splitlines()) == 1


@pytest.mark.parametrize(
    "words", ["Internal Server Error: %s.ics", "Service Unavailable: %s.ics: gone", '"GET %s.ics"']
)
def test_no_line_holds_an_address_that_shows_a_calendar(words):
    told = record(words, KEYED)
    written = [FORMATTERS["plain"].format(told), json.loads(FORMATTERS["json"].format(told))["message"]]
    assert KeylessFilter().filter(told), "gunicorn's own lines"
    for line in [*written, told.getMessage()]:
        assert TOKEN not in line
        assert "/cms/calendar/…" in line
    assert "/cms/calendar/subscribe/" in FORMATTERS["plain"].format(record("/cms/calendar/subscribe/"))


def test_what_is_away_for_all_is_said_in_a_line():
    try:
        raise OperationalError("connection refused")
    except OperationalError as error:
        away = record("%s: %s", "Service Unavailable", "/en/", exc_info=(type(error), error, None))
        broken = record("%s", "Internal Server Error", exc_info=(type(error), error, None))
    away.status_code, broken.status_code = 503, 500
    assert logs.RequestFilter().filter(away) and logs.RequestFilter().filter(broken)
    assert (
        FORMATTERS["plain"]
        .format(away)
        .endswith("any: Service Unavailable: /en/: OperationalError: connection refused")
    )
    assert "connection refused" in json.loads(FORMATTERS["json"].format(broken))["exception"]


@pytest.mark.full
@pytest.mark.parametrize("form", FORMATTERS)
def test_a_site_in_production_writes_so(django_db_setup, django_db_blocker, tmp_path, form):
    if connection.vendor != "sqlite":
        pytest.skip("of files")
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(tmp_path / "site.sqlite3")])
    told = {"LOG_FORMAT": form, "LOG_LEVEL": "DEBUG"}
    site = Served(tmp_path, DATABASE_URL=f"sqlite:///{tmp_path}/site.sqlite3", **told)
    site.manage("collectstatic", "--noinput", "-v0")
    with site.running():
        answer = site.ask("/en/?q=geheim", **{"X-Request-ID": "of-the-proxy-1"})
        assert answer.headers["X-Request-ID"] == "of-the-proxy-1"
        assert site.ask("/en/nowhere/").status == 404
        (tmp_path / "site.sqlite3").unlink()
        (tmp_path / "site.sqlite3").mkdir()
        site.ask("/cms/", Cookie="sessionid=0123456789abcdefghijklmnopqrstuv")
    written = site.log.read_text()
    ours = [line for line in written.splitlines() if not re.match(r"\[\d{4}-", line)]
    assert ours
    if form == "json":
        assert [json.loads(line)["path"] for line in ours if "newsroom.access" in line][:2] == ["/en/", "/en/nowhere/"]
    else:
        assert [line for line in ours if not re.match(r"\d{4}-\S+ [A-Z]+ \S+ [\w.]+: ", line)] == []
    assert "of-the-proxy-1" in written
    assert "geheim" not in written
    assert "asyncio" not in written
