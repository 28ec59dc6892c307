import json
import shutil
import socket
import sqlite3
import time
from contextlib import closing

import pytest
from django.core.management import CommandError, call_command

from news.bootstrap import PAGE_PERMISSIONS
from news.models import ArticlePage
from news.pair.state import ReleaseState

from .demo_site import DemoSite


def report(site):
    return json.loads(site.run("tests/demo_report.py"))


@pytest.mark.full
def test_the_demo(demo_folder, tmp_path):
    site = DemoSite(shutil.copytree(demo_folder, tmp_path / "var"))
    found = report(site)
    assert found["unreadable"] == []
    assert (found["articles"], found["partners"]) == (23, 18)
    shown = set(ReleaseState) - {ReleaseState.MISSED, ReleaseState.DRAFTING}  # a draft is what somebody writes in it
    assert set(found["states"]) == {state.name for state in shown}
    assert set(found["blocks"]) == set(ArticlePage.body.field.stream_block.child_blocks)
    assert found["locked out"] == []
    assert set(found["roles"]) == set(PAGE_PERMISSIONS)
    assert found["roles"].count("Bilingual reviewers") == 2

    output = site.manage("demo", "--no-serve")
    stages, _places = output.split("http://127.0.0.1:8000/en/")
    assert [line.split()[0] for line in stages.strip().splitlines()] == ["Making", "Drawing", "Writing,", "Noting"]
    assert all(f" {username} " in output for username in found["users"])
    assert report(site) == found


ALARM = """
from django.utils import timezone
from news.models import Heartbeat
from news.release.schedule import not_run_since
print(Heartbeat.objects.exclude(ran_at=None).count(), not_run_since(timezone.now()))
"""


@pytest.mark.full
def test_the_demo_does_by_itself_what_a_worker_does_and_alarms_nobody(demo_folder, tmp_path):
    site = DemoSite(shutil.copytree(demo_folder, tmp_path / "var"))
    alarm = "shell", "-v0", "-c", ALARM
    assert site.manage(*alarm) == "0 None\n"
    with closing(sqlite3.connect(tmp_path / "var" / "newsroom.sqlite3")) as database, database:
        due = "UPDATE news_release SET release_at = '2026-11-01' WHERE release_at IS NOT NULL"
        assert database.execute(due).rowcount
    assert site.manage(*alarm).startswith("0 2026-11-01")
    with site.serve():
        deadline = time.monotonic() + 60
        while (said := site.manage(*alarm)) != "3 None\n" and time.monotonic() < deadline:
            pass
    assert said == "3 None\n"


def test_a_port_in_use_is_named():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
        with pytest.raises(CommandError, match=f"Port {port} is not free"):
            call_command("demo", port=port)
