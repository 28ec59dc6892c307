"""Forms as no browser sends them: what somebody fills in, bent, cut and mixed up. Strategies for hypothesis."""

import json
from urllib.parse import urlencode

from django.core.files.base import File
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import strategies

LONG = 10_000
NUMBERS = ["0", "-1", "00", "1e3", "1.5", "NaN", "-inf", "٣", "９９", "²", "0x10", "1_000", "+1", "5,6", "2147483648"]
NUMBERS += ["9223372036854775808", "-9223372036854775809", "9" * 50, "9" * 5000]
MOMENTS = ["0000-00-00", "0001-01-01", "0001-01-01T00:00", "9999-12-31", "9999-12-31T23:59", "10000-01-01T00:00"]
MOMENTS += ["2026-02-30", "2026-02-30T25:61", "24:00", "二〇二六年一月一日", "2026-01-01T00:00+99:99"]
WORDS = ["", " ", "\0", "a\0b", "\ud800", "x\udfff", "x" * LONG, "港" * LONG, "\r\n\r\n", "\u202e\u2066", "\x7f\x1b[0m"]
WORDS += [
    "<script>alert(1)</script>",
    "{{ 7|add:1 }}",
    "%s%n%(a)s",
    "' OR 1=1 --",
    "../../../etc/passwd",
    "//evil.example",
]
WORDS += [
    "javascript:alert(1)",
    "http://[::1",
    "http://" + "a." * 300,
    "None",
    "on",
    "true",
    "__all__",
    "self",
    "é" * 300,
]
BROKEN = [
    "[",
    "{",
    '{"a":',
    "nul",
    '"\\ud800"',
    "[" * 2000,
    '{"blocks": 1}',
    '{"entityMap": [], "blocks": [{}]}',
    "[[]]",
]
BROKEN += [
    "null",
    "0",
    "[]",
    "{}",
    '[{"type": "no_such", "value": 1, "id": 1}]',
    '{"blocks": [{"text": null}]}',
    "[null]",
]
VALUES = [*NUMBERS, *MOMENTS, *WORDS, *BROKEN]
NAMES = [
    "action-publish",
    "action-submit",
    "next",
    "id",
    "pk",
    "body-count",
    "form-TOTAL_FORMS",
    "comments-TOTAL_FORMS",
]
NAMES += [
    "user",
    "locale",
    "live",
    "slug",
    "password",
    "is_superuser",
    "groups",
    "overwrite_revision_id",
    "x" * 300,
    "\0",
    "",
]
COUNTS = ("-TOTAL_FORMS", "-INITIAL_FORMS", "-count")
ENDS = (*COUNTS, "-order", "-ORDER", "-deleted", "-DELETE", "-id", "-type", "stamp", "token", "key")
BODIES = [
    ("application/json", b"{"),
    ("application/json", b"[1, 2]"),
    ("application/json", b'"\\ud800"'),
    ("application/json", b"\xff\xfe"),
    ("text/plain", b"a=b"),
    ("multipart/form-data", b"--x"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data; name=title\r\n\r\n"),
    ("multipart/form-data; boundary=" + "x" * 300, b""),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
    ("application/x-www-form-urlencoded; charset=no-such", b"title=%FF%FE&body-count=%00"),
    ("application/x-www-form-urlencoded", b"%zz=%&&&=;a=%C3%28"),
    ("", b"\x00\xff"),
]
numbers = strategies.integers(min_value=0, max_value=2**20)


def bends():
    """[(how, which field, which value)]: one to three at once, all by number, so that they suit any form."""
    hows = (
        ["value"] * 6
        + ["special"] * 4
        + ["leave out", "repeat", "other", "swap", "add", "file", "text for file", "key"]
    )
    bend = strategies.tuples(strategies.sampled_from(hows), numbers, numbers)
    return strategies.tuples(strategies.lists(bend, min_size=1, max_size=3), numbers)


def a_file():
    return SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n no picture", "image/png")


def bent(data, how, field, value, others):
    """The fields of a form, changed; `others` are keys of other objects."""
    names = list(data)
    special = [name for name in names if name.endswith(ENDS)]
    names = (special if how == "special" else names) or names
    if how == "add" or not names:
        return {**data, NAMES[field % len(NAMES)]: VALUES[value % len(VALUES)]}
    name = names[field % len(names)]
    if how == "leave out":
        return {each: data[each] for each in data if each != name}
    if how == "repeat":
        return {**data, name: [data[name], VALUES[value % len(VALUES)]]}
    if how == "swap":
        other = names[value % len(names)]
        return {**data, name: data[other], other: data[name]}
    if how == "file":
        return {**data, name: a_file()}
    if how == "text for file":
        files = [each for each in data if isinstance(data[each], File)]
        return {**data, (files or [name])[0]: "no file"}
    if how == "key":
        return {
            **{each: data[each] for each in data if each != name},
            f"{name}{VALUES[value % len(NUMBERS)]}": data[name],
        }
    values = others if how == "other" else VALUES
    return {**data, name: values[value % len(values)]}


def bent_json(body, how, field, value, others):
    """The same of what a script sends: as values of JSON, too."""
    told = json.loads(body)
    if not isinstance(told, dict):
        return BROKEN[value % len(BROKEN)]
    if how in ("value", "special", "repeat"):
        kinds = [None, -1, 1e308, 2**70, [], {}, [[]], True, VALUES[value % len(VALUES)], [VALUES[value % len(VALUES)]]]
        return json.dumps({**told, ([*told] or ["a"])[field % max(1, len(told))]: kinds[value % len(kinds)]})
    return json.dumps(bent({name: told[name] for name in told}, how, field, value, others), default=str)


def content_of(data):
    """(options of a client's request, its data): as a browser sends it, or as one that knows no Unicode does."""
    values = [each for value in data.values() for each in (value if isinstance(value, list | tuple) else [value])]
    halves = [
        each for each in [*values, *data] if isinstance(each, str) and any("\ud800" <= c <= "\udfff" for c in each)
    ]
    if not halves:
        return {}, {name: "" if value is None else value for name, value in data.items()}
    words = {name: value for name, value in data.items() if not isinstance(value, File)}
    body = urlencode(words, doseq=True, errors="surrogatepass")
    return {"content_type": "application/x-www-form-urlencoded"}, body
