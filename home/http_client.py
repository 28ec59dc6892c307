"""The one door to other hosts: `get` for what editors link to, `post` for group robots. `make lint` shuts all others.

Whoever writes a link or answers with a redirect must not make this server ask its own neighbours. So the name of a host
is resolved once, every address found must be public, and the connection goes to an address that was looked at, under
the host's name (Host, SNI, certificate): a name that is resolved anew may lead elsewhere (DNS rebinding). Each redirect
begins from the start. What an answer may cost is bounded as a whole, in seconds and in bytes.

It stands on http.client, as requests and urllib3 do. What they add would have to be switched off: proxies and passwords
from the environment, cookies, decompression, redirects, and logs that repeat an address with the key in it; their
timeouts bound one read each, so that a byte a second holds them for ever. Of the packages for this purpose
requests-hardened (1.3) pins one address but looks at no other, and bounds neither time nor size as a whole; drawbridge
has had a single release, advocate none since 2020.
"""

import http.client
import io
import ipaddress
import queue
import re
import socket
import ssl
import threading
import time
from collections.abc import Collection, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin, urlsplit

from django.utils.encoding import iri_to_uri

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer as Buffer

End = tuple[socket.AddressFamily, tuple[Any, ...]]
"""An address that a socket connects to; the tuple begins with IP address and port."""

HEAD = 64 * 1024
"""Bytes that status and headers may take."""
REDIRECTS = {301, 302, 303, 307, 308}
ATTEMPTS = 4
"""So many addresses of a host are tried."""
DEFAULT_PORTS = {"http": 80, "https": 443}
WEB_PORTS = {80, 443}
LOWEST_FREE_PORT = 1024
"""Below it no other port is asked: those are of mail, logins and the like. From it on whom operators named is."""
HOST = re.compile(r"[a-z0-9._-]{1,253}|[0-9a-f:.]*:[0-9a-f:.]*")
"""As it stands in ASCII: a name or an IPv4 address however written, or an IPv6 address without a zone."""

GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")
NAT64 = ipaddress.ip_network("64:ff9b::/96")
"""IPv4 as servers see it that have IPv6 alone (RFC 6052)."""
INSIDE = [ipaddress.ip_network(network) for network in ("168.63.129.16/32", "192.0.0.0/24", "192.88.99.0/24")]
"""What some versions of Python call global, and is not: Azure's platform, that of Oracle, the relays of 6to4."""


class RequestFailed(Exception):
    """There is no answer to use. Its words are for logs: they hold no address, in which a key may stand."""


class NotAsked(RequestFailed):
    """It may not be asked."""


class NoSuchHost(RequestFailed):
    """The name system knows no address for it."""


class NoConnection(RequestFailed):
    """Nobody answers there, or not as HTTP and TLS want it."""


class TookTooLong(RequestFailed):
    pass


class TooLarge(RequestFailed):
    pass


class TooManyRedirects(RequestFailed):
    pass


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes = b""
    location: str | None = None
    """Where a redirect leads."""


class Deadline:
    """A moment by which everything must have ended, however many steps it takes."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds. Raises TookTooLong when there are none."""
        left = self.end - time.monotonic()
        if left <= 0:
            raise TookTooLong(self.words)
        return left

    @property
    def is_over(self) -> bool:
        return time.monotonic() >= self.end

    @property
    def words(self) -> str:
        return f"no whole answer within {self.seconds:g} seconds"


def get(url: str, *, headers: Mapping[str, str], seconds: float, redirects: int, private: Collection[str] = ()) -> int:
    """The status at the end of the redirects, `redirects` of them at most; no body is read. Raises RequestFailed.

    `private` names hosts that may be asked wherever they are.
    """
    deadline = Deadline(seconds)
    address = WebAddress(url)
    for _hop in range(redirects + 1):
        answer = ask("GET", address, None, headers, deadline, 0, private)
        if answer.location is None:
            return answer.status
        address = WebAddress(answer.location, base=address.url)
    raise TooManyRedirects("too many redirects")


def post(
    url: str, body: bytes, *, headers: Mapping[str, str], seconds: float, most: int, private: Collection[str] = ()
) -> Answer:
    """The answer, its body as it was sent, `most` bytes at most; no redirect is followed. Raises RequestFailed."""
    return ask("POST", WebAddress(url), body, headers, Deadline(seconds), most, private)


def ask(
    method: str,
    address: "WebAddress",
    body: bytes | None,
    headers: Mapping[str, str],
    deadline: Deadline,
    most: int,
    private: Collection[str],
) -> Answer:
    if address.port not in WEB_PORTS and address.name not in private:
        raise NotAsked("its port is none of the web's")
    ends = resolve(address.host, address.port, deadline)
    if address.name not in private and not all(is_public(end[0]) for _family, end in ends):
        raise NotAsked("its host is not, or not only, at public addresses")
    try:
        with closing(connect(ends, deadline)) as plain, closing(address.secured(plain, deadline)) as sock:
            connection = http.client.HTTPConnection(address.name, address.port)
            connection.sock = BoundedSocket(sock, deadline, HEAD + most)
            connection.request(method, address.target, body, {"Host": address.authority, **headers})
            with closing(connection.getresponse()) as response:
                location = response.headers["Location"] if response.status in REDIRECTS else None
                # One byte more tells a body of just `most` bytes from a longer one.
                content = response.read(most + 1) if most else b""
    except TimeoutError:
        raise TookTooLong(deadline.words) from None
    except ssl.SSLCertVerificationError as error:
        raise NoConnection(f"certificate not accepted: {error.verify_message}") from None
    except (OSError, http.client.HTTPException) as error:
        raise NoConnection(f"connection broken: {type(error).__name__}") from None
    if len(content) > most:
        raise TooLarge(f"more than {most} bytes")
    return Answer(response.status, content, location and location.encode("latin-1").decode(errors="replace"))


class WebAddress:
    """A URL taken apart, once: what is looked at and what is asked are the same. Raises NotAsked."""

    def __init__(self, url: str, base: str = "") -> None:
        try:
            parts = urlsplit(urljoin(base, url))
            self.host = (parts.hostname or "").encode("idna").decode()
            port = parts.port
            self.target = iri_to_uri((parts.path or "/") + (f"?{parts.query}" if parts.query else ""))
        except ValueError:
            raise NotAsked("no address") from None
        if parts.scheme not in DEFAULT_PORTS:
            raise NotAsked("neither http nor https")
        if "@" in parts.netloc:
            raise NotAsked("a name or password stands in the address")
        if not HOST.fullmatch(self.host):
            raise NotAsked("no host that can be asked")
        default = DEFAULT_PORTS[parts.scheme]
        self.port = default if port is None else port
        if self.port not in WEB_PORTS and self.port < LOWEST_FREE_PORT:
            raise NotAsked("its port is none of the web's")
        self.url = parts.geturl()
        self.is_secure = parts.scheme == "https"
        self.name = self.host.rstrip(".")
        """Without the dot that keeps a resolver from trying its own domains; certificates and `private` know no dot."""
        self.authority = f"[{self.name}]" if ":" in self.name else self.name
        if self.port != default:
            self.authority += f":{self.port}"

    def secured(self, sock: socket.socket, deadline: Deadline) -> socket.socket:
        """The socket under TLS, if the address wants it, once the certificate was seen to be that of the name."""
        if not self.is_secure:
            return sock
        context = ssl.create_default_context()
        context.set_alpn_protocols(["http/1.1"])
        sock.settimeout(deadline.left())  # for the whole handshake
        return context.wrap_socket(sock, server_hostname=self.name)


def resolve(host: str, port: int, deadline: Deadline) -> list[End]:
    """All addresses of a host. On a thread of its own, because the resolver of the system knows no deadline."""
    answers: queue.SimpleQueue[list[End] | OSError] = queue.SimpleQueue()

    def look_up() -> None:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
            answers.put([(family, end) for family, _type, _protocol, _name, end in found])
        except OSError as error:
            answers.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        answer = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise TookTooLong(deadline.words) from None
    if isinstance(answer, socket.gaierror) and answer.errno == socket.EAI_AGAIN:
        raise TookTooLong("the name system does not answer")
    if isinstance(answer, OSError):
        raise NoSuchHost("no such host")
    return answer


def is_public(address: str) -> bool:
    """Whether an IP address is that of one machine in the public network, and no way round to another kind."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or (ipaddress.IPv4Address(int(found) & 0xFFFFFFFF) if found in NAT64 else None)
        if inner:
            return is_public(str(inner))
        tunnelled = found.sixtofour or found.teredo
        return found.is_global and found in GLOBAL_UNICAST and not (tunnelled or found.scope_id)
    return found.is_global and not (found.is_multicast or any(found in network for network in INSIDE))


def connect(ends: list[End], deadline: Deadline) -> socket.socket:
    """A socket to the first that answers. One that keeps silent leaves their share of the time to the others."""
    trouble = ""
    tried = ends[:ATTEMPTS]
    for number, (family, end) in enumerate(tried):
        share = deadline.left() / (len(tried) - number)
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            sock.settimeout(share)
            sock.connect(end)
        except OSError as error:
            sock.close()
            trouble = type(error).__name__
        else:
            return sock
    raise NoConnection(f"no connection: {trouble}")


class BoundedSocket:
    """A socket, as far as http.client needs one, that ends with the deadline and after so many bytes."""

    def __init__(self, sock: socket.socket, deadline: Deadline, most: int) -> None:
        self.sock = sock
        self.deadline = deadline
        self.most = most

    def sendall(self, data: bytes) -> None:
        self.sock.settimeout(self.deadline.left())
        self.sock.sendall(data)

    def makefile(self, mode: str) -> io.BufferedReader:
        return io.BufferedReader(BoundedReader(self.sock, self.deadline, self.most))

    def close(self) -> None:
        """Whoever opened the socket closes it: http.client would do so before the body is read."""


class BoundedReader(io.RawIOBase):
    def __init__(self, sock: socket.socket, deadline: Deadline, most: int) -> None:
        self.sock = sock
        self.deadline = deadline
        self.left = most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "Buffer") -> int:
        if not self.left:
            raise TooLarge("an answer that does not end")
        self.sock.settimeout(self.deadline.left())
        count = self.sock.recv_into(memoryview(buffer)[: self.left])
        self.left -= count
        return count
