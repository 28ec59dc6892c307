"""Nobody outside can hold the one who asks, or answer under another's name."""

import contextlib
import gzip
import itertools
import socket
import ssl
import subprocess
import threading
import time

import pytest

from home.http_client import NoConnection, NoSuchHost, TookTooLong, TooLarge

from .hosts import LONG, OK, endlessly, get, post, redirects, says

SOON = 0.4
"""Seconds: a deadline to run into."""


class TestWhatItMayCost:
    @pytest.mark.parametrize(
        "talk",
        [
            pytest.param(endlessly(itertools.repeat(b"", 10_000), 0.02), id="says nothing"),
            pytest.param(endlessly((bytes([byte]) for byte in OK * 20), 0.02), id="a byte at a time"),
            pytest.param(
                endlessly(itertools.chain([b"HTTP/1.1 200 OK\r\n"], itertools.repeat(b"a", 999)), 0.02), id="header"
            ),
            pytest.param(endlessly(itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n", 999), 0.02), id="continues"),
        ],
    )
    def test_a_trickle_ends_with_the_deadline(self, serve, talk):
        with pytest.raises(TookTooLong):
            get(f"http://127.0.0.1:{serve(talk).port}/", seconds=SOON)

    def test_a_body_that_trickles_ends_with_the_deadline(self, serve):
        talk = endlessly([b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n", *[b"a"] * 99], 0.02)
        with pytest.raises(TookTooLong):
            post(f"http://127.0.0.1:{serve(talk).port}/", seconds=SOON)

    def test_redirects_share_one_deadline(self, serve):
        def talk(line):
            time.sleep(SOON / 4)
            redirects("/again")(line)

        with pytest.raises(TookTooLong):
            get(f"http://127.0.0.1:{serve(talk).port}/", seconds=SOON, redirects=50)

    def test_a_resolver_that_thinks_ends_with_the_deadline(self, monkeypatch):
        done = threading.Event()

        def think(*args, **kwargs):
            done.wait(LONG)
            return []

        monkeypatch.setattr(socket, "getaddrinfo", think)
        with pytest.raises(TookTooLong):
            get("http://slow.example/", seconds=SOON)
        done.set()

    def test_a_name_that_is_not_there_differs_from_a_resolver_that_is_not(self, monkeypatch):
        for code, kind in ((socket.EAI_NONAME, NoSuchHost), (socket.EAI_AGAIN, TookTooLong)):

            def fail(*args, code=code, **kwargs):
                raise socket.gaierror(code, "?")

            monkeypatch.setattr(socket, "getaddrinfo", fail)
            with pytest.raises(kind):
                get("http://nobody.example/")

    def test_headers_without_end_are_not_taken(self, serve):
        flood = endlessly([b"HTTP/1.1 200 OK\r\n", *[b"X: " + b"a" * 8000 + b"\r\n"] * 90, b"\r\n"])
        with pytest.raises(TooLarge):
            get(f"http://127.0.0.1:{serve(flood).port}/")

    def test_a_body_may_have_so_many_bytes_and_no_more(self, serve):
        for length in (100, 101):
            host = serve(says(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + b"a" * length))
            if length == 100:
                assert len(post(f"http://127.0.0.1:{host.port}/", most=100).body) == 100
            else:
                with pytest.raises(TooLarge):
                    post(f"http://127.0.0.1:{host.port}/", most=100)

    def test_a_bomb_stays_packed(self, serve):
        bomb = gzip.compress(bytes(10_000_000))
        head = f"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()
        host = serve(says(head + bomb))
        assert post(f"http://127.0.0.1:{host.port}/", most=20_000).body == bomb
        with pytest.raises(TooLarge):
            post(f"http://127.0.0.1:{host.port}/", most=100)

    def test_nothing_stays_open(self, serve):
        """The server sees the end of a connection whose body was not wanted."""
        ended = threading.Event()

        def talk(line):
            line.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\na")
            if line.recv(1) == b"":
                ended.set()

        get(f"http://127.0.0.1:{serve(talk).port}/")
        assert ended.wait(LONG)


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """Of a host's own, for `host.example`: a file that holds certificate and key."""
    path = tmp_path_factory.mktemp("tls") / "host.pem"
    command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=host.example"
    command += f" -addext subjectAltName=DNS:host.example -keyout {path} -out {path}.crt"
    subprocess.run(command.split(), check=True, capture_output=True)
    path.write_bytes(path.read_bytes() + path.with_suffix(".pem.crt").read_bytes())
    return path


class TestTls:
    @pytest.fixture
    def secure(self, serve, names, certificate):
        """A host that others may call `host.example` and `other.example`; what name it was called is in `called`."""
        names["host.example"] = names["other.example"] = [["127.0.0.1"]]
        context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        context.load_cert_chain(certificate)
        called = []
        context.sni_callback = lambda sock, name, context: called.append(name)
        host = serve(says(OK), context=context)
        host.called = called
        return host

    def test_the_pinned_address_is_asked_under_the_name_of_the_host(self, secure, certificate, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        assert get(f"https://host.example:{secure.port}/", private=("host.example",)) == 200
        assert secure.called == ["host.example"]
        assert f"Host: host.example:{secure.port}" in secure.asked[0]

    def test_a_certificate_for_another_name_is_not_accepted(self, secure, certificate, monkeypatch):
        monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
        with pytest.raises(NoConnection, match="certificate"):
            get(f"https://other.example:{secure.port}/", private=("other.example",))
        assert secure.asked == []

    def test_a_certificate_that_nobody_vouches_for_is_not_accepted(self, secure):
        with pytest.raises(NoConnection, match="certificate"):
            get(f"https://host.example:{secure.port}/", private=("host.example",))
        assert secure.asked == []

    def test_a_handshake_that_trickles_ends_with_the_deadline(self):
        """The head of a record of 16 kB, then a byte at a time."""
        with socket.create_server(("127.0.0.1", 0)) as listener:
            trickle = endlessly(itertools.chain([b"\x16\x03\x03\x40\x00"], itertools.repeat(b"\x02", 999)), 0.02)

            def talk():
                with contextlib.suppress(OSError):  # the client has gone
                    trickle(listener.accept()[0])

            threading.Thread(target=talk, daemon=True).start()
            with pytest.raises(TookTooLong):
                get(f"https://127.0.0.1:{listener.getsockname()[1]}/", seconds=SOON)
