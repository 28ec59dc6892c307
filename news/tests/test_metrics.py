"""`/metrics`: told in Prometheus' words, to those inside alone."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import settings as site_settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from news import health
from news.models import Event, Heartbeat, Notice, Release

from .scene import Scene

pytestmark = pytest.mark.django_db
LINE = re.compile(r'([a-z_]+)\{([a-z]+)="([\w.-]+)"\} (\d+(?:\.\d+)?)')


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.VAR_DIR = settings.MEDIA_ROOT = tmp_path


def read(client):
    """{name: {what its label says: number}}, every line of which is as Prometheus takes it."""
    answer = client.get("/metrics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
    assert answer["Cache-Control"] == "no-store"
    assert answer.content.endswith(b"\n")
    found, described = {}, []
    for line in answer.content.decode().splitlines():
        if line.startswith("# HELP "):
            described.append(line.split()[2])
        elif line.startswith("# TYPE "):
            assert line.split()[2:] == [described[-1], "gauge"]
        else:
            name, _label, said, number = LINE.fullmatch(line).groups()
            assert name == described[-1]
            found.setdefault(name, {})[said] = float(number)
    assert len(described) == len(set(described))
    return found


def test_what_readyz_looks_at_and_the_version(client, settings):
    found = read(client)
    assert found["newsroom_info"] == {settings.VERSION: 1}
    assert found["newsroom_fault"] == dict.fromkeys(health.found(), 0)
    last = max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "news")
    MigrationRecorder(connection).record_unapplied("news", last)
    assert {name for name, value in read(client)["newsroom_fault"].items() if value} == {"migrations"}


def test_when_commands_last_succeeded(client):
    at = datetime(2026, 11, 18, 2, 0, 0, 250_000, tzinfo=UTC)
    Heartbeat.objects.create(command="backup", succeeded_at=at)
    Heartbeat.objects.create(command="work", succeeded_at=at, ran_at=timezone.now(), failure="no")
    found = read(client)
    assert found["newsroom_command_succeeded_timestamp_seconds"] == {"backup": at.timestamp(), "work": at.timestamp()}
    assert found["newsroom_command_failed"] == {"backup": 0, "work": 1}


@pytest.mark.parametrize(
    ("minutes", "failures", "state"), [(3, 0, "scheduled"), (-3, 2, "late"), (-3, 3, "failed"), (-1, 0, None)]
)
def test_releases_by_where_they_stand(client, minutes, failures, state):
    scene = Scene().both_approved()
    at = timezone.now() + timedelta(minutes=minutes)
    Release.objects.filter(pk=scene.release.pk).update(release_at=at, failures=failures)
    expected = dict.fromkeys(("scheduled", "late", "failed"), 0)
    assert read(client)["newsroom_releases"] == expected | ({state: 1} if state else {})


def test_notices_that_are_not_sent(client):
    now = timezone.now()
    for failing_since, given_up_at, sent_at in (
        (None, None, None),
        (now, None, None),
        (now, now, None),
        (now, now, now),
    ):
        Notice.objects.create(event=Event.READY, failing_since=failing_since, given_up_at=given_up_at, sent_at=sent_at)
    assert read(client)["newsroom_notices"] == {"waiting": 2, "failing": 1, "given_up": 1}


def test_where_the_database_is_away_that_is_said(client, monkeypatch):
    def away():
        raise OSError("gone")

    monkeypatch.setattr(health, "database_fault", away)
    found = read(client)
    assert found["newsroom_fault"]["database"] == 1
    assert set(found) == {"newsroom_info", "newsroom_fault"}


@pytest.mark.parametrize(
    "asks", [{"REMOTE_ADDR": "192.0.2.1"}, {"headers": {"X-Forwarded-Proto": "https"}}, {"headers": {"Via": "x"}}]
)
def test_to_others_nothing_is_there(asks):
    assert Client().get("/metrics", **asks).status_code == 404
    assert Client().post("/metrics", **asks).status_code == 404


def test_it_takes_no_form_and_is_one_address(client):
    assert client.post("/metrics").status_code == 405
    assert client.head("/metrics").content == b""
    assert client.get("/en/metrics/").status_code == 404
    assert client.get("/metrics/").status_code == 404


def test_the_manual_names_every_gauge():
    source = (site_settings.BASE_DIR / "news" / "metrics.py").read_text()
    manual = (site_settings.BASE_DIR / "docs" / "operators.md").read_text()
    named = re.findall(r"^\| `(newsroom_\w+)\{", manual, re.MULTILINE)
    assert named == re.findall(r'"(newsroom_\w+)"', source)


def test_a_scrape_costs_a_few_queries(client, django_assert_max_num_queries):
    client.get("/metrics")
    with django_assert_max_num_queries(18):
        client.get("/metrics")
