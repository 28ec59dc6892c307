"""A real nginx before a site, by deploy/nginx/newsroom.conf, and what it answers."""

import re
import shutil
import socket
import subprocess
import time
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin:/opt/homebrew/bin")
needed = [pytest.mark.full, pytest.mark.skipif(NGINX is None, reason="no nginx: install Debian's nginx-light")]
SITE = settings.BASE_DIR / "deploy" / "nginx" / "newsroom.conf"
WHOLE = """
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
master_process off;
events {{}}
http {{
    access_log off;
    include {types};
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include newsroom.conf;
}}
"""
TYPES = next(filter(Path.exists, map(Path, ["/etc/nginx/mime.types", "/opt/homebrew/etc/nginx/mime.types"])), None)


def deployed(site, folder, *listen):
    """The file of the site, before this one, whose `var` lies in the folder; without TLS where no port has it."""
    text = SITE.read_text().replace("127.0.0.1:8000", f"127.0.0.1:{site.port}")
    text = text.replace("/srv/newsroom/var/", f"{folder}/var/").replace("/etc/newsroom/", f"{folder}/")
    text = text.replace("/var/log/nginx/", f"{folder}/")
    ports = "".join(f"    listen 127.0.0.1:{port};\n" for port in listen)
    text = re.sub(r"(?:    listen .*\n)+", ports, text)
    if not any("ssl" in str(port) for port in listen):
        text = re.sub(r"^    (?:ssl_|if \(\$scheme ).*\n", "", text, flags=re.MULTILINE)
    return text


def deployed_with_stored_pages(site, folder, printed, host):
    """`printed`: by `front_nginx`; `host`: how the site is called, which this nginx does not listen to by name."""
    folder.joinpath("snippets").mkdir()
    folder.joinpath("snippets", "newsroom-front.conf").write_text(printed)
    return deployed(site, folder, site.front).replace("Host $host;", f"Host {host};")


@contextmanager
def nginx(folder, configuration, port, **environment):
    """Within it nginx listens at this port. `configuration`: of the site."""
    (folder / "newsroom.conf").write_text(configuration)
    whole = folder / "nginx.conf"
    whole.write_text(WHOLE.format(folder=folder, types=TYPES))
    process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(whole)], env=environment)
    try:
        wait_for(port)
        yield
    finally:
        process.terminate()
        process.wait(timeout=120)


def wait_for(port):
    for _attempt in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("nginx does not answer")


def ask(site, url, method="GET", **headers):
    """What is answered at `site.front`, nginx's port."""
    return ask_at(site.front, url, method, **headers)


def ask_at(port, url, method="GET", **headers):
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    parts = urlsplit(url)
    connection.request(method, parts.path + (f"?{parts.query}" if parts.query else ""), headers=headers)
    answer = connection.getresponse()
    answer.body = answer.read()
    return answer
