"""Changing what is approved before it goes out, in both languages on one screen. Rule 28."""

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.models import Revision

from home.gate import Refused
from news.findings.judged import unsettled
from news.models import Amendment, Release
from news.pair.amended import as_amended
from news.pair.office_refusals import AmendmentOpen, NothingToAmend
from news.pair.pair import Pair
from news.pair.refusals import NoWordChanged
from news.pair.stamps import approvals, shown_now
from news.pair.version import Version
from news.release.amending import amend as propose

from .access import StaffRequest, seen_pair
from .correction_screen import Column, answer, typed_anyhow
from .forms import Labelled
from .release_page import say_unsent


class AmendmentForm(Labelled):
    stamp = forms.CharField(required=False, widget=forms.HiddenInput)
    ordered_by = forms.CharField(label=gettext_lazy("Ordered by"), max_length=255)
    ordered_how = forms.ChoiceField(
        label=gettext_lazy("Ordered how"), choices=Amendment.Way.choices, widget=forms.RadioSelect
    )
    other_is_right = forms.BooleanField(
        label=gettext_lazy("Only one language changes: the other is right as it stands"), required=False
    )


def amend(request: StaffRequest, release_id: int) -> HttpResponse:
    pair = seen_pair(request, release_id)
    columns = [
        Column(version, request.user, approved_revision(version), version.is_pending)
        for version in pair.versions.values()
    ]
    refusal = refusal_of(pair, columns)
    if refusal is not None:
        if request.method != "POST":
            if isinstance(refusal, NothingToAmend):
                raise PermissionDenied
        else:
            say_unsent(request, typed_anyhow(pair, request.POST))
        messages.error(request, str(refusal))
        return redirect("newsroom_releases:release", pair.release.pk)
    form = AmendmentForm(request.POST or None, initial={"stamp": shown_now(approvals(pair))})
    return answer(request, "news/admin/amend.html", pair, columns, form, save, say_what_is_left)


def approved_revision(version: Version) -> Revision | None:
    return version.approval.revision if version.approval is not None and version.page is not None else None


def refusal_of(pair: Pair, columns: list[Column]) -> Refused | None:
    if not any(column.is_open for column in columns):
        return NothingToAmend()
    return AmendmentOpen(name=pair.amendment.opened_by_name) if pair.amendment is not None else None


def save(pair: Pair, user: User, data: dict[str, Any], columns: list[Column]) -> None:
    texts = {column.language: changed for column in columns if (changed := column.changed())}
    if not texts:
        raise NoWordChanged
    given = data["ordered_by"], data["ordered_how"], data["stamp"], data["other_is_right"]
    propose(pair.release, user, texts, *given)


def say_what_is_left(request: StaffRequest, release: Release) -> None:
    messages.success(request, _("The amendment waits for somebody else to agree to it. Until then nothing goes out."))
    left = unsettled(as_amended(Pair(release)))
    if left:
        found = " ".join(judged.message for judged in left)
        messages.warning(request, _("The checks found in the changed texts: %(findings)s") % {"findings": found})
