"""The address that both languages share, changed after release."""

from django.contrib.auth.models import User
from django.core.validators import slug_re

from home.slugs import slug_is_taken
from news import trail
from news.models import Release
from news.pair.refusals import AddressTaken, NotAnAddress
from news.pair.rules import require_publisher
from news.pair.section_refusals import require_no_section

from .holding import locked
from .vacated import take_over


def change_address(release: Release, user: User, slug: str) -> None:
    """Give both versions another slug. The old addresses lead to the new ones: home.upstream.many_redirects."""
    with locked(release) as pair:
        require_publisher(user, pair)
        require_no_section(pair)
        if not slug_re.match(slug):
            raise NotAnAddress
        if any(slug_is_taken(slug, page.get_parent(), page) for page in pair.pages):
            raise AddressTaken(slug=slug)
        for page in pair.pages:
            before = type(page).objects.get(pk=page.pk)
            page.slug = slug
            page.save(clean=False)
            take_over(page)
            trail.record(page, "change_address", user, old=before.url, new=page.url)
