"""The files for containers, of which no test makes any: their form, and that they say what the units say."""

import os
import re
import shutil
import subprocess

import pytest
from django.conf import settings

DEPLOY = settings.BASE_DIR / "deploy"
COMPOSE, IMAGE = (DEPLOY / "compose.yaml").read_text(), (DEPLOY / "Dockerfile").read_text()


def started(unit):
    text = (DEPLOY / "systemd" / f"newsroom-{unit}.service").read_text()
    return re.search("^ExecStart=/srv/newsroom/.venv/bin/(.*)$", text, re.MULTILINE)[1]


def test_containers_start_what_units_start():
    said = " ".join(COMPOSE.split())
    assert f"exec {started('web')}" in said
    assert f"command: [{', '.join(started('worker').split())}]" in said
    units = [(DEPLOY / "systemd" / f"newsroom-{unit}.service").read_text() for unit in ("web", "worker")]
    stops = re.findall(r"TimeoutStopSec=(\d+)", "".join(units))
    seconds = {"45": "45s", "120": "2m"}
    assert sorted(re.findall(r"stop_grace_period: (\S+)", COMPOSE)) == sorted(seconds[stop] for stop in stops)


def test_images_are_of_a_series_and_no_other():
    images = [*re.findall(r"image: (\S+)", COMPOSE), *re.findall(r"^FROM (\S+)", IMAGE, re.MULTILINE)]
    assert [name for name in images if not re.fullmatch(r"newsroom|[a-z]+:\d+(\.\d+)?(-[a-z-]+)?", name)] == []
    assert len(images) == 4


def test_nothing_of_this_machine_gets_into_an_image():
    ignored = (settings.BASE_DIR / ".dockerignore").read_text().split()
    assert {".env", ".git", ".venv", "var"} <= set(ignored)


@pytest.fixture
def compose():
    for command in (["docker", "compose"], ["docker-compose"]):
        if shutil.which(command[0]) and subprocess.run([*command, "version"], capture_output=True).returncode == 0:
            return command
    pytest.skip("no docker compose")


def test_compose_takes_its_file_as_it_is(compose, tmp_path):
    (tmp_path / ".env").touch()
    shutil.copytree(DEPLOY, tmp_path / "deploy")
    told = {"PATH": os.environ["PATH"], "HOME": str(tmp_path), "POSTGRES_PASSWORD": "of-a-test"}
    config = [*compose, "--file", str(tmp_path / "deploy" / "compose.yaml"), "config"]
    found = subprocess.run(config, env=told, capture_output=True, text=True)
    assert found.returncode == 0, found.stderr
    assert "postgres://newsroom:of-a-test@db/newsroom" in found.stdout
    del told["POSTGRES_PASSWORD"]
    assert subprocess.run(config, env=told, capture_output=True).returncode != 0, "a password is wanted"
