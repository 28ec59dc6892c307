"""Mail by Django's own way, in which no server holds us up: one that hangs or drips has so long for each answer.

smtplib bounds one read, so that a byte now and then holds it for ever, and the look-up of a name not at all. It goes
once smtplib ends an exchange in time.
"""

import io
import smtplib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any

from django.core.mail.backends import smtp

from .http_client import BoundedReader, Deadline, RequestFailed, TookTooLong, connect, resolve

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer
    from _typeshed import WriteableBuffer as Buffer

LONGEST_REPLY = 64 * 1024
run: ContextVar[Deadline | None] = ContextVar("run", default=None)


@contextmanager
def within(seconds: float) -> Iterator[Deadline]:
    """All that is sent inside has so long together."""
    deadline = Deadline(seconds)
    token = run.set(deadline)
    try:
        yield deadline
    finally:
        run.reset(token)


class Reply(BoundedReader):
    """What a server says, until the deadline of this exchange."""

    def readinto(self, buffer: "Buffer") -> int:
        try:
            return super().readinto(buffer)
        except TimeoutError:
            raise TookTooLong(self.deadline.words) from None


class BoundedSMTP(smtplib.SMTP):
    """An exchange raises RequestFailed where it takes longer than `timeout`, or than is left of the run."""

    reply: Reply

    def deadline(self) -> Deadline:
        whole = run.get()
        return Deadline(min(self.timeout, whole.left()) if whole else self.timeout)

    def _get_socket(self, host: str, port: int, timeout: float) -> Any:
        deadline = self.deadline()
        sock = connect(resolve(host, port, deadline), deadline)
        sock.settimeout(deadline.left())
        return sock

    def send(self, s: "ReadableBuffer | str") -> None:
        if self.sock:
            self.sock.settimeout(self.deadline().left())
        super().send(s)

    def getreply(self) -> tuple[int, bytes]:
        if self.file is None and self.sock is not None:
            self.reply = Reply(self.sock, self.deadline(), LONGEST_REPLY)
            self.file = io.BufferedReader(self.reply)
        try:
            self.reply.deadline, self.reply.left = self.deadline(), LONGEST_REPLY
            return super().getreply()
        except RequestFailed:
            self.close()  # so that no goodbye is waited for
            raise


class BoundedSMTPS(smtplib.SMTP_SSL, BoundedSMTP):
    """The same, under TLS from the first byte."""


class EmailBackend(smtp.EmailBackend):
    @property
    def connection_class(self) -> Any:
        return BoundedSMTPS if self.use_ssl else BoundedSMTP
