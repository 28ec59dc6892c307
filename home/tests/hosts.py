"""Servers elsewhere that are not what one would wish, and a client that may ask this machine."""

import itertools
import re
import socket
import threading
import time

from home import http_client

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
LONG = 20
"""Seconds: a deadline that no test runs into."""


class Host:
    """A server that answers each connection with what `talk(socket)` does; what it was asked is in `asked`."""

    def __init__(self, talk, address="127.0.0.1", port=0, context=None):
        family = socket.AF_INET6 if ":" in address else socket.AF_INET
        self.listener = socket.create_server((address, port), family=family)
        self.port = self.listener.getsockname()[1]
        self.talk, self.context, self.asked = talk, context, []
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                sock, _address = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.meet, args=[sock], daemon=True).start()

    def meet(self, sock):
        try:
            with sock, self.context.wrap_socket(sock, server_side=True) if self.context else sock as line:
                request = line.makefile("rb")
                head = b"".join(itertools.takewhile(lambda line: line != b"\r\n", request)).decode()
                request.read(int((re.findall(r"^Content-Length: (\d+)", head, re.MULTILINE) or [0])[0]))
                self.asked.append(head)
                self.talk(line)
        except OSError:  # whoever asked has gone
            pass


def says(answer):
    return lambda line: line.sendall(answer)


def redirects(location):
    return says(f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nSet-Cookie: a=b\r\nContent-Length: 0\r\n\r\n".encode())


def endlessly(pieces, pause=0.0):
    """For twenty seconds at most: a client that does not mind the time must get an end, so that its test fails."""

    def talk(line):
        end = time.monotonic() + LONG
        for piece in pieces:
            if time.monotonic() > end:
                break
            line.sendall(piece)
            time.sleep(pause)

    return talk


def get(url, seconds=LONG, redirects=4, private=("127.0.0.1",), headers=None):
    return http_client.get(url, headers=headers or {}, seconds=seconds, redirects=redirects, private=private)


def post(url, body=b"{}", seconds=LONG, most=100, private=("127.0.0.1",)):
    return http_client.post(url, body, headers={}, seconds=seconds, most=most, private=private)
