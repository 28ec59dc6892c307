"""What reading costs: queries and time of an article and of the list, with 200 articles and with 5,000; bytes sent.

make bench        or        .venv/bin/python bench/reading.py
"""

import gzip
import statistics
import time
from datetime import timedelta
from io import StringIO

from scratch import ROOT, scratch_site

FEW, MANY = 200, 5000
ROUNDS = 15


def main():
    with scratch_site(ALLOWED_HOSTS="testserver"):
        from django.core.management import call_command
        from django.test import Client

        print("Building the demo ...", flush=True)
        call_command("demo", no_serve=True, stdout=StringIO())
        client = Client()
        weigh(client)
        paths = ["/en/news/ten-measures-for-ports/", "/zh-hans/news/", "/en/news/?topic=forum"]
        for number in (FEW, MANY):
            fill(number)
            for path in paths:
                queries, milliseconds = price(client, path)
                print(f"{number:5} articles  {path:36} {queries} queries  {milliseconds:6.1f} ms")


def weigh(client):
    from newsroom.static_files import joined

    css = joined(ROOT / "site/newsroom/static/newsroom/site.css").encode()
    for path in ("/en/news/ten-measures-for-ports/", "/zh-hans/news/ten-measures-for-ports/", "/en/"):
        html = client.get(path).content
        parts = [len(gzip.compress(part, 6)) / 1000 for part in (html, css)]
        print(f"{path:36} HTML {parts[0]:.1f} kB + CSS {parts[1]:.1f} kB = {sum(parts):.1f} kB gzipped")


def fill(number):
    """English and Chinese articles until there are `number` of them in all, live, each on the topic of the forum."""
    from django.core.cache import cache

    from home import gate
    from news.models import ArticlePage, ArticleTopic, NewsIndexPage, Topic

    topic = Topic.objects.get(slug="forum")
    newest = ArticlePage.objects.live().newest_first().first()
    missing = number - ArticlePage.objects.count()
    indexes = list(NewsIndexPage.objects.all())
    for count in range(missing):
        page = ArticlePage(
            title=f"Article {count}",
            slug=f"article-{number}-{count}",
            summary="One sentence that says what happened.",
            date=newest.date - timedelta(hours=count),
            body=[("paragraph", "<p>Text.</p>")],
        )
        index = indexes[count % 2]
        page.article_topics = [ArticleTopic(topic=topic, locale=index.locale)]
        with gate.opened(page.translation_key):
            index.add_child(instance=page)
    cache.clear()


def price(client, path):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
        queries = len(captured)
    times = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - began) * 1000)
    return queries, statistics.median(times)


if __name__ == "__main__":
    main()
