"""The address that both languages share, changed after release."""

from django.core.validators import slug_re

from home.slugs import slug_is_taken

from . import trail
from .errors import AddressTaken, NotAnAddress
from .release import locked
from .rules import require_publisher


def change_address(release, user, slug):
    """Give both versions another slug. Wagtail writes the redirects from the old addresses."""
    with locked(release) as pair:
        require_publisher(user, pair)
        if not slug_re.match(slug):
            raise NotAnAddress
        if any(slug_is_taken(slug, page.get_parent(), page) for page in pair.pages):
            raise AddressTaken(slug=slug)
        for page in pair.pages:
            old = page.url
            page.slug = slug
            page.save(clean=False)
            trail.record(page, "change_address", user, old=old, new=page.url)
