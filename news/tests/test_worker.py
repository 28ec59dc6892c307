"""`manage.py worker`: one process in place of a crontab, and what is written down of each run, whoever starts it."""

import logging
import signal
import threading
import time
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import InterfaceError, OperationalError
from django.utils import timezone

from news.management import regular
from news.management.commands import send_notices
from news.management.commands.worker import Command
from news.models import Heartbeat

from .test_release_processes import pristine, site  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db


class Worker:
    """A process that is stopped at the end, come what may."""

    def __init__(self, site, *command):  # noqa: F811
        self.site = site
        self.process = site.start(*(command or ("manage.py", "worker")))

    def __enter__(self):
        return self

    def __exit__(self, *_error):
        if self.process.poll() is None:
            self.process.kill()
            self.process.communicate()

    def wait_for(self, expected, seconds=180):
        deadline = time.monotonic() + seconds
        while (found := self.site.report()) != expected and time.monotonic() < deadline:
            assert self.process.poll() is None, self.process.communicate()
        assert found == expected

    def end(self, number=signal.SIGTERM):
        """What it has said on standard error."""
        self.process.send_signal(number)
        _output, errors = self.process.communicate(timeout=180)
        assert self.process.returncode == 0, errors
        return errors


STEPS = "-m", "news.tests.release_process"


@pytest.mark.full
def test_it_releases_what_comes_due_before_its_next_round_and_ends_when_it_is_told_to(site):  # noqa: F811
    site.step("prepare", "2")
    site.step("postpone", "12")
    with Worker(site) as worker:
        assert site.report() == [(0, 0, 0)] * 2
        worker.wait_for([(2, 2, 0)] * 2)
        assert worker.end() == ""
    beats = ["release_due True -", "send_notices True -", "work True -"]
    assert site.step("beats").splitlines() == beats


@pytest.mark.full
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_ends_after_what_is_in_hand(site, number):  # noqa: F811
    site.step("prepare", "2")
    with Worker(site, *STEPS, "half", "worker", "2") as worker:
        assert worker.process.stdout.readline().startswith("Running release_due,")
        assert worker.process.stdout.readline() == "half\n"
        worker.end(number)
    assert site.report() == [(2, 2, 0)] * 2


@pytest.mark.full
def test_killed_it_leaves_nothing_half_done(site):  # noqa: F811
    site.step("prepare", "1")
    with Worker(site, *STEPS, "half", "worker") as worker:
        worker.process.stdout.readline()
        assert worker.process.stdout.readline() == "half\n"
        worker.process.kill()
        worker.process.communicate()
    assert site.report() == [(0, 0, 0)]
    with Worker(site) as worker:
        worker.wait_for([(2, 2, 0)])
        worker.end()


@pytest.mark.full
def test_a_command_that_breaks_off_holds_up_none_of_the_others(site):  # noqa: F811
    site.step("prepare", "2")
    site.step("break_one")
    with Worker(site, *STEPS, "worker_that_cannot_send") as worker:
        worker.wait_for([(0, 0, 1), (2, 2, 0)])
        errors = worker.end()
    assert "RuntimeError: no mail" in errors
    assert "release_due: 1 release failed." in errors
    assert site.step("beats").splitlines() == [
        "release_due True 1 release failed.",
        "send_notices False RuntimeError: no mail",
        "work True -",
    ]


@pytest.mark.full
def test_it_goes_on_when_the_database_is_back(site):  # noqa: F811
    site.step("prepare", "1")
    site.step("postpone", "3600")
    with Worker(site, *STEPS, "worker_that_waits_little") as worker:
        assert worker.process.stdout.readline().startswith("Running")
        site.step("take_away")
        time.sleep(3)
        assert worker.process.poll() is None
        site.step("bring_back")
        site.step("postpone", "0")
        worker.wait_for([(2, 2, 0)])
        assert "release_due: the database: " in worker.end()


@pytest.mark.full
def test_two_of_them_do_what_one_does(site):  # noqa: F811
    site.step("prepare", "6")
    with Worker(site) as one, Worker(site) as other:
        one.wait_for([(2, 2, 0)] * 6)
        assert one.end() == other.end() == ""


@pytest.fixture
def in_this_process(monkeypatch):
    """On the connection of the test, whose transaction would end with it: Django's own client leaves it open, too."""
    monkeypatch.setattr(regular, "close_old_connections", lambda: None)


@pytest.mark.usefixtures("in_this_process")
def test_whatever_one_run_ends_in_the_next_one_comes(monkeypatch, caplog):
    ends = [CommandError("two failed"), OperationalError("gone"), InterfaceError("closed"), ValueError("a bug"), None]
    over = threading.Event()

    def deliver():
        end = ends.pop(0)
        if not ends:
            over.set()
        if end:
            raise end
        return 0, 0

    monkeypatch.setattr(send_notices, "deliver", deliver)
    monkeypatch.setattr(regular, "OUTAGE", 0)
    monkeypatch.setattr(regular, "MINUTE", 0)
    regular.keep_running(regular.Regular("send_notices", every=0, look=0), over, StringIO())
    assert ends == []
    assert [(record.getMessage(), bool(record.exc_info)) for record in caplog.records] == [
        ("send_notices: two failed", False),
        ("send_notices: the database: gone", False),
        ("send_notices: the database: closed", False),
        ("send_notices", True),
    ]


@pytest.mark.usefixtures("in_this_process")
def test_it_runs_earlier_what_is_due_earlier(monkeypatch):
    over, asked = threading.Event(), []

    def is_due(since, now):
        asked.append((since, now))
        return len(asked) == 3

    def deliver():
        ran.append(len(asked))
        if len(ran) == 2:
            over.set()
        return 0, 0

    ran = []
    monkeypatch.setattr(send_notices, "deliver", deliver)
    regular.keep_running(regular.Regular("send_notices", every=3600, look=0, is_due=is_due), over, StringIO())
    assert ran == [1, 3]
    assert asked[0][1] == asked[1][0] == asked[2][0], "since the run before"


class TestWhatIsWrittenDown:
    def test_of_a_run_that_did_all(self):
        before = timezone.now()
        call_command("release_due")
        beat = Heartbeat.objects.get(command="release_due")
        assert before <= beat.ran_at == beat.succeeded_at
        assert beat.failure == ""
        call_command("release_due")
        assert Heartbeat.objects.get().ran_at > beat.ran_at

    def test_of_one_that_broke_off_after_others_had_succeeded(self, monkeypatch):
        call_command("release_due")
        ran_at = Heartbeat.objects.get().ran_at
        monkeypatch.setattr("news.management.commands.release_due.release_due", lambda: int("many"))
        with pytest.raises(ValueError, match="many"):
            call_command("release_due")
        beat = Heartbeat.objects.get()
        assert beat.failure.startswith("ValueError: ")
        assert beat.ran_at == beat.succeeded_at == ran_at

    def test_of_one_that_broke_off_before_any_succeeded(self, monkeypatch):
        def deliver():
            raise OSError("the\0 mail server hangs")

        monkeypatch.setattr(send_notices, "deliver", deliver)
        with pytest.raises(OSError, match="hangs"):
            call_command("send_notices")
        beat = Heartbeat.objects.get()
        assert (beat.ran_at, beat.succeeded_at, beat.failure) == (None, None, "OSError: the mail server hangs")

    def test_of_one_that_came_to_its_end(self):
        call_command("check_links")
        ran_at = Heartbeat.objects.get().ran_at
        with pytest.raises(CommandError), regular.written_down("check_links"):
            raise CommandError("two are gone")
        beat = Heartbeat.objects.get()
        assert beat.failure == "two are gone"
        assert beat.succeeded_at == ran_at < beat.ran_at


class TestTheNight:
    """In Shanghai, eight hours ahead of UTC."""

    def due(self, *moment):
        return regular.is_its_night("check_links")(timezone.now(), datetime(*moment, tzinfo=UTC))

    def test_is_an_hour_of_the_sites_clock(self):
        assert not self.due(2020, 5, 1, 18, 59)
        assert not self.due(2020, 5, 1, 20, 0)
        assert not self.due(2020, 5, 1, 3, 30)
        assert not Heartbeat.objects.exists()

    def test_has_one_run_whoever_takes_it_up(self):
        today = timezone.now().replace(hour=19, minute=30)
        tonight = regular.is_its_night("check_links")
        if today > timezone.now():
            today -= timedelta(days=1)
        assert tonight(today, today)
        assert not tonight(today, today + timedelta(minutes=1))
        Heartbeat.objects.update(taken_up_at=today - timedelta(days=1))
        assert tonight(today, today)

    def test_is_not_lost_to_a_clock_that_was_ahead(self):
        today = timezone.now().replace(hour=19, minute=30)
        Heartbeat.objects.create(command="check_links", taken_up_at=timezone.now() + timedelta(days=300))
        assert regular.is_its_night("check_links")(today, today)


@pytest.mark.parametrize(("seconds", "words"), [(-3600, "back by 3600"), (90, "forward by 90"), (1, "")])
def test_a_clock_that_somebody_sets_is_named(monkeypatch, caplog, seconds, words):
    readings = iter([1000.0, 1000.0 + seconds])
    command = Command()
    command.over = threading.Event()
    monkeypatch.setattr("news.management.commands.worker.LOOK", 0)
    monkeypatch.setattr("news.management.commands.worker.time", Clock(readings, command.over))
    with caplog.at_level(logging.WARNING):
        assert command.watch([threading.current_thread()]) == []
    assert [record.getMessage().partition(" seconds;")[0] for record in caplog.records] == (
        [f"The clock was set {words}"] if words else []
    )


class Clock:
    """The readings of a clock that somebody sets, while no time passes; with the last one it is over."""

    def __init__(self, readings, over):
        self.readings, self.over = list(readings), over

    def time(self):
        reading = self.readings.pop(0)
        if not self.readings:
            self.over.set()
        return reading

    def monotonic(self):
        return 0.0


def test_a_thread_that_died_ends_the_worker(caplog):
    command = Command()
    command.over = threading.Event()
    dead = threading.Thread(target=int, name="release_due")
    dead.start()
    dead.join()
    command.over.wait = lambda _seconds: command.over.is_set()
    assert command.watch([dead]) == ["release_due"]
    assert command.over.is_set()


def test_what_is_left_out_does_not_run(monkeypatch):
    started = []
    monkeypatch.setattr("news.management.commands.worker.keep_running", lambda job, *_: started.append(job.command))
    monkeypatch.setattr("news.management.commands.worker.Command.watch", lambda *_: [])
    monkeypatch.setattr("news.management.commands.worker.signal.signal", lambda *_: None)
    call_command("worker", "--without", "check_links", "--without", "work", stdout=StringIO())
    assert sorted(started) == ["release_due", "send_notices"]
