"""Where somebody is signed in: for themselves, and for administrators."""

from typing import Any
from uuid import UUID

from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages

from . import factors
from .models import KnownSession
from .sessions import end_others, end_some, sessions_of

BROWSERS = (
    ("Edg/", "Edge"),
    ("Firefox/", "Firefox"),
    ("MicroMessenger", "微信"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Windows", "Windows"),
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def browser_of(agent: str) -> str:
    """`Firefox, Windows`: what an owner knows again; nothing that anybody has to believe."""
    names = [next((name for sign, name in signs if sign in agent), "") for signs in (BROWSERS, SYSTEMS)]
    return ", ".join(filter(None, names)) or _("Unknown browser")


def mine(request: HttpRequest) -> HttpResponse:
    return of(request, request.user, request.path)


def theirs(request: HttpRequest, pk: int) -> HttpResponse:
    """Of another account: whoever may change accounts, and those of administrators an administrator."""
    user = get_object_or_404(User, pk=pk)
    by = request.user
    if not (by.is_superuser or (by.has_perm("auth.change_user") and not user.is_superuser)):
        raise PermissionDenied
    if request.method == "POST" and "factor" in request.POST:
        if user.pk == by.pk:  # one's own page asks for the password
            raise PermissionDenied
        factors.remove(user, factors.factors_of(user))
        end_some(user, KnownSession.objects.filter(user=user))
        messages.success(request, _("The second factor is removed, and the account is signed out everywhere."))
        return redirect(request.path)
    return of(request, user, request.path)


def own(request: Any) -> UUID:
    key: UUID = request.known_session.pk
    return key


def of(request: HttpRequest, user: Any, back: str) -> HttpResponse:
    if request.method == "POST":
        chosen = KnownSession.objects.filter(user=user)
        if key := request.POST.get("end", ""):
            count = end_some(user, chosen.filter(pk__in=[row.pk for row in chosen if str(row.pk) == key]))
        else:
            count = end_others(user)
            if user.pk == request.user.pk:
                request.session.cycle_key()  # who has a copy of this session's cookie is another, too
        said = ngettext("%(count)s session is ended.", "%(count)s sessions are ended.", count) % {"count": count}
        messages.success(request, said)
        return redirect(back)
    rows = [
        {"row": row, "browser": browser_of(row.browser), "is_own": row.pk == own(request)} for row in sessions_of(user)
    ]
    context = {
        "person": user,
        "rows": rows,
        "is_own": user.pk == request.user.pk,
        "factors": factors.factors_of(user) if factors.are_offered() else [],
    }
    return render(request, "home/accounts/sessions.html", context)
