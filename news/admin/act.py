"""Taking a step of the register, from wherever it was offered."""

from contextlib import nullcontext

from django.contrib.auth.models import User
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages

from home.browser import is_here
from home.gate import Refused
from home.languages import Language
from news.findings.elsewhere import given_up
from news.pair.pair import Pair
from news.pair.refusals import NotOfferedAnyMore, ShownOtherwise
from news.release.holding import held

from .access import StaffRequest, seen_release
from .elsewhere import say_held
from .forms import shown_anew, typed_in
from .onward import BUTTON, onward_of, page_of, place_in
from .outcome import tell
from .release_page import show
from .steps import REGISTER, Step, offers_of


def act(request: StaffRequest, release_id: int, name: str) -> HttpResponse:
    """Take a step and return to where it was offered. What is missing or refused is said; nothing typed is lost.

    Who had to sign in again before the form was sent comes without it, and is led to it once more.
    """
    step = REGISTER.get(name)
    if step is None or step.take is None:
        raise Http404
    if request.method != "POST":
        messages.warning(request, _("Nothing has been done yet. Please choose it here once more."))
        return redirect("newsroom_releases:release", release_id)
    release, languages = seen_release(request, release_id)
    form = step.form(request.POST, prefix=name, **step.known(release))
    is_valid = form.is_valid()
    language: Language | None = form.cleaned_data["language"] if is_valid else None
    if is_valid and step.of_version and (language is None or language.code not in languages):
        form.add_error(None, _("There is no such version."))
        is_valid = False
    if not is_valid:
        return show(request, Pair(release), invalid=(name, form))
    asked = request.POST.get("next", "")
    back = asked if is_here(request, asked) else None
    figures: list[str] = []
    try:
        with held(release) if step.holds else nullcontext(Pair(release)) as pair:
            if step.publishes:
                figures = given_up(pair)
            step.take(pair, request.user, form.cleaned_data)
    except Refused as refusal:
        if refusal.url:
            raise
        pair = Pair(release)
        if isinstance(refusal, ShownOtherwise) and not is_offered(step, pair, language, request.user):
            refusal = NotOfferedAnyMore(languages=refusal.details["languages"])
        messages.error(request, step.refused % {"reason": refusal})
        if back is None or isinstance(refusal, ShownOtherwise | NotOfferedAnyMore) or any(typed_in(form)):
            if isinstance(refusal, ShownOtherwise):
                form = shown_anew(form, step.stamp(pair, language))
            form.refusal = str(refusal)
            return show(request, pair, invalid=(name, form))
    else:
        onward = onward_of(request) if BUTTON in request.POST else None
        tell(request, release, step, language, is_elsewhere=back is not None, left=onward.left if onward else "")
        say_held(request, figures, [release.translation_key])
        if onward is not None:
            return onward.go()
    return redirect(back or page_of(release.pk, place_in(request)))


def is_offered(step: Step, pair: Pair, language: Language | None, user: User) -> bool:
    """Whether somebody could take it with what stands now."""
    offers, beside = offers_of(pair, user)
    return any(offer.step is step for offer in [*offers, *(beside.get(language, []) if language else [])])
