"""A benchmark that nobody ran for a while still runs."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.full
@pytest.mark.parametrize(
    ("script", "argument", "said"),
    [
        ("release_cost.py", "1", "release both"),
        pytest.param("growth.py", "40", "news sitemap", marks=pytest.mark.nightly),
        ("worker.py", "0.1", "s of processor a minute"),
    ],
)
def test_a_benchmark_runs(script, argument, said):
    command = [sys.executable, f"bench/{script}", argument]
    environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    ran = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    assert said in ran.stdout
