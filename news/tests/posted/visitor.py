"""Somebody at a browser: opens a form as it is shown to them, fills in what an editor fills in, and sends it."""

import json
import re
from urllib.parse import urlencode, urljoin, urlsplit

from django.contrib.messages import ERROR, get_messages
from django.core.files.base import File
from django.db import connection
from django.test import Client, TestCase
from lxml import html

NOTED = "django_session|wagtailadmin_editingsession|wagtailcore_pagesubscription|news_lastview"
"""Tables in which it is noted that somebody was shown something."""
WRITES = re.compile(rf'\s*(INSERT INTO|UPDATE|DELETE FROM) "(?!{NOTED})')


class Refusal(Exception):
    """The site said no: the status or the message, and what it wrote nevertheless."""

    def __init__(self, words, writes):
        super().__init__(words)
        self.writes = writes


class Visitor:
    def __init__(self, role, user, address, shown):
        self.role = role
        self.user = user
        self.address = address
        self.shown = shown
        """{URL: (where it is sent, fields)} of forms that were shown before: what those send who are not shown them."""
        self.may = True
        self.said = []
        """What was said to them last."""
        self.writes = []
        """What was written then."""
        self.sent_to = []
        """Paths."""
        self.client = Client()
        if user:
            self.client.force_login(user)

    def url(self, query=None, **values):
        """The address with `values` for its parameters."""
        url = re.sub(r"<(?:\w+:)?(\w+)>", lambda found: str(values[found[1]]), self.address)
        return f"/{url}?{urlencode(query, doseq=True)}" if query else f"/{url}"

    def was_here(self):
        """Whether they sent something to the address itself."""
        parts = re.split(r"<[^>]+>", self.address.replace("^", ""))
        return any(re.fullmatch("/" + "[^/]+".join(map(re.escape, parts)), path) for path in self.sent_to)

    def form(self, to="", query=None, holding="", **values):
        """The Form at this entry's address, or at the URL `to`: the one that posts, with a field named `holding`.

        Who may not gets the one that was shown to somebody who may.
        """
        url = to or self.url(query, **values)
        if url in self.shown and not self.may:
            return Form(self, *self.shown[url])
        answer = self.client.get(url)
        found = form_in(text_of(answer), holding) if answer.status_code == 200 else None
        assert found or not self.may, f"{url} shows no form: {answer.status_code} {words_of(answer)[0]}"
        action, fields = found or ("", {})
        self.shown.setdefault(url, (urljoin(url, action), fields))
        return Form(self, urljoin(url, action), fields)

    def post(self, data=None, to="", query=None, headers=None, **values):
        """Send what a script sends, or a form without fields. Raises Refusal."""
        return self.send(self.client.post, to or self.url(query, **values), data or {}, headers)

    def done_to_some(self, answer):
        """A bulk action that refuses shows its page again, or says that it was done to 0 pages. Raises Refusal."""
        if answer.status_code == 200 or any(re.search(r"\b0 ", words) for words in self.said):
            raise Refusal("; ".join(self.said), [])

    def send(self, method, url, data, headers=None, **options):
        for value in data.values() if isinstance(data, dict) else ():
            if isinstance(value, File):
                value.seek(0)
        self.sent_to.append(urlsplit(url).path)
        statements = []

        def record(execute, sql, *arguments):
            statements.append(sql)
            return execute(sql, *arguments)

        with connection.execute_wrapper(record), TestCase.captureOnCommitCallbacks(execute=True):
            answer = method(url, data, headers=headers, **options)
        writes = writes_of(statements)
        words, errors = words_of(answer)
        assert answer.status_code < 500, f"{answer.status_code} {words}"
        self.said, self.writes = words, writes
        if answer.status_code >= 400 or errors or is_login(answer):
            raise Refusal(f"{answer.status_code} {'; '.join(errors or words)}", writes)
        return answer


class Form:
    def __init__(self, visitor, url, fields):
        self.visitor = visitor
        self.url = url
        self.fields = dict(fields)

    def send(self, to="", headers=None, **filled):
        """With these fields filled in; None empties one or leaves a button unpressed."""
        data = {**self.fields, **filled}
        data = {name: value for name, value in data.items() if value is not None}
        return self.visitor.post(data, to=to or self.url, headers=headers)

    def fill(self, fields):
        self.fields.update(fields)
        return self


def text_of(answer):
    """HTML of a page, or of a dialogue that came as JSON."""
    text = answer.content.decode()
    if answer["Content-Type"].startswith("application/json"):
        text = json.loads(text).get("html", "")
    return text


def writes_of(statements):
    """Those that change rows and were not taken back."""
    writes, savepoints = [], {}
    for sql in statements:
        if sql.startswith("SAVEPOINT"):
            savepoints[sql.split()[-1]] = len(writes)
        elif sql.startswith("ROLLBACK TO"):
            del writes[savepoints[sql.split()[-1]] :]
        elif WRITES.match(sql):
            writes.append(sql[:200])
    return writes


def fields_of(text, holding=""):
    """{name: what a browser would send} of the form in some HTML."""
    return form_in(text, holding)[1]


def form_in(text, holding=""):
    """(where the form in some HTML is sent, {name: what a browser would send}), or None without one."""
    if not text.strip():
        return None
    document = html.fromstring(text)
    for template in document.xpath("//template"):
        template.drop_tree()
    forms = [form for form in document.xpath("//form") if form.get("method", "").lower() == "post"]
    forms = [form for form in forms if not holding or holding in form.fields]
    if not forms:
        return None
    fields = {}
    form = max(forms, key=lambda form: len(form.inputs.keys()))
    for control in form.inputs:
        if control.name and control.get("disabled") is None:
            for value in values_of(control):
                fields.setdefault(control.name, []).append(value)
    sent = {name: values if len(values) > 1 else values[0] for name, values in fields.items()}
    return form.get("action") or "", sent


def values_of(control):
    """[what a browser sends of a control that nobody has touched]"""
    if control.tag == "select":
        chosen = [option.get("value", "") for option in control.iter("option") if option.get("selected") is not None]
        return chosen if control.multiple else [*chosen, *control.value_options, ""][:1]
    kind = control.get("type", "text").lower()
    if kind in ("submit", "image", "reset", "button", "file") or control.tag == "button":
        return []
    if kind in ("checkbox", "radio"):
        return [control.get("value", "on")] if control.get("checked") is not None else []
    return [(control.value or "").removeprefix("\n")]


def is_login(answer):
    return answer.status_code == 302 and "/login/" in answer["Location"]


ERRORS = "error-message", "errorlist", "w-field__errors", "help-critical"


def words_of(answer):
    """(everything that is said, what of it are errors): in messages, in a form that is shown again, in JSON."""
    messages = list(get_messages(answer.wsgi_request))
    words = [plain(str(message)) for message in messages]
    errors = [plain(str(message)) for message in messages if message.level >= ERROR]
    if answer.streaming or 300 <= answer.status_code < 400:
        return words, errors
    text = answer.content.decode(errors="replace")
    if answer.get("Content-Type", "").startswith("application/json"):
        told = json.loads(text or "{}")
        told = told if isinstance(told, dict) else {}
        if told.get("success") is False or told.get("is_valid") is False or answer.status_code >= 400:
            errors.append(plain(told.get("form") or told.get("error_message") or text))
        text = told.get("html", "")
    elif not answer.get("Content-Type", "").startswith("text/html"):
        text = ""
    if text.strip():
        path = " | ".join(f'//*[contains(@class, "{name}")]' for name in ERRORS)
        errors += [plain(part) for part in html.fromstring(text).xpath(path)]
    if answer.status_code >= 400 and not errors:
        errors.append(plain(text or "-"))
    errors = [error for error in dict.fromkeys(errors) if error]
    return [*words, *errors], errors


def plain(part):
    """The words of some HTML."""
    if isinstance(part, str):
        part = html.fromstring(f"<div>{part}</div>")
    return " ".join(part.text_content().split())[:200]
