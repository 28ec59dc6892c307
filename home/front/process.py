"""The one store of this process, and what has to listen for it."""

import atexit
from collections.abc import Collection
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.models.signals import post_init, post_migrate, pre_migrate

from home import clock

from . import changes
from .code import code
from .meanings import follow_all, models_shown
from .recording import GREY, loaded
from .store import DAYS_AHEAD, Store
from .tags import EVERYTHING

if TYPE_CHECKING:
    from .nodes import Nodes


def is_on() -> bool:
    return bool(settings.FRONT_DIR) and not settings.READ_ONLY


@cache
def store() -> Store:
    return Store(settings.FRONT_DIR, looks, clock.day, code, is_followed=bool(settings.FRONT_NODE))


@cache
def nodes() -> "Nodes | None":
    """All that follow; None where this is the only machine."""
    if not settings.FRONT_NODE:
        return None
    from .nodes import Nodes  # knows PostgreSQL

    return Nodes()


def is_held() -> bool:
    """Whether what is stored here is found, and may be added to."""
    return not settings.FRONT_NODE or store().is_held()


def forget(tags: Collection[str]) -> int:
    """On all nodes. Returns how many files went here, or -1 for all."""
    count = store().forget(tags)
    if all_nodes := nodes():
        all_nodes.forget(tags)
    return count


def forget_all() -> None:
    """After another program has written to the database, or another version has stored pages."""
    if is_on():
        forget({EVERYTHING})


def looks() -> dict[date, str]:
    """The days, of those to come, on which the site is grey."""
    from home.models import Appearance

    found: dict[date, str] = {}
    if changes.is_resting:
        return found
    for appearance in Appearance.objects.filter(site__is_default_site=True).exclude(grey_from=None):
        first, last = appearance.grey_from, appearance.grey_until or appearance.grey_from
        today = clock.day()
        for number in range(-1, DAYS_AHEAD):
            day = today + timedelta(days=number)
            if first <= day <= last:
                found[day] = GREY
    return found


def install() -> None:
    if not is_on():
        return
    follow_all()
    for model in models_shown():
        post_init.connect(loaded, sender=model, dispatch_uid=f"front.{model._meta.label}")
    pre_migrate.connect(rest, dispatch_uid="front")
    post_migrate.connect(go_on, dispatch_uid="front")
    connection_created.connect(listen, dispatch_uid="front")
    atexit.register(settle_all)
    for connection in connections.all(initialized_only=True):
        listen(connection=connection)


def settle_all() -> None:
    for connection in connections.all(initialized_only=True):
        changes.settle(connection)


def rest(**kwargs: object) -> None:
    """While tables change, rows are not what the models say, and all pages go. It is said anew for each app."""
    if not changes.is_resting:
        changes.is_resting = True
        forget({EVERYTHING})


def go_on(**kwargs: object) -> None:
    if changes.is_resting:
        changes.is_resting = False
        forget({EVERYTHING})


def listen(connection: BaseDatabaseWrapper, **kwargs: object) -> None:
    """To all that is asked and written through a connection, as long as it lives."""
    if not getattr(connection, "front_listens", False):
        connection.front_listens = True  # type: ignore[attr-defined]  # as long as it lives
        connection.execute_wrappers.append(changes.watch(store(), nodes()))
        if nodes():
            changes.tell_before_commit(connection)
