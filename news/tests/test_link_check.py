"""Links to other hosts are looked after in the background, and nothing inside is asked by mistake."""

import socket
import threading
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core.management import call_command

from home import http_client
from home.languages import ENGLISH
from news.findings.judged import findings_of
from news.findings.link_check import EVERY, check_links
from news.models import LinkStatus
from news.pair.pair import pair_of

from .pairs import article_pair

HERE = ("127.0.0.1",)

pytestmark = pytest.mark.django_db


class Elsewhere(BaseHTTPRequestHandler):
    def do_GET(self):
        status, _slash, target = self.path.strip("/").partition("/")
        self.send_response(int(status))
        if target:
            self.send_header("Location", f"/{target}")
        self.end_headers()

    def log_message(self, *args):
        pass


@pytest.fixture
def host():
    server = HTTPServer(("127.0.0.1", 0), Elsewhere)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


def linking(*urls):
    text = "".join(f'<p><a href="{url}">x</a></p>' for url in urls)
    return article_pair(("Links", "链接"), live=(ENGLISH,), translated=False, body=[("paragraph", text)])[0]


def test_what_is_gone_is_broken_and_what_keeps_programs_out_is_not(host):
    with socket.create_server(("127.0.0.1", 0)) as closed:
        nobody = f"http://127.0.0.1:{closed.getsockname()[1]}/"
    paths = {"404": True, "410": True, "200": False, "403": False, "429": False, "500": False, "301/404": True}
    page = linking(*(f"{host}/{path}" for path in paths), "http://127.0.0.1:9/", nobody)
    check_links(100, private=HERE)
    found = {status.url.removeprefix(f"{host}/"): status.is_broken for status in LinkStatus.objects.all()}
    assert found == {**paths, "http://127.0.0.1:9/": False, nobody: True}
    said = [judged for judged in findings_of(pair_of(page)) if judged.finding.check == "broken_links"]
    assert said
    assert all(judged.is_settled for judged in said)


@pytest.mark.full
def test_nothing_inside_is_asked(host):
    linking(f"{host}/404", "http://localhost/", "http://[::1]/", "http://169.254.169.254/latest/")
    check_links(100)
    assert set(LinkStatus.objects.values_list("is_broken", "answer")) == {(False, "not asked")}


@pytest.mark.parametrize(
    ("trouble", "is_broken"),
    [
        (http_client.NotAsked("x"), False),
        (http_client.NoSuchHost("x"), True),
        (http_client.NoConnection("x"), True),
        (http_client.TookTooLong("x"), False),
        (http_client.TooLarge("x"), False),
        (http_client.TooManyRedirects("x"), False),
    ],
)
def test_what_brings_no_answer_is_broken_only_where_nobody_is(monkeypatch, trouble, is_broken):
    def get(url, **kwargs):
        raise trouble

    monkeypatch.setattr(http_client, "get", get)
    linking("https://elsewhere.example/")
    assert [status.is_broken for status in check_links(1)] == [is_broken]


def test_an_address_is_asked_again_after_a_week_and_forgotten_with_its_link(host, capsys):
    linking(f"{host}/200", f"{host}/404")
    assert len(check_links(1, private=HERE)) == 1
    assert len(check_links(5, private=HERE)) == 1
    assert check_links(5, private=HERE) == []
    status = LinkStatus.objects.get(url=f"{host}/200")
    LinkStatus.objects.filter(pk=status.pk).update(asked_at=status.asked_at - EVERY - timedelta(hours=1))
    assert [again.url for again in check_links(5, private=HERE)] == [f"{host}/200"]
    LinkStatus.objects.create(url="https://unlinked.example/", answer="200", asked_at=status.asked_at)
    call_command("check_links", number=1)
    assert set(LinkStatus.objects.values_list("url", flat=True)) == {f"{host}/200", f"{host}/404"}
    assert "0 addresses asked, 0 broken." in capsys.readouterr().out
