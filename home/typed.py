"""What somebody types while the keyboard is set to Chinese: wide digits and marks where a form asks for a number, a
day, an address or a list."""

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.db import models
from taggit.utils import _parse_tags

if TYPE_CHECKING:
    Characters = models.CharField[str, str]
else:
    Characters = models.CharField

NARROW = {0xFF01 + at: 0x21 + at for at in range(94)} | {0x3000: " ", ord("￥"): "¥", ord("－"): "-", ord("﹣"): "-"}
DOTS = {ord("。"): ".", ord("｡"): "."}
IN_MOMENTS = (
    {ord(sign): "-" for sign in "年月"} | {ord(sign): ":" for sign in "时時点點"} | {ord("日"): " ", ord("分"): " "}
)
COMMAS = "，、；﹐︐､"
SEPARATORS = {ord(sign): "," for sign in f"{COMMAS}\u3000"}
QUOTED = re.compile('["“”＂]([^"“”＂]*)["“”＂]')
WEB = re.compile(r"\s*([A-Za-zＡ-Ｚａ-ｚ]+[:：][/／]{2}[^/／?？#＃]*)([/／?？#＃]?)(.*)", re.DOTALL)


def narrow(text: str) -> str:
    """`０７５５－１２３` -> `0755-123`"""
    return text.translate(NARROW)


def as_moment(text: str) -> str:
    """`2026年11月7日 9：30` -> `2026-11-7 9:30`"""
    return narrow(text).translate(IN_MOMENTS).replace("号", " ").strip() if not text.isascii() else text


def as_mail(text: str) -> str:
    return narrow(text).translate(DOTS)


def as_web(text: str) -> str:
    """Of an address with a host, that part alone: what follows may be wide and meant so."""
    found = WEB.fullmatch(text)
    return as_mail(found[1]) + narrow(found[2]) + found[3] if found and not text.isascii() else text


def tags_of(text: str) -> list[str]:
    """As taggit reads them, whichever comma stands between: the editor itself quotes what has a space in it."""
    apart = QUOTED.sub(lambda words: '"' + re.sub(f"[{COMMAS}]+", '","', words[1]) + '"', text or "")
    found: list[str] = _parse_tags(apart.translate(SEPARATORS))
    return found


class LatinFormField(forms.CharField):
    def to_python(self, value: Any) -> str:
        return narrow(super().to_python(value) or "")


class LatinField(Characters):
    """For numbers that are text: telephones, registrations. Migrations know it as Django's own."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", list(args), kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": LatinFormField, **kwargs})
