"""In which language somebody is spoken to who has none of a request's."""

from contextlib import AbstractContextManager

from django.contrib.auth.models import User
from django.utils import translation
from wagtail.users.models import UserProfile


def in_language_of(user: User) -> AbstractContextManager[None]:
    """A context in which words are in the language that they have chosen for the admin."""
    return translation.override(UserProfile.get_for_user(user).get_preferred_language())
