"""What docs/operators.md tells an operator to write and to run, done as it stands there."""

import re
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from home.models import HomePage
from news.demo import database
from news.management.regular import REGULAR
from newsroom.settings import networks

ROOT = settings.BASE_DIR
OPERATORS = (ROOT / "docs" / "operators.md").read_text()


CRONTAB = re.findall(r"^(?:[\d*/,-]+ ){5}(.*)$", OPERATORS, re.MULTILINE)


def here(line):
    """A command as the manual or a unit has it, in this checkout."""
    line = line.replace("/srv/newsroom/.venv/bin/python", shlex.quote(sys.executable))
    return line.replace("/srv/newsroom", shlex.quote(str(ROOT)))


def run(command, folder, **environment):
    """As a crontab does: with nothing of anybody's shell around it."""
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), **environment}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)


def manage(*arguments, folder, **environment):
    return run([sys.executable, str(ROOT / "manage.py"), *arguments], folder, **environment)


@pytest.fixture
def env_file(tmp_path):
    """The file that the manual shows, with a folder of its own for what the site writes."""
    text = re.search(r"```\n(DJANGO_SETTINGS_MODULE=.*?)```", OPERATORS, re.DOTALL)[1]
    path = tmp_path / "settings.env"
    path.write_text(f"{text}VAR_DIR={tmp_path / 'var'}\n")
    return path


SHOW = "from django.conf import settings as s; print(s.SETTINGS_MODULE, s.SITE_URL, s.DATABASES['default']['NAME'])"


@pytest.mark.full
def test_the_file_chooses_the_settings_before_anything_else(env_file, tmp_path):
    found = manage("shell", "-v0", "-c", SHOW, folder=tmp_path, ENV_FILE=str(env_file))
    database = str(tmp_path / "var" / "newsroom.sqlite3")
    assert found.stdout.split() == ["newsroom.settings.production", "https://news.example", database], found.stderr


@pytest.mark.full
@pytest.mark.parametrize(
    "line",
    [
        "\ufeffSITE_URL=https://news.example",
        "SITE_URL = https://news.example",
        "  export\tSITE_URL='https://news.example'  ",
        'SITE_URL="https://news.example" # ours\r',
        "# a comment\n\nSITE_URL=https://news.example",
    ],
)
def test_a_line_is_read_as_people_write_it(env_file, tmp_path, line):
    env_file.write_text(f"{line}\n{env_file.read_text().replace('SITE_URL', 'OTHER')}")
    found = manage("shell", "-v0", "-c", SHOW, folder=tmp_path, ENV_FILE=str(env_file))
    assert found.stdout.split()[:2] == ["newsroom.settings.production", "https://news.example"], found.stderr


@pytest.mark.parametrize("line", ["SECRET_KEY 12345", "SECRET_KEY='12345", "=12345"])
def test_a_line_that_cannot_be_read_stops_the_process_and_is_not_repeated(env_file, tmp_path, line):
    env_file.write_text(f"{env_file.read_text()}{line}\n")
    found = manage("check", folder=tmp_path, ENV_FILE=str(env_file))
    assert found.returncode != 0
    assert f"line {len(env_file.read_text().splitlines())}" in found.stderr
    assert "12345" not in found.stderr


@pytest.mark.parametrize("name", ["10.0.0.1/8", "localhost", "10.0.0.0/33", ""])
def test_what_is_no_network_is_refused_in_words(name):
    with pytest.raises(ImproperlyConfigured, match=f"HEALTH_NETWORKS: '{name}' is no network. Write"):
        networks.known(["127.0.0.1", name])


def test_a_file_that_is_named_and_not_there_stops_the_process(tmp_path):
    for name in ("nowhere.env", "."):
        found = manage("check", folder=tmp_path, ENV_FILE=str(tmp_path / name))
        assert found.returncode != 0
        assert "cannot be read" in found.stderr


@pytest.mark.full
def test_what_the_process_was_started_with_wins(env_file, tmp_path):
    told = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.dev", "SITE_URL": "http://127.0.0.1:1"}
    found = manage("shell", "-v0", "-c", SHOW, folder=tmp_path, ENV_FILE=str(env_file), **told)
    assert found.stdout.split()[:2] == ["newsroom.settings.dev", "http://127.0.0.1:1"], found.stderr


def test_the_web_server_reads_it_too(env_file, tmp_path):
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'site')!r}); sys.path.insert(0, {str(ROOT)!r}); "
    found = run(
        [sys.executable, "-c", f"{code}import newsroom.wsgi; {SHOW}"],
        tmp_path,
        ENV_FILE=str(env_file),
    )
    assert found.stdout.split()[:2] == ["newsroom.settings.production", "https://news.example"], found.stderr


@pytest.mark.full
def test_a_folder_is_the_same_from_wherever_a_command_starts(tmp_path):
    told = {"ENV_FILE": "", "VAR_DIR": "var/tests/../../var", "DATABASE_URL": "sqlite:///var/here.sqlite3"}
    found = manage("shell", "-v0", "-c", SHOW, folder=tmp_path, **told)
    assert found.stdout.split()[2] == str(ROOT / "var/here.sqlite3"), found.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.full
def test_the_crontab_releases_what_is_due_on_the_sites_own_database(env_file, demo_folder, tmp_path):
    shutil.copytree(demo_folder, tmp_path / "var")
    with closing(sqlite3.connect(tmp_path / "var" / "newsroom.sqlite3")) as site, site:
        due = site.execute("UPDATE news_release SET release_at = '2001-01-01' WHERE release_at IS NOT NULL").rowcount
    assert due
    said = ""
    crontab = {line.rpartition(" ")[2]: line for line in CRONTAB}
    assert set(crontab) == {regular.command for regular in REGULAR}
    del crontab["check_links"]  # goes out to others
    for line in crontab.values():
        done = run(["/bin/sh", "-c", here(line)], tmp_path, ENV_FILE=str(env_file))
        assert done.returncode == 0, done.stderr
        said += done.stdout
    assert len(re.findall(r"^[0-9a-f-]{36}: (?:released|missed)$", said, re.MULTILINE)) == due


UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))


def test_units_start_what_is_there_and_have_no_settings_of_their_own():
    assert [unit.stem for unit in UNITS] == ["newsroom-web", "newsroom-worker"]
    for unit in UNITS:
        text = unit.read_text()
        [started] = re.findall("^ExecStart=(.*)$", text, re.MULTILINE)
        program, *arguments = shlex.split(here(started))
        assert Path(program).exists() or Path(sys.executable).with_name(Path(program).name).exists()
        assert "Environment" not in text
        assert arguments[-1] == {"newsroom-web": "newsroom.wsgi", "newsroom-worker": "worker"}[unit.stem]
        assert f"`{unit.name}`" in OPERATORS or unit.stem in OPERATORS


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_takes_the_units_as_they_are(unit, tmp_path):
    text = re.sub("^ExecStart=.*$", "ExecStart=/bin/true", unit.read_text(), flags=re.MULTILINE)
    (tmp_path / unit.name).write_text(text.replace("/srv/newsroom", str(ROOT)))
    found = subprocess.run(["systemd-analyze", "verify", str(tmp_path / unit.name)], capture_output=True, text=True)
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


@pytest.mark.full
def test_the_worker_runs_as_its_unit_starts_it(env_file, demo_folder, tmp_path):
    shutil.copytree(demo_folder, tmp_path / "var")
    with closing(sqlite3.connect(tmp_path / "var" / "newsroom.sqlite3")) as site, site:
        site.execute("UPDATE news_release SET release_at = '2001-01-01' WHERE release_at IS NOT NULL")
    [unit] = [unit for unit in UNITS if unit.stem == "newsroom-worker"]
    [started] = re.findall("^ExecStart=(.*)$", unit.read_text(), re.MULTILINE)
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(tmp_path), "ENV_FILE": str(env_file)}
    worker = subprocess.Popen(
        shlex.split(here(started)), cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        said = [worker.stdout.readline() for _line in range(2)]
        worker.terminate()
        rest, errors = worker.communicate(timeout=120)
    finally:
        worker.kill()
    assert worker.returncode == 0, errors
    assert re.search(r"^[0-9a-f-]{36}: (?:released|missed)$", "".join(said) + rest, re.MULTILINE)


@pytest.mark.django_db
class TestTheDemosDatabase:
    def refused(self):
        with pytest.raises(CommandError, match="not the demo's"):
            call_command("demo", no_serve=True)
        return not get_user_model().objects.filter(username=database.ADMINISTRATOR).exists()

    def test_a_site_that_somebody_set_up_is_left_alone(self):
        HomePage.objects.update(organisation="Somebody's own")
        assert self.refused()
        assert set(HomePage.objects.values_list("organisation", flat=True)) == {"Somebody's own"}
        assert Site.objects.get().hostname == "testserver"

    def test_so_is_one_with_an_administrator_of_the_same_name(self):
        get_user_model().objects.create_superuser("admin", "admin@somewhere.example", "x")
        assert not database.is_the_demos_own()

    def test_and_one_that_has_its_own_address_whoever_administers_it(self):
        administrator = get_user_model().objects.create_superuser(
            database.ADMINISTRATOR, database.ADDRESS, database.PASSWORD
        )
        assert not database.is_the_demos_own()
        Site.objects.update(hostname="127.0.0.1")
        assert database.is_the_demos_own()
        administrator.set_password("their own")
        administrator.save()
        assert not database.is_the_demos_own()

    def test_an_account_is_enough(self):
        Page.objects.update(live=False, first_published_at=None)
        HomePage.objects.all().delete()
        assert database.is_the_demos_own()  # migrated and no more: a first run that was broken off
        get_user_model().objects.create_user("chief")
        assert not database.is_the_demos_own()


@pytest.mark.full
def test_a_database_of_another_program_is_not_touched(tmp_path):
    (tmp_path / "var").mkdir()
    with closing(sqlite3.connect(tmp_path / "var" / "newsroom.sqlite3")) as other, other:
        other.execute("CREATE TABLE accounts (name TEXT)")
    told = {"ENV_FILE": "", "VAR_DIR": str(tmp_path / "var")}
    done = manage("demo", "--no-serve", folder=tmp_path, **told)
    assert done.returncode != 0
    assert "newsroom.sqlite3" in done.stderr
    with closing(sqlite3.connect(Path(told["VAR_DIR"]) / "newsroom.sqlite3")) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("accounts",)]


def test_nobody_is_told_to_install_somebody_elses_package():
    """`newsroom` on the package index is not ours."""
    names = ["README.md", "Makefile", *(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md"))]
    for name in names:
        assert not re.search(
            r"(?:pip|uv|pipx)\s+(?:pip\s+)?(?:install|run|add)\s[^\n]*newsroom", (ROOT / name).read_text()
        ), name
