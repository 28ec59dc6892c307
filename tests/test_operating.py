"""What docs/operators.md tells an operator to write and to run, done as it stands there."""

import os
import re
import secrets
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
from django.core.management import CommandError, call_command
from wagtail.models import Page, Site

from home.models import HomePage
from news.demo import database
from news.management.regular import REGULAR

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
    text = re.search(r"^(DJANGO_SETTINGS_MODULE=.*?)^END$", OPERATORS, re.DOTALL | re.MULTILINE)[1]
    path = tmp_path / "settings.env"
    text = re.sub("^SECRET_KEY=.*$", f"SECRET_KEY={secrets.token_urlsafe(50)}", text, flags=re.MULTILINE)
    path.write_text(f"{text.replace('/srv/newsroom', str(tmp_path))}VAR_DIR={tmp_path / 'var'}\n")
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
    others = re.sub("^SITE_URL=.*$", "", env_file.read_text(), flags=re.MULTILINE)
    env_file.write_text(f"{line}\n{others}")
    found = manage("shell", "-v0", "-c", SHOW, folder=tmp_path, ENV_FILE=str(env_file))
    assert found.stdout.split()[:2] == ["newsroom.settings.production", "https://news.example"], found.stderr


@pytest.mark.parametrize("line", ["SECRET_KEY 12345", "SECRET_KEY='12345", "=12345"])
def test_a_line_that_cannot_be_read_stops_the_process_and_is_not_repeated(env_file, tmp_path, line):
    env_file.write_text(f"{env_file.read_text()}{line}\n")
    found = manage("check", folder=tmp_path, ENV_FILE=str(env_file))
    assert found.returncode != 0
    assert f"line {len(env_file.read_text().splitlines())}" in found.stderr
    assert "12345" not in found.stderr


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


ROOT_OF_UNITS = "/srv/newsroom"
UNITS = sorted((ROOT / "deploy" / "systemd").glob("*.service"))


def test_units_start_what_is_there_and_have_no_settings_of_their_own():
    assert [unit.stem for unit in UNITS] == ["newsroom-backup", "newsroom-front", "newsroom-web", "newsroom-worker"]
    for unit in UNITS:
        text = unit.read_text()
        [started] = re.findall("^ExecStart=(.*)$", text, re.MULTILINE)
        program, *_arguments = shlex.split(here(started))
        assert Path(program).exists() or Path(sys.executable).with_name(Path(program).name).exists()
        assert "Environment" not in text
        ends = {"newsroom-backup": "backup --keep 14", "newsroom-front": "front_follow"}
        ends |= {"newsroom-web": "newsroom.wsgi", "newsroom-worker": "worker"}
        assert started.endswith(f" {ends[unit.stem]}")
        assert f"`{unit.name}`" in OPERATORS or unit.stem in OPERATORS


BLOCKS = re.findall(r"^```sh (install|restore|upgrade)\n(.*?)^```", OPERATORS, re.DOTALL | re.MULTILINE)
"""What bench/bare.py runs on a bare Debian."""


def test_what_is_to_be_copied_from_the_manual_names_what_is_there():
    assert {kind for kind, _commands in BLOCKS} == {"install", "restore", "upgrade"}
    for _kind, commands in BLOCKS:
        assert "cd /srv/newsroom\n" in commands, "each may be copied into a shell of its own"
        for path in re.findall(r"(?<!\S)deploy/\S+", commands):
            assert list(ROOT.glob(path)), path
        for name in re.findall(r"manage\.py (\w+)", commands):
            assert f"`{name}" in OPERATORS or name in ("collectstatic", "createsuperuser")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_systemd_takes_the_units_as_they_are(unit, tmp_path):
    text = re.sub("^ExecStart=.*$", "ExecStart=/bin/true", unit.read_text(), flags=re.MULTILINE)
    (tmp_path / unit.name).write_text(text.replace("/srv/newsroom", str(ROOT)))
    found = subprocess.run(["systemd-analyze", "verify", str(tmp_path / unit.name)], capture_output=True, text=True)
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd")
def test_systemd_takes_the_timer_as_it_is(tmp_path):
    for name in ("newsroom-backup.service", "newsroom-backup.timer"):
        text = re.sub("^ExecStart=.*$", "ExecStart=/bin/true", (UNITS[0].parent / name).read_text(), flags=re.MULTILINE)
        (tmp_path / name).write_text(text.replace("/srv/newsroom", str(ROOT)))
    timer = str(tmp_path / "newsroom-backup.timer")
    found = subprocess.run(["systemd-analyze", "verify", timer], capture_output=True, text=True)
    assert (found.returncode, found.stdout + found.stderr) == (0, "")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd")
@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_a_unit_may_do_little(unit):
    """Of ten, and less is better: what it may do is read, write below `var` and talk over the network."""
    security = ["systemd-analyze", "security", "--offline=true", "--no-pager", str(unit)]
    if "unrecognized option" in (found := subprocess.run(security, capture_output=True, text=True)).stderr:
        pytest.skip("systemd is older than 251")
    assert float(re.search(r"exposure level for \S+: ([\d.]+)", found.stdout)[1]) <= 1.7


def test_the_account_and_its_folders_are_those_of_the_units():
    units = "".join(unit.read_text() for unit in UNITS)
    [account] = set(re.findall("^User=(.*)$", units, re.MULTILINE))
    [writable] = set(re.findall("^ReadWritePaths=(.*)$", units, re.MULTILINE))
    users, files = ((ROOT / "deploy" / name / "newsroom.conf").read_text() for name in ("sysusers.d", "tmpfiles.d"))
    assert re.search(rf"^u {account} ", users, re.MULTILINE)
    assert re.search(rf"^d {writable} 0750 {account} {account}$", files, re.MULTILINE)
    assert re.findall(r"^z (\S+) (0\d+)", files, re.MULTILINE) == [
        (f"{ROOT_OF_UNITS}/.env", "0400"),
        (f"{writable}/newsroom.sqlite3*", "0600"),
    ]


@pytest.mark.skipif(shutil.which("systemd-tmpfiles") is None or os.geteuid() != 0, reason="no systemd, or not root")
def test_nginx_reads_neither_settings_nor_database(tmp_path):
    for name in ("etc", "srv/newsroom/var"):
        (tmp_path / name).mkdir(parents=True)
    for name in ("passwd", "group"):
        (tmp_path / "etc" / name).write_text("root:x:0:0::/root:/bin/sh\n" if name == "passwd" else "root:x:0:\n")
    for name in (".env", "var/newsroom.sqlite3"):
        (tmp_path / "srv/newsroom" / name).touch(0o644)
    said = ROOT / "deploy"
    here = f"--root={tmp_path}"
    subprocess.run(["systemd-sysusers", here, str(said / "sysusers.d/newsroom.conf")], check=True, capture_output=True)
    [account] = re.findall(r"^newsroom:x:(\d+):(\d+):", (tmp_path / "etc" / "passwd").read_text(), re.MULTILINE)
    for name in ("var", "var/newsroom.sqlite3"):
        os.chown(tmp_path / "srv/newsroom" / name, *map(int, account))
    tmpfiles = ["systemd-tmpfiles", here, "--create", str(said / "tmpfiles.d/newsroom.conf")]
    subprocess.run(tmpfiles, check=True, capture_output=True)
    assert re.search(r"^newsroom:x:\d+:www-data$", (tmp_path / "etc" / "group").read_text(), re.MULTILINE)
    found = {name: (tmp_path / "srv/newsroom" / name).stat() for name in (".env", "var", "var/newsroom.sqlite3")}
    assert {(str(stat.st_uid), str(stat.st_gid)) for stat in found.values()} == {account}
    assert [oct(stat.st_mode)[-3:] for stat in found.values()] == ["400", "750", "600"]


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
