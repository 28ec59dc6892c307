"""A translation that somebody made offline comes back, and it is said what of it was taken, what was left, and why."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from news.translation import offline, upstream
from news.translation.offline import NotThisFile, Taken
from news.translation.sync import Translation

from .access import StaffRequest
from .localize_guards import unless_locked

LARGEST_MB = 5


@require_POST
@unless_locked
def upload_pofile(request: StaffRequest, translation_id: int) -> HttpResponse:
    translation = get_object_or_404(Translation, pk=translation_id)
    target = translation.get_target_instance()
    if not upstream.user_can_edit_instance(request.user, target):
        raise PermissionDenied
    page = upstream.target_page(translation_id)
    back = reverse("wagtailadmin_pages:edit", args=[page.pk]) if page is not None else reverse("wagtailadmin_home")
    file = request.FILES.get("file")
    try:
        if file is None:
            raise NotThisFile(_("Choose a PO file first."))
        if file.size is not None and file.size > LARGEST_MB * 1024 * 1024:
            raise NotThisFile(_("The file is larger than %(number)d MB.") % {"number": LARGEST_MB})
        taken = offline.take(offline.read(file.read(), translation), translation, request.user)
    except NotThisFile as error:
        messages.error(request, str(error))
        return redirect(back)
    if not taken.number_left and not taken.faulty:
        messages.success(request, summary(taken))
        return redirect(back)
    groups = [(why.value, texts) for why, texts in taken.left.items() if texts]
    context = {"taken": taken, "summary": summary(taken), "groups": groups, "back": back, "file_name": file.name}
    return render(request, "news/admin/offline_taken.html", {**context, "page": page})


def summary(taken: Taken) -> str:
    said = (
        ngettext(
            "%(number)d paragraph taken from the file.", "%(number)d paragraphs taken from the file.", taken.number
        )
        if taken.number
        else _("Nothing was taken from the file.")
    ) % {"number": taken.number}
    more = []
    if taken.replaced:
        more.append(_("Of these, another translation was here before: %(number)d.") % {"number": len(taken.replaced)})
    if taken.same:
        more.append(_("The same here already: %(number)d.") % {"number": taken.same})
    if taken.number_left:
        more.append(_("Left out: %(number)d.") % {"number": taken.number_left})
    return " ".join([said, *more])
