"""What keeps a version as it is."""

from django.contrib.auth.models import User
from django.utils.translation import gettext as _
from wagtail.locks import BaseLock


class SignedOffLock(BaseLock):
    """What somebody signed off with corrections waits for another's yes as it is."""

    def for_user(self, user: User) -> bool:
        return True

    def get_message(self, user: User) -> str:
        return _(
            "This version is signed off with corrections and waits for somebody else to agree. Return it for changes "
            "to change it."
        )

    def get_locked_by(self, user: User) -> str:
        return _("Locked by sign-off")

    def get_description(self, user: User) -> str:
        return _("Nobody can change a version that is signed off")


class ApprovedLock(BaseLock):
    """An approved version waits for its release as it is."""

    def for_user(self, user: User) -> bool:
        return True

    def get_message(self, user: User) -> str:
        return _("This version is approved and waits for its release. Take back the approval to change it.")

    def get_locked_by(self, user: User) -> str:
        return _("Locked by approval")

    def get_description(self, user: User) -> str:
        return _("Nobody can change an approved version")
