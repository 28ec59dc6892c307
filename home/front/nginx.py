"""What nginx has to be told to find stored pages: the addresses that may have one, and the headers of each answer."""

from collections.abc import Iterable

from django.conf import settings

from home.languages import CHINESE, ENGLISH, LANGUAGES

from .guest import Guest
from .middleware import PARAMETERS, PATH, QUERY
from .process import store

OF_EACH = {"cache-control", "content-language", "content-length", "content-type", "date", "vary", "x-request-id"}
"""Headers that are another in each answer, or nginx's own."""
HTML = "text/html; charset=utf-8"
INDEX = '"${uri}index${front_query}.html"'
OF_ABSENCE = ("X-Robots-Tag", "noindex")
OF_SITEMAP = ("X-Robots-Tag", "noindex, noodp, noarchive")


def headers() -> dict[str, str]:
    """Those that every page of the site is answered with, as this site is set up."""
    found = Guest().get("/en/").headers
    return {name: value for name, value in sorted(found.items()) if name.lower() not in OF_EACH}


def configuration() -> str:
    """To be included in the `server` of the site: all else, `@newsroom` among it, stands in deploy/nginx/."""
    current, held = ("held/$front_second", HELD) if store().is_followed else ("current", "")
    of_page = tuple(headers().items())
    page = f"{INDEX} @front_missed"
    locations = [
        location(f'~ "^/({"|".join(LANGUAGES)})/news/feed/$"', "application/atom+xml; charset=utf-8", of_page, page),
        location(f'~ "^{PATH}$"', HTML, of_page, page),
        location("= /sitemap.xml", "application/xml", (OF_SITEMAP, *of_page), "$uri @front_missed"),
        location('~ "^/4(04|10)/"', HTML, (OF_ABSENCE, *of_page), f"{INDEX} =404", "internal;"),
    ]
    return TEMPLATE.format(
        folder=store().folder,
        current=current,
        held=held,
        english=ENGLISH.tag,
        chinese=CHINESE.tag,
        query=QUERY,
        parameters="|".join(PARAMETERS),
        session=settings.SESSION_COOKIE_NAME,
        locations="\n".join(locations),
    )


def location(match: str, kind: str, said: Iterable[tuple[str, str]], files: str, *first: str) -> str:
    """Of stored files of a kind. `said`: its headers, beside those of all; `files`: where they are looked for."""
    lines = [
        *first,
        "root $front_pages;",
        "types { }",
        f'default_type "{kind}";',
        "gzip_static always;",
        "gunzip on;",
        "add_header Cache-Control no-cache always;",
        "add_header Content-Language $front_language always;",
        *(f"add_header {name} {quoted(value)} always;" for name, value in said),
        f"try_files {files};",
    ]
    return "\n    ".join([f"location {match} {{", *lines]) + "\n}\n"


def quoted(value: str) -> str:
    return '"{}"'.format(value.replace("\\", "\\\\").replace('"', '\\"'))


HELD = """set $front_second "";
if ($msec ~ "^([0-9]+)") { set $front_second $1; }
"""
"""Of several web nodes: pages are found in the seconds for which this one's lease lasts."""
TEMPLATE = r"""# Readers' pages as files, by `manage.py front_nginx`. Write it anew when settings or version change.
set $front_day "";
if ($time_iso8601 ~ "^(\d+-\d+-\d+)") {{ set $front_day $1; }}
{held}set $front_pages "{folder}/{current}/$front_day";
set $front_query "";
if ($args ~ "(^|&)({parameters})(=|&|$)") {{ set $front_query "?none"; }}
if ($args ~ "^({query})$") {{ set $front_query "?$args"; }}
if ($request_method !~ "^(GET|HEAD)$") {{ set $front_query "?none"; }}
if ($cookie_{session}) {{ set $front_query "?none"; }}
set $front_language "{english}";
if ($uri ~ "^(/4\d\d)?/zh-hans/") {{ set $front_language "{chinese}"; }}
open_file_cache off;

{locations}
location @front_missed {{
    root $front_pages;
    if (-f "$document_root/410${{uri}}index${{front_query}}.html") {{ return 410; }}
    if (-f "$document_root/404${{uri}}index${{front_query}}.html") {{ return 404; }}
    error_page 410 /410$uri;
    error_page 404 /404$uri;
    try_files /nothing @newsroom;
}}
"""
