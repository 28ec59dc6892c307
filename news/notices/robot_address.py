"""An entry of NOTICE_ROBOTS, read. The settings ask before Django is set up, so that this knows no model."""

import hashlib
from dataclasses import dataclass

from home import http_client

KINDS = ("dingtalk", "feishu", "wecom")


@dataclass(frozen=True)
class Robot:
    kind: str
    url: str
    secret: str = ""

    @property
    def name(self) -> str:
        """By which we know it again; its address holds a key."""
        return f"{self.kind}-{hashlib.sha256(self.url.encode()).hexdigest()[:8]}"


def parse(entry: str) -> Robot:
    """`kind=https://...`, and `|secret` behind it where the robot signs. Raises ValueError, which never repeats it."""
    kind, _equals, rest = entry.partition("=")
    url, _bar, secret = rest.partition("|")
    if kind not in KINDS:
        raise ValueError("no such kind of robot")
    try:
        http_client.WebAddress(url)
    except http_client.NotAsked as error:
        raise ValueError(str(error)) from None
    return Robot(kind, url, secret)
