"""Stands in for systemctl in `bench/bare.py`, where no systemd runs: starts what units say, as they say it.

Of a unit: ExecStart, ExecReload, Type, User, Group, UMask, WorkingDirectory, Environment and PIDFile. Not what keeps it
in, nor that it is started again. Services have a network of their own, in which all ports are free.
"""

import os
import pwd
import shlex
import signal
import subprocess
import sys
import time
from pathlib import Path

UNITS = [Path("/etc/systemd/system"), Path("/lib/systemd/system")]
STATE = Path("/run/trial")
SECONDS = 60


def main(verb, *names):
    names = [name if "." in name else f"{name}.service" for name in names if not name.startswith("-")]
    for name in names:
        if name.endswith(".service"):
            {"start": start, "enable": start, "stop": stop, "restart": restart, "reload": reload}[verb](name)
        else:
            unit(name)  # a timer: that it is there


def unit(name):
    """{directive: [what it says]} of a unit and of what is added to it."""
    files = [file for folder in UNITS for file in [folder / name, *sorted((folder / f"{name}.d").glob("*.conf"))]]
    found = {}
    for line in "\n".join(file.read_text() for file in files if file.exists()).splitlines():
        key, sign, value = line.partition("=")
        if sign and not line.startswith("#"):
            found.setdefault(key, []).append(value)
    if not found:
        sys.exit(f"Unit {name} not found.")
    return found


def pid_file(name):
    said = unit(name).get("PIDFile")
    return Path(said[0]) if said else STATE / f"{name}.pid"


def start(name):
    said = unit(name)
    user = said.get("User", ["root"])[0]
    account = pwd.getpwnam(user)
    environment = {"PATH": os.environ["PATH"], "HOME": account.pw_dir, "USER": user, "LANG": "C.UTF-8"}
    environment |= dict(part.split("=", 1) for line in said.get("Environment", []) for part in shlex.split(line))
    groups = ["--regid", said.get("Group", [str(account.pw_gid)])[0], "--init-groups"]
    [command] = said["ExecStart"]
    with (STATE / f"{name}.log").open("a") as log:
        process = subprocess.Popen(
            ["nsenter", f"--net={STATE}/net", "setpriv", "--reuid", user, *groups, *shlex.split(command)],
            env=environment,
            cwd=said.get("WorkingDirectory", ["/"])[0],
            umask=int(said.get("UMask", ["0022"])[0], 8),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    if said.get("Type", ["simple"])[0] in ("oneshot", "forking"):
        if process.wait():
            sys.exit((STATE / f"{name}.log").read_text()[-2000:])
    else:
        pid_file(name).write_text(str(process.pid))


def running(name):
    """The process, or nothing."""
    said = pid_file(name).read_text().strip() if pid_file(name).exists() else ""
    stat = Path(f"/proc/{said}/stat")
    return int(said) if said and stat.exists() and ") Z " not in stat.read_text() else None


def stop(name):
    pid = running(name)
    if pid:
        os.kill(pid, signal.SIGTERM)
    for _attempt in range(SECONDS * 10):
        if running(name) is None:
            return
        time.sleep(0.1)
    sys.exit(f"{name} does not end.")


def restart(name):
    stop(name)
    start(name)


def reload(name):
    [command] = unit(name)["ExecReload"]
    subprocess.run(shlex.split(command.replace("$MAINPID", pid_file(name).read_text().strip())), check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
