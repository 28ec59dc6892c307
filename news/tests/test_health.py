"""`/livez` and `/readyz`: what a balancer and a monitor are told, and how much of it to whom."""

import json
import os
import subprocess
import sys
import time
from datetime import timedelta
from ipaddress import ip_network
from uuid import uuid4

import pytest
from django.conf import settings as site_settings
from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client
from django.utils import timezone

from home import clock
from home.front.models import FrontNode
from home.front.store import Store
from news import health
from news.models import Heartbeat, Release

from .scene import Scene

pytestmark = pytest.mark.django_db
NAMES = ["/livez", "/readyz"]


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.VAR_DIR = settings.MEDIA_ROOT = tmp_path


def faults(client, status=503):
    answer = client.get("/readyz")
    assert answer.status_code == status, answer.content
    return answer.json()["faults"]


class TestBoth:
    @pytest.mark.parametrize("name", NAMES)
    def test_answer_whoever_asks_by_whatever_host(self, settings, name):
        settings.SECURE_SSL_REDIRECT = True
        client = Client()
        for host in ("testserver", "10.0.0.7:8000", "somebody-elses.example", "", "a b<script>"):
            answer = client.get(name, headers={"host": host, "accept-language": "zh"})
            assert answer.status_code == 200
            assert answer["Content-Type"] == "application/json"
            assert answer["Cache-Control"] == "no-store"
            assert host == "" or host not in answer.content.decode() + str(answer.headers)
            assert not {"Location", "Set-Cookie", "Vary", "Content-Language"} & set(answer.headers)
            assert not answer.cookies
        assert client.get("/en/", headers={"host": "somebody-elses.example"}).status_code == 400

    @pytest.mark.parametrize("name", NAMES)
    def test_take_no_form_and_no_other_method(self, name):
        client = Client(enforce_csrf_checks=True)
        for method in ("post", "put", "delete", "options", "patch"):
            answer = getattr(client, method)(name)
            assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")
        assert client.head(name).content == b""

    def test_are_two_addresses_and_no_more(self, client):
        for name in ("/livez/", "/readyz/x/", "/en/livez/", "/en/readyz/", "/LIVEZ/"):
            assert client.get(name).status_code == 404

    def test_are_told_to_no_crawler(self, client):
        for name in ("/sitemap.xml", "/news-sitemap.xml", "/robots.txt"):
            text = client.get(name).content.decode()
            assert "livez" not in text
            assert "readyz" not in text

    def test_begin_no_session(self, client, admin_user, django_assert_num_queries):
        client.force_login(admin_user)
        with django_assert_num_queries(0):
            assert client.get("/livez").json() == {"status": "live"}


class TestDetails:
    def details(self, **request):
        return "faults" in Client().get("/readyz", **request).json()

    @pytest.mark.parametrize("address", ["127.0.0.1", "127.8.0.1", "::1", "::ffff:127.0.0.1"])
    def test_are_for_this_machine(self, address):
        assert self.details(REMOTE_ADDR=address)

    @pytest.mark.parametrize("address", ["10.0.0.7", "192.0.2.1", "2001:db8::1", "", "unix:", "127.0.0.1.example"])
    def test_are_not_for_others(self, address):
        assert Client().get("/readyz", REMOTE_ADDR=address).json() == {"status": "ready"}

    @pytest.mark.parametrize(
        "name", ["X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Forwarded", "Via", "X-Real-IP"]
    )
    def test_are_not_for_whom_a_proxy_on_this_machine_hands_on(self, name):
        assert not self.details(headers={name: "127.0.0.1"})

    def test_are_for_the_networks_that_an_operator_names(self, settings):
        settings.HEALTH_NETWORKS = [ip_network("10.1.0.0/16"), ip_network("2001:db8::/32")]
        assert self.details(REMOTE_ADDR="10.1.2.3")
        assert self.details(REMOTE_ADDR="2001:db8::5")
        assert not self.details(REMOTE_ADDR="10.2.0.1")
        assert not self.details(REMOTE_ADDR="127.0.0.1")

    def test_say_when_each_command_ran(self, client):
        Heartbeat.objects.create(command="work", ran_at=timezone.now() - timedelta(seconds=90), failure="no")
        Heartbeat.objects.create(command="check_links")
        told = client.get("/readyz").json()["commands"]
        assert told["work"]["failure"] == "no"
        assert 89 <= told["work"]["seconds_ago"] <= 95
        assert told["check_links"] == {"ran_at": None, "seconds_ago": None, "failure": ""}


ASK = """
import sys; sys.path[:0] = [".", "site"]
import django; django.setup()
from django.test import Client
for path, address in ("/livez", "127.0.0.1"), ("/readyz", "127.0.0.1"), ("/readyz", "10.0.0.7"):
    answer = Client().get(path, REMOTE_ADDR=address)
    print(answer.status_code, answer.content.decode())
"""


class TestFaults:
    def test_none_on_a_site_that_has_just_begun(self, client):
        assert faults(client, status=200) == {}

    def test_the_database_is_gone(self, tmp_path):
        """A process of its own, whose PostgreSQL nobody answers for."""
        (tmp_path / "media").mkdir()
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
            "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
            "VAR_DIR": str(tmp_path),
        }
        told = subprocess.run(
            [sys.executable, "-c", ASK], cwd=site_settings.BASE_DIR, env=environment, capture_output=True, text=True
        )
        alive, inside, outside = told.stdout.splitlines()
        assert alive == '200 {"status": "live"}'
        assert outside == '503 {"status": "not ready"}'
        assert inside.startswith("503 ")
        found = json.loads(inside.removeprefix("503 "))["faults"]
        assert set(found) == {"database"}
        assert found["database"].startswith("OperationalError: ")

    def test_the_cache_takes_nothing(self, client, monkeypatch):
        monkeypatch.setattr(type(cache._connections["default"]), "get", lambda *_arguments, **_options: None)
        assert faults(client) == {"cache": "what is written cannot be read"}

    def test_the_cache_is_away(self, client, monkeypatch):
        def away(*_arguments, **_options):
            raise ConnectionRefusedError("the cache")

        monkeypatch.setattr(type(cache._connections["default"]), "set", away)
        assert faults(client) == {"cache": "ConnectionRefusedError: the cache"}

    @pytest.mark.parametrize("folder", ["VAR_DIR", "MEDIA_ROOT"])
    def test_a_folder_takes_no_file(self, client, settings, tmp_path, folder):
        setattr(settings, folder, tmp_path / "first")
        assert faults(client, status=200) == {}
        (tmp_path / "file").touch()
        setattr(settings, folder, tmp_path / "file")
        assert set(faults(client)) == {"disk"}

    def test_a_migration_waits(self, client):
        last = max(name for app, name in MigrationRecorder(connection).applied_migrations() if app == "news")
        MigrationRecorder(connection).record_unapplied("news", last)
        assert faults(client) == {"migrations": f"news.{last}"}

    @pytest.mark.parametrize(("seconds", "words"), [(-60, "-60.0"), (3600, "+3600.0")])
    def test_the_clocks_differ(self, client, monkeypatch, seconds, words):
        monkeypatch.setattr(health, "database_now", lambda: timezone.now() - timedelta(seconds=seconds))
        assert faults(client) == {"clock": f"{words} seconds from the database's"}

    def test_clocks_are_one_where_they_should_be(self):
        assert abs((health.database_now() - timezone.now()).total_seconds()) < 2

    @pytest.mark.parametrize("command", ["release_due", "send_notices", "work"])
    def test_what_ran_by_the_minute_does_not_any_more(self, client, command):
        beat = Heartbeat.objects.create(command=command, ran_at=timezone.now() - timedelta(minutes=4))
        assert faults(client, status=200) == {}
        beat.ran_at -= timedelta(minutes=2)
        beat.save()
        assert f"{command} has not run since {beat.ran_at.isoformat()}" in faults(client)["commands"]

    def test_what_runs_by_night_may_be_long_ago(self, client):
        Heartbeat.objects.create(command="check_links", ran_at=timezone.now() - timedelta(days=40))
        assert faults(client, status=200) == {}

    def test_something_is_due_and_nothing_comes_to_it(self, client):
        scene = Scene().both_approved()
        at = timezone.now() - timedelta(minutes=3)
        Release.objects.filter(pk=scene.release.pk).update(release_at=at)
        assert faults(client) == {"due": f"nothing has released what is due since {at.isoformat()}"}

    def test_nobody_follows_on_this_node(self, client, settings, monkeypatch, tmp_path):
        settings.FRONT_NODE = "web-1"
        store = Store(tmp_path, dict, clock.day, str, is_followed=True)
        monkeypatch.setattr("home.front.process.store", lambda: store)
        assert "front_follow" in faults(client)["nodes"]
        store.hold(time.time() + 60)
        assert faults(client, status=200) == {}

    def test_this_machine_has_no_name_and_others_have(self, client):
        FrontNode.objects.create(name="web-2", session=uuid4(), renewed_at=timezone.now(), done=0)
        assert "web-2" in faults(client)["nodes"]
        FrontNode.objects.update(renewed_at=timezone.now() - timedelta(hours=1))
        assert faults(client, status=200) == {}, "left behind by one that is no more"

    def test_a_release_has_failed_for_good(self, client):
        scene = Scene().both_approved()
        at = timezone.now() - timedelta(minutes=3)
        Heartbeat.objects.create(command="release_due", ran_at=timezone.now())
        Release.objects.filter(pk=scene.release.pk).update(release_at=at, failures=2)
        assert faults(client, status=200) == {}
        Release.objects.filter(pk=scene.release.pk).update(failures=3)
        assert faults(client) == {"failed": str(scene.release.translation_key)}
