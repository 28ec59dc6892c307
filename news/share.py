"""Ways to pass an article on that tell nobody about its reader: plain links, and a code for WeChat."""

from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import quote, urlencode

import segno
from django.utils.safestring import mark_safe
from wagtail.models import Page

MASK = 2
"""Any of the eight may be used; to find the one with the fewest large spots of one colour is most of the work."""


@dataclass(frozen=True)
class Share:
    url: str
    weibo: str
    email: str
    qr: str
    """SVG markup."""


def share_of(article: Page) -> Share:
    url = article.full_url
    body = "\n".join((article.title, article.summary, url))
    return Share(
        url=url,
        weibo="https://service.weibo.com/share/share.php?" + urlencode({"url": url, "title": article.title}),
        email=f"mailto:?subject={quote(article.title)}&body={quote(body)}",
        qr=qr_of(url),
    )


@lru_cache(256)
def qr_of(url: str) -> str:
    """SVG markup. Kept, as an address has one code: to draw it is some part of a page."""
    code = segno.make_qr(url, error="m", mask=MASK)
    return mark_safe(code.svg_inline(scale=4, border=2, dark="#000", light="#fff", omitsize=True))  # noqa: S308
