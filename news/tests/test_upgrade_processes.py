"""`upgrade` in processes of its own: killed, twice at once, and taken back. On the database of the run."""

import re
import shlex
import signal
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

from news.management.commands.upgrade import STEPS

from .test_release_processes import pristine, site  # noqa: F401  (fixtures)

pytestmark = [pytest.mark.django_db, pytest.mark.full]
PROCESS = ["-m", "news.tests.upgrade_process"]
WELL = "\n\n"


def backups(folder):
    return sorted((folder / "backups").glob("newsroom-*.tar"))


def test_killed_after_each_step_it_goes_on_and_ends_well(site, tmp_path):  # noqa: F811
    site.run(*PROCESS, "former")
    said = []
    for step in STEPS[:4]:  # what follows writes no row
        process = site.start(*PROCESS, "upgrade", step, "kill")
        output, errors = process.communicate()
        assert process.returncode == -signal.SIGKILL, errors
        said.append(output)
        assert len(backups(tmp_path)) == 1, "the one from before the first change"
    [backup] = backups(tmp_path)
    assert f"A backup from before it: {backup}" in said[0]
    assert all(f"broken off. Its backup: {backup}" in output for output in said[1:])
    assert site.run(*PROCESS, "report") == WELL
    assert site.run("manage.py", "upgrade").splitlines()[-1] == "Up to date."
    assert backups(tmp_path) == [backup]
    assert (tmp_path / "upgrade.lock").read_text() == ""


def test_of_two_at_once_the_second_waits_and_finds_nothing_to_do(site, tmp_path):  # noqa: F811
    site.run(*PROCESS, "former")
    first = subprocess.Popen(
        [sys.executable, *PROCESS, "upgrade", "back_up", "hold"],
        cwd=settings.BASE_DIR,
        env=site.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        while first.stdout.readline() != "holds\n":
            assert first.poll() is None
        if connection.vendor == "postgresql":  # SQLite is of one machine
            site.environment["VAR_DIR"] = str(tmp_path / "another node")
        second = site.start("manage.py", "upgrade")
        assert "waits until it has ended" in second.stdout.readline()
        first.communicate("go on\n", timeout=180)
        output, errors = second.communicate(timeout=180)
    finally:
        first.kill()
    assert (first.returncode, second.returncode) == (0, 0), errors
    assert output.splitlines()[-1] == "Up to date."
    assert "backup" not in output
    assert site.run(*PROCESS, "report") == WELL


def test_what_failed_says_how_to_go_back_and_that_goes_back(site, tmp_path):  # noqa: F811
    site.run(*PROCESS, "former")
    process = site.start(*PROCESS, "upgrade", "migrate", "fail")
    _output, errors = process.communicate()
    assert process.returncode == 1
    assert "RuntimeError: no luck" in errors
    assert "0016_heartbeat" not in site.run(*PROCESS, "report")
    command = shlex.split(re.search("run “([^“]* restore [^”]*)”", errors)[1])
    assert command[-1] == str(backups(tmp_path)[0])
    restored = subprocess.run(command, env=site.environment, capture_output=True, text=True)
    assert restored.returncode == 0, restored.stderr
    assert "news.0016_heartbeat" in site.run(*PROCESS, "report")
