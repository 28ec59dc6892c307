"""A benchmark that nobody ran for a while still runs."""

import os
import re
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from .demo_site import PRODUCT
from .kept import digest
from .nginx import NGINX
from .served import POSTGRESQL

REDIS = shutil.which("redis-server")


@pytest.mark.nightly
@pytest.mark.skipif(NGINX is None, reason="no nginx: install Debian's nginx-light")
def test_readers_are_sent_nothing_old_while_a_newsroom_works(demo_folder):
    """As bench/freshness.py finds out, and that it would."""
    few = ["bench/freshness.py", "--connections", "8", "--demo", demo_folder]
    ran = run(*few, "--changes", "6")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert "old: 0" in ran.stdout and "half new: 0" in ran.stdout
    ran = run(*few, "--changes", "2", "--without", "doors")
    assert ran.returncode == 1 and "old: 0" not in ran.stdout, ran.stdout + ran.stderr


@pytest.mark.nightly
def test_four_processes_publish_at_once():
    ran = run("bench/concurrent_publishing.py", "ours")
    assert ran.returncode == 0, ran.stderr
    assert "100 of 100 published" in ran.stdout


@pytest.mark.nightly
@pytest.mark.skipif(not (NGINX and REDIS and POSTGRESQL), reason="no nginx, no Redis or no PostgreSQL")
def test_two_nodes_answer_and_lose_nothing_whatever_is_away(pytestconfig):
    """As bench/nodes.py finds out, and that it would. Its demo is kept as the other one is."""
    folder = pytestconfig.cache.mkdir("demos_of_nodes")
    kept = folder / digest(*PRODUCT)
    for former in folder.iterdir():
        if former != kept:
            shutil.rmtree(former)
    few = ["bench/nodes.py", "--demo", kept, "--connections", "8"]
    ran = run(*few, "--changes", "8", "--seconds", "24", "--away", "5")
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert re.search(r"changes told committed: [5-8], lost: 0", ran.stdout)
    ran = run(*few, "--changes", "2", "--seconds", "1", "--without", "telling")
    assert ran.returncode == 1 and "old on two" in ran.stdout, ran.stdout + ran.stderr


@pytest.mark.nightly
@pytest.mark.parametrize(
    ("script", "argument", "said"),
    [
        ("release_cost.py", "1", "release both"),
        pytest.param("growth.py", "40", "news sitemap", marks=pytest.mark.nightly),
        ("worker.py", "0.1", "s of processor a minute"),
    ],
)
def test_a_benchmark_runs(script, argument, said):
    ran = run(f"bench/{script}", argument)
    assert ran.returncode == 0, ran.stderr
    assert said in ran.stdout


def run(*command):
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    command = [sys.executable, *map(str, command)]
    return subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
