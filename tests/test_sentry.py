"""A Sentry server is told where an error was; words of drafts, forms and accounts are not in what it gets."""

import gzip
import json
import re
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from .served import Served

pytestmark = pytest.mark.full
CANARY = "Steuergeheimnis"

PROGRAM = f"""
import logging
import django; django.setup()
from django.contrib.staticfiles.storage import staticfiles_storage
from django.db import OperationalError
from django.test import Client
from django.urls import path
from newsroom import urls

CANARY = "".join(reversed({CANARY[::-1]!r}))
logger = logging.getLogger("news.release")

def breaks(request):
    draft = CANARY
    request.POST.get("title")
    logger.info("about %s", draft)
    try:
        raise KeyError(draft)
    except KeyError as error:
        raise ValueError(f"{{draft}} is no date") from error

def away(request):
    raise OperationalError(CANARY)

urls.urlpatterns[:0] = [path("breaks/" + CANARY, breaks), path("away", away)]
staticfiles_storage.stored_name = lambda name: name  # none are collected
client = Client(raise_request_exception=False)
client.cookies["draft"] = CANARY
for where in "/breaks/" + CANARY + "?q=" + CANARY, "/away":
    answer = client.post(where, {{"title": CANARY}}, headers={{"X-Draft": CANARY, "Host": "127.0.0.1"}})
    print(answer.status_code, answer["X-Request-ID"])
logger.error("Words alone: %s", CANARY)
try:
    raise LookupError(CANARY)
except LookupError:
    logger.exception("Release failed: %s", CANARY, extra={{"draft": CANARY}})
raise RuntimeError(CANARY)
"""


@pytest.fixture
def sentry():
    """The bodies of what it was sent."""
    got = []

    class Answer(BaseHTTPRequestHandler):
        def do_POST(self):
            got.append(self.rfile.read(int(self.headers["Content-Length"])))
            assert CANARY not in str(self.headers)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, got
    server.shutdown()


def test_where_it_was_and_nothing_of_what_it_was_about(sentry, tmp_path):
    port, got = sentry
    site = Served(tmp_path, SENTRY_DSN=f"http://key@127.0.0.1:{port}/7")
    done = subprocess.run([sys.executable, "-c", PROGRAM], env=site.environment, capture_output=True, text=True)
    (broken, name), (away, _name) = (line.split() for line in done.stdout.splitlines())
    assert (broken, away) == ("500", "503"), done.stderr
    assert CANARY in done.stderr, "the log of this machine has it"
    bodies = [gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body for body in got]
    assert not any(CANARY.encode() in body for body in bodies)
    events = [json.loads(body.splitlines()[2]) for body in bodies]
    assert [body.count(b"\n{") for body in bodies] == [2] * 3, "a header, that of one item, the item"
    types = [[error["type"] for error in event["exception"]["values"]] for event in events]
    assert types == [["KeyError", "ValueError"], ["LookupError"], ["RuntimeError"]]
    assert [event["tags"] for event in events] == [{"request_id": name}, {}, {}]
    allowed = {"environment", "event_id", "exception", "level", "logger", "platform", "release", "sdk", "server_name"}
    for event in events:
        assert set(event) <= allowed | {"tags", "timestamp"}
        assert re.fullmatch(r"[\d.]+", event["release"])
        for error in event["exception"]["values"]:
            assert set(error) == {"module", "type", "stacktrace"} or error["module"] is None
    assert events[0]["exception"]["values"][1]["stacktrace"]["frames"][-1]["function"] == "breaks"


def test_without_it_nobody_is_told_and_its_client_is_not_loaded(tmp_path):
    program = "import django; django.setup(); import sys; print('sentry_sdk' in sys.modules)"
    environment = Served(tmp_path).environment
    assert subprocess.check_output([sys.executable, "-c", program], env=environment, text=True) == "False\n"
