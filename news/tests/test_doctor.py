"""`doctor` names what is wrong and what to do, and lets nothing that is away keep it from the rest."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings as site_settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from wagtail.search.models import IndexEntry

from home.search.build import build
from home.search.models import IndexState
from home.tests.hosts import Host, says
from news import backup, health
from news.doctor import files, looks, packages
from news.doctor.diagnosis import Gravity
from news.models import Event, Heartbeat, Notice, Release

from .scene import Scene

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"
    settings.SILENCED_SYSTEM_CHECKS = ["async.E001"]  # of the tests' own environment


@pytest.fixture(autouse=True)
def runs():
    now = timezone.now()
    for command in health.EVERY_MINUTE:
        Heartbeat.objects.create(command=command, ran_at=now, succeeded_at=now)
    build()


def found(gravity, **options):
    """{about: [what was said]} of a gravity; each says what to do, but where all is well."""
    out = StringIO()
    try:
        call_command("doctor", json=True, stdout=out, **options)
        status = "well"
    except CommandError:
        status = "mend"
    told = json.loads(out.getvalue())
    assert told["status"] == status
    assert (status == "mend") == any(each["gravity"] == Gravity.MEND for each in told["findings"])
    by = {}
    for each in told["findings"]:
        assert each["said"]
        assert bool(each["do"]) == (each["gravity"] != Gravity.WELL), each
        if each["gravity"] == gravity:
            by.setdefault(each["about"], []).append(each["said"])
    return by


def mended(about):
    [said] = found("mend").pop(about)
    return said


def test_nothing_is_to_be_mended_on_a_site_that_runs(tmp_path):
    before = sorted(tmp_path.rglob("*"))
    assert found("mend") == {}
    assert found("well")["search"][0].startswith("the index has all ")
    assert sorted(tmp_path.rglob("*")) == before, "it only looks"


def test_it_is_told_in_lines(capsys):
    call_command("doctor")
    lines = capsys.readouterr().out.splitlines()
    assert lines[-1] == "Nothing has to be mended."
    assert "well  cache: it keeps what is written." in lines
    Heartbeat.objects.all().delete()
    with pytest.raises(CommandError, match="1 to be mended"):
        call_command("doctor")
    assert "mend  commands: release_due, send_notices, work never ran." in capsys.readouterr().out


def test_what_readyz_looks_at_has_its_words(settings):
    settings.MEDIA_STORAGE = {"bucket_name": "news"}
    assert set(looks.OF_HEALTH) == set(health.found())


def test_what_readyz_finds_is_told_with_what_to_do():
    scene = Scene().both_approved()
    Release.objects.filter(pk=scene.release.pk).update(release_at=timezone.now() - timedelta(minutes=3), failures=3)
    assert mended("failed") == str(scene.release.translation_key)


def test_a_command_that_fails_each_time():
    Heartbeat.objects.filter(command="send_notices").update(failure="SMTPServerDisconnected: gone")
    assert mended("commands") == "the last run of send_notices failed: SMTPServerDisconnected: gone"


def test_where_migrations_wait_it_does_not_speak_of_tables_that_are_not_there():
    MigrationRecorder(connection).record_unapplied("news", "0020_calendar")
    assert found("mend") == {"migrations": ["news.0020_calendar"]}


def test_a_database_of_a_newer_version():
    MigrationRecorder(connection).record_applied("home", "9999_later")
    assert "does not know home.9999_later" in mended("migrations")


def test_settings_of_a_developer(settings):
    settings.DEBUG = True
    assert "developer's machine" in mended("settings")


def test_packages_that_are_others(monkeypatch):
    monkeypatch.setattr(packages, "others", lambda _lock: (["django 5.1 (5.2)"], ["wagtail 9 (8)"]))
    assert mended("packages").endswith("django 5.1 (5.2)")
    assert found("note")["packages"] == ["newer than what was tried together: wagtail 9 (8)"]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_files_of_another_account(tmp_path, settings):
    (tmp_path / "media" / "images").mkdir(parents=True)
    for number in range(5):
        (tmp_path / "media" / "images" / f"{number}.png").touch()
        os.chown(tmp_path / "media" / "images" / f"{number}.png", 54321, 0)
    assert mended("owners").startswith("5 files or folders do not belong to root: ")
    os.chown(tmp_path, 54321, 0)
    assert "belongs to 54321" in found("note")["owners"][0]


def test_a_file_that_goes_while_it_looks(tmp_path, monkeypatch):
    monkeypatch.setattr(files, "everything", lambda: [tmp_path / "gone"])
    assert found("mend") == {}


def test_a_site_that_is_only_read(settings):
    settings.READ_ONLY = True
    settings.EMAIL_BACKEND, settings.EMAIL_PORT = "django.core.mail.backends.smtp.EmailBackend", 1
    Heartbeat.objects.all().delete()
    assert found("mend") == {}
    assert "READ_ONLY is on: nothing is written" in found("note")["settings"]


def test_a_folder_that_takes_nothing(tmp_path, settings):
    (tmp_path / "file").touch()
    settings.MEDIA_ROOT = tmp_path / "file"
    said = found("mend")
    assert set(said) == {"disk", "folders"}
    assert said["folders"][0].startswith(f"MEDIA_ROOT: {tmp_path / 'file'} takes no file")


def test_a_disk_that_is_nearly_full(monkeypatch):
    monkeypatch.setattr(files.room, "free", lambda folder: 1024)
    monkeypatch.setattr(files.room, "of_backup", lambda: 2048)
    said = found("mend").pop("space")
    assert "has room for 1.0 KB" in said[0]
    assert said[-1] == "a backup takes up to 2.0 KB, and VAR_DIR has room for 1.0 KB"


def test_an_index_that_has_lost_a_text_or_is_another_versions():
    IndexEntry.objects.first().delete()
    count = IndexEntry.objects.count()
    assert mended("search") == f"the index has {count} texts of {count + 1}"
    call_command("build_search_index", stdout=StringIO(), stderr=StringIO())
    assert "search" not in found("mend")
    IndexState.objects.update(analyser=0)
    assert "another version's" in mended("search")


@pytest.mark.parametrize(("hours", "gravity"), [(1, "well"), (47, "well"), (49, "mend")])
def test_the_age_of_the_last_backup(tmp_path, hours, gravity):
    assert found("note")["backups"] == ["none is known of"]
    at = timezone.now() - timedelta(hours=hours)
    (tmp_path / "backups").mkdir()
    (tmp_path / "backups" / at.strftime("newsroom-%Y%m%dT%H%M%S%fZ.tar")).touch()
    assert found(gravity)["backups"][0].endswith("ago")
    Heartbeat.objects.create(command="backup", ran_at=timezone.now(), succeeded_at=timezone.now())
    assert found("well")["backups"][0].endswith(" seconds ago"), "wherever it was written"


def test_a_backup_is_written_down_wherever_it_goes_and_so_is_its_failure(tmp_path, monkeypatch):
    with monkeypatch.context() as patch:  # SQLite backs up none in a test's open transaction
        patch.setattr(backup, "make", lambda folder: (folder, []))
        call_command("backup", tmp_path / "elsewhere", stdout=StringIO())
    assert found("well")["backups"][0].endswith(" seconds ago")
    with pytest.raises(CommandError):
        call_command("backup", tmp_path / "media")
    assert mended("commands").startswith("the last run of backup failed: BackupError: ")
    assert found("well")["backups"][0].endswith(" seconds ago"), "of the one that was made"


def test_notices_that_do_not_arrive():
    Notice.objects.create(event=Event.READY)
    assert found("well")["notices"] == ["what is to be told goes out", "1 wait to be sent"]
    Notice.objects.create(event=Event.READY, failing_since=timezone.now())
    assert found("note")["notices"] == ["1 of 2 that wait were tried in vain"]
    Notice.objects.create(event=Event.READY, failing_since=timezone.now(), given_up_at=timezone.now())
    assert mended("notices") == "refused too often and given up: 1"


def test_a_sender_that_is_not_the_account(smtp):
    smtp.EMAIL_PORT, smtp.EMAIL_HOST_USER = speaks(b"235 come in").port, "other@news.test"
    assert "the account other@news.test" in found("note")["mail"][0]


def speaks(sign_in):
    """A mail server that lets people in or not, and would say so if something were sent."""

    def talk(line):
        file = line.makefile("rb")
        line.sendall(b"220 mail.test\r\n")
        for said in file:
            word = said.split()[0].upper()
            answer = {b"EHLO": b"250-mail.test\r\n250 AUTH PLAIN LOGIN", b"AUTH": sign_in, b"QUIT": b"221 bye"}
            line.sendall(answer.get(word, b"500 nothing is to be sent: " + word) + b"\r\n")

    return MailHost(talk)


class MailHost(Host):
    def meet(self, sock):
        with sock:
            self.talk(sock)


@pytest.fixture
def smtp(settings):
    settings.EMAIL_BACKEND = "home.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 1
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "me", "QUITE-SECRET"
    settings.DEFAULT_FROM_EMAIL = "Newsroom <newsroom@news.test>"
    return settings


def test_a_mail_server_that_lets_us_in(smtp):
    smtp.EMAIL_PORT = speaks(b"235 come in").port
    assert found("well")["mail"] == [f"127.0.0.1:{smtp.EMAIL_PORT} lets us in as me"]
    smtp.DEFAULT_FROM_EMAIL = "newsroom@localhost"
    assert "most servers refuse" in mended("mail")


@pytest.mark.parametrize("host", [speaks(b"535 who are you?"), MailHost(lambda line: line.recv(1)), None])
def test_one_that_does_not_or_says_nothing_or_is_away(smtp, host):
    smtp.EMAIL_PORT = host.port if host else 1
    said = mended("mail")
    assert said.startswith(f"127.0.0.1:{smtp.EMAIL_PORT} does not let us in: ")
    assert "QUITE-SECRET" not in said


@pytest.mark.parametrize("backend", ["console", "dummy", "filebased", "locmem"])
def test_no_mail_is_no_fault(settings, backend):
    settings.EMAIL_BACKEND = f"django.core.mail.backends.{backend}.EmailBackend"
    assert found("note")["mail"][0].startswith("notices ")


def test_robots_are_counted_and_their_keys_not_told(settings):
    settings.NOTICE_ROBOTS = ["wecom=https://robot.test/SECRET", "feishu=https://robot.test/SECRET|SECRET"]
    assert found("well")["robots"] == ["wecom, feishu; they are not asked"]


def site_that_says(settings, *answers):
    answers = iter(answers)
    host = Host(lambda line: says(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + next(answers))(line))
    settings.SITE_URL = f"http://127.0.0.1:{host.port}"


def test_the_site_is_asked_where_it_is_wanted(settings):
    site_that_says(settings, b'{"status": "live"}', b'{"status": "not ready"}')
    assert "site" not in found("well")
    assert found("well", site=True)["site"] == [f"{settings.SITE_URL} answers"]


def test_another_program_at_its_address_or_one_that_tells_everybody(settings):
    site_that_says(settings, b"It works!", b"")
    assert "not as Newsroom does" in found("mend", site=True)["site"][0]
    site_that_says(settings, b'{"status": "live"}', b'{"status": "ready", "faults": {}}')
    assert "told to everybody" in found("mend", site=True)["site"][0]
    settings.SITE_URL = "http://127.0.0.1:1"
    assert "does not answer" in found("mend", site=True)["site"][0]


def test_what_breaks_off_hides_nothing_else(monkeypatch):
    def breaks():
        raise RuntimeError("no idea")

    breaks.__name__ = "search"
    monkeypatch.setattr(looks, "ON_TABLES", [breaks, *looks.ON_TABLES[1:]])
    assert mended("search") == "it could not be looked at: RuntimeError: no idea"
    assert "notices" in found("well")


def test_where_the_database_is_away_all_else_is_told(tmp_path):
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
        "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
        "VAR_DIR": str(tmp_path),
    }
    command = [sys.executable, "manage.py", "doctor", "--json"]
    done = subprocess.run(command, cwd=site_settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    told = {each["about"]: each for each in json.loads(done.stdout)["findings"]}
    assert told["database"]["said"].startswith("OperationalError: ")
    assert told["cache"]["gravity"] == "well"
    assert not {"search", "notices", "migrations"} & set(told)
