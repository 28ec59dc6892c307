"""Reading the running site as a program does: no redirect followed, each address asked for once."""

import threading
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import urldefrag, urljoin, urlsplit

import lxml.html


@dataclass(frozen=True)
class Answer:
    url: str
    status: int
    headers: object
    body: bytes

    @property
    def media_type(self):
        return self.headers.get_content_type()

    @property
    def is_html(self):
        return self.media_type == "text/html" and bool(self.body.strip())

    @cached_property
    def tree(self):
        return lxml.html.document_fromstring(self.body, parser=lxml.html.HTMLParser(encoding="utf-8"))

    @property
    def path(self):
        return urlsplit(self.url).path

    @property
    def language(self):
        """The language that the address promises, as HTML says it; None outside the two trees."""
        return {"en": "en", "zh-hans": "zh-Hans"}.get(self.path.split("/")[1])

    @cached_property
    def canonical(self):
        return next(iter(self.tree.xpath("//head/link[@rel='canonical']/@href")), None)

    @cached_property
    def noindex(self):
        said = [*self.tree.xpath("//head/meta[@name='robots']/@content"), self.headers.get("X-Robots-Tag", "")]
        return any("noindex" in words for words in said)

    def resolve(self, reference):
        """(absolute address, fragment) of a reference on this page."""
        return urldefrag(urljoin(self.url, reference.strip()))


class Stay(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *arguments):
        return None


class Reader:
    def __init__(self, base):
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), Stay)
        self.answers = {}
        self.lock = threading.Lock()

    def at_home(self, url):
        return urlsplit(url)[:2] == urlsplit(self.base)[:2]

    def get(self, url):
        url = urljoin(self.base, url)
        if not self.at_home(url):
            raise ValueError(f"not an address of the site: {url}")
        with self.lock:
            if url in self.answers:
                return self.answers[url]
        answer = self._ask(url)
        with self.lock:
            return self.answers.setdefault(url, answer)

    def get_all(self, urls):
        with ThreadPoolExecutor(max_workers=6) as pool:
            return list(pool.map(self.get, urls))

    def _ask(self, url):
        request = urllib.request.Request(url, headers={"User-Agent": "newsroom-conformance"})
        try:
            with self.opener.open(request, timeout=60) as response:
                return Answer(url, response.status, response.headers, response.read())
        except urllib.error.HTTPError as refusal:
            with refusal:
                return Answer(url, refusal.code, refusal.headers, refusal.read())
