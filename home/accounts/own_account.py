"""What somebody changes of their own account asks for the password, and counts who guesses at it.

A new password is sent to the address of an account: at another's browser, or with their session, one would else have
the account by it.
"""

from typing import Any

from django import forms
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.forms.account import NameEmailForm

from .asking import asked
from .doors import confirm
from .models import AccountLine

address_form: Any = NameEmailForm
password_form: Any = PasswordChangeForm
stock_clean, stock_save = address_form.clean, address_form.save


def is_right(user: Any, password: str) -> bool:
    """Counted once, though the account's page makes its forms twice: to read them, and to show what is wrong."""
    request: Any = asked.get()
    if request is None:
        return bool(user.check_password(password))
    found: dict[str, bool] = vars(request).setdefault("confirmed_by", {})
    if password not in found:
        found[password] = bool(password) and confirm(user, password, by_code=False)
    return found[password]


def clean(self: Any) -> Any:
    """Raises Throttled."""
    cleaned, given = stock_clean(self), self.cleaned_data
    if "email" in self.changed_data and "email" in given and not is_right(self.instance, given["current_password"]):
        self.add_error("current_password", _("The password is not right."))
        del given["email"]  # or the account would have it until the page is made, which would ask no more
    return cleaned


def save(self: Any, commit: bool = True) -> Any:
    user = stock_save(self, commit)
    if "email" in self.changed_data:
        addresses = f"{self.initial.get('email') or '–'} → {user.email}"
        AccountLine.objects.note(AccountLine.Kind.RIGHTS_CHANGED, user, about={"email": addresses})
    return user


def clean_old_password(self: Any) -> str:
    """Raises Throttled."""
    password: str = self.cleaned_data["old_password"]
    if not is_right(self.user, password):
        raise forms.ValidationError(self.error_messages["password_incorrect"], code="password_incorrect")
    return password


def install() -> None:
    address_form.clean, address_form.save = clean, save
    password_form.clean_old_password = clean_old_password
    address_form.base_fields["current_password"] = forms.CharField(
        label=gettext_lazy("Your password, once more"),
        help_text=gettext_lazy("Only for another e-mail address: new passwords are sent to it."),
        required=False,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
