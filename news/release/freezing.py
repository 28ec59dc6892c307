"""Both versions stay as they are while a publisher reads them for an urgent release. Rule 17."""

from datetime import timedelta

from django.contrib.auth.models import User
from django.utils import timezone

from news import trail
from news.models import Release
from news.models.release import name_of
from news.pair.locks import refusal_of_freeze
from news.pair.pair import Pair
from news.pair.refusals import NotFrozen
from news.pair.rules import require_publisher

from .holding import held

FOR = timedelta(minutes=10)


def freeze(release: Release, user: User) -> None:
    """Until it is released, given up, or ten minutes have passed. Whoever holds it may begin anew."""
    with held(release) as pair:
        require_publisher(user, pair)
        require_not_frozen_by_another(pair, user)
        row = pair.release
        row.frozen_until, row.frozen_by, row.frozen_by_name = timezone.now() + FOR, user, name_of(user)
        row.save(update_fields=["frozen_until", "frozen_by", "frozen_by_name"])
        for page in pair.pages:
            trail.record(page, "freeze", user, page.latest_revision)


def thaw(release: Release, user: User) -> None:
    with held(release) as pair:
        require_publisher(user, pair)
        if not pair.is_frozen:
            raise NotFrozen
        unfreeze(pair.release)
        pair.release.save(update_fields=["frozen_until", "frozen_by"])
        for page in pair.pages:
            trail.record(page, "thaw", user, page.latest_revision)


def unfreeze(release: Release) -> None:
    release.frozen_until = release.frozen_by = None


def require_not_frozen_by_another(pair: Pair, user: User) -> None:
    refusal = refusal_of_freeze(pair)
    if refusal and pair.release.frozen_by_id != user.pk:
        raise refusal
