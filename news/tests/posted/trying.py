"""Each entry tried by each role, all from one world, which is as before after each."""

import traceback
from contextlib import contextmanager
from itertools import groupby

from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.db import transaction
from django.utils import translation
from wagtail.users.models import UserProfile

from news.bootstrap import PAGE_PERMISSIONS
from news.tests.pairs import member_of

from .register import ADMINISTRATOR, GUEST, REGISTER, ROLES
from .visitor import Refusal, Visitor


@contextmanager
def undone():
    """What happens inside has not happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()
    mail.outbox.clear()
    translation.activate("en")


def people():
    """{role: user}"""
    root = get_user_model().objects.create_superuser("root", "root@example.org", "secret")
    users = {
        role: member_of(role, username=role.replace(" ", "-").lower(), email="a@example.org")
        for role in PAGE_PERMISSIONS
    }
    for user in (root, *users.values()):
        UserProfile.get_for_user(user)
    return {**users, ADMINISTRATOR: root, GUEST: None}


def everybody(entry):
    """All roles, those that may first: what they were shown, the others send."""
    return sorted(ROLES, key=lambda role: role not in entry.may)


def two_of_them(entry):
    """The role with the least rights of those that may, and the one with the most of those that may not."""
    may = [role for role in ROLES if role in entry.may]
    may_not = [role for role in ROLES if role not in entry.may]
    return [*may[-1:], *may_not[:1]]


def failures_in(area, roles=everybody, only=""):
    """[what went wrong] with the entries of an area, each tried by those whom `roles(entry)` names."""
    found = []
    users = people()
    entries = [entry for entry in REGISTER if entry.area == area and only in f"{entry.address} {entry.name}"]
    order = list(dict.fromkeys(entry.given for entry in entries))
    for given, group in groupby(sorted(entries, key=lambda entry: order.index(entry.given)), lambda entry: entry.given):
        with undone():
            world = given() if given else None
            for entry in group:
                found += tried(entry, world, users, roles(entry))
    return found


def tried(entry, world, users, roles):
    shown, failures = {}, {}
    for role in roles:
        with undone():
            visitor = Visitor(role, users[role], entry.address, shown)
            visitor.may = role in entry.may
            said = outcome(entry, visitor, world)
        if said:
            failures.setdefault(said, []).append(role)
    return [f"{entry.address} ({entry.name}), {', '.join(roles)}: {said}" for said, roles in failures.items()]


def outcome(entry, visitor, world):
    """What is wrong with what came of it, or nothing."""
    try:
        with transaction.atomic():
            entry.post(visitor, world)
    except Refusal as refusal:
        if visitor.may:
            return f"refused: {refusal}"
        if visitor.role == ADMINISTRATOR and entry.refused not in str(refusal):
            return f"refused in other words: {refusal}"
        return f"refused, but wrote {refusal.writes}" if refusal.writes else ""
    except Exception as error:
        frames = [frame for frame in traceback.extract_tb(error.__traceback__) if "/posted/" in frame.filename]
        line = frames[-1].line if frames else ""
        return f"{type(error).__name__} {str(error)[:300]} at `{line}` {visitor.said}"
    if not visitor.may:
        return "was not refused"
    if visitor.was_here() == entry.elsewhere:
        return f"was sent to {visitor.sent_to}"
    return ""
