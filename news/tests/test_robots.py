"""What group robots are told: in each vendor's form, once, and nothing that is embargoed."""

import base64
import hmac
import json
import socket
import threading
import urllib.parse
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.utils import timezone

from news.models import Event, Notice
from news.notices import outbox, robots
from news.release.schedule import schedule

from .scene import Scene, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene()


class Vendor(BaseHTTPRequestHandler):
    """Stands for the servers of the three vendors; what it got is in `server.got`."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append((self.path, body))
        answer = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


def free_port():
    """Nobody answers there."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]


@pytest.fixture
def vendor(settings):
    settings.NOTICE_ROBOT_PRIVATE_HOSTS = ["127.0.0.1"]
    server = HTTPServer(("127.0.0.1", 0), Vendor)
    server.got, server.status, server.answer = [], 200, {"errcode": 0}
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()


class TestRobots:
    def test_each_vendor_gets_its_form(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS = [
            f"wecom={vendor.url}/wecom?key=k",
            f"dingtalk={vendor.url}/ding?access_token=t|secret",
            f"feishu={vendor.url}/feishu|secret",
        ]
        scene.submit()
        assert outbox.deliver()[1] == 0
        (wecom, first), (dingtalk, second), (feishu, third) = vendor.got
        assert wecom == "/wecom?key=k"
        assert first["msgtype"] == "text"
        assert "待您审核：A week of clean air" in first["text"]["content"]
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(dingtalk).query)
        assert set(query) == {"access_token", "sign", "timestamp"}
        assert second["text"]["content"] == first["text"]["content"]
        assert third["msg_type"] == "text"
        assert third["content"]["text"] == first["text"]["content"]
        assert third["sign"] == robots.signature(f"{third['timestamp']}\nsecret", "")
        assert feishu == "/feishu"

    def test_a_signature_is_made_as_the_vendor_says(self):
        """DingTalk: HMAC-SHA256 of timestamp, line break, secret, keyed with the secret; in base64, as a parameter."""
        url, _body = robots.message(robots.Robot("dingtalk", "https://example.org/?a=1", "SEC"), "text", 1577262236)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
        digest = hmac.new(b"SEC", b"1577262236000\nSEC", "sha256").digest()
        assert query == {"a": ["1"], "timestamp": ["1577262236000"], "sign": [base64.b64encode(digest).decode()]}

    def test_no_title_of_what_is_embargoed(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS = [f"wecom={vendor.url}/"]
        schedule(scene.release, moment(days=1), scene.publisher)
        scene.submit()
        outbox.deliver()
        text = vendor.got[0][1]["text"]["content"]
        assert "clean air" not in text
        assert f"第{scene.release.pk}号稿件" in text

    def test_a_refusal_is_tried_again(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS = [f"wecom={vendor.url}/"]
        vendor.answer = {"errcode": 45009, "errmsg": "too many"}
        scene.submit()
        assert outbox.deliver()[1] == 1
        vendor.answer = {"errcode": 0}
        assert outbox.deliver()[1] == 0
        assert len(vendor.got) == 1, "not at once"
        assert outbox.deliver(timezone.now() + timedelta(minutes=1))[1] == 0
        assert len(vendor.got) == 2

    @pytest.mark.full
    def test_many_come_in_as_many_messages_as_the_vendor_takes(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS = [f"wecom={vendor.url}/"]
        scene.edit(title="空气" * 120)
        Notice.objects.bulk_create(Notice(event=Event.RELEASED, release=scene.release) for _number in range(12))
        outbox.deliver()
        texts = [message["text"]["content"] for _path, message in vendor.got]
        assert len(texts) > 1
        assert all(len(text.encode()) < 2048 for text in texts)
        assert sum(text.count("http://") for text in texts) == Notice.objects.filter(recipient=None).count()

    def test_a_robot_inside_is_told_only_where_its_host_is_named(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS, settings.NOTICE_ROBOT_PRIVATE_HOSTS = [f"wecom={vendor.url}/"], []
        scene.submit()
        assert outbox.deliver()[1] == 1
        assert vendor.got == []
        settings.NOTICE_ROBOT_PRIVATE_HOSTS = ["127.0.0.1"]
        assert outbox.deliver(timezone.now() + timedelta(minutes=1))[1] == 0
        assert len(vendor.got) == 1

    @pytest.mark.parametrize(
        ("status", "answer"),
        [
            (302, {"errcode": 0}),
            (404, {"errcode": 0}),
            (200, {"code": 9499, "msg": "key=KEY"}),
            (200, ["KEY"]),
            (200, ""),
        ],
    )
    def test_no_log_repeats_the_key_of_a_robot(self, scene, settings, vendor, caplog, status, answer):
        settings.NOTICE_ROBOTS = [f"wecom={vendor.url}/?key=KEY"]
        vendor.status, vendor.answer = status, answer
        scene.submit()
        with caplog.at_level("DEBUG"):
            assert outbox.deliver()[1] == 1
            vendor.server_close()
            vendor.shutdown()
            assert outbox.deliver(timezone.now() + timedelta(days=1))[1] == 1
        assert "Not sent" in caplog.text
        assert "KEY" not in caplog.text

    def test_one_that_is_away_keeps_nothing_from_the_others_and_they_get_nothing_twice(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS = [f"feishu=http://127.0.0.1:{free_port()}/away", f"wecom={vendor.url}/there"]
        scene.submit()
        now = timezone.now()
        assert outbox.deliver(now)[1] == 1
        assert [path for path, _message in vendor.got] == ["/there"]
        for hour in range(1, 25):
            outbox.deliver(now + timedelta(hours=hour))
        assert Notice.objects.get(recipient=None, sent_at=None).refusals == 0, "an outage counts for nothing"
        assert len(vendor.got) == 1
        settings.NOTICE_ROBOTS[0] = f"feishu={vendor.url}/back"
        outbox.deliver(now + timedelta(hours=26))
        assert [path for path, _message in vendor.got] == ["/there", "/back"]
        assert not Notice.objects.filter(recipient=None, sent_at=None).exists()

    def test_what_it_refuses_is_given_up_after_some_attempts(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS = [f"wecom={vendor.url}/"]
        vendor.answer = {"errcode": 93000}
        scene.submit()
        for hour in range(48):
            outbox.deliver(timezone.now() + timedelta(hours=hour))
        assert len(vendor.got) == 5
        assert Notice.objects.given_up().get().recipient is None
