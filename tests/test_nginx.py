"""nginx hands over what Newsroom lets through, by the configuration that docs/operators.md shows."""

import json
import re
import shutil
import socket
import subprocess
import time
from http.client import HTTPConnection
from urllib.parse import quote, urlsplit

import pytest
from django.conf import settings

from .demo_site import DemoSite

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin")
pytestmark = [pytest.mark.full, pytest.mark.skipif(NGINX is None, reason="no nginx: install Debian's nginx-light")]
WHOLE = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
master_process off;
events {{}}
http {{
    access_log off;
    types {{ text/html html; }}
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        {locations}
    }}
}}
"""


@pytest.fixture
def site(demo_folder, tmp_path):
    """The demo behind nginx; `front` is nginx's port."""
    site = DemoSite(shutil.copytree(demo_folder, tmp_path / "var"))
    site.environment["MEDIA_ACCEL"] = "/protected-media/"
    manual = (settings.BASE_DIR / "docs" / "operators.md").read_text()
    locations = re.search(r"```nginx\n(.*?)```", manual, re.DOTALL)[1]
    locations = locations.replace("127.0.0.1:8000", f"127.0.0.1:{site.port}")
    locations = locations.replace("/srv/newsroom/var/media/", f"{tmp_path}/var/media/")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        site.front = probe.getsockname()[1]
    configuration = tmp_path / "nginx.conf"
    configuration.write_text(WHOLE.format(folder=tmp_path, port=site.front, locations=locations))
    with site.serve():
        nginx = subprocess.Popen([NGINX, "-p", str(tmp_path), "-c", str(configuration)])
        try:
            wait_for(site.front)
            yield site
        finally:
            nginx.terminate()
            nginx.wait(timeout=20)


def wait_for(port):
    for _attempt in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("nginx does not answer")


def ask(site, url, method="GET", **headers):
    connection = HTTPConnection("127.0.0.1", site.front, timeout=30)
    parts = urlsplit(url)
    connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
    answer = connection.getresponse()
    answer.body = answer.read()
    return answer


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


def test_what_is_wrong_is_told_on_this_machine_and_not_through_nginx(site):
    """The demo's clock is set to a day of its own, which the database's is not."""
    assert ask(site, "/livez").body == b'{"status": "live"}'
    answer = ask(site, "/readyz")
    assert (answer.status, answer.body) == (503, b'{"status": "not ready"}')
    site.front = site.port
    assert set(json.loads(ask(site, "/readyz").body)["faults"]) == {"clock"}
