"""What the scripts about forms are told (home/once.js, home/kept.js)."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

KEY = "newsroom-key"
"""The field that names a form."""


def told(request: HttpRequest | None) -> dict[str, Any]:
    user = getattr(request, "user", None)
    if request is None or user is None or not user.is_authenticated:
        return {}
    sent = request.POST.get(KEY, "") if request.method == "POST" else ""
    return {
        "user": user.pk,
        "key": salted_hmac("home.kept", str(user.pk), algorithm="sha256").hexdigest(),
        "fields": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        "bytes": settings.DATA_UPLOAD_MAX_MEMORY_SIZE,
        "home": reverse("wagtailadmin_home"),
        "login": reverse("wagtailadmin_login"),
        "logout": reverse("wagtailadmin_logout"),
        "again": sent,
        "action": request.path,
        "words": {
            "too_much": _(
                "There is more in this form than this site takes at once, so nothing of it was sent. All of it still"
                " stands here: make two pages of it."
            ),
            "offered": _("You wrote here (%s), and it has not been saved:"),
            "save": _("Save it as a draft"),
            "take": _("Take it up again"),
            "discard": _("Discard what was kept"),
            "signed_out": _(
                "You are signed out. What you type is kept in this browser, for you alone. Sign in in another tab,"
                " and go on here."
            ),
            "sign_in": _("Sign in again"),
        },
    }
