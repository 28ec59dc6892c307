"""A benchmark that nobody ran for a while still runs."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.full
def test_the_cost_of_a_release_is_measured():
    command = [sys.executable, "bench/release_cost.py", "1"]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    ran = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "release both" in ran.stdout


@pytest.mark.full
def test_the_cost_of_a_worker_at_rest_is_measured():
    command = [sys.executable, "bench/worker.py", "0.1"]
    ran = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert "s of processor a minute" in ran.stdout
