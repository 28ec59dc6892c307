"""A release made of another: both languages as they are drafted now, under a key of their own."""

from collections import defaultdict
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from wagtail.models import Page, TranslatableMixin

from home.slugs import slug_is_taken
from news import trail
from news.models import Kind, Release
from news.pair.pair import Pair, pair_of, release_of
from news.pair.refusals import MayNotEdit, NotDuplicated
from news.translation.drafts import refresh_draft
from news.translation.duplicating import copy_translations
from news.translation.sync import set_enabled, start_translation, translation_of

from .holding import held

LEFT_OUT = {"date": None}
"""What is of one release alone; when it was approved, released and corrected is not in its pages."""


def may_duplicate(pair: Pair, user: User) -> bool:
    """Whoever may begin a release where the original is. Front pages and sections are one of each kind."""
    page = pair.original.page
    return page is not None and not page.is_section and may_begin_beside(page, user)


def may_begin_beside(page: Page, user: User) -> bool:
    return user.is_active and page.get_parent().permissions_for_user(user).can_add_subpage()


def duplicate(release: Release, user: User) -> Pair:
    """The Pair of a new release. Its translation is there if this one's is, and if they may begin one in its language.

    Raises Refused.
    """
    with held(release) as pair:
        if not may_duplicate(pair, user):
            raise MayNotEdit
        original = pair.original.existing_page
        key, children = uuid4(), defaultdict[UUID, UUID](uuid4)
        try:
            made = copied(original, user, key, children, free_slug(original))
        except ValidationError as error:
            raise NotDuplicated(reason=" ".join(error.messages)) from error
        translated = pair.translation.page
        if translated is not None and may_begin_beside(translated, user):
            copied(translated, user, key, children, made.slug)
            translation = start_translation(made.get_latest_revision_as_object(), user)
            former = translation_of(translated, enabled=False)
            if former is not None:
                copy_translations(former, translation)
            new = release_of(made)
            new.kind = pair.release.kind
            new.save(update_fields=["kind"])
            if pair.release.kind == Kind.ADAPTED:
                set_enabled(translation, False)
            else:
                refresh_draft(translation, user)
        found = pair_of(made)
        for page in found.pages:
            trail.record(page, "duplicate", user, page.latest_revision, of=original.draft_title)
        return found


def free_slug(page: Page) -> str:
    """For both languages, by the number that comes next; an address is easily changed before the first release."""
    parent = page.get_parent()
    numbered = (f"{page.slug[:250]}-{number}" for number in count(2))
    return next(slug for slug in numbered if not slug_is_taken(slug, parent, Page()))


def copied(page: Page, user: User, key: UUID, children: defaultdict[UUID, UUID], slug: str) -> Page:
    """A draft of what a page's newest draft says, beside it, with the translation key `key`."""
    newest = page.get_latest_revision_as_object()
    fields = {field.name for field in newest._meta.get_fields()}

    def under_a_new_key(_page: Page, _copy: Page, _relation: Any, child: Any) -> None:
        if isinstance(child, TranslatableMixin):
            child.translation_key = children[child.translation_key]

    given = {name: value for name, value in LEFT_OUT.items() if name in fields}
    return newest.copy(
        to=page.get_parent(),
        user=user,
        copy_revisions=False,
        keep_live=False,
        reset_translation_key=False,
        update_attrs={**given, "translation_key": key, "slug": slug},
        process_child_object=under_a_new_key,
    )
