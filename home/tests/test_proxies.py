"""What is said of the way of a request counts from proxies that settings name, and from nobody else."""

from ipaddress import ip_network

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from home.proxies import ProxyMiddleware

OFFICE = [ip_network("10.1.0.0/16"), ip_network("2001:db8:1::/48")]
SAYS = {
    "X-Forwarded-For": "192.0.2.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Port": "8443",
    "X-Forwarded-Server": "evil.example",
    "X-Real-IP": "192.0.2.8",
    "Forwarded": "for=192.0.2.9;host=evil.example;proto=https",
}


@pytest.fixture(autouse=True)
def named(settings):
    settings.TRUSTED_PROXIES = OFFICE
    settings.USE_X_FORWARDED_HOST = settings.USE_X_FORWARDED_PORT = True
    settings.SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    settings.ALLOWED_HOSTS = ["*"]


def seen(peer, **headers):
    """The request, as Django sees it."""
    found = []
    middleware = ProxyMiddleware(lambda request: found.append(request) or HttpResponse())
    middleware(RequestFactory().get("/", headers={"host": "testserver", **headers}, REMOTE_ADDR=peer))
    return found[0]


@pytest.mark.parametrize("peer", ["127.0.0.1", "10.2.0.1", "192.0.2.1", "2001:db8:2::1", "10.1.0.1.example", "nobody"])
def test_anybody_else_says_nothing(peer):
    request = seen(peer, **SAYS, **{"X-Request-ID": "of-somebody-else"})
    assert (request.META["REMOTE_ADDR"], request.scheme, request.get_host()) == (peer, "http", "testserver")
    assert request.get_port() == "80"
    assert not {name.upper() for name in request.headers} & {name.upper() for name in (*SAYS, "X-Request-ID")}


@pytest.mark.parametrize("peer", ["10.1.255.4", "::ffff:10.1.0.9", "2001:db8:1::5", "", "unix:"])
def test_a_proxy_of_ours_says_who_asks_and_how(peer):
    request = seen(peer, **SAYS, **{"X-Request-ID": "of-our-proxy"})
    assert (request.META["REMOTE_ADDR"], request.scheme) == ("192.0.2.7", "https")
    assert request.get_host() == "testserver", "the host comes in Host"
    assert request.headers["X-Request-ID"] == "of-our-proxy"
    assert seen(peer, **{"X-Forwarded-Proto": "http"}).scheme == "http"


@pytest.mark.parametrize("scheme", ["", "https, http", "http, https", "https\thttp", "wss", "on"])
def test_a_scheme_that_is_not_one_is_none(scheme):
    assert seen("10.1.0.1", **{"X-Forwarded-Proto": scheme}).scheme == "http"


@pytest.mark.parametrize(
    ("forwarded", "reader"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("127.0.0.1, 192.0.2.7", "192.0.2.7"),  # the left is the reader's own word
        ("10.1.0.1, 192.0.2.7, 10.1.0.2", "192.0.2.7"),
        ("10.1.0.3, 10.1.0.2", "10.1.0.3"),  # somebody inside
        ("1.2.3.4,unknown", "10.1.0.1"),
        ("1.2.3.4, 192.0.2.7:50123", "192.0.2.7"),
        ("1.2.3.4, [2001:db8::7]:443", "2001:db8::7"),
        ("2001:DB8::0007", "2001:db8::7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("1.2.3.4\r\nX: y", "10.1.0.1"),
        ("192.0.2.7,", "10.1.0.1"),
        ("", "10.1.0.1"),
    ],
)
def test_the_reader_is_the_first_from_the_right_that_is_no_proxy(forwarded, reader):
    assert seen("10.1.0.1", **{"X-Forwarded-For": forwarded}).META["REMOTE_ADDR"] == reader


def test_the_details_of_health_stay_inside_whoever_the_proxy_is(client, settings, db):
    settings.HEALTH_NETWORKS = [ip_network("10.2.0.0/16"), *OFFICE]
    assert "faults" in client.get("/readyz", REMOTE_ADDR="10.2.0.1").json()
    for peer in ("10.2.0.1", "10.1.0.1"):
        for name in SAYS:
            answer = client.get("/readyz", headers={name: "10.2.0.1"}, REMOTE_ADDR=peer)
            assert "faults" not in answer.json(), (peer, name)


def test_the_site_sends_on_to_https_who_only_says_that_they_came_so(client, settings, db):
    settings.SECURE_SSL_REDIRECT = True
    for peer, status in (("192.0.2.1", 301), ("10.1.0.1", 200)):
        answer = client.get("/robots.txt", headers={"X-Forwarded-Proto": "https"}, REMOTE_ADDR=peer)
        assert answer.status_code == status
