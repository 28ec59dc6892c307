"""nginx hands over what Newsroom lets through, by the site's file."""

import json
import re
import shutil
from urllib.parse import quote

import pytest

from .demo_site import DemoSite, free_port
from .nginx import ask, ask_at, deployed, needed, nginx

pytestmark = needed


@pytest.fixture
def site(demo_folder, tmp_path):
    """The demo behind nginx; `front` is nginx's port."""
    site = DemoSite(shutil.copytree(demo_folder, tmp_path / "var"))
    site.environment["MEDIA_ACCEL"] = "/protected-media/"
    site.front = free_port()
    configuration = deployed(site, tmp_path, site.front)
    with site.serve(), nginx(tmp_path, configuration, site.front):
        yield site


def test_public_files_come_through_nginx_and_no_others(site, tmp_path):
    found = set()
    for code in ("en", "zh-hans"):
        for path in ("", "news/"):
            html = ask(site, f"/{code}/{path}").body.decode()
            found |= set(re.findall(rf'href="(/{code}/news/[a-z0-9-]+/)"', html))
    pages = [ask(site, url).body.decode() for url in sorted(found)]
    pictures = set(re.findall(r'src="(/media/[^"]+)"', "".join(pages)))
    documents = set(re.findall(r'href="(/[a-z-]+/files/[^"]+)"', "".join(pages)))
    assert pictures and documents
    for url in pictures | documents:
        answer = ask(site, url)
        assert answer.status == 200
        assert answer.getheader("Accept-Ranges") == "bytes", "nginx itself has read it"
        assert answer.getheader("X-Accel-Redirect") is None
        assert answer.getheader("X-Content-Type-Options") == "nosniff"
        assert len(answer.body) == int(answer.getheader("Content-Length"))
        assert ask(site, url, "HEAD").getheader("Content-Length") == str(len(answer.body))
        assert ask(site, url, **{"If-None-Match": answer.getheader("ETag")}).status == 304
        assert ask(site, url, Range="bytes=0-3").body == answer.body[:4]
        if url in documents:
            assert answer.getheader("Cache-Control") == "no-cache"
            assert answer.getheader("Content-Disposition").startswith("attachment")
        else:
            assert answer.getheader("Content-Type") == "image/jpeg" or url.endswith("png")
            assert "public" in answer.getheader("Cache-Control")
    media = tmp_path / "var" / "media"
    for path in media.glob("original_images/*/*"):
        name = quote(str(path.relative_to(media)))
        for url in (f"/media/{name}", f"/protected-media/{name}", f"/protected-media/../protected-media/{name}"):
            assert ask(site, url).status == 404


def test_no_log_of_nginx_holds_an_address_that_shows_a_calendar(site, tmp_path):
    token = "q3-_" * 11
    address = f"/cms/calendar/{token}.ics"
    for url in (address, address[:-4], f"{address}?x=1", f"/cms/login/?next={quote(address, safe='')}"):
        ask(site, url, Referer=f"http://127.0.0.1{address}")
    ask(site, "/cms/calendar/?view=week")
    written = (tmp_path / "access.log").read_text()
    assert token not in written + (tmp_path / "error.log").read_text()
    assert written.count("/calendar/...") + written.count("%2Fcalendar%2F...") == 4
    assert '"GET /cms/calendar/?view=week HTTP/1.1"' in written


def test_what_is_wrong_is_told_on_this_machine_and_not_through_nginx(site):
    """The demo's clock is set to a day of its own, which the database's is not."""
    told = ask_at(site.port, "/readyz")
    assert (told.status, set(json.loads(told.body)["faults"])) == (503, {"clock"})
    handed_on = ask_at(site.port, "/readyz", **{"X-Forwarded-Proto": "https"})
    assert (handed_on.status, handed_on.body) == (503, b'{"status": "not ready"}')
    assert [ask(site, path).status for path in ("/livez", "/readyz")] == [404, 404]
