"""From one release of somebody's queue to the next. The place in it is in the address, so that two tabs have two."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe
from wagtail.admin import messages

from home.languages import Words
from news.release import summaries

from .access import StaffRequest
from .queues import Queues

START = 0
"""Before the first."""
FIELD = "after"
"""In the address of a release, and in its forms: the key of the release that somebody skipped last, or START."""
BUTTON = "onward"


def page_of(release_id: int, after: int | None = None) -> str:
    """The address of a release's page, within the queue if there is a place in it."""
    address = reverse("newsroom_releases:release", args=[release_id])
    return address if after is None else f"{address}?{FIELD}={after}"


def place_in(request: HttpRequest) -> int | None:
    """Where in their queue somebody is, or None if they came from elsewhere."""
    asked = request.POST.get(FIELD) or request.GET.get(FIELD) or ""
    return int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 19 else None


class Onward:
    """What waits for somebody after a place in their queue."""

    def __init__(self, request: StaffRequest, after: int, here: int | None = None) -> None:
        """`here`: the release that somebody looks at, which is not the next."""
        self.user = request.user
        self.after = after
        self.here = here

    @cached_property
    def keys(self) -> list[int]:
        summaries.tidy()
        return Queues(self.user).keys()

    @property
    def next(self) -> int | None:
        """Where the release that it is after has left the queue, the first."""
        following = self.keys[self.keys.index(self.after) + 1 :] if self.after in self.keys else self.keys
        return next((key for key in following if key != self.here), None)

    @property
    def left(self) -> Words:
        count = len(self.keys)
        if not count:
            return _("Nothing waits for you.")
        return ngettext("%(count)s left.", "%(count)s left.", count) % {"count": count}

    def go(self) -> HttpResponse:
        """To the next one, or back to the desk."""
        return redirect("wagtailadmin_home" if self.next is None else page_of(self.next, self.after))


def onward_of(request: StaffRequest, here: int | None = None) -> Onward | None:
    """None for whoever came from elsewhere."""
    after = place_in(request)
    return Onward(request, after, here) if after is not None else None


@require_safe
def skip(request: StaffRequest) -> HttpResponse:
    """Leave a release where it is in the queue, and go to the one behind it."""
    onward = Onward(request, place_in(request) or START)
    if onward.next is None:
        messages.info(request, _("That was the last in your queue."))
    return onward.go()
