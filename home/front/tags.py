"""What a stored page and a change have in common: a tag is a word that both of them have."""

from uuid import UUID

EVERYTHING = "everything"
"""What stands around every page. Each stored page has it."""
PAGES = "pages"
"""Any page that readers may see, as lists, feeds and the sitemap read them."""
LEADING_ON = "leading on"
"""Addresses that lead elsewhere."""


def of_release(key: UUID | str) -> str:
    """A page in both languages, by its translation key."""
    return f"release {UUID(str(key))}"


def of_slug(slug: str) -> str:
    """That something stands at an address which ends so, or that nothing does."""
    return f"slug {slug}"


def of_page(pk: object) -> str:
    return f"page {pk}"


def of_image(pk: object) -> str:
    return f"image {pk}"


def of_document(pk: object) -> str:
    return f"document {pk}"
