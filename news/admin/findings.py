"""What the checks found: as a list, settled and mended in it, and for a paragraph while it is typed."""

from collections.abc import Callable

from django.contrib.auth.models import User
from django.contrib.messages import get_messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from home.browser import is_here, is_script
from home.characters import one_line
from home.languages import ENGLISH, language_of
from news import checks
from news.findings.judged import Judged, switched_off, unwaive, waive
from news.findings.mending import mend
from news.glossary.terms import terms_of_site
from news.pair.amended import as_amended
from news.pair.pair import Pair
from news.translation import segments

from .access import StaffRequest, seen_pair
from .findings_list import FindingRow, context_of

LONGEST = 10_000
"""Characters of a paragraph that are checked while it is typed."""


def findings(request: StaffRequest, release_id: int) -> HttpResponse:
    """The list alone, for an editor's side panel."""
    return fragment(request, as_amended(seen_pair(request, release_id)))


def fragment(request: StaffRequest, pair: Pair) -> HttpResponse:
    return render(request, "news/admin/findings.html", context_of(pair, request.user))


def settled_by(act: Callable[[Pair, User, QueryDict], str]) -> Callable[..., HttpResponse]:
    """A view that settles a finding and goes back to where it was shown; to a script it gives the list anew."""

    @require_POST
    def view(request: StaffRequest, release_id: int) -> HttpResponse:
        pair = as_amended(seen_pair(request, release_id))
        messages.success(request, act(pair, request.user, request.POST))
        if is_script(request):
            list(get_messages(request))  # said where the list is drawn anew
            return fragment(request, as_amended(Pair(pair.release)))
        back = request.POST.get("next", "")
        if is_here(request, back):
            return redirect(back)
        return redirect(f"{reverse('newsroom_releases:release', args=[release_id])}#findings")

    return view


@settled_by
def waive_one(pair: Pair, user: User, data: QueryDict) -> str:
    waive(pair, data.get("key", ""), user, one_line(data.get("reason", "") or data.get("usual", "")))
    return _("Marked as correct. If either text changes, it is open again.")


@settled_by
def reopen(pair: Pair, user: User, data: QueryDict) -> str:
    unwaive(pair, data.get("key", ""), user)
    return _("Open again.")


@settled_by
def mend_some(pair: Pair, user: User, data: QueryDict) -> str:
    count = mend(pair, user, data.get("key") or None, data.get("spot"))
    return ngettext("%(count)d text was mended.", "%(count)d texts were mended.", count) % {"count": count}


@require_POST
def segment(request: StaffRequest, release_id: int, segment_id: int) -> HttpResponse:
    """What the checks say of a translated paragraph before it is saved."""
    pair = seen_pair(request, release_id)
    translation = pair.translation.localized
    if translation is None:
        raise PermissionDenied
    source = segments.sources_of(translation).get(segment_id)
    if source is None:
        raise Http404
    words = request.POST.get("value", "")[:LONGEST]
    texts = (source, words)
    if language_of(translation.source) != ENGLISH:
        texts = texts[::-1]
    said = checks.run_on(*texts, checks.About(terms_of_site()), switched_off()) if words.strip() else []
    rows = [FindingRow(Judged(finding, None), [], False) for finding in said]
    return render(request, "news/admin/findings_of_segment.html", {"findings": rows})
