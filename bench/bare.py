"""Does docs/operators.md hold? A bare Debian in a folder, Newsroom on it by the manual, and what that takes.

sudo python3 bench/bare.py [--from REVISION] [--base FOLDER] [--folder FOLDER]

Installs REVISION (the commit before this one) by its own manual, then goes on to this commit by this one's. Blocks of
the manual that begin with ```sh install, restore and upgrade are run as they stand, but for REPOSITORY, BACKUP and
NEW-VERSION. What is not committed is not tried. Packages come as this machine has them: its apt, its pip. `--base` is a
Debian that debootstrap has made before; `--folder` is kept. It needs root, debootstrap, git and unshare, and writes
nothing outside of the folder.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from bare_debian import NAME, OK, Debian

CHECKOUT = Path(__file__).resolve().parents[1]
HOME = Path("srv/newsroom")
PYTHON = "cd /srv/newsroom && runuser -u newsroom -- env {} .venv/bin/python manage.py {}"
DEMO = f"DJANGO_SETTINGS_MODULE=newsroom.settings.dev ENV_FILE= VAR_DIR=/var/tmp/demo SITE_URL=https://{NAME}"
ERROR, AWAY = 500, 503
MEMORY = 1024
"""MB that web and worker may have together."""


def git(*arguments):
    found = subprocess.run(["git", "-C", str(CHECKOUT), *arguments], capture_output=True, text=True)
    return found.stdout.strip() if found.returncode == 0 else ""


def blocks(revision, kind):
    """[(what it is called, the commands of the manual)]"""
    text, end, found = git("show", f"{revision}:docs/operators.md"), 0, []
    for block in re.finditer(rf"^```sh {kind}\n(.*?)^```", text, re.DOTALL | re.MULTILINE):
        heading = re.findall("^#+ (.*)$", text[: block.start()], re.MULTILINE)[-1]
        bold = re.findall(r"\*\*(.+?)\*\*", text[end : block.start()])
        found.append((f"{heading}: {bold[-1]}" if bold and end else heading, block[1]))
        end = block.end()
    return found


def manual(trial, revision, kind, **replaced):
    for name, commands in blocks(revision, kind):
        with trial.step(f"manual, {name.rstrip('.')}"):
            trial.sh(commands, **replaced)


def require(is_so, words):
    if not is_so:
        sys.exit(f"FAILED: {words}")


def run(trial, before, now):
    """The whole way, each part on what the one before has left."""
    repository = trial.root / "srv/repository.git"
    subprocess.run(["git", "clone", "--quiet", "--bare", "--no-hardlinks", str(CHECKOUT), str(repository)], check=True)
    in_it = ["git", "--git-dir", str(repository)]
    subprocess.run([*in_it, "update-ref", "refs/heads/trial", before], check=True)
    subprocess.run([*in_it, "symbolic-ref", "HEAD", "refs/heads/trial"], check=True)
    manual(trial, before, "install", REPOSITORY="/srv/repository.git")
    with trial.step("until the site answers"):
        trial.wait_for()
    require(trial.ask("/zh-hans/").status == OK, "the Chinese front page")
    fill(trial, before)
    first = read_twice(trial)
    without_python(trial)
    copied(trial, first)
    subprocess.run([*in_it, "update-ref", "refs/heads/trial", now], check=True)
    manual(trial, now, "upgrade", NEW_VERSION=now)
    trial.wait_for()
    require(trial.ask("/readyz", 8000).status == OK, "all is well, as /readyz sees it")
    with trial.step("all public addresses of the new version"):
        then = trial.crawl()
    pages = {path for path, (status, _hash) in first.items() if status == OK and not path.startswith("/static/")}
    lost = [path for path in pages if then.get(path, (0,))[0] != OK]
    require(not lost, f"after the update: {lost[:10]}")


def fill(trial, revision):
    with trial.step("content: the demo, and a backup of it"):
        trial.sh("install -d -o newsroom /var/tmp/demo")
        trial.sh(PYTHON.format(DEMO, "demo --no-serve"))
        trial.sh(PYTHON.format(DEMO, "backup /var/tmp/demo/backups"))
    [demo] = (trial.root / "var/tmp/demo/backups").glob("*.tar")
    manual(trial, revision, "restore", BACKUP=f"/var/tmp/demo/backups/{demo.name}")
    trial.wait_for()


def read_twice(trial):
    with trial.step("all public addresses over TLS, from Python"):
        first = trial.crawl()
    others = {path: status for path, (status, _hash) in first.items() if status != OK}
    print(f"{len(first)} addresses, all with status 200 but {others}")
    require(max(others.values(), default=0) < ERROR, "an error of the server")
    with trial.step("the same again, what is stored from files"):
        second = trial.crawl()
    require(first == second, f"the same twice: {differing(first, second)}")
    told = trial.ask("/en/").headers
    for name in ("ETag", "Strict-Transport-Security", "Content-Security-Policy"):
        require(name in told, f"the header {name}")
    return first


def without_python(trial):
    sheet = re.search(r'href="(/static/[^"]+\.css)"', trial.ask("/en/").body.decode())[1]
    with trial.step("web stopped: 503 in both languages, stored pages stay; started"):
        trial.sh("systemctl stop newsroom-web")
        away = trial.ask("/cms/login/")
        said = away.body.decode()
        require(away.status == AWAY and away.getheader("Retry-After"), "503")
        require("Back in a moment" in said and "请稍后再试" in said, "its words")
        for path in ("/en/", "/zh-hans/", sheet):
            require(trial.ask(path).status == OK, f"{path} without Python")
        trial.sh("systemctl start newsroom-web")
        while trial.ask("/cms/login/").status != OK:
            time.sleep(0.1)


def copied(trial, first):
    """A backup in another folder shows the same at the same addresses. `first`: what the site shows."""
    with trial.step("a backup by its unit, restored into a second folder"):
        trial.sh("systemctl start newsroom-backup")
        path = max((trial.root / HOME / "var/backups").glob("*.tar"))
        lines = (trial.root / HOME / ".env").read_text().splitlines()
        kept = [line for line in lines if not line.startswith(("FRONT_DIR", "MEDIA_ACCEL"))]
        (trial.root / "srv/second.env").write_text("\n".join([*kept, "VAR_DIR=/srv/second", ""]))
        trial.sh("chown newsroom /srv/second.env; install -d -o newsroom /srv/second")
        trial.sh("ln -s /srv/newsroom/var/static /srv/second/static")
        for command in ("migrate -v0", f"restore /{path.relative_to(trial.root)}"):
            trial.sh(PYTHON.format("ENV_FILE=/srv/second.env", command))
    with trial.step("all public addresses of the second"):
        unit = (trial.root / HOME / "deploy/systemd/newsroom-web.service").read_text()
        unit = unit.replace("newsroom.wsgi", "--bind 127.0.0.1:8001 newsroom.wsgi")
        unit = unit.replace("[Service]", "[Service]\nEnvironment=ENV_FILE=/srv/second.env")
        (trial.root / "etc/systemd/system/second.service").write_text(unit)
        trial.sh("systemctl start second")
        trial.wait_for(8001)
        copy = trial.crawl(8001)
        trial.sh("systemctl stop second")
    require(first == copy, f"the copy: {differing(first, copy)}")


def differing(one, other):
    """The first few addresses that are not the same in both."""
    paths = [path for path in sorted({*one, *other}) if one.get(path) != other.get(path)]
    return json.dumps([(path, one.get(path), other.get(path)) for path in paths[:5]])


def inside(options):
    trial = Debian(Path(options.folder) / "root")
    with trial.step("a bare Debian 12"):
        if options.base:
            subprocess.run(["cp", "-ax", options.base, str(trial.root)], check=True)
        else:
            made = ["debootstrap", "--variant=minbase", "--include=systemd", "bookworm", str(trial.root)]
            subprocess.run(made, check=True, stdout=subprocess.DEVNULL)
    trial.prepare()
    now = git("rev-parse", "HEAD")
    before = git("rev-parse", options.revision)
    if not before or not blocks(before, "install"):
        print(f"{options.revision} has no such manual: installed is this commit, and gone on to as well.")
        before = now
    run(trial, before, now)
    print("\n| step | seconds |\n|---|---|")
    for name, seconds in trial.steps:
        print(f"| {name} | {seconds:.1f} |")
    print(f"| all | {sum(seconds for _name, seconds in trial.steps):.0f} |")
    print(f"\nPeak memory of web and worker: {trial.peak} MB")
    require(trial.peak < MEMORY, "memory")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="revision", default="HEAD~1")
    parser.add_argument("--base")
    parser.add_argument("--folder")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        inside(options)
        return
    missing = [name for name in ("debootstrap", "git", "unshare", "nsenter", "setpriv") if not shutil.which(name)]
    apart = ["unshare", "--mount", "--net", "--pid", "--fork", "true"]
    if missing or os.geteuid() or subprocess.run(apart, capture_output=True).returncode:
        print(f"Not tried: it needs root with namespaces of its own{''.join(f', {name}' for name in missing)}.")
        return
    folder = options.folder or tempfile.mkdtemp(prefix="newsroom-bare-")
    Path(folder).mkdir(parents=True, exist_ok=True)
    namespaces = ["unshare", "--mount", "--pid", "--fork", "--mount-proc", "--kill-child"]
    said = [
        "--inside",
        "--from",
        options.revision,
        "--folder",
        str(folder),
        *(["--base", options.base] if options.base else []),
    ]
    try:
        ended = subprocess.run([*namespaces, sys.executable, __file__, *said]).returncode
    finally:
        if not options.folder:
            shutil.rmtree(folder, ignore_errors=True)
    sys.exit(ended)


if __name__ == "__main__":
    main()
