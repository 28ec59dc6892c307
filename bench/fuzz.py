"""Every form of the site, posted as no browser does by five roles: what breaks, and what becomes public by it.

.venv/bin/python bench/fuzz.py --posts 10000 [--seed N] [--only WORD]
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]

parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--posts", type=int, default=10_000)
parser.add_argument("--seed", type=int, help="to send once more what was sent before")
parser.add_argument("--only", default="", help="entries whose area, address or name holds this")
asked = parser.parse_args()

seed = str(int(time.time()) if asked.seed is None else asked.seed)
environment = {**os.environ, "ODD_POSTS": str(asked.posts), "ODD_ONLY": asked.only, "ODD_SEED": seed}
command = [sys.executable, "-m", "pytest", "-q", "-s", "-n0", "--timeout=0", "news/tests/test_odd_input.py"]
sys.exit(subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode)
