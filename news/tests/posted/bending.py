"""Each form of the register, sent in odd ways by five roles: what breaks, and what becomes public that should not."""

import json
import signal
import traceback
from collections import Counter
from contextlib import contextmanager

from django.contrib.auth import get_user_model
from django.db import connection, transaction
from hypothesis import HealthCheck, given, seed, settings
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site, get_page_models

from home.images import CustomImage
from home.models import Appearance
from news.bootstrap import BILINGUAL_REVIEWERS, ENGLISH_AUTHORS, PUBLISHERS
from news.models import ArticlePartner, ArticleTopic

from .odd import BODIES, VALUES, bends, bent, bent_json, content_of
from .register import ADMINISTRATOR, GUEST, PUBLISHING, REGISTER
from .trying import everybody, people, undone
from .visitor import Refusal, Visitor

ROLES = [ADMINISTRATOR, PUBLISHERS, BILINGUAL_REVIEWERS, ENGLISH_AUTHORS, GUEST]
SECONDS = 20
"""Of the processor, after which a form hangs."""
OF_A_PAGE = ["id", "title", "slug", "url_path", "live_revision_id", "first_published_at", "last_published_at"]
OF_A_PAGE += ["seo_title", "search_description", "locale_id", "show_in_menus"]

INLINE = [ArticlePartner, ArticleTopic]


class Caught(Exception):
    """What was to be sent is known."""


class Catcher(Visitor):
    """Does what an entry does until its form is to be sent."""

    elsewhere = False
    caught = None

    def send(self, method, url, data, headers=None, **options):
        self.sent_to.append(url.partition("?")[0])
        if self.elsewhere or self.was_here():
            self.caught = (method.__name__, url, data, headers, options)
            raise Caught
        self.sent_to.pop()
        return super().send(method, url, data, headers, **options)


def public():
    """What readers read: {table: rows}"""
    live = "SELECT id FROM wagtailcore_page WHERE live"
    found = {Page._meta.db_table: rows(Page._meta.db_table, OF_A_PAGE, "live")}
    for model in get_page_models():
        if model is not Page:
            own = [field.column for field in model._meta.local_concrete_fields]
            found[model._meta.db_table] = rows(model._meta.db_table, own, f"{model._meta.pk.column} IN ({live})")
    for model in [*INLINE, Redirect, Site, PageViewRestriction, Appearance]:
        where = f"page_id IN ({live})" if model in INLINE else "0 = 0"
        found[model._meta.db_table] = rows(
            model._meta.db_table, [field.column for field in model._meta.concrete_fields], where
        )
    return found


def rows(table, columns, where):
    names = ", ".join(f'"{column}"' for column in columns)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {names} FROM {table} WHERE {where} ORDER BY 1")
        return cursor.fetchall()


class Bending:
    """What came of so many posts."""

    def __init__(self):
        self.users = people()
        self.posts, self.answers, self.failures = Counter(), Counter(), {}

    def fail(self, what, entry, role, example):
        self.failures.setdefault(what, []).append(f"{entry.address} ({entry.name}), {role}: {example}")

    def told(self):
        return [f"{what} ({len(those)}): {those[0]}" for what, those in self.failures.items()]

    def lines(self):
        """How many posts there were, by area and role, and how they were answered."""
        areas = sorted({area for area, _role in self.posts})
        yield f"{'':22}" + "".join(f"{role[:12]:>14}" for role in ROLES)
        for area in areas:
            yield f"{area:22}" + "".join(f"{self.posts[area, role]:14}" for role in ROLES)
        for status in sorted({status for _role, status in self.answers}):
            yield f"answered {status:<13}" + "".join(f"{self.answers[role, status]:14}" for role in ROLES)

    def through(self, entry, roles, examples, number):
        """Post an entry's form as each role, in so many odd ways."""
        with undone():
            world, shown = entry.given() if entry.given else None, {}
            for role in everybody(entry):
                with undone():
                    visitor = Catcher(role, self.users[role], entry.address, shown)
                    visitor.may, visitor.elsewhere = role in entry.may, entry.elsewhere
                    if caught(entry, visitor, world) and role in roles:
                        self.bend(entry, visitor, examples, number)

    def bend(self, entry, visitor, examples, number):
        before, others = public(), keys()

        @seed(number)
        @settings(max_examples=examples, database=None, deadline=None, suppress_health_check=list(HealthCheck))
        @given(bends())
        def post(bending):
            with undone():
                self.post(entry, visitor, bending, before, others)

        post()

    def post(self, entry, visitor, bending, before, others):
        method, url, data, headers, options = visitor.caught
        data, options, example = odd(data, options, bending, others)
        self.posts[entry.area, visitor.role] += 1
        try:
            with transaction.atomic(), in_time():
                answer = getattr(visitor.client, method)(url, data, headers=headers, **options)
                status = answer.status_code
                if answer.streaming:
                    b"".join(answer.streaming_content)
            if status >= 500 and status != 507:
                self.fail(f"answered {status}", entry, visitor.role, example)
        except Exception as error:
            status = 500
            self.fail(kind_of(error), entry, visitor.role, example)
        self.answers[visitor.role, status] += 1
        if visitor.role not in PUBLISHING and (after := public()) != before:
            otherwise = [name for name in after if after[name] != before[name]]
            self.fail(f"public otherwise: {otherwise}", entry, visitor.role, example)


def caught(entry, visitor, world):
    try:
        with transaction.atomic():
            entry.post(visitor, world)
    except Caught:
        return True
    except (Refusal, AssertionError, LookupError, TypeError, AttributeError, ValueError):
        pass  # it is refused before there is a form
    return False


def odd(data, options, bending, others):
    """(data, options) to be sent, and what was done, in words."""
    changes, body = bending
    if body % 12 == 0:
        kind, content = BODIES[body // 12 % len(BODIES)]
        return content, {**options, "content_type": kind}, f"a body of {kind}: {content!r}"
    said = [f"{how} {field}/{VALUES[value % len(VALUES)][:30]!r}" for how, field, value in changes]
    if isinstance(data, dict) and "content_type" not in options:
        for change in changes:
            data = bent(data, *change, others)
        more, content = content_of(data)
        return content, {**options, **more}, said
    body = data if isinstance(data, str | bytes) else json.dumps(data, default=str)
    for change in changes:
        try:
            body = bent_json(body, *change, others)
        except ValueError:
            break
    return body.encode(errors="surrogatepass") if isinstance(body, str) else body, options, said


def keys():
    """Of other objects, of the other language, and of none."""
    models = [Page, CustomImage, get_user_model()]
    return [
        *{str(key) for model in models for key in model.objects.values_list("pk", flat=True)[:8]},
        "0",
        "999999",
        "-5",
    ]


def kind_of(error):
    frames = traceback.extract_tb(error.__traceback__)
    ours = [frame for frame in frames if "/site-packages/" not in frame.filename and "/tests/" not in frame.filename]
    places = [
        f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno}" for frame in [*ours[-1:], *frames[-1:]]
    ]
    return f"{type(error).__name__} {str(error)[:120]} at {' and '.join(places)}"


@contextmanager
def in_time():
    def late(*_arguments):
        raise TimeoutError("it hangs")

    former = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, former)


__all__ = ["REGISTER", "ROLES", "Bending"]
