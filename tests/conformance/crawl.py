"""Every public page that can be reached by links from the two front pages."""

from collections import deque
from urllib.parse import urlsplit

STARTS = ("/en/", "/zh-hans/")
LIMIT = 400
NO_PAGES = ("/cms/", "/documents/", "/en/files/", "/zh-hans/files/", "/media/", "/static/")


def crawl(reader):
    """(The HTML answers, 404s included; whether LIMIT cut the crawl short)."""
    plain, queried = deque(reader.base + start for start in STARTS), deque()  # lists with their filters come last
    seen, pages, asked = set(plain), [], 0
    while (plain or queried) and asked < LIMIT:
        queue = plain or queried
        batch = [queue.popleft() for _ in range(min(len(queue), 12, LIMIT - asked))]
        asked += len(batch)
        for answer in reader.get_all(batch):
            if not answer.is_html:
                continue
            pages.append(answer)
            for reference in answer.tree.xpath("//a/@href | //area/@href"):
                url, _fragment = answer.resolve(reference)
                if url not in seen and is_page(reader, url):
                    seen.add(url)
                    (queried if urlsplit(url).query else plain).append(url)
    return sorted(pages, key=lambda page: page.url), bool(plain or queried)


def is_page(reader, url):
    return reader.at_home(url) and not urlsplit(url).path.startswith(NO_PAGES)
