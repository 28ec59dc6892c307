"""What the checks found, for editors."""

from django.utils.translation import get_language


def sentence(said):
    """A checks.Said in the language that is spoken."""
    return said.zh if (get_language() or "").startswith("zh") else said.en
