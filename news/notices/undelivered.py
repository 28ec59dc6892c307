"""What could not be sent: counted for operators, named to publishers, shown to whoever missed it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Count, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Carrier, Notice, Reason
from news.models.release import name_of

from .mail import Lines, lines_for
from .standing import still_stands

SHOWN = 10
LATE = timedelta(minutes=10)
"""So long an outage is nobody's business: it ends by itself more often than not."""


@dataclass(frozen=True)
class Undelivered:
    to: str
    count: int
    since: datetime
    why: str
    said: str
    is_given_up: bool = False


def counts() -> dict[str, int]:
    """`waiting`: those that failed so far among them."""
    notices = Notice.objects
    return {
        "waiting": notices.waiting().count(),
        "failing": notices.waiting().undelivered().count(),
        "given_up": notices.given_up().count(),
    }


def fault() -> str:
    """For operators: who is away, and how much was given up."""
    given_up = Notice.objects.given_up().count()
    return "; ".join(away(LATE) + ([f"refused too often and given up: {given_up}"] if given_up else []))


def away(late: timedelta = timedelta()) -> list[str]:
    """Who has been away for so long, and why."""
    found = Carrier.objects.away().filter(failing_since__lte=timezone.now() - late).order_by("name")
    return [
        f"{carrier}: away since {carrier.failing_since:%Y-%m-%d %H:%M} UTC"
        f" ({': '.join(filter(None, (carrier.reason, carrier.said)))})"
        for carrier in found
    ]


@dataclass(frozen=True)
class Shown:
    """What a desk shows: what did not reach its owner, and what did not reach anybody."""

    missed: list[Notice]
    rows: list[Undelivered]


def on_desk(user: User, sees_all: bool) -> Shown:
    """One query where all is well: of a server that is away somebody was told in vain."""
    groups = list(grouped())
    if not groups:
        return Shown([], [])
    away = list(Carrier.objects.away().order_by("name"))
    is_mine = any(group["recipient"] == user.pk for group in groups)
    is_mail_away = any(carrier.name == Carrier.MAIL for carrier in away)
    missed = missed_by(user, is_mail_away) if is_mine or is_mail_away else []
    return Shown(missed, [*of_servers(away), *of_people(groups)] if sees_all else [])


def grouped() -> Iterable[Mapping[str, Any]]:
    """By person, reason and whether it is given up: `count`, the oldest (`since`), an `answer` of the server."""
    whether = Notice.objects.undelivered().order_by().annotate(is_given_up=Q(given_up_at__isnull=False))
    by = whether.values("recipient", "reason", "is_given_up")
    return by.annotate(count=Count("pk"), since=Min("created_at"), answer=Min("said")).order_by("since")


def of_servers(away: Iterable[Carrier]) -> Iterator[Undelivered]:
    now = timezone.now()
    for carrier in away:
        is_mail = carrier.name == Carrier.MAIL
        count = Notice.objects.waiting().filter(recipient__isnull=not is_mail).count()
        if count:
            yield Undelivered(called(carrier), count, carrier.failing_since or now, why(carrier.reason), carrier.said)


def of_people(groups: Iterable[Mapping[str, Any]]) -> Iterator[Undelivered]:
    found = [group for group in groups if group["recipient"] is not None and group["reason"] in OF_THEIRS]
    people = get_user_model().objects.in_bulk({group["recipient"] for group in found[:SHOWN]})
    for group in found[:SHOWN]:
        to = people[group["recipient"]]
        name = f"{name_of(to)} ({to.email})" if to.email else name_of(to)
        yield Undelivered(
            name, group["count"], group["since"], why(group["reason"]), group["answer"], group["is_given_up"]
        )


OF_THEIRS = ["", Reason.ADDRESS, Reason.CONTENT, Reason.POSTPONED, Reason.UNWRITTEN]
"""Of one person or message; nothing was kept by earlier versions."""


def called(carrier: Carrier) -> str:
    kinds = {
        Carrier.MAIL: _("E-mail"),
        "wecom": _("Group robot (WeCom)"),
        "dingtalk": _("Group robot (DingTalk)"),
        "feishu": _("Group robot (Feishu)"),
    }
    return kinds.get(carrier.name.partition("-")[0], carrier.name)


def why(reason: str) -> str:
    return str(Reason(reason).label) if reason else _("It was tried too often.")


def missed_by(user: User, is_mail_away: bool) -> list[Notice]:
    """What has not reached somebody, newest first, one more than is shown: all that waits, while mail is away."""
    mine = Notice.objects.filter(recipient=user, sent_at=None)
    mine = mine if is_mail_away else mine.undelivered()
    return list(mine.select_related("release", "recipient").order_by("-pk")[: SHOWN + 1])


def lines_of_missed(notices: list[Notice], user: User) -> list[Lines]:
    return [lines_for(notice, user) for notice in notices[:SHOWN] if still_stands(notice)]


def try_again() -> None:
    """With the next run, whatever was given up."""
    Carrier.objects.update(next_at=None)
    Notice.objects.undelivered().update(next_at=None, given_up_at=None, refusals=0)


def read(user: User) -> None:
    """Somebody has seen on their desk what they missed: it is no longer to be sent."""
    keys = [notice.pk for notice in on_desk(user, sees_all=False).missed[:SHOWN]]
    Notice.objects.filter(pk__in=keys).update(sent_at=timezone.now())
