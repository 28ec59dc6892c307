"""Real servers before real data, in a folder that goes away: for bench/servers.py."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

from scratch import ROOT

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin")
POSTGRESQL = sorted(Path("/usr/lib/postgresql").glob("*/bin"))
BUILD = """
import sys
from io import StringIO
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.DEBUG = False
call_command("demo", no_serve=True, stdout=StringIO())
sys.path.insert(0, "bench")
from reading import fill
fill(int(sys.argv[1]))
"""
WHOLE = """
pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
daemon off;
worker_processes auto;
user root;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    sendfile on; tcp_nopush on; keepalive_requests 1000000;
    types {{ text/html html; text/css css; image/jpeg jpg; }}
    gzip on; gzip_proxied any; gzip_min_length 256;
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    fastcgi_cache_path {folder}/fastcgi_cache keys_zone=wp:10m;
    {servers}
}}
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _ in range(600):
        if process.poll() is not None:
            raise SystemExit(f"{process.args[0]} ended with {process.returncode}")
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise SystemExit(f"nothing listens at {port}")


@contextmanager
def started(*command, **options):
    process = subprocess.Popen([str(part) for part in command], **options)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@contextmanager
def postgresql(folder):
    """Gives (DATABASE_URL, its process), of one as Debian sets it up."""
    bin_, port = POSTGRESQL[-1], free_port()
    data = folder / "postgresql"
    data.mkdir()
    owner = []
    if os.getuid() == 0:  # it refuses to run as root
        shutil.chown(data, "postgres")
        folder.chmod(0o755)
        owner = ["runuser", "-u", "postgres", "--"]
    make = [bin_ / "initdb", "-D", data, "-U", "newsroom", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
    subprocess.run([*owner, *map(str, make)], check=True, stdout=subprocess.DEVNULL)
    serve = [bin_ / "postgres", "-D", data, "-p", port, "-h", "127.0.0.1", "-k", data]
    with started(*owner, *serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        wait_for(port, process)
        time.sleep(1)
        yield f"postgres://newsroom@127.0.0.1:{port}/postgres", process.pid


class Product:
    """A site of its own with so many articles, as gunicorn serves it in production."""

    def __init__(self, folder, articles, url="", front=False):
        self.folder, self.port = folder, free_port()
        self.environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "PYTHONPATH": os.pathsep.join(map(str, (ROOT / "site", ROOT))),
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.dev",
            "ENV_FILE": "",
            "VAR_DIR": str(folder),
        }
        if url:
            self.environment["DATABASE_URL"] = url
        self.python("-c", BUILD, articles)
        self.environment |= {
            "DJANGO_SETTINGS_MODULE": "newsroom.settings.production",
            "SECRET_KEY": secrets.token_urlsafe(50),
            "SITE_URL": "http://127.0.0.1",
            "ALLOWED_HOSTS": "127.0.0.1",
            "SECURE_SSL_REDIRECT": "false",
            "LOG_LEVEL": "WARNING",
        }
        if front:
            self.environment["FRONT_DIR"] = str(folder / "front")
        self.python("manage.py", "collectstatic", "--noinput", "-v0")

    def python(self, *arguments):
        command = [sys.executable, *map(str, arguments)]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        if done.returncode:
            raise SystemExit(done.stderr)
        return done.stdout

    @contextmanager
    def served(self):
        """Gives its process, with the workers that docs/operators.md names."""
        command = [
            "-m",
            "gunicorn",
            "--pythonpath",
            "site",
            "--worker-class",
            "gthread",
            "--threads",
            4,
            "--workers",
            2,
        ]
        bound = ["--bind", f"127.0.0.1:{self.port}", "--log-level", "warning", "newsroom.wsgi"]
        with started(sys.executable, *command, *bound, cwd=ROOT, env=self.environment) as process:
            wait_for(self.port, process)
            yield process.pid

    def place(self, port):
        """Of nginx's configuration: before gunicorn, or before stored pages where there are some."""
        proxy = f"proxy_pass http://127.0.0.1:{self.port}; proxy_set_header Host 127.0.0.1;"
        front = self.python("manage.py", "front_nginx") if "FRONT_DIR" in self.environment else ""
        return (
            f"server {{ listen 127.0.0.1:{port}; {front} location / {{ {proxy} }} location @newsroom {{ {proxy} }} }}"
        )


@contextmanager
def nginx(folder, port, servers):
    """`port`: one of those at which it listens."""
    file = folder / "nginx.conf"
    file.write_text(WHOLE.format(folder=folder, servers="\n".join(servers)))
    with started(NGINX, "-p", folder, "-c", file) as process:
        wait_for(port, process)
        yield process.pid


def family(pids):
    """Those processes and all that they have started."""
    children = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            children.setdefault(int(stat.read_text().rpartition(")")[2].split()[1]), []).append(int(stat.parent.name))
        except OSError:  # it has ended meanwhile
            continue
    found, open_ = set(), list(pids)
    while open_:
        pid = open_.pop()
        if pid not in found:
            found.add(pid)
            open_ += children.get(pid, [])
    return found


def spent(pid):
    """Seconds of processor of all threads of a process that live."""
    total = 0
    for file in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        try:
            total += int(file.read_text().split()[0])
        except OSError:
            continue
    return total / 1e9
