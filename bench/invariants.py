"""Ten thousand steps of people doing anything in any order, with the invariants of a release checked after each.

.venv/bin/python bench/invariants.py
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
EXAMPLES, STEPS = 50, 100  # in each of two directions

environment = {**os.environ, "INVARIANT_EXAMPLES": str(EXAMPLES), "INVARIANT_STEPS": str(STEPS)}
command = [sys.executable, "-m", "pytest", "-q", "-s", "-n0", "news/tests/test_invariants.py"]
sys.exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
