"""The form for signing in, in the reader's language. It goes once Wagtail's own labels the password."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm


class TranslatedLoginForm(LoginForm):
    """Wagtail's, with a name for the password: without one Django makes an English one of the field's."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
