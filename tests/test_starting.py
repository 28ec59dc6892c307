"""A process starts with what docs/operators.md shows, and does not with anything else."""

import os
import re
import subprocess
import sys
import time

import pytest
from django.conf import settings

from newsroom.settings import addresses
from newsroom.settings.register import NOT_STARTED

from .test_settings import BESIDE, DOCUMENTED, GOOD

ROOT = settings.BASE_DIR


def start(*command, folder, at=None, **said):
    environment = {"PATH": "/usr/bin:/bin", "HOME": str(folder), "ENV_FILE": "", "PYTHONPATH": f"{ROOT}/site:{ROOT}"}
    environment["PYTHONPATH"] += f":{os.environ.get('PYTHONPATH', '')}"
    environment |= {"VAR_DIR": str(folder / "var"), **said}
    return subprocess.run(
        [sys.executable, *command], cwd=at or folder, env=environment, capture_output=True, text=True, timeout=60
    )


PRODUCTION = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.production"}
MANAGE = str(ROOT / "manage.py")
FEW = {**GOOD, **PRODUCTION, "SECRET_KEY": "short", "SECURE_SSL_REDIRECT": "maybe", "NOTICE_ROBOTS": "SECRET"}
COMMANDS = {
    "manage.py": [MANAGE, "check"],
    "gunicorn": ["-m", "gunicorn", "--bind", "127.0.0.1:0", "--workers", "4", "newsroom.wsgi"],
}


@pytest.mark.parametrize("program", COMMANDS)
def test_nothing_is_served_and_each_fault_is_a_line(program, tmp_path):
    began = time.monotonic()
    found = start(*COMMANDS[program], folder=tmp_path, at=ROOT, **FEW)
    assert found.returncode == NOT_STARTED
    assert "Traceback" not in found.stderr
    assert found.stderr.count("Newsroom does not start") == 1
    for name in ("SECRET_KEY", "SECURE_SSL_REDIRECT", "NOTICE_ROBOTS"):
        assert re.search(rf"^- {name}: ", found.stderr, re.M)
    assert "SECRET\n" not in found.stderr
    assert time.monotonic() - began < 50


def test_neither_does_a_file_decide_by_half(tmp_path):
    file = tmp_path / "site.env"
    file.write_text("ALLOWED_HOSTS=a.test\nREVEIW_STAGES=2\nLOG_LEVEL=INFO\n")
    found = start(MANAGE, "check", folder=tmp_path, ENV_FILE=str(file), DJANGO_SETTINGS_MODULE="newsroom.settings.dev")
    assert (found.returncode, "Did you mean REVIEW_STAGES?" in found.stderr) == (NOT_STARTED, True)
    file.write_text("LOG_LEVEL=INFO\nSITE_URL=https://a.test\nLOG_LEVEL=DEBUG\n")
    found = start(MANAGE, "check", folder=tmp_path, ENV_FILE=str(file))
    assert found.returncode == NOT_STARTED
    assert "- LOG_LEVEL: it stands twice" in found.stderr
    file.write_text("DJANGO_SETTINGS_MODULE=newsroom.settings.prod\n")
    found = start(MANAGE, "check", folder=tmp_path, ENV_FILE=str(file))
    assert found.returncode == NOT_STARTED
    assert "there is no 'newsroom.settings.prod'. Write newsroom.settings.production" in found.stderr


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").touch()
    found = start(MANAGE, "check", folder=tmp_path, VAR_DIR=str(tmp_path / "file" / "var"))
    assert found.returncode == NOT_STARTED
    assert f"- VAR_DIR: the folder {tmp_path / 'file' / 'var'} is not there and cannot be made" in found.stderr


SERVE = """
import django; django.setup()
from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.test import Client
from django.core.cache import cache
connection.get_connection_params(); get_connection(); cache.key_prefix
host = settings.SITE_URL.partition("://")[2].partition(":")[0]
answer = Client().get("/livez", headers={"host": host})
assert answer.status_code == 200, answer
print("well")
"""


@pytest.mark.full
@pytest.mark.parametrize("number", range(max(map(len, DOCUMENTED.values()))))
def test_the_site_starts_with_each_documented_value(number, tmp_path):
    """The first of each together, then the second of each, and so on."""
    said = {**GOOD, "TIME_ZONE_NAME_EN": "our time", "TIME_ZONE_NAME_ZH": "本地时间", "EMAIL_TIMEOUT": "300"}
    said["DJANGO_SETTINGS_MODULE"] = "newsroom.settings.production"
    for name, may_be in DOCUMENTED.items():
        if number < len(may_be) and name not in ("DJANGO_SETTINGS_MODULE", *BESIDE):
            said[name] = may_be[number].replace("/path", f"{tmp_path}/path")
    if addresses.find_spec("redis") is None and said.get("CACHE_URL", "").startswith("redis"):
        del said["CACHE_URL"]
    if not said.get("VAR_DIR", "/").startswith("/"):
        del said["VAR_DIR"]  # would be made in the checkout
    found = start("-c", SERVE, folder=tmp_path, **said)
    assert found.stdout == "well\n", found.stderr


@pytest.mark.full
@pytest.mark.parametrize(("name", "value"), [(name, value) for name in BESIDE for value in DOCUMENTED[name]])
def test_it_starts_with_a_value_that_needs_others_beside_it(name, value, tmp_path):
    found = start("-c", SERVE, folder=tmp_path, **{**GOOD, **PRODUCTION, **BESIDE[name], name: value})
    assert found.stdout == "well\n", found.stderr
