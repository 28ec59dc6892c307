"""Group robots of WeCom, DingTalk and Feishu: one text message to each, however many notices there are.

Formats and signatures are those of the three vendors' documentation of custom group robots.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Collection
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.checks import Error, register
from django.utils import translation
from django.utils.translation import gettext as _

from home import http_client
from news.models import Notice

from .mail import lines_of, title_of

SECONDS = 5
"""For one robot, from the name of its host to the last byte of its answer."""
LONGEST = 2000
"""Bytes of one message: WeCom takes 2048."""
LONGEST_ANSWER = 10_000
KINDS = ("dingtalk", "feishu", "wecom")


class NotTaken(Exception):
    """The vendor's server answered with an error. What it said is left out: it may repeat the address with its key."""


@dataclass(frozen=True)
class Robot:
    kind: str
    url: str
    secret: str = ""


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


@register()
def check_robots(app_configs: Any, **kwargs: Any) -> list[Error]:
    wrong = []
    for number, entry in enumerate(settings.NOTICE_ROBOTS, start=1):
        try:
            parse(entry)
        except ValueError:  # the entry holds a key: it is not repeated here
            hint = f"Write {', '.join(KINDS)}: kind=https://address or kind=https://address|secret"
            wrong.append(Error(f"NOTICE_ROBOTS: entry {number} is no robot.", hint=hint, id="news.E001"))
    return wrong


def post(notices: Collection[Notice]) -> None:
    """Tell every robot. Raises NotTaken or RequestFailed; those that had it get it again with the next attempt."""
    text = text_of(notices)
    for entry in settings.NOTICE_ROBOTS:
        robot = parse(entry)
        call(robot, *message(robot, text, int(time.time())))


def text_of(notices: Collection[Notice]) -> str:
    with translation.override(settings.NOTICE_ROBOT_LANGUAGE):
        blocks = []
        for notice in notices:
            told = lines_of(notice, title=public_title(notice))
            blocks.append(f"{told['subject']}\n{told['address']}")
    text = "\n".join(blocks)
    return text if len(text.encode()) <= LONGEST else text.encode()[:LONGEST].decode(errors="ignore") + "…"


def public_title(notice: Notice) -> str:
    """No title of what is embargoed: a group may be larger than the press office."""
    release = notice.release
    is_embargoed = release is not None and release.release_at
    return _("release %(number)d") % {"number": notice.release_id} if is_embargoed else title_of(notice)


def message(robot: Robot, text: str, now: int) -> tuple[str, dict[str, Any]]:
    """(address, body) of one message; `now` in seconds."""
    body: dict[str, Any]
    if robot.kind == "feishu":
        body = {"msg_type": "text", "content": {"text": text}}
        if robot.secret:
            body |= {"timestamp": str(now), "sign": signature(f"{now}\n{robot.secret}", "")}
        return robot.url, body
    url = robot.url
    if robot.kind == "dingtalk" and robot.secret:
        sign = signature(robot.secret, f"{now * 1000}\n{robot.secret}")
        url += ("&" if "?" in url else "?") + urlencode({"timestamp": now * 1000, "sign": sign})
    return url, {"msgtype": "text", "text": {"content": text}}


def signature(key: str, words: str) -> str:
    return base64.b64encode(hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()).decode()


def call(robot: Robot, url: str, body: dict[str, Any]) -> None:
    answer = http_client.post(
        url,
        json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
        seconds=SECONDS,
        most=LONGEST_ANSWER,
        private=settings.NOTICE_ROBOT_PRIVATE_HOSTS,
    )
    if answer.status != HTTPStatus.OK:
        raise NotTaken(f"{robot.kind}: status {answer.status}")
    try:
        said = json.loads(answer.body)
        code = said.get("errcode", said.get("code", 0))
    except (ValueError, AttributeError):
        raise NotTaken(f"{robot.kind}: an answer that is no object in JSON") from None
    if code != 0:
        raise NotTaken(f"{robot.kind}: error {code}")
