"""The screens of what becomes of a picture or a document that releases show: where it is used, replacing it, taking it
down.
"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages
from wagtail.documents.views.documents import DeleteView as StockDocumentDeleteView
from wagtail.documents.views.documents import UsageView as StockDocumentUsageView
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.views.images import DeleteView as StockImageDeleteView
from wagtail.images.views.images import UsageView as StockImageUsageView
from wagtail.images.widgets import AdminImageChooser

from home.files import LibraryFile
from home.gate import Refused
from home.images import CustomImage
from home.models import TakenDown
from home.taken_down import still_there
from news.models import Job, Release, Replacement
from news.pair.file_refusals import NotTakenOut
from news.pair.pair import Pair
from news.pair.rules import may_read, may_write
from news.pair.showings import Showing, showings_of
from news.pair.uses import MODELS, NAMED
from news.release import library, replacing, taking_down

from .access import StaffRequest
from .forms import Labelled, shown_anew, text

CHOOSERS = {"image": AdminImageChooser, "document": AdminDocumentChooser}


class ReplaceForm(Labelled):
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, widget=text())

    def __init__(self, *args: Any, kind: str, showings: list[Showing], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(showing.release.pk), showing.title) for showing in showings]
        self.fields = {
            "new": forms.ModelChoiceField(
                label=_("The new one"),
                queryset=still_there(MODELS[kind]._default_manager.all()),
                widget=CHOOSERS[kind](),
            ),
            "releases": forms.MultipleChoiceField(
                choices=choices, required=False, initial=[key for key, _title in choices]
            ),
            **self.fields,
        }


class TakeDownForm(Labelled):
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        widget=text(),
        help_text=gettext_lazy("It stands in the audit trail of each release, and in the library."),
    )


def file_of(kind: str, key: int) -> LibraryFile:
    if kind not in MODELS:
        raise Http404
    found: LibraryFile = get_object_or_404(MODELS[kind]._default_manager, pk=key)
    return found


def readable(showings: list[Showing], request: StaffRequest) -> list[tuple[Showing, bool]]:
    """[(Showing, whether this person may open its release)]"""
    return [(showing, any(may_read(page, request.user) for page in showing.pair.pages)) for showing in showings]


def library_context(request: StaffRequest, file: LibraryFile) -> dict[str, Any]:
    """What the library says of a file: who shows it, what may be done with it, and whether it was taken down."""
    kind, showings = NAMED[type(file)], showings_of(file)
    waiting = Replacement.objects.filter(ended_at=None, **{f"old_{kind}": file})
    return {
        "file": file,
        "showings": readable(showings, request),
        "standing": any(showing.is_standing for showing in showings),
        "taken_down": TakenDown.objects.filter(**{kind: file}).first(),
        "replacements": list(waiting),
        "replace_url": reverse("newsroom_files:replace", args=[kind, file.pk])
        if any(may_write(request.user, showing.pair) for showing in showings)
        else "",
        "take_down_url": reverse("newsroom_files:take_down", args=[kind, file.pk])
        if taking_down.may_take_down(request.user, showings)
        else "",
    }


def replace(request: StaffRequest, kind: str, key: int) -> HttpResponse:
    """Choose the new one and the releases; then somebody else agrees."""
    file = file_of(kind, key)
    showings = showings_of(file)
    theirs = [showing for showing in showings if may_write(request.user, showing.pair)]
    if not theirs:
        raise PermissionDenied
    form = ReplaceForm(request.POST or None, kind=kind, showings=theirs)
    error = ""
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        releases = Release.objects.filter(pk__in=data["releases"])
        try:
            made = replacing.propose(file, data["new"], request.user, list(releases), data["reason"])
        except Refused as refusal:
            error = str(refusal)
        else:
            messages.success(request, _("Proposed. Somebody else has to agree to it."))
            return redirect(made.url)
    chosen = form["releases"].value() or []
    context = {
        "file": file,
        "kind": kind,
        "form": form,
        "error": error,
        "rows": [(showing, str(showing.release.pk) in chosen) for showing in theirs],
        "others": [showing for showing in showings if showing not in theirs],
        "edit_url": edit_url(file),
    }
    return render(request, "news/admin/files/replace.html", context, status=422 if request.method == "POST" else 200)


def edit_url(file: LibraryFile) -> str:
    return reverse("wagtailimages:edit" if isinstance(file, CustomImage) else "wagtaildocs:edit", args=[file.pk])


def seen_replacement(request: StaffRequest, replacement_id: int) -> Replacement:
    """For whoever reads one of its releases."""
    it = get_object_or_404(Replacement, pk=replacement_id)
    pages = (page for pair in Pair.many(Release.objects.filter(replacements__replacement=it)) for page in pair.pages)
    if it.opened_by_id != request.user.pk and not any(may_read(page, request.user) for page in pages):
        raise PermissionDenied
    return it


def replacement(request: StaffRequest, replacement_id: int) -> HttpResponse:
    """Old and new side by side, with every release concerned: one difference, one yes."""
    it = seen_replacement(request, replacement_id)
    rows = list(it.rows.select_related("release"))
    titles = {pair.release.pk: Showing(pair).title for pair in Pair.many([row.release for row in rows])}
    showings = {showing.release.pk: showing for showing in showings_of(it.old)} if it.old is not None else {}
    done = sum(row.done_at is not None for row in rows)
    is_running = Job.objects.filter(kind=replacing.KIND, key=str(it.pk), ended_at=None).exists()
    context = {
        "it": it,
        "rows": [(row, showings.get(row.release_id), titles[row.release_id]) for row in rows],
        "done": done,
        "total": len(rows),
        "is_running": is_running,
        "may_agree": not is_running and replacing.may_agree(it, request.user),
        "may_drop": not is_running and replacing.may_drop(it, request.user),
        "is_theirs": it.opened_by_id == request.user.pk,
        "stamp": replacing.stamp_of(it),
        "kind": "image" if it.new_image or it.old_image else "document",
    }
    return render(request, "news/admin/files/replacement.html", context)


@require_POST
def agree(request: StaffRequest, replacement_id: int) -> HttpResponse:
    it = seen_replacement(request, replacement_id)
    try:
        it = replacing.agree(it, request.user, request.POST.get("stamp", ""))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect(it.url)
    left = it.rows.filter(done_at=None).exclude(refusal="").count()
    if it.ended_at:
        messages.success(request, _("Replaced in all releases chosen."))
    elif left:
        messages.warning(request, _("Replaced, but not everywhere: see below where it waits, and why."))
    else:
        messages.success(request, _("Agreed. It is being replaced, release by release."))
    return redirect(it.url)


@require_POST
def drop(request: StaffRequest, replacement_id: int) -> HttpResponse:
    it = seen_replacement(request, replacement_id)
    try:
        replacing.drop(it, request.user)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Given up. What has not been replaced yet stays as it is."))
    return redirect(it.url)


def take_down(request: StaffRequest, kind: str, key: int) -> HttpResponse:
    """Every use in both languages, a reason, and it is gone."""
    file = file_of(kind, key)
    showings = showings_of(file)
    if not taking_down.may_take_down(request.user, showings):
        raise PermissionDenied
    stamp = taking_down.stamp_of(showings)
    form = TakeDownForm(request.POST or None, initial={"stamp": stamp})
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            data = form.cleaned_data
            _made, left = taking_down.take_down(file, request.user, data["reason"], data["stamp"])
        except Refused as refusal:
            error = str(refusal)
            form = shown_anew(form, stamp)
        else:
            messages.success(
                request, _("Taken down: nobody gets it any more. Somebody else has to review what is left.")
            )
            if left:
                messages.warning(request, str(NotTakenOut(titles=", ".join(left))))
            return redirect(edit_url(file))
    context = {
        "file": file,
        "kind": kind,
        "form": form,
        "error": error,
        "showings": showings,
        "taken_down": TakenDown.objects.filter(**{kind: file}).first(),
        "edit_url": edit_url(file),
    }
    return render(request, "news/admin/files/take_down.html", context, status=422 if request.method == "POST" else 200)


class WithUses:
    """Before a view of Wagtail's about one file: it tells who shows it, which the reference index does not know."""

    object: Any
    request: Any

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # of the view
        return {**context, "library": library_context(self.request, self.object)}


class Deleting(WithUses):
    def post(self, *args: Any, **kwargs: Any) -> Any:
        library.refuse_to_delete(type(self.object), [self.object.pk])
        return super().post(*args, **kwargs)  # type: ignore[misc]  # of the view


def before_bulk_action(request: Any, action_type: str, objects: Any, action: Any) -> None:
    """Said before anything is begun."""
    for model in NAMED if action_type == "delete" else ():
        library.refuse_to_delete(model, [found.pk for found in objects if type(found) is model])


class ImageDeleteView(Deleting, StockImageDeleteView):
    template_name = "news/admin/files/delete_image.html"


class DocumentDeleteView(Deleting, StockDocumentDeleteView):
    template_name = "news/admin/files/delete_document.html"


class ImageUsageView(WithUses, StockImageUsageView):
    template_name = "news/admin/files/usage.html"


class DocumentUsageView(WithUses, StockDocumentUsageView):
    template_name = "news/admin/files/usage.html"
