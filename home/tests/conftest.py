import socket

import pytest

from home import http_client

from .hosts import Host


@pytest.fixture
def serve():
    hosts = []

    def start(talk, **kwargs):
        hosts.append(Host(talk, **kwargs))
        return hosts[-1]

    yield start
    for host in hosts:
        host.listener.shutdown(socket.SHUT_RDWR)
        host.listener.close()


class Names(dict):
    """{name: its addresses, a list for each time it is asked}; the names that were asked are in `asked`."""

    def __init__(self):
        self.asked = []


@pytest.fixture
def names(monkeypatch):
    """The name system, with some names of one's own."""
    names = Names()
    real = socket.getaddrinfo

    def look_up(host, port, *args, **kwargs):
        names.asked.append(host)
        if host not in names:
            return real(host, port, *args, **kwargs)
        answers = names[host]
        addresses = answers.pop(0) if len(answers) > 1 else answers[0]
        return [entry for address in addresses for entry in real(address, port, *args, **kwargs)]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    return names


@pytest.fixture
def any_port(monkeypatch):
    """What is looked at besides the port shows only where that is none."""
    monkeypatch.setattr(http_client, "WEB_PORTS", range(65536))
