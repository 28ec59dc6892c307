"""The site behind nginx with TLS, by deploy/nginx/newsroom.conf, as production serves it."""

import json
import re
import shutil
import ssl
import subprocess
from http.client import HTTPConnection
from pathlib import Path

import pytest
from django.db import connection

from home.outage import AWAY, SECONDS

from .demo_site import free_port
from .nginx import deployed, needed, nginx
from .served import Served

pytestmark = [*needed, pytest.mark.skipif(shutil.which("openssl") is None, reason="no openssl")]
NAME = "news.example"
CERTIFICATE = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1 -subj /CN=news.example"


class OverTLS(HTTPConnection):
    """To this machine, as if its address had the name of the site."""

    def __init__(self, port, certificate):
        super().__init__("127.0.0.1", port, timeout=30)
        self.trusted = ssl.create_default_context(cafile=str(certificate))

    def connect(self):
        super().connect()
        self.sock = self.trusted.wrap_socket(self.sock, server_hostname=NAME)


class Deployed:
    def __init__(self, site, folder):
        self.site, self.folder, self.http, self.https = site, folder, free_port(), free_port()

    def start(self):
        self.running = self.site.running()
        self.running.__enter__()

    def stop(self):
        self.running.__exit__(None, None, None)

    def ask(self, path, method="GET", body=None, **headers):
        """The answer, whatever its status."""
        return answered(OverTLS(self.https, self.folder / "certificate.pem"), path, method, body, **headers)

    def past_nginx(self, path):
        return answered(HTTPConnection("127.0.0.1", self.site.port), path, **{"X-Forwarded-Proto": "https"})

    def in_the_open(self, path, **headers):
        return answered(HTTPConnection("127.0.0.1", self.http), path, **headers)


def answered(connection, path, method="GET", body=None, **headers):
    connection.request(method, path, body, {"Host": NAME, "Accept": "text/html", **headers})
    answer = connection.getresponse()
    answer.body = answer.read()
    return answer


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    folder = tmp_path_factory.mktemp("deployed")
    files = ["-addext", f"subjectAltName=DNS:{NAME}", "-keyout", "certificate.key", "-out", "certificate.pem"]
    subprocess.run(["openssl", *CERTIFICATE.split(), *files], cwd=folder, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def at(folder, django_db_setup, django_db_blocker):
    """Of an empty site, on a file of SQLite, with stored pages."""
    if connection.vendor != "sqlite":
        pytest.skip("of files")
    (folder / "var").mkdir()
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(folder / "var" / "newsroom.sqlite3")])
    told = {"SITE_URL": f"https://{NAME}", "ALLOWED_HOSTS": NAME, "SECURE_SSL_REDIRECT": "on"}
    told |= {"FRONT_DIR": str(folder / "var" / "front"), "MEDIA_ACCEL": "/protected-media/"}
    site = Served(folder, **told, LOG_LEVEL="WARNING")
    site.manage("collectstatic", "--noinput", "-v0")
    site.manage("bootstrap")
    (folder / "snippets").mkdir()
    (folder / "snippets" / "newsroom-front.conf").write_text(site.manage("front_nginx"))
    found = Deployed(site, folder)
    configuration = deployed(site, folder, found.http, f"{found.https} ssl http2")
    with nginx(folder, configuration, found.https, TZ="Asia/Shanghai"):
        found.start()
        yield found
        found.stop()


OWN = {"accept-ranges", "connection", "content-length", "date", "etag", "last-modified", "server", "transfer-encoding"}
OWN |= {"cache-control", "expires", "set-cookie", "vary", "x-request-id"}
"""Of a server, or another in each answer."""


def said(answer):
    """A policy's parts come in any order."""
    return {name.lower(): sorted(value.split("; ")) for name, value in answer.getheaders() if name.lower() not in OWN}


def test_pages_come_over_tls_with_the_headers_of_the_site(at):
    for path in ("/en/", "/zh-hans/", "/cms/login/", "/en/search/?q=a", "/sitemap.xml", "/robots.txt"):
        python, first, second = at.past_nginx(path), at.ask(path), at.ask(path)
        assert (python.status, first.status, second.status) == (200, 200, 200), path
        assert said(python) == said(first) == said(second), path
        assert "max-age" in second.getheader("Strict-Transport-Security")
        assert bool(second.getheader("ETag")) == (path in ("/en/", "/zh-hans/", "/sitemap.xml")), f"{path} is a file"
    assert "gzip" in at.ask("/cms/login/", **{"Accept-Encoding": "gzip"}).getheader("Content-Encoding")


def test_http_leads_to_https_under_the_name_of_the_site_whatever_name_was_asked(at):
    for host in (NAME, "somebody.example"):
        answer = at.in_the_open("/en/news/?year=2026", Host=host)
        assert (answer.status, answer.getheader("Location")) == (301, f"https://{NAME}/en/news/?year=2026")
    assert at.ask("/cms/login/", Host="somebody.example").status == 400


def test_nothing_is_believed_that_a_reader_says_of_the_way_they_came(at):
    forged = {"X-Forwarded-Proto": "http", "X-Forwarded-Host": "evil.example", "X-Request-ID": "forged-by-a-reader"}
    answer = at.ask("/cms/login/", **forged)
    assert answer.status == 200, "taken for http, it would be sent to https"
    assert b"evil.example" not in answer.body
    assert re.fullmatch("[0-9a-f]{32}", answer.getheader("X-Request-ID")), "nginx has named it"
    assert [at.ask(path).status for path in ("/livez", "/readyz")] == [404, 404]


def test_static_files_are_nginx_s_as_python_would_send_them(at):
    names = sorted(json.loads((at.folder / "var" / "static" / "staticfiles.json").read_text())["paths"].values())
    asked = {Path(name).suffix: name for name in names}
    assert {".css", ".js", ".png", ".svg"} <= set(asked)
    for name in asked.values():
        ours, python = at.ask(f"/static/{name}"), at.past_nginx(f"/static/{name}")
        assert (ours.status, ours.body) == (200, python.body)
        assert ours.getheader("Cache-Control") == python.getheader("Cache-Control"), name
        assert "immutable" in ours.getheader("Cache-Control")
        assert ours.getheader("X-Content-Type-Options") == python.getheader("X-Content-Type-Options") == "nosniff"
        assert kind(ours) == kind(python), name
    packed = at.ask(f"/static/{asked['.css']}", **{"Accept-Encoding": "gzip"})
    assert packed.getheader("Content-Encoding") == "gzip"
    assert packed.body == (at.folder / "var" / "static" / f"{asked['.css']}.gz").read_bytes()
    of_no_hash = at.ask("/static/newsroom/site.css").getheader("Cache-Control")
    assert of_no_hash == at.past_nginx("/static/newsroom/site.css").getheader("Cache-Control")
    assert "immutable" not in of_no_hash


def kind(answer):
    return answer.getheader("Content-Type").replace("application/javascript", "text/javascript").replace('"', "")


def test_files_that_were_uploaded_are_nobody_s_to_ask_for(at):
    original = at.folder / "var" / "media" / "original_images" / "a.png"
    original.parent.mkdir(parents=True, exist_ok=True)
    original.write_bytes(b"draft")
    for path in ("/media/", "/protected-media/", "/static/../media/", "/static/..%2fmedia/", "/static../media/"):
        answer = at.ask(f"{path}original_images/a.png")
        assert answer.status in (400, 404) and answer.body != b"draft", path
    for path in ("/503.html", "/newsroom.sqlite3", "/static/../newsroom.sqlite3", "/.env"):
        assert at.ask(path).status == 404, path


def test_what_nginx_answers_by_itself_has_the_headers_of_the_site(at):
    python = said(at.past_nginx("/en/"))
    del python["x-frame-options"], python["content-type"], python["content-language"]
    name = "newsroom/site.css"
    answers = {
        "a health address": (404, at.ask("/livez")),
        "a static file": (200, at.ask(f"/static/{name}")),
        "no static file": (404, at.ask("/static/nothing.css")),
        "the same again": (
            304,
            at.ask(f"/static/{name}", **{"If-None-Match": at.ask(f"/static/{name}").getheader("ETag")}),
        ),
        "too much": (413, at.ask("/cms/login/", "POST", b"a" * 27_000_000)),
        "no name": (400, at.ask("/en/", Host="a b")),
        "no method": (405, at.ask(f"/static/{name}", "POST")),
    }
    for what, (status, answer) in answers.items():
        assert answer.status == status, what
        found = said(answer)
        assert {header: found.get(header) for header in python} == python, what
        assert answer.getheader("Server") == "nginx", "without its version"
        assert len(answer.headers.get_all("Content-Security-Policy")) == 1
    assert answers["no static file"][1].getheader("Cache-Control") is None
    answer = at.in_the_open("/en/")
    assert answer.getheader("Strict-Transport-Security") is None, "nobody may say it in the open"
    assert {header: said(answer).get(header) for header in python if "transport" not in header} == {
        header: value for header, value in python.items() if "transport" not in header
    }


def test_python_s_own_answers_keep_their_headers_and_get_no_others(at):
    for path, status in (("/en/nowhere/", 404), ("/cms/", 302), ("/media/nothing.png", 404)):
        answer = at.ask(path)
        assert answer.status == status
        for name in ("Content-Security-Policy", "Referrer-Policy", "Strict-Transport-Security", "Permissions-Policy"):
            assert len(answer.headers.get_all(name)) == 1, (path, name)
        assert answer.getheader("Server") == "nginx"
    [cookie] = at.ask("/cms/login/").headers.get_all("Set-Cookie")
    assert cookie.startswith("csrftoken=") and "; Secure" in cookie and "; SameSite=Lax" in cookie


def test_what_is_sent_may_have_25_megabytes(at):
    assert at.ask("/cms/login/", "POST", b"a" * 24_000_000).status != 413
    assert at.ask("/cms/login/", "POST", b"a" * 27_000_000).status == 413


def test_while_newsroom_is_away_everybody_is_told_so_and_stored_pages_stay(at):
    assert [at.ask(path).status for path in ("/en/", "/zh-hans/")] == [200, 200]
    at.stop()
    for path, method in (("/en/search/", "GET"), ("/cms/", "GET"), ("/cms/login/", "POST"), ("/media/a.png", "GET")):
        answer = at.ask(path, method)
        assert (answer.status, answer.getheader("Retry-After")) == (503, str(SECONDS[AWAY])), path
        assert answer.getheader("Cache-Control") == "no-store"
        assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
        for name in ("Content-Security-Policy", "Strict-Transport-Security", "Referrer-Policy", "Permissions-Policy"):
            assert len(answer.headers.get_all(name)) == 1, name
        assert "cannot be reached for the moment" in answer.body.decode()
        assert "暂时无法访问" in answer.body.decode()
    [sheet] = re.findall(r'href="([^"]+\.css)"', answer.body.decode())
    assert re.fullmatch(r"/static/newsroom/site\.[0-9a-f]{12}\.css", sheet)
    assert at.ask(sheet).status == 200, "the page looks as it should"
    assert at.ask("/en/").status == at.ask("/zh-hans/").status == 200
    at.start()
    assert at.ask("/cms/login/").status == 200, "nobody has to tell nginx"
