"""A mail server on this machine that does as it is told, however bad that is. What it took is in `letters`."""

import email
import email.policy
import socket
import ssl
import threading
import time

HANG, CLOSE, DRIP = object(), object(), object()
"""What it does in place of an answer."""
LONG = 30
"""Seconds: a client that does not mind the time must get an end, so that its test fails."""


class Letter:
    def __init__(self, sender, to, data):
        self.sender, self.to, self.data = sender, to, data
        self.read = email.message_from_bytes(data, policy=email.policy.default)
        self.subject, self.name = self.read["Subject"].strip(), self.read["Message-ID"]

    @property
    def body(self):
        return self.read.get_content()


class MailServer:
    def __init__(self, port=0, context=None):
        self.letters, self.connections, self.answers, self.refused = [], 0, {}, {}
        self.context = context
        self.listener = socket.create_server(("127.0.0.1", port))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                line, _address = self.listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self.meet, args=[line], daemon=True).start()

    def close(self):
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()

    def meet(self, line):
        try:
            with line, self.context.wrap_socket(line, server_side=True) if self.context else line as sock:
                self.talk(sock, sock.makefile("rb"))
        except (OSError, StopIteration):  # whoever came has gone
            pass

    def say(self, sock, answer):
        if answer is HANG:
            time.sleep(LONG)
        elif answer is DRIP:
            for _piece in range(LONG * 10):
                sock.sendall(b"2")
                time.sleep(0.1)
        if not isinstance(answer, bytes):
            raise StopIteration
        sock.sendall(answer + b"\r\n")

    def talk(self, sock, said):
        self.say(sock, self.answers.get("HELLO", b"220 mail.test"))
        sender = to = ""
        for line in said:
            word = line[:4].decode().upper()
            usual = {"EHLO": b"250-mail.test\r\n250 AUTH PLAIN", "AUTH": b"235 come in", "QUIT": b"221 bye"}
            answer = self.answers.get(word, usual.get(word, b"250 fine"))
            if word == "MAIL":
                sender = line.decode().partition("<")[2].partition(">")[0]
            if word == "RCPT":
                to = line.decode().partition("<")[2].partition(">")[0]
                answer = self.refused.get(to, answer)
            if word == "DATA" and "DATA" not in self.answers:
                sock.sendall(b"354 go on\r\n")
                self.take(sock, said, sender, to)
                continue
            self.say(sock, answer)

    def take(self, sock, said, sender, to):
        lines = []
        for line in said:
            if line == b".\r\n":
                break
            lines.append(line.removeprefix(b"."))
            if self.answers.get("IN THE MIDDLE") is CLOSE and len(lines) == 3:
                raise StopIteration
        answer = self.answers.get("END", b"250 taken")
        if answer is CLOSE or (isinstance(answer, bytes) and answer.startswith(b"2")):
            self.letters.append(Letter(sender, to, b"".join(lines)))
        self.say(sock, answer)

    def to(self, address):
        return [letter for letter in self.letters if letter.to == address]


def tls(folder):
    """A server's context, whose certificate nobody knows."""
    import subprocess

    key, certificate = folder / "key.pem", folder / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost"]
    subprocess.run([*command, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    return context
