"""Taking a step of the register, from wherever it was offered."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from home.gate import Refused
from news.findings.elsewhere import given_up

from .access import seen_pair
from .elsewhere import say_held
from .middleware import is_here
from .outcome import tell
from .release_page import show
from .steps import REGISTER


@require_POST
def act(request, release_id, name):
    """Take a step and return to where it was offered. What is missing or refused is said; nothing typed is lost."""
    step = REGISTER.get(name)
    if step is None or step.take is None:
        raise Http404
    pair = seen_pair(request, release_id)
    form = step.form(request.POST, prefix=name)
    is_valid = form.is_valid()
    if is_valid and step.of_version and not has_version(pair, form.cleaned_data["language"]):
        form.add_error(None, _("There is no such version."))
        is_valid = False
    if not is_valid:
        return show(request, pair, invalid=(name, form))
    figures = given_up(pair) if step.publishes else []
    back = request.POST.get("next", "")
    back = back if is_here(request, back) else None
    try:
        step.take(pair, request.user, form.cleaned_data)
    except Refused as refusal:
        if back is None or refusal.url:
            raise
        messages.error(request, step.refused % {"reason": refusal})
    else:
        tell(request, pair.release, step)
        say_held(request, figures, [pair.release.translation_key])
    return redirect(back) if back else redirect("newsroom_releases:release", pair.release.pk)


def has_version(pair, language):
    return language is not None and pair.versions[language].page is not None
