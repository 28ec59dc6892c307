"""Failures are counted by name and by address, in the database: over all processes, and over a restart.

An attempt is written down before anything is looked at, so that as many as are made at once are counted, too. What is
written says nothing of whether the name is an account's: every name is counted alike.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from ipaddress import IPv6Address, IPv6Network

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .browsers import known
from .models import AccountLine, Door


@dataclass(frozen=True)
class Limit:
    name: int | None
    """How many failures in the time are one too many."""
    address: int
    """The same, whatever the names: an office may share an address."""
    within: timedelta


QUARTER = timedelta(minutes=15)
ONE_LINE = 64
"""Bits: what a provider gives one household, which has as many addresses of IPv6 as it likes."""
LIMITS = {
    Door.SIGN_IN: Limit(5, 25, QUARTER),
    Door.IDENTITY: Limit(5, 25, QUARTER),
    Door.CODE: Limit(5, 25, QUARTER),
    Door.RESET: Limit(3, 10, timedelta(hours=1)),
    # One of many readers would shut it for all the others.
    Door.PAGE: Limit(None, 10, QUARTER),
}


class Throttled(Exception):
    """Not now: not before `until`."""

    def __init__(self, until: datetime) -> None:
        super().__init__(until)
        self.until = until


def key_of(name: str, browser: str = "") -> str:
    normal = get_user_model().normalize_username(name).casefold().strip()
    return salted_hmac(f"home.accounts.throttle{browser}", normal, algorithm="sha256").hexdigest()


class Attempt:
    """One try at a door. It counts as a failure until it `succeeds`. Raises Throttled.

    Where the account has signed in before, what others fail at shuts nobody out, neither by its name nor by an address.
    """

    def __init__(self, door: Door, name: str, user: User | None = None) -> None:
        user = account_of(name) if door == Door.SIGN_IN else user
        self.browser = known(user)
        self.door, self.limit, self.key = door, LIMITS[door], key_of(name, self.browser) if name else ""
        self.line = AccountLine.objects.note(
            AccountLine.Kind.RESET_ASKED if door == Door.RESET else AccountLine.Kind.REFUSED,
            user,
            door=door,
            key=self.key,
            by_key=bool(self.key),
            by_address=True,
        )
        until = self.shut_until()
        if until is not None:
            self.line.delete()
            self.say_once(user, until)
            raise Throttled(until)

    def failed(self) -> None:
        """Raises Throttled, if it was the one that shuts the door."""
        until = self.shut_until(itself=True)
        if until is not None:
            self.say_once(self.line.user, until)
            raise Throttled(until)

    def succeeded(self, kind: str = "") -> None:
        """What failed before it no longer counts for the name; for the address it does, where others may be tried."""
        AccountLine.objects.filter(door=self.door, key=self.key, by_key=True).update(by_key=False)
        self.line.by_key = self.line.by_address = False
        if kind:
            self.line.kind = kind
            self.line.save(update_fields=["kind", "by_key", "by_address"])
        else:
            self.line.delete()

    def shut_until(self, itself: bool = False) -> datetime | None:
        """When the failures that are one too many will have passed."""
        since = timezone.now() - self.limit.within
        counted = AccountLine.objects.filter(door=self.door, at__gt=since).order_by("-at")
        others = counted if itself else counted.exclude(pk=self.line.pk)
        found = [nth(others.filter(key=self.key, by_key=True), self.limit.name)] if self.key else []
        self.is_name_shut = any(found)
        if self.line.address and not self.browser:
            found.append(nth(of_network(others.filter(by_address=True), self.line.address), self.limit.address))
        moments = [moment + self.limit.within for moment in found if moment is not None]
        return max(moments, default=None)

    def say_once(self, user: User | None, until: datetime) -> None:
        """A line for each time that a door is shut, and not for each who knocks."""
        since, key = timezone.now() - self.limit.within, self.key if self.is_name_shut else ""
        said = AccountLine.objects.filter(kind=AccountLine.Kind.THROTTLED, door=self.door, at__gt=since, key=key)
        if not (said if key else of_network(said, self.line.address)).exists():
            about = {"until": until.isoformat()}
            AccountLine.objects.note(
                AccountLine.Kind.THROTTLED, user if key else None, door=self.door, key=key, about=about
            )


def nth(lines: QuerySet[AccountLine], number: int | None) -> datetime | None:
    if number is None:
        return None
    return lines.values_list("at", flat=True)[number - 1 : number].first()


def of_network(lines: QuerySet[AccountLine], address: str | None) -> QuerySet[AccountLine]:
    """Those of an address, and of its neighbours of IPv6, which as texts share no more than the first group."""
    if address is None or ":" not in address:
        return lines.filter(address=address)
    network, first = IPv6Network((address, ONE_LINE), strict=False), address.partition(":")[0]
    near = lines.filter(address__startswith=f"{first}:").values_list("pk", "address")
    return lines.filter(pk__in=[pk for pk, other in near if IPv6Address(str(other)) in network])


def account_of(name: str) -> User | None:
    users = get_user_model().objects
    return users.filter(username=get_user_model().normalize_username(name)).first() if name else None


def unlock(name: str = "", address: str = "") -> int:
    """What failed by a name, or from an address, counts no more. Answers with how many failures there were."""
    lines = AccountLine.objects.filter(at__gt=timezone.now() - max(limit.within for limit in LIMITS.values()))
    if address:
        return of_network(lines.filter(by_address=True), address).update(by_address=False)
    users = get_user_model().objects.filter(username=name)
    names = {name, *users.values_list("email", flat=True)} - {""}  # who forgot a password types an address
    theirs = Q(key__in=list(map(key_of, names))) | Q(user__in=users)  # in known browsers, too
    count = lines.filter(theirs, by_key=True).update(by_key=False)
    AccountLine.objects.note(AccountLine.Kind.UNLOCKED, users.first(), name=name if users else "")
    return count
