"""The forms of accounts. It goes once Wagtail asks for no name that it does not need, and reads a profile once.

Django needs neither a first nor a last name, and Wagtail shows the user name where there is none; an address it needs,
for passwords and notices.
"""

from typing import Any

from django.conf import settings
from wagtail.admin.forms.account import NameEmailForm
from wagtail.users.forms import UserForm
from wagtail.users.models import UserProfile

from home.reading import noted

NAMES = ("first_name", "last_name")

stock = UserProfile.__dict__["get_for_user"].__func__


def one_profile(cls: type[UserProfile], user: Any) -> UserProfile:
    """The same for who changes it and for who answers: Wagtail would say "saved" in the language of before."""
    profile = getattr(user, "wagtail_userprofile", None)
    if profile is None:  # to look for it is to make it, unless nothing may be written, or can be
        if not settings.READ_ONLY:
            with noted():
                profile = stock(cls, user)
        profile = user.wagtail_userprofile = profile or cls(user=user)
    return profile


def install() -> None:
    UserProfile.get_for_user = classmethod(one_profile)
    for form in (NameEmailForm, UserForm):  # those that follow from the second share its fields
        for name in NAMES:
            form.base_fields[name].required = False
