"""What could not be sent, as the desk shows it: to be tried again, or read there."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from news.notices import undelivered

from .access import StaffRequest
from .reach import Reach


@require_POST
def try_again(request: StaffRequest) -> HttpResponse:
    if not Reach(request.user).has_both("publish"):
        raise PermissionDenied
    undelivered.try_again()
    messages.success(request, _("All of it is tried again within a minute."))
    return redirect("wagtailadmin_home")


@require_POST
def read(request: StaffRequest) -> HttpResponse:
    undelivered.read(request.user)
    messages.success(request, _("Marked as read. It is no longer sent."))
    return redirect("wagtailadmin_home")
