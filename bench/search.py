"""Search: what it finds, what it costs, and whether SQLite and PostgreSQL find the same.

    .venv/bin/python bench/search.py cost [--articles 100000] [--texts FOLDER]
    .venv/bin/python bench/search.py hits FILE [--texts FOLDER] [--number 1000]
    .venv/bin/python bench/search.py compare FILE FILE
    .venv/bin/python bench/search.py labelled [--stock]
    .venv/bin/python bench/search.py fuzz [--number 1000]

On SQLite, in a folder that goes away again, or on the database of DATABASE_URL, which must be empty. FOLDER holds
line-aligned parallel texts, *.eng.txt and *.zho-CN.txt; without it, the texts of the labelled set are repeated.
"""

import argparse
import json
import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from io import StringIO
from pathlib import Path
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
COMMON = {"en": "committee", "zh-hans": "委员会"}
"""Stands in four of five articles."""


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["cost", "hits", "compare", "labelled", "fuzz"])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--number", type=int, default=1000)
    parser.add_argument("--texts", type=Path)
    parser.add_argument("--stock", action="store_true", help="with Wagtail's own backend")
    options = parser.parse_args()
    if options.what == "compare":
        return compare(*options.files)
    with tempfile.TemporaryDirectory() as folder:
        prepare(folder, options.stock)
        random.seed(1)
        return {"cost": cost, "hits": hits, "labelled": labelled, "fuzz": fuzz}[options.what](options)


def prepare(folder, stock):
    os.environ.update(DJANGO_SETTINGS_MODULE="newsroom.settings.dev", ENV_FILE="", VAR_DIR=folder)
    os.environ["ALLOWED_HOSTS"] = "testserver"
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    import django
    from django.conf import settings

    if stock:
        settings.WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
    django.setup()
    settings.DEBUG = False
    from django.core.management import call_command
    from django.db import connection

    print(f"{connection.vendor}{', stock' if stock else ''}", flush=True)
    call_command("demo", no_serve=True, stdout=StringIO())


def lines(folder):
    """[(English, Chinese)]"""
    if folder:
        [english], [chinese] = folder.glob("*.eng.txt"), folder.glob("*.zho-CN.txt")
        return list(zip(english.read_text().splitlines(), chinese.read_text().splitlines(), strict=True))
    from news.tests.search_set import TEXTS

    return [(*summary,) for text in TEXTS.values() for summary in text]


def make(number, pairs):
    """Live articles, half of them in each language, past the gate and the tree, as nobody should."""
    from django.contrib.contenttypes.models import ContentType
    from django.db import connection
    from django.utils import timezone
    from wagtail.models import Page

    from news.models import ArticlePage, NewsIndexPage

    kind, now = ContentType.objects.get_for_model(ArticlePage), timezone.now()
    for side, code in enumerate(COMMON):
        section = NewsIndexPage.objects.get(locale__language_code=code)
        first = section.numchild + 1000  # free places in the tree
        pages, words = [], []
        for i in range(number // 2):
            picked = [pairs[random.randrange(len(pairs))][side] for _ in range(6)]
            if random.random() < 0.8:
                picked.append(COMMON[code])
            date = now - timedelta(hours=i)
            page = Page(
                title=f"{picked[0][:60]} {i}", draft_title=picked[0][:60], slug=f"bench-{i}", locale=section.locale,
                content_type=kind, path=Page._get_path(section.path, section.depth + 1, first + i),
                depth=section.depth + 1, url_path=f"{section.url_path}bench-{i}/", live=True,
                translation_key=uuid4(), first_published_at=date,
            )  # fmt: skip
            pages.append(page)
            body = [{"type": "paragraph", "id": str(uuid4()), "value": f"<p>{' '.join(picked[2:])}</p>"}]
            words.append((picked[1], date, "", json.dumps(body, ensure_ascii=False)))
        Page.objects.bulk_create(pages, batch_size=500)
        NewsIndexPage.objects.filter(pk=section.pk).update(numchild=first + number // 2)
        keys = [page.pk for page in pages]
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO news_articlepage (page_ptr_id, summary, date, source, body) VALUES (%s, %s, %s, %s, %s)",
                [(key, *row) for key, row in zip(keys, words, strict=True)],
            )


def cost(options):
    from django.contrib.auth import get_user_model
    from django.core.cache import cache
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client

    from news.tests.search_set import QUERIES

    make(options.articles, lines(options.texts))
    begun = time.monotonic()
    call_command("build_search_index")
    rate = options.articles / (time.monotonic() - begun)
    print(f"index of {options.articles} articles: {rate:.0f} a second")
    if connection.vendor == "postgresql":  # which does so by itself; nobody does on SQLite
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
    cache.clear()
    client = Client()

    def price(path, **query):
        """Milliseconds, the median of some rounds; the first warms up."""
        taken = []
        for _round in range(ROUNDS + 1):
            begun = time.perf_counter()
            assert client.get(path, query).status_code == 200
            taken.append(1000 * (time.perf_counter() - begun))
        return statistics.median(taken[1:])

    queries = [(code, query) for code, query, _keys, _what in QUERIES] + list(COMMON.items())
    taken = {(code, query): price(f"/{code}/search/", q=query) for code, query in queries}
    ranked = sorted(taken.values())
    print(f"{len(ranked)} queries: median {statistics.median(ranked):.1f} ms, "
          f"95th percentile {ranked[int(0.95 * len(ranked))]:.1f} ms")  # fmt: skip
    for code, word in COMMON.items():
        print(f"  in most articles, {word}: {taken[code, word]:.0f} ms")
    for (code, query), milliseconds in sorted(taken.items(), key=lambda item: -item[1])[:5]:
        print(f"  slowest: {code} {query[:20]!r} {milliseconds:.0f} ms")
    client.force_login(get_user_model().objects.get(username="admin"))
    for word in (lines(options.texts)[0][0].split()[0], "the", "的"):
        print(f"admin's search, {word}: {price('/cms/pages/search/results/', q=word):.0f} ms")


def hits(options):
    """Random pieces of the texts, and which articles each finds, into a file."""
    from django.core.management import call_command

    from home.languages import LANGUAGES
    from home.search.find import PageSearch, groups
    from home.search.views import locale_of
    from home.visibility import private

    pairs = lines(options.texts)
    make(2 * min(len(pairs), 1000), pairs)
    call_command("build_search_index", stderr=StringIO())
    found = {}
    while len(found) < options.number:
        side = random.randrange(2)
        line = random.choice(pairs)[side]
        start = random.randrange(max(1, len(line) - 2))
        query = line[start : start + random.randrange(1, 16)]
        language = list(LANGUAGES.values())[side]
        search = PageSearch(query, private())
        rows = [search.find(model, locale_of(language)).rows for model in groups().values()]
        found[f"{language.code} {query}"] = sorted(title for group in rows for _pk, title, _moment in group)
    options.files[0].write_text(json.dumps(found, ensure_ascii=False, indent=1))
    print(f"{len(found)} queries, {sum(map(bool, found.values()))} of them found something, 0 errors")


def compare(one, other):
    one, other = (json.loads(path.read_text()) for path in (one, other))
    different = [query for query in one if one[query] != other.get(query)]
    print(f"{len(one)} queries, {len(different)} differences {different[:5] or ''}")
    return bool(different)


def labelled(options):
    """What is found of the labelled set, as the rows of a table."""
    from django.contrib.auth import get_user_model
    from django.core.management import call_command

    from home.languages import CHINESE, ENGLISH
    from home.search.views import locale_of
    from news.models import ArticlePage
    from news.tests.pairs import article_pair
    from news.tests.search_set import QUERIES, TEXTS

    get_user_model().objects.get_or_create(username="bench")
    for page in ArticlePage.objects.all():
        page.index_entries.all().delete()
    made = {key: article_pair(*words) for key, words in TEXTS.items()}
    keys = {page.pk: key for key, pair in made.items() for page in pair}
    if options.stock:
        call_command("update_index", verbosity=0)
    right = 0
    for code, query, expected, what in QUERIES:
        locale = locale_of(ENGLISH if code == "en" else CHINESE)
        try:
            pages = ArticlePage.objects.filter(locale=locale).search(query)
            found = sorted({keys[page.pk] for page in pages if page.pk in keys})
        except Exception as trouble:  # what the stock backend does with a quote is what is looked for
            found = [type(trouble).__name__]
        right += found == sorted(expected)
        print(f"| {what} | `{query.strip()[:20]}` | {', '.join(expected) or '–'} | {', '.join(found) or '–'} |")
    print(f"{right} of {len(QUERIES)} as expected")


def fuzz(options):
    """Strings of all sorts, typed into both search pages and their suggestions: none may be an error."""
    from django.test import Client

    from news.tests.search_set import QUERIES

    client, known = Client(raise_request_exception=False), [query for _code, query, _keys, _what in QUERIES]
    alphabets = [
        "\"'()*:^-+~&|!<>{}[]\\/%_ ",
        "碳论坛低的，。《》“”·",
        "aéßÅ1２ⅷ٣",
        "\0\u200b\ufeff\u202e\ud7ff\U0001f600\u0301\x1b\n",
    ]
    failed, count = [], {}
    for number in range(options.number):
        letters = random.choice([*alphabets, "".join(alphabets)])
        words = "".join(
            chr(random.randrange(1, 0xD800)) if random.random() < 0.2 else random.choice(letters)
            for _letter in range(random.choice([1, 2, 5, 20, 400]))
        )
        words = random.choice([words, words + random.choice(known), random.choice(known)[:30] + words])
        language, page = ("en", "zh-hans")[number % 2], ("", "suggestions/")[number // 2 % 2]
        status = client.get(f"/{language}/search/{page}", {"q": words, "in": words[:9], "year": words[:4]}).status_code
        count[status] = count.get(status, 0) + 1
        failed += [words] * (status != 200)
    print(f"{options.number} queries: {count} {failed[:3] or ''}")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
