"""What `manage.py worker` costs while nothing is due: processor a minute, and memory.

.venv/bin/python bench/worker.py [MINUTES]
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SETTLE = 15
"""Seconds that it has to start in."""


def main(minutes):
    with tempfile.TemporaryDirectory() as folder:
        site = {"DJANGO_SETTINGS_MODULE": "newsroom.settings.dev", "ENV_FILE": "", "VAR_DIR": folder}
        environment = {**os.environ, **site}
        environment.pop("DATABASE_URL", None)
        for command in ("migrate", "bootstrap"):
            subprocess.run(manage(command), env=environment, check=True, stdout=subprocess.DEVNULL)
        worker = subprocess.Popen(manage("worker"), env=environment, stdout=subprocess.DEVNULL)
        try:
            time.sleep(SETTLE)
            before, began = processor(worker.pid), time.monotonic()
            time.sleep(60 * minutes)
            spent, passed = processor(worker.pid) - before, (time.monotonic() - began) / 60
            print(f"{spent / passed:.2f} s of processor a minute over {passed:.1f} minutes; {memory(worker.pid)} MB")
        finally:
            worker.send_signal(signal.SIGTERM)
            worker.wait(timeout=60)


def manage(command):
    return [sys.executable, str(ROOT / "manage.py"), command]


def processor(pid):
    """Seconds so far."""
    user, system = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def memory(pid):
    """Resident, at most so far."""
    status = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines())
    return int(status["VmHWM"].split()[0]) // 1024


if __name__ == "__main__":
    main(float(sys.argv[1]) if len(sys.argv) > 1 else 2)
