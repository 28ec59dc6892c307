"""An answer, to be compared with others. Needs no Django set up."""

import re
from dataclasses import dataclass

ONCE = re.compile(rb"nonce(?:=|-)[\"']?[\w+/=-]+|name=[\"']csrfmiddlewaretoken[\"'] value=[\"']\w+")
"""What is another in every answer."""


@dataclass(frozen=True)
class Answer:
    status: int
    to: str
    """Where it leads on, if anywhere."""
    body: bytes

    def __str__(self):
        return " ".join(filter(None, (str(self.status), self.to and f"to {self.to}", f"{len(self.body)} bytes")))


def answer(status, to, body):
    return Answer(status, to, ONCE.sub(b"", body))
