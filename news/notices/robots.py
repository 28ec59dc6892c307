"""Group robots of WeCom, DingTalk and Feishu: one text message to each, however many notices there are.

Formats and signatures are those of the three vendors' documentation of custom group robots.
"""

import base64
import hashlib
import hmac
import json
import time
from dataclasses import dataclass
from urllib.parse import urlencode, urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from django.conf import settings
from django.core.checks import Error, register
from django.utils import translation
from django.utils.translation import gettext as _

from .mail import lines_of, title_of

TIMEOUT = 5
"""Seconds."""
LONGEST = 2000
"""Bytes of one message: WeCom takes 2048."""
KINDS = ("dingtalk", "feishu", "wecom")


class NotTaken(Exception):
    """The vendor's server answered with an error."""


@dataclass(frozen=True)
class Robot:
    kind: str
    url: str
    secret: str = ""


def parse(entry):
    """`kind=https://...`, and `|secret` behind it where the robot signs. Raises ValueError."""
    kind, _equals, rest = entry.partition("=")
    url, _bar, secret = rest.partition("|")
    if kind not in KINDS or urlsplit(url).scheme not in ("http", "https"):
        raise ValueError(entry)
    return Robot(kind, url, secret)


@register()
def check_robots(app_configs, **kwargs):
    wrong = []
    for number, entry in enumerate(settings.NOTICE_ROBOTS, start=1):
        try:
            parse(entry)
        except ValueError:  # the entry holds a key: it is not repeated here
            hint = f"Write {', '.join(KINDS)}: kind=https://address or kind=https://address|secret"
            wrong.append(Error(f"NOTICE_ROBOTS: entry {number} is no robot.", hint=hint, id="news.E001"))
    return wrong


def post(notices):
    """Tell every robot. Raises NotTaken or OSError; those that had it already get it again with the next attempt."""
    text = text_of(notices)
    for entry in settings.NOTICE_ROBOTS:
        robot = parse(entry)
        url, body = message(robot, text, int(time.time()))
        answer = call(url, body)
        if answer.get("errcode", answer.get("code", 0)) != 0:
            raise NotTaken(f"{robot.kind}: {answer}")


def text_of(notices):
    with translation.override(settings.NOTICE_ROBOT_LANGUAGE):
        blocks = []
        for notice in notices:
            told = lines_of(notice, title=public_title(notice.release))
            blocks.append(f"{told['subject']}\n{told['address']}")
    text = "\n".join(blocks)
    return text if len(text.encode()) <= LONGEST else text.encode()[:LONGEST].decode(errors="ignore") + "…"


def public_title(release):
    """No title of what is embargoed: a group may be larger than the press office."""
    return _("release %(number)d") % {"number": release.pk} if release.release_at else title_of(release)


def message(robot, text, now):
    """(address, body) of one message; `now` in seconds."""
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


def signature(key, words):
    return base64.b64encode(hmac.new(key.encode(), words.encode(), hashlib.sha256).digest()).decode()


class NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *args, **kwargs):
        return None


def call(url, body):
    request = Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})  # noqa: S310
    with build_opener(NoRedirect).open(request, timeout=TIMEOUT) as response:
        return json.loads(response.read(10_000))
