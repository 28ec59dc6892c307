"""Group robots of WeCom, DingTalk and Feishu: one text message to each for all that its vendor takes in one.

Formats and signatures are those of the three vendors' documentation of custom group robots.
"""

import base64
import hashlib
import hmac
import json
import time
from collections.abc import Iterable, Iterator
from http import HTTPStatus
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils import translation

from home import http_client
from news.models import Notice

from .failures import NotTaken
from .mail import lines_of, number_of, title_of
from .robot_address import Robot, parse

SECONDS = 5
"""For one robot, from the name of its host to the last byte of its answer."""
LONGEST = 2000
"""Bytes of one message: WeCom takes 2048."""
LONGEST_ANSWER = 10_000


BUSY = {45009, 45033, 130101, 410100, 11232, 99991400}
"""Codes of the vendors for too many messages in too little time."""


def there() -> list[Robot]:
    return [parse(entry) for entry in settings.NOTICE_ROBOTS]


def parts(notices: Iterable[Notice]) -> Iterator[tuple[list[Notice], str]]:
    """As many messages as it takes, each with the notices that it tells."""
    part: list[Notice] = []
    text = ""
    for notice in notices:
        block = block_of(notice)
        longer = f"{text}\n{block}" if part else block
        if part and len(longer.encode()) > LONGEST:
            yield part, text
            part, longer = [], block
        part, text = [*part, notice], longer
    if part:
        yield part, text


def block_of(notice: Notice) -> str:
    with translation.override(settings.NOTICE_ROBOT_LANGUAGE):
        told = lines_of(notice, title=public_title(notice))
    text = f"{told['subject']}\n{told['address']}"
    return text if len(text.encode()) <= LONGEST else text.encode()[:LONGEST].decode(errors="ignore") + "…"


def public_title(notice: Notice) -> str:
    """No title of what is embargoed: a group may be larger than the press office."""
    release = notice.release
    is_embargoed = release is not None and release.release_at
    return number_of(notice) if is_embargoed else title_of(notice)


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


def post(robot: Robot, text: str) -> None:
    """Raises NotTaken or RequestFailed."""
    url, body = message(robot, text, int(time.time()))
    answer = http_client.post(
        url,
        json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
        seconds=SECONDS,
        most=LONGEST_ANSWER,
        private=settings.NOTICE_ROBOT_PRIVATE_HOSTS,
    )
    if answer.status != HTTPStatus.OK:
        is_for_now = answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == HTTPStatus.TOO_MANY_REQUESTS
        raise NotTaken(f"{robot.kind}: status {answer.status}", is_for_now)
    try:
        said = json.loads(answer.body)
        code = said.get("errcode", said.get("code", 0))
    except (ValueError, AttributeError):
        raise NotTaken(f"{robot.kind}: an answer that is no object in JSON") from None
    if code != 0:
        raise NotTaken(f"{robot.kind}: error {code}", code in BUSY)
