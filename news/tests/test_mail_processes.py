"""Runs that are killed, and several at once, on SQLite and on PostgreSQL."""

import pytest

from .mail_server import MailServer
from .test_release_processes import pristine, site  # noqa: F401  (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.full]
STEPS = ("-m", "news.tests.mail_process")


@pytest.fixture
def server(site):  # noqa: F811
    server = MailServer()
    site.environment["EMAIL_URL"] = f"smtp://127.0.0.1:{server.port}"
    yield server
    server.close()


def test_several_at_once_send_each_once(site, server):  # noqa: F811
    site.run(*STEPS, "prepare", "8")
    runs = [site.start("manage.py", "send_notices") for _ in range(3)]
    for run in runs:
        _output, errors = run.communicate(timeout=120)
        assert run.returncode == 0, errors
    assert sorted(letter.to for letter in server.letters) == [f"p{number}@office.test" for number in range(8)]


def test_one_that_is_killed_before_it_is_written_down_sends_at_most_one_again(site, server):  # noqa: F811
    site.run(*STEPS, "prepare", "3")
    run = site.start(*STEPS, "stop_before_it_is_written")
    assert run.stdout.readline() == "taken\n"
    run.kill()
    run.communicate()
    assert len(server.letters) == 1
    site.run("manage.py", "send_notices")
    assert len(server.letters) == 3, "the others at once, and that one when it is certain that nobody sends it"
    site.run(*STEPS, "let_time_pass")
    site.run("manage.py", "send_notices")
    site.run("manage.py", "send_notices")
    first, *others = server.letters
    [again] = [letter for letter in others if letter.to == first.to]
    assert again.name == first.name, "mail programs show it once"
    assert len(server.letters) == 4


def test_a_server_that_is_away_ends_it_with_an_error(site, server):  # noqa: F811
    site.run(*STEPS, "prepare", "2")
    site.environment["EMAIL_URL"] = "smtp://127.0.0.1:1"
    run = site.start("manage.py", "send_notices")
    _output, errors = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "Not sent: site_words one" in errors
    assert "Not sent: 1 of 1 messages; mail: away since" in errors
