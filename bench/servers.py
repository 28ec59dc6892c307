"""Readers' pages side by side, in one run: nginx's own files, stored pages, Python on both databases, and a WordPress.

    .venv/bin/python bench/servers.py [--articles 200] [--rounds 5] [--seconds 3] [--connections 1 16 64]

Each round asks every server for every page in turn, so that what disturbs the machine disturbs all; what is printed
are medians, and ratios are medians of the rounds' ratios. `CPU ms` is the processor's time for a request, of web
server, Python or PHP and database together; the last columns say how often it goes into WordPress's. It needs nginx,
wrk and PostgreSQL, and takes WordPress in where Debian's packages of it are installed (bench/wordpress.py names them).
Run it as root, who may start services, and where nothing else runs.
"""

import argparse
import gzip
import os
import re
import shutil
import statistics
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from urllib.request import Request, urlopen

import serving
import wordpress
from reading import PARAGRAPHS

ARTICLE = "/en/news/article-20/"
PAGES = {"article": ARTICLE, "front": "/en/", "list": "/en/news/", "search": "/en/search/?q=council"}
OF_WORDPRESS = {"article": "/article-20/", "front": "/", "list": "/category/news/", "search": "/?s=council"}
STATIC = "server {{ listen 127.0.0.1:{port}; root {root}; gzip_static always; {more} }}"
OPEN_FILES = "open_file_cache max=1000;"


class Server:
    """One way to answer. `pids`: the processes that do it; `pages`: {page: path}; `workers`: gunicorn, where it is."""

    def __init__(self, name, port, pids, pages, workers=None):
        self.name, self.port, self.pids, self.pages, self.workers = name, port, pids, pages, workers
        self.shares = []

    def warm(self):
        for path in self.pages.values():
            for _ in range(30):
                request = Request(f"http://127.0.0.1:{self.port}{path}", headers={"Accept-Encoding": "gzip"})
                urlopen(request).close()

    def measure(self, page, connections, seconds):
        """(requests a second, CPU milliseconds a request)"""
        began = {pid: serving.spent(pid) for pid in serving.family(self.pids)}
        command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "30s"]
        url = f"http://127.0.0.1:{self.port}{self.pages[page]}"
        said = subprocess.run(
            [*command, "-H", "Accept-Encoding: gzip", url], check=True, capture_output=True, text=True
        ).stdout
        if "Non-2xx" in said or "Socket errors" in said:
            raise SystemExit(f"{self.name}, {page}:\n{said}")
        number = int(re.search(r"(\d+) requests in", said)[1])
        if number == 0:  # so slow that none was done in time
            return self.measure(page, connections, 2 * seconds)
        rate = float(re.search(r"Requests/sec:\s+([\d.]+)", said)[1])
        took = {pid: serving.spent(pid) - before for pid, before in began.items()}
        if self.workers:
            those = [took[pid] for pid in serving.family([self.workers]) & took.keys() if pid != self.workers]
            self.shares.append(max(those) / sum(those))
        return rate, sum(took.values()) * 1000 / number

    def busiest(self):
        """What the busiest of gunicorn's workers took of what all took since this was asked: 0.5 of two, at best."""
        if not self.shares:
            return ""
        said = f"  busiest worker {statistics.median(self.shares):.2f}, at most {max(self.shares):.2f}"
        self.shares = []
        return said


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--connections", type=int, nargs="+", default=[1, 16, 64])
    options = parser.parse_args()
    if not (serving.NGINX and shutil.which("wrk") and serving.POSTGRESQL):
        raise SystemExit("It needs nginx, wrk and PostgreSQL: Debian's nginx-light, wrk, postgresql.")
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        folder.chmod(0o755)
        servers = list(start(stack, folder, options.articles))
        for server in servers:
            server.warm()
        print("load", *(f"{load:.2f}" for load in os.getloadavg()))
        for page in PAGES:
            for connections in options.connections:
                those = [server for server in servers if page in server.pages]
                compare(page, connections, those, options)


def start(stack, folder, articles):
    """Builds and starts everything, and gives the servers."""
    ports = iter(serving.free_port() for _ in range(20))
    pages = {name: path for name, path in PAGES.items() if name != "search"}
    places, found = [], []

    def product(name, pages, url="", pids=(), front=False):
        home = folder / re.sub(r"\W+", "-", name)
        home.mkdir()
        print(f"Building {name} ...", flush=True)
        made = serving.Product(home, articles, url, front)
        running, port = stack.enter_context(made.served()), next(ports)
        places.append(made.place(port))
        found.append(Server(name, port, [running, *pids], pages, None if front else running))
        return found[-1], made

    files, stored = product("stored pages", pages, front=True)
    product("Python, SQLite", PAGES)
    url, database = stack.enter_context(serving.postgresql(folder))
    product("Python, PostgreSQL", PAGES, url=url, pids=[database])
    if wordpress.found():
        print("Building WordPress ...", flush=True)
        picture = next(stored.folder.joinpath("media", "original_images").rglob("*.png"))
        root, pids = stack.enter_context(wordpress.running(folder, articles, picture, PARAGRAPHS))
        for name, theme, is_cached in (
            ("WordPress, fastcgi_cache", "default", True),
            ("WordPress, classic theme", "classic", False),
            ("WordPress, default theme", "default", False),
        ):
            port = next(ports)
            places.append(wordpress.place(folder, root, port, theme, is_cached))
            found.append(Server(name, port, pids, {"article": "/article-20/"} if is_cached else OF_WORDPRESS))
    else:
        print("No WordPress: its packages are not installed.")
    static = folder / "static"
    for name, more in (("nginx, a file, open_file_cache", OPEN_FILES), ("nginx, a file", "")):
        port = next(ports)
        places.append(STATIC.format(port=port, root=static, more=more))
        found.insert(0, Server(name, port, [], {"article": ARTICLE + "index.html"}))
    web = stack.enter_context(serving.nginx(folder, files.port, places))
    for server in found:
        server.pids = [web, *server.pids]
    files.warm()
    copy = static / ARTICLE.strip("/") / "index.html.gz"
    copy.parent.mkdir(parents=True)
    stored_file = stored.folder / "front" / "current" / "pages" / ARTICLE.strip("/") / "index.html.gz"
    copy.write_bytes(stored_file.read_bytes())
    print(f"{ARTICLE}: {copy.stat().st_size:,} bytes packed, {len(gzip.decompress(copy.read_bytes())):,} bytes")
    return found


def compare(page, connections, servers, options):
    rounds = []
    for _ in range(options.rounds):
        rounds.append([server.measure(page, connections, options.seconds) for server in servers])
    themes = [number for number, server in enumerate(servers) if server.name.endswith("theme")]
    heads = "".join(f" {servers[number].name.split()[1]:>9}" for number in themes)
    print(f"\n{f'{page}, {connections} connections':34} requests/s  of first    CPU ms{heads}")
    for number, server in enumerate(servers):
        rate, cpu = (statistics.median(one[number][part] for one in rounds) for part in (0, 1))
        first = statistics.median(one[number][0] / one[0][0] for one in rounds)
        times = [statistics.median(one[theme][1] / one[number][1] for one in rounds) for theme in themes]
        columns = "".join(f" {ratio:9,.2f}" for ratio in times)
        print(f"  {server.name:32} {rate:10,.1f} {first:9.4f} {cpu:9.3f}{columns}{server.busiest()}", flush=True)


if __name__ == "__main__":
    main()
