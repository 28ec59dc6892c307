"""A Debian in a folder for `bench/bare.py`: what is run in it as root, and what its nginx and its gunicorn answer."""

import ctypes
import fcntl
import hashlib
import os
import pty
import re
import shutil
import socket
import ssl
import struct
import subprocess
import sys
import time
from contextlib import contextmanager
from html import unescape
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

TRIAL = "run/trial"
NAME = "news.example"
OK = 200
MOST = 2000
"""Addresses that are asked for."""
ANSWERS = {
    b"Username": "admin",
    b"Email": f"admin@{NAME}",
    b"Password:": "of-a-trial-only",
    b"(again)": "of-a-trial-only",
}
KEPT = re.compile(r"PIP_.*|.*_proxy|.*_CA_BUNDLE|SSL_CERT_\w+|GIT_SSL_\w+", re.IGNORECASE)
"""Of this machine's environment: its way to packages."""
LO, UP, ITS_FLAGS, NETWORK = b"lo", 0x1, 0x8914, 0x40000000


class Debian:
    def __init__(self, root):
        self.root, self.steps, self.peak = root, [], 0
        self.outside = os.open("/proc/self/ns/net", os.O_RDONLY)

    @contextmanager
    def step(self, name):
        began = time.monotonic()
        print(f"== {name}", flush=True)
        yield
        self.steps.append((name, time.monotonic() - began))

    def prepare(self):
        """This machine's ways to packages, and a network in which the services are alone."""
        for path in (
            "etc/apt/apt.conf.d",
            "etc/apt/auth.conf.d",
            "usr/local/share/ca-certificates",
            "root/.config/pip",
        ):
            if Path("/", path).is_dir():
                shutil.copytree(Path("/", path), self.root / path, dirs_exist_ok=True)
        for path in ("etc/apt/sources.list.d/debian.sources", "etc/resolv.conf", "etc/pip.conf"):
            if Path("/", path).is_file():
                (self.root / path).unlink(missing_ok=True)
                shutil.copy(Path("/", path), self.root / path)
        if (self.root / "etc/apt/sources.list.d/debian.sources").exists():
            (self.root / "etc/apt/sources.list").unlink(missing_ok=True)
        files = [Path("/etc/pip.conf"), *Path("/root/.config/pip").glob("*")]
        said = [os.environ.get("PIP_FIND_LINKS", ""), *(file.read_text() for file in files if file.exists())]
        for folder in {
            Path(name) for name in re.findall(r"(?<![\w.-])/\w[\w/.-]+", " ".join(said)) if Path(name).is_dir()
        }:
            self.bind(Path(*folder.parts[:3]))  # and what lies beside it
        for kind, target in (("proc", "proc"), ("tmpfs", "run")):
            self.sh_outside("mount", "-t", kind, kind, str(self.root / target))
        self.bind(Path("/dev"), "--rbind")
        trial = self.root / TRIAL
        trial.mkdir()
        shutil.copy(Path(__file__).with_name("bare_systemctl.py"), trial / "systemctl.py")
        (trial / "net").touch()
        self.sh_outside("unshare", f"--net={trial / 'net'}", "true")
        with self.network(), socket.socket() as any_socket:
            fcntl.ioctl(any_socket, ITS_FLAGS, struct.pack("16sh22x", LO, UP))

    def bind(self, path, how="--bind"):
        target = self.root / path.relative_to("/")
        target.mkdir(parents=True, exist_ok=True)
        self.sh_outside("mount", how, str(path), str(target))

    def sh_outside(self, *command):
        subprocess.run(command, check=True)

    @contextmanager
    def network(self):
        """Within it this process is where the services are."""
        inside = os.open(self.root / TRIAL / "net", os.O_RDONLY)
        self.enter(inside)
        try:
            yield
        finally:
            self.enter(self.outside)
            os.close(inside)

    def enter(self, network):
        if ctypes.CDLL(None, use_errno=True).setns(network, NETWORK):
            raise OSError(ctypes.get_errno(), "setns")

    def sh(self, script, **replaced):
        for word, value in replaced.items():
            script = script.replace(word.replace("_", "-"), value)
        whole = f'systemctl() {{ python3 /{TRIAL}/systemctl.py "$@"; }}\n{script}'
        environment = {name: value for name, value in os.environ.items() if KEPT.fullmatch(name)}
        environment |= {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/root"}
        environment |= {"LANG": "C.UTF-8", "TERM": "dumb", "DEBIAN_FRONTEND": "noninteractive"}
        command = ["chroot", str(self.root), "bash", "-euo", "pipefail", "-c", whole]
        pid, terminal = pty.fork()
        if not pid:
            os.execvpe(command[0], command, environment)
        said, answered = b"", set()
        while part := read(terminal):
            said += part
            for prompt, answer in ANSWERS.items():
                if prompt not in answered and "createsuperuser" in script and prompt in said:
                    answered.add(prompt)
                    os.write(terminal, f"{answer}\n".encode())
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        with (self.root / "var/log/trial.log").open("a") as log:
            log.write(f"$ {script}\n{said.decode()}\n")
        if status:
            sys.exit(f"{script}\n{said.decode()[-4000:]}\nended with status {status}.")
        return said.decode()

    # What is asked

    def over_tls(self):
        connection = HTTPConnection("127.0.0.1", 443, timeout=60)
        connection.connect()
        trusted = ssl.create_default_context(cafile=str(self.root / "etc/newsroom/certificate.pem"))
        connection.sock = trusted.wrap_socket(connection.sock, server_hostname=NAME)
        return connection

    def ask(self, path, port=None):
        with self.network():
            connection = HTTPConnection("127.0.0.1", port, timeout=60) if port else self.over_tls()
            connection.request("GET", path, headers={"Host": NAME, "X-Forwarded-Proto": "https", "Accept": "text/html"})
            answer = connection.getresponse()
            answer.body = answer.read()
            connection.close()
            return answer

    def wait_for(self, port=None):
        for _attempt in range(600):
            try:
                if self.ask("/en/", port).status == OK:
                    return
            except OSError:
                pass
            time.sleep(0.1)
        logs = "\n".join(log.read_text()[-2000:] for log in (self.root / TRIAL).glob("*.log"))
        sys.exit(f"The site does not answer.\n{logs}")

    def crawl(self, port=None):
        """{address: (status, hash of the body)} of all that public pages lead to."""
        found, waiting = {}, ["/en/", "/zh-hans/", "/sitemap.xml", "/robots.txt"]
        while waiting:
            path = waiting.pop(0)
            if path in found or len(found) == MOST:
                continue
            answer = self.ask(path, port)
            found[path] = answer.status, hashlib.sha256(answer.body).hexdigest()
            if answer.status == OK and re.search("html|xml", answer.getheader("Content-Type")):
                waiting += addresses(path, answer.body.decode())
        self.measure()
        return found

    def measure(self):
        """Peak memory of web and worker so far, in MB: the sum of what each process had at most."""
        main = [int(file.read_text()) for file in (self.root / TRIAL).glob("newsroom-*.pid")]
        parents = {
            int(path.name): int(path.joinpath("stat").read_text().rpartition(")")[2].split()[1]) for path in processes()
        }
        family = [pid for pid, parent in parents.items() if pid in main or parent in main]
        peaks = [re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text()) for pid in family]
        self.peak = max(self.peak, sum(int(peak[1]) for peak in peaks if peak) // 1024)


def read(terminal):
    try:
        return os.read(terminal, 65536)
    except OSError:  # its other side is closed
        return b""


def processes():
    return [path for path in Path("/proc").iterdir() if path.name.isdigit()]


def addresses(path, text):
    for found in re.findall(r'(?:href|src)="([^"]+)"|<loc>([^<]+)</loc>', text):
        parts = urlsplit(urldefrag(urljoin(f"https://{NAME}{path}", unescape("".join(found))))[0])
        if parts.netloc == NAME and not parts.path.startswith("/cms/"):
            yield parts.path + (f"?{parts.query}" if parts.query else "")
