"""Nothing inside is asked, however it is spelled or reached, and what is said elsewhere is no more than it must be."""

import socket

import pytest

from home import http_client
from home.http_client import NoConnection, NoSuchHost, NotAsked, TooManyRedirects

from .hosts import OK, get, post, redirects, says

NOT_PUBLIC = """
0.0.0.0 10.0.0.1 100.100.100.200 127.0.0.1 168.63.129.16 169.254.169.254 172.16.0.1 192.0.0.192
192.168.0.1 198.18.0.1 203.0.113.1 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 :: ::1
::127.0.0.1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 64:ff9b::127.0.0.1 64:ff9b::a9fe:a9fe
64:ff9b:1::1.1.1.1 2001:db8::1 2001:0:4136:e378:8000:63bf:3fff:fdd2 2002:7f00:1::
2002:101:101:: fc00::1 fd00:ec2::254 fe80::1 fe80::1%1 fec0::1 ff02::1 2606:4700:4700::1111%1
"""
SPELLINGS_OF_THIS_MACHINE = """
127.1 0x7f.1 0x7f000001 2130706433 0177.0.0.1 127.0.0.1. localhost localhost. 0 １２７.0.0.1
127。0。0。1 ⓛocalhost [::1] [::ffff:7f00:1] [::7f00:1] LOCALHOST %31%32%37.0.0.1 [fe80::1%25lo]
user@127.0.0.1 user:word@127.0.0.1 1.1.1.1@127.0.0.1 127.0.0.1#@1.1.1.1 . .. [ [::1 a..b
"""


class TestWhoIsAsked:
    @pytest.mark.parametrize(
        "address",
        NOT_PUBLIC.split(),
    )
    def test_no_address_that_is_not_public(self, address):
        assert not http_client.is_public(address)

    @pytest.mark.parametrize(
        "address", ["1.1.1.1", "114.114.114.114", "2606:4700:4700::1111", "::ffff:1.1.1.1", "64:ff9b::1.1.1.1"]
    )
    def test_a_public_address_is(self, address):
        assert http_client.is_public(address)

    @pytest.mark.parametrize(
        "host",
        [
            *SPELLINGS_OF_THIS_MACHINE.split(),
            "",
            "1.1.1.1\\@127.0.0.1",
            "127.0.0.1\x00",
            "x" * 64,
        ],
    )
    def test_no_spelling_leads_inside(self, serve, host, any_port):
        inside = serve(says(OK))
        with pytest.raises((NotAsked, NoSuchHost)):
            get(f"http://{host}:{inside.port}/", private=())
        assert inside.asked == []

    def test_no_name_or_password_goes_out(self, serve):
        host = serve(says(OK))
        for url in (f"http://user:word@127.0.0.1:{host.port}/", f"http://user@127.0.0.1:{host.port}/"):
            with pytest.raises(NotAsked):
                get(url)
        assert host.asked == []

    @pytest.mark.parametrize(
        "url", ["ftp://1.1.1.1/", "file:///etc/passwd", "//1.1.1.1/", "1.1.1.1", "http://1.1.1.1/\ud800"]
    )
    def test_nothing_that_is_no_address_of_the_web(self, url):
        with pytest.raises(NotAsked):
            get(url)

    @pytest.mark.parametrize("port", ["0", "22", "25", "444", "65536", "x", "-1"])
    def test_no_port_of_another_service(self, port):
        with pytest.raises(NotAsked):
            get(f"http://127.0.0.1:{port}/")

    @pytest.mark.parametrize("port", ["81", "1024", "6379", "8080", "8443"])
    def test_other_ports_are_for_hosts_that_are_named(self, port, names):
        names["public.example"] = [["1.1.1.1"]]
        with pytest.raises(NotAsked, match="port"):
            get(f"http://public.example:{port}/")
        assert names.asked == []

    def test_a_redirect_leads_to_no_other_port(self, serve, names):
        names["public.example"] = [["1.1.1.1"]]
        with pytest.raises(NotAsked, match="port"):
            get(f"http://127.0.0.1:{serve(redirects('http://public.example:8080/')).port}/")

    def test_one_private_address_among_public_ones_is_enough(self, serve, names, any_port):
        inside = serve(says(OK))
        names["two.example"] = [["1.1.1.1", "127.0.0.1"]]
        with pytest.raises(NotAsked):
            get(f"http://two.example:{inside.port}/")
        assert inside.asked == []

    def test_a_host_that_is_named_may_be_inside(self, serve, names):
        inside = serve(says(OK))
        names["relay.example"] = names["relay.example."] = [["127.0.0.1"]]
        for name in ("relay.example", "RELAY.example", "relay.example."):
            assert get(f"http://{name}:{inside.port}/", private=("relay.example",)) == 200

    def test_a_redirect_is_looked_at_like_its_beginning(self, serve, names, any_port):
        inside = serve(says(OK))
        for target in (
            f"http://localhost:{inside.port}/",
            f"//localhost:{inside.port}/",
            "ftp://127.0.0.1/",
            "http://[",
        ):
            with pytest.raises(NotAsked):
                get(f"http://127.0.0.1:{serve(redirects(target)).port}/")
        assert inside.asked == []

    def test_a_name_is_resolved_once_and_the_address_that_was_looked_at_is_asked(self, serve, names):
        """The second answer of the name system, were it asked, is that of another server at the same port."""
        looked_at = serve(says(OK), address="127.0.0.2")
        other = serve(says(OK), port=looked_at.port)
        names["rebinding.example"] = [["127.0.0.2"], ["127.0.0.1"]]
        assert get(f"http://rebinding.example:{other.port}/", private=("rebinding.example",)) == 200
        assert names.asked == ["rebinding.example"]
        assert len(looked_at.asked) == 1
        assert other.asked == []

    def test_a_public_address_that_turns_private_is_not_met(self, serve, names, monkeypatch, any_port):
        inside = serve(says(OK))
        met = []

        def connect(sock, end):
            met.append(end[0])
            raise ConnectionRefusedError

        monkeypatch.setattr(socket.socket, "connect", connect)
        names["rebinding.example"] = [["1.1.1.1"], ["127.0.0.1"]]
        with pytest.raises(NoConnection):
            get(f"http://rebinding.example:{inside.port}/")
        assert (names.asked, met) == (["rebinding.example"], ["1.1.1.1"])

    def test_a_proxy_of_the_environment_is_not_used(self, serve, monkeypatch, tmp_path):
        proxy, host = serve(says(OK)), serve(says(OK))
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        (tmp_path / "netrc").write_text("machine 127.0.0.1 login a password b")
        monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
        assert get(f"http://127.0.0.1:{host.port}/") == 200
        assert proxy.asked == []
        assert "authorization" not in host.asked[0].lower()


class TestWhatIsSaid:
    def test_a_request_names_its_host_and_is_written_in_ascii(self, serve):
        host = serve(says(OK))
        get(f"http://127.0.0.1:{host.port}/中文 x?q=低碳#part", headers={"User-Agent": "a test"})
        first, *headers = host.asked[0].splitlines()
        assert first == "GET /%E4%B8%AD%E6%96%87%20x?q=%E4%BD%8E%E7%A2%B3 HTTP/1.1"
        assert f"Host: 127.0.0.1:{host.port}" in headers
        assert "User-Agent: a test" in headers
        assert "Accept-Encoding: identity" in headers

    def test_a_redirect_is_followed_without_its_cookies(self, serve):
        end = serve(says(OK))
        begin = serve(redirects(f"http://127.0.0.1:{end.port}/é"))
        assert get(f"http://127.0.0.1:{begin.port}/") == 200
        assert end.asked[0].startswith("GET /%C3%A9 ")
        assert "cookie" not in end.asked[0].lower()

    def test_redirects_end(self, serve):
        host = serve(redirects("/again"))
        with pytest.raises(TooManyRedirects):
            get(f"http://127.0.0.1:{host.port}/", redirects=3)
        assert len(host.asked) == 4

    def test_what_is_posted_goes_to_one_host_only(self, serve):
        other = serve(says(OK))
        host = serve(redirects(f"http://127.0.0.1:{other.port}/"))
        assert post(f"http://127.0.0.1:{host.port}/", b"{}").status == 302
        assert host.asked[0].startswith("POST / ")
        assert other.asked == []

    def test_an_answer_is_read_as_it_was_sent(self, serve):
        chunked = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"
        until_closed = b"HTTP/1.0 200 OK\r\n\r\nok"
        for answer in (OK, chunked, until_closed):
            assert post(f"http://127.0.0.1:{serve(says(answer)).port}/").body == b"ok"

    def test_ipv6_is_spoken(self, serve):
        host = serve(says(OK), address="::1")
        assert get(f"http://[::1]:{host.port}/", private=("::1",)) == 200
        assert f"Host: [::1]:{host.port}" in host.asked[0]

    def test_the_next_address_is_tried(self, serve, names):
        host = serve(says(OK), address="127.0.0.2")
        names["two.example"] = [["127.0.0.1", "127.0.0.2"]]
        assert get(f"http://two.example:{host.port}/", private=("two.example",)) == 200

    def test_what_fails_repeats_no_address(self, serve, caplog):
        """The addresses of robots hold their keys; the defective header is one that other clients log with it."""
        broken = serve(says(b"HTTP/1.1 200 OK\r\nno header\r\n: x\r\n\r\n"))
        closed = serve(says(b""))
        wrong = serve(says(b"SSH-2.0-OpenSSH_9.2\r\n"))
        with caplog.at_level("DEBUG"):
            for host in (closed, wrong, broken):
                try:
                    post(f"http://127.0.0.1:{host.port}/robot?key=SECRET")
                except NoConnection as error:
                    assert "SECRET" not in str(error)
                    assert error.__suppress_context__
        assert "SECRET" not in caplog.text
