"""What readers' pages cost with few articles and with many: queries, CPU milliseconds, and how often what 200 cost.

    .venv/bin/python bench/growth.py [200 20000 100000] [--keep FOLDER] [--only WORD]

On SQLite, in a folder that goes away again, or on the database of DATABASE_URL, which must be empty. There the CPU of
the database's own processes is not counted. `--keep` leaves the SQLite database in a folder, whose path it takes.
"""

import argparse
import json
import os
import platform
import sys
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path
from uuid import uuid4

from scratch import bootstrap, scratch_site

LANGUAGES = ("en", "zh-hans")
TOPICS, PARTNERS, PICTURES, RARE = 5, 9, 8, 10
"""Every article is on one of five topics, one in ten names one of nine partners; ten, the oldest, on a topic and of a
year of their own."""
RARE_YEAR = 2008
APART = timedelta(hours=1, minutes=45)
"""Between two releases: 50,000 of them in ten years."""
ROUNDS = 9


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=[200, 20_000])
    parser.add_argument("--only", default="", help="the pages whose name has this word")
    parser.add_argument("--keep", type=Path, help="a folder for the SQLite database")
    options = parser.parse_args()
    kept = f"sqlite:///{options.keep.resolve()}/growth.sqlite3" if options.keep else ""
    url = os.environ.get("DATABASE_URL") or kept
    with scratch_site(ALLOWED_HOSTS="testserver", **({"DATABASE_URL": url} if url else {})):
        from django.core.cache import cache
        from django.db import connection
        from django.test import Client

        bootstrap()
        site = Site()
        print(versions(connection), flush=True)
        first = {}
        for size in sorted(options.sizes):
            site.fill(size)
            if connection.vendor == "postgresql":  # which does so by itself; nobody does on SQLite
                with connection.cursor() as cursor:
                    cursor.execute("VACUUM ANALYZE")
            cache.clear()
            client = Client()
            for name, path in site.addresses(client).items():
                if options.only in name:
                    status, queries, milliseconds = price(client, path, forget=name.startswith("first"))
                    ratio = milliseconds / first.setdefault(name, milliseconds)
                    print(
                        f"{size:7} {name:32} {status} {queries:4} queries {milliseconds:8.1f} ms {ratio:6.2f}x",
                        flush=True,
                    )


def versions(connection):
    import django
    import wagtail

    with connection.cursor() as cursor:
        cursor.execute("SELECT sqlite_version()" if connection.vendor == "sqlite" else "SHOW server_version")
        [database] = cursor.fetchone()
    return (
        f"{connection.vendor} {database}, Python {platform.python_version()}, Django {django.__version__}, "
        f"Wagtail {wagtail.__version__}, {os.cpu_count()} cores, {platform.machine()}"
    )


def price(client, path, forget=False):
    """The status, the queries and the least CPU milliseconds of a page: what else the machine does adds to them."""
    from django.core.cache import cache
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def get():
        if forget:
            cache.clear()
        return client.get(path)

    get()
    with CaptureQueriesContext(connection) as captured:
        status = get().status_code
        queries = len(captured)
    times = []
    for _ in range(ROUNDS):
        began = time.process_time()
        get()
        times.append((time.process_time() - began) * 1000)
        if sum(times) > 5000:
            break
    return status, queries, min(times)


class Site:
    """Articles in both languages, past the gate and the tree, as nobody should."""

    def __init__(self):
        from django.contrib.contenttypes.models import ContentType
        from wagtail.models import Locale

        from news.models import ArticlePage, NewsIndexPage, Topic

        self.kind = ContentType.objects.get_for_model(ArticlePage)
        self.newest = datetime.now(UTC) - timedelta(minutes=5)
        self.locales = [Locale.objects.get(language_code=code) for code in LANGUAGES]
        self.sections = [NewsIndexPage.objects.get(locale=locale) for locale in self.locales]
        self.topics = [
            Topic.objects.create(slug=slug, name_en=slug, name_zh_hans=slug)
            for slug in [*(f"topic-{number}" for number in range(TOPICS)), "rare"]
        ]
        self.pictures = [picture(number) for number in range(PICTURES)]
        self.partners = [self.partner(number) for number in range(PARTNERS)]
        self.made = 0

    def partner(self, number):
        from home import gate
        from news.models import PartnerIndexPage, PartnerPage

        key, made = uuid4(), []
        with gate.opened(key):
            for locale in self.locales:
                page = PartnerPage(
                    title=f"Partner {number}", slug=f"partner-{number}", summary="It measures.", kind="institute",
                    translation_key=key, locale=locale, logo=self.pictures[0],
                )  # fmt: skip
                made.append(PartnerIndexPage.objects.get(locale=locale).add_child(instance=page))
        return made

    def fill(self, size):
        """Until there are `size` articles, half of them in each language."""
        from django.utils import timezone

        while self.made < size // 2:
            end = min(self.made + 2500, size // 2)
            self.add(range(self.made, end), timezone.now())
            self.made = end

    def add(self, numbers, now):
        from django.db import connection
        from wagtail.models import Page

        from news.models import ArticlePage, ArticlePartner, ArticleTopic, NewsIndexPage, Release

        keys = {number: uuid4() for number in numbers}
        for locale, section in zip(self.locales, self.sections, strict=True):
            pages = [self.page(number, keys[number], locale, section) for number in numbers]
            Page.objects.bulk_create(pages, batch_size=500)
            NewsIndexPage.objects.filter(pk=section.pk).update(numchild=1000 + numbers.stop)
            rows = [
                (page.pk, "One sentence that says what happened.", self.date(number), "", body(number, self.pictures),
                 self.pictures[number % PICTURES].pk)
                for number, page in zip(numbers, pages, strict=True)
            ]  # fmt: skip
            with connection.cursor() as cursor:
                cursor.executemany(
                    "INSERT INTO news_articlepage (page_ptr_id, summary, date, source, body, lead_image_id) "
                    "VALUES (%s, %s, %s, %s, %s, %s)",
                    rows,
                )
            found = ArticlePage.objects.defer("body").in_bulk([page.pk for page in pages])
            ArticleTopic.objects.bulk_create(
                ArticleTopic(page=found[page.pk], topic=self.topic(number), locale=locale, translation_key=uuid4())
                for number, page in zip(numbers, pages, strict=True)
            )
            ArticlePartner.objects.bulk_create(
                ArticlePartner(
                    page=found[page.pk], partner=self.partners[number // 10 % PARTNERS][0], locale=locale,
                    translation_key=uuid4(),
                )
                for number, page in zip(numbers, pages, strict=True)
                if number % 10 == 0
            )  # fmt: skip
        Release.objects.bulk_create(Release(translation_key=key, original="en") for key in keys.values())

    def page(self, number, key, locale, section):
        from wagtail.models import Page

        date = self.date(number)
        return Page(
            title=f"Article {number}", draft_title=f"Article {number}", slug=f"growth-{number}", locale=locale,
            content_type=self.kind, path=Page._get_path(section.path, section.depth + 1, 1000 + number),
            depth=section.depth + 1, url_path=f"{section.url_path}growth-{number}/", live=True, translation_key=key,
            first_published_at=date, last_published_at=date,
        )  # fmt: skip

    def date(self, number):
        if number < RARE:
            return datetime(RARE_YEAR, 6, 1 + number, 4, tzinfo=UTC)
        return self.newest - APART * (number - RARE)

    def topic(self, number):
        return self.topics[-1 if number < RARE else number % TOPICS]

    def addresses(self, client):
        """{name: path}. Where a list ends is where its last part begins that this site can know of."""
        cursors = [f"{date:%Y%m%dT%H%M%S%f}-1" for date in (self.date(self.made // 2), self.date(self.made - 3))]
        year = datetime.now(UTC).year
        found = {
            "article": f"/en/news/growth-{RARE}/",
            "article with a partner": f"/zh-hans/news/growth-{RARE * 2}/",
            "article on a rare topic": "/en/news/growth-5/",
            "front": "/en/",
            "list": "/en/news/",
            "list, middle": f"/zh-hans/news/?page={cursors[0]}",
            "list, end": f"/zh-hans/news/?page={cursors[1]}",
            "list, common topic": "/en/news/?topic=topic-1",
            "list, rare topic": "/en/news/?topic=rare",
            "list, year": f"/en/news/?year={year}",
            "list, rare year": f"/en/news/?year={RARE_YEAR}",
            "list, topic and year": f"/en/news/?topic=topic-1&year={year}",
            "first list after a release": "/en/news/",
            "partner profile": "/en/partners/partner-1/",
            "feed": "/en/news/feed/",
            "feed of a topic": "/en/news/feed/?topic=topic-1",
            "feed of a rare topic": "/en/news/feed/?topic=rare",
            "both languages": f"/en/news/growth-{RARE}/bilingual/",
            "sitemap.xml": "/sitemap.xml",
            "news sitemap": "/news-sitemap.xml",
            "404": "/en/news/none/",
        }
        if b"<sitemapindex" in client.get("/sitemap.xml").content:
            found["sitemap, a part"] = "/sitemap-pages.xml?p=2"
        return found


def picture(number):
    from django.core.files.base import ContentFile
    from PIL import Image

    from home.images import CustomImage
    from home.renditions import SLOTS, draw

    file = BytesIO()
    Image.new("RGB", (640, 360), (20 * number, 80, 120)).save(file, "PNG")
    made = CustomImage.objects.create(
        title=f"Picture {number}",
        alt_en="A harbour",
        alt_zh_hans="港口",
        file=ContentFile(file.getvalue(), name="a.png"),
    )
    for place in SLOTS:
        draw(made, place)
    return made


def body(number, pictures):
    image = {"image": pictures[(number + 1) % PICTURES].pk, "alt": "A harbour", "caption": "", "decorative": False}
    blocks = [
        {"type": "paragraph", "id": str(uuid4()), "value": f"<p>Paragraph {n}. The forum opened.</p>"} for n in range(8)
    ]
    return json.dumps([*blocks, {"type": "image", "id": str(uuid4()), "value": image}])


if __name__ == "__main__":
    sys.exit(main())
