"""What reading costs: queries and CPU milliseconds of readers' pages, and bytes sent.

    .venv/bin/python bench/reading.py [200 5000] [--against REF] [--rounds 9]

On SQLite, in a folder that goes away again, or on the database of DATABASE_URL, which must be empty. There the CPU of
the database's own process counts, too, where it runs on this machine. With `--against`, the tree of another commit
reads the same pages of the same data in turn: `x` is what a page costs here of what it costs there, in the median.
What keeps a page does not stand between: it is what the origin pays.
"""

import argparse
import gzip
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from scratch import ROOT, scratch_site

ARTICLE = "/en/news/ten-measures-for-ports/"
PAGES = {
    "article": [ARTICLE, *(f"/en/news/article-{number}/" for number in (10, 30, 50, 70))],
    "front": ["/en/", "/zh-hans/"],
    "list": ["/en/news/", "/zh-hans/news/"],
    "topic": ["/en/news/?topic=forum"],
    "search": ["/en/search/?q=council", "/zh-hans/search/?q=港口"],
    "partner": ["/en/partners/example-harbour-institute/"],
    "partners": ["/en/partners/"],
    "feed": ["/en/news/feed/"],
}
"""Of each kind some, one after the other: what is kept of a page alone is not all that is measured."""
TEXTS = (
    "The council of the harbour met on {day} of the month and heard what the gauges had measured since then.",
    "港口委员会于本月{day}日开会，听取潮位计自上次会议以来的测量结果，并审议低碳航运的下一步措施。",
)
PARAGRAPHS = 8


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[200, 5000])
    parser.add_argument("--against", metavar="REF", help="a commit to compare with")
    parser.add_argument("--rounds", type=int, default=9)
    options = parser.parse_args()
    url = os.environ.get("DATABASE_URL")
    with ExitStack() as stack:
        there = stack.enter_context(tree_of(options.against)) if options.against else None
        stack.enter_context(scratch_site(ALLOWED_HOSTS="testserver", **({"DATABASE_URL": url} if url else {})))
        from django.core.management import call_command
        from django.db import connection
        from django.test import Client

        print(f"Building the demo on {connection.vendor} ...", flush=True)
        call_command("demo", no_serve=True, stdout=StringIO())
        weigh(Client())
        for size in options.sizes:
            fill(size)
            if connection.vendor == "postgresql":  # which does so by itself, some time later
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM ANALYZE")
            print(f"\n{f'{size} articles':24} queries     ms{'  there      x' if there else ''}")
            compare(options.rounds, Reader(ROOT), there and Reader(there))


@contextmanager
def tree_of(ref):
    """The files of a commit in a folder that goes away again."""
    with tempfile.TemporaryDirectory() as folder:
        archive = subprocess.run(["git", "archive", ref], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x"], cwd=folder, input=archive, check=True)
        for catalogue in (ROOT / "locale").rglob("*.mo"):
            target = Path(folder) / catalogue.relative_to(ROOT)
            if target.parent.exists():
                target.write_bytes(catalogue.read_bytes())
        yield Path(folder)


def weigh(client):
    from newsroom.static_files import joined

    css = joined(ROOT / "site/newsroom/static/newsroom/site.css").encode()
    for path in (ARTICLE, ARTICLE.replace("/en/", "/zh-hans/"), "/en/"):
        html = client.get(path).content
        parts = [len(gzip.compress(part, 6)) / 1000 for part in (html, css)]
        print(f"{path:36} HTML {parts[0]:.1f} kB + CSS {parts[1]:.1f} kB = {sum(parts):.1f} kB gzipped")


def fill(number):
    """Articles in both languages until there are `number` of them in all, live, each on the topic of the forum.

    Every other pair has a picture that the demo has drawn; all hold what is searched for.
    """
    from django.core.cache import cache

    from home import gate
    from news.models import ArticlePage, ArticleTopic, NewsIndexPage, Topic

    topic = Topic.objects.get(slug="forum")
    newest = ArticlePage.objects.live().newest_first().first()
    picture = ArticlePage.objects.live().exclude(lead_image=None).first().lead_image
    indexes = list(NewsIndexPage.objects.all())
    made = ArticlePage.objects.filter(slug__startswith="article-").count()
    for count in range(made, made + number - ArticlePage.objects.count()):
        index, pair = indexes[count % 2], count // 2
        text = TEXTS[index.locale.language_code != "en"]
        page = ArticlePage(
            title=f"Article {pair}",
            slug=f"article-{pair}",
            translation_key=uuid5(NAMESPACE_URL, f"article-{pair}"),
            summary=text.format(day=pair % 28 + 1),
            date=newest.date - timedelta(hours=pair + 1),
            lead_image=picture if pair % 2 == 0 else None,
            body=[("paragraph", f"<p>{text.format(day=day)}</p>") for day in range(1, PARAGRAPHS + 1)],
        )
        page.article_topics = [ArticleTopic(topic=topic, locale=index.locale)]
        with gate.opened(page.translation_key):
            index.add_child(instance=page)
    cache.clear()


class Reader:
    """A process of a tree that reads what it is told to."""

    def __init__(self, tree):
        environment = {
            **os.environ,
            "CACHE_URL": f"filecache://{os.environ['VAR_DIR']}/cache-of-{tree.name}",
            "TREE": str(tree),
        }
        command = [sys.executable, str(Path(__file__).resolve()), "--read"]
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )

    def read(self, paths):
        """(CPU milliseconds, queries) of a page, the mean of all."""
        self.process.stdin.write(json.dumps(paths) + "\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())

    def end(self):
        self.process.stdin.close()
        self.process.wait()


def compare(rounds, here, there):
    for name, paths in PAGES.items():
        times = [[], []]
        for number in range(rounds + 1):
            for place, reader in enumerate(filter(None, (here, there))):
                spent, queries = reader.read(paths * 4 if number else paths)
                if number:
                    times[place].append(spent)
                elif place == 0:
                    asked = queries
        middle = [statistics.median(spent) for spent in times if spent]
        line = f"  {name:22} {asked:7.1f} {middle[0]:6.1f}"
        if there:
            ratio = statistics.median(one / other for one, other in zip(*times, strict=True))
            line += f"  {middle[1]:5.1f} {ratio:6.2f}"
        print(line, flush=True)
    for reader in filter(None, (here, there)):
        reader.end()


def read():
    """In a process of its own: each line of the input names pages, each line of the output says what one cost."""
    tree = os.environ["TREE"]
    sys.path[:0] = [tree, f"{tree}/site"]
    import django

    django.setup()

    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    settings.DEBUG = False
    client = Client()
    for line in sys.stdin:
        paths = json.loads(line)
        for path in paths:  # what is made once is made now
            answer = client.get(path)
            assert answer.status_code == 200, f"{path}: {answer.status_code}"
        with CaptureQueriesContext(connection) as captured:
            for path in dict.fromkeys(paths):
                client.get(path)
            queries = len(captured) / len(set(paths))
        began = spent_by(connection)
        for path in paths:
            client.get(path)
        print(json.dumps([(spent_by(connection) - began) * 1000 / len(paths), queries]), flush=True)


def spent_by(connection):
    """Seconds of processor, the database's process for this connection included."""
    spent = time.process_time()
    if connection.vendor == "postgresql":
        if not hasattr(connection, "backend_of_bench"):
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                [connection.backend_of_bench] = cursor.fetchone()
        try:
            parts = Path(f"/proc/{connection.backend_of_bench}/stat").read_text().rpartition(")")[2].split()
        except OSError:  # it is on another machine
            return spent
        spent += (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")
    return spent


if __name__ == "__main__":
    read() if sys.argv[1:] == ["--read"] else main()
