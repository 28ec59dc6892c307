"""What may be done with several releases of the list at once, each by its own rules. Nothing is approved here, nor
released: whoever does that has read it."""

from __future__ import annotations

import copy
from typing import Any
from urllib.parse import urlsplit

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages
from wagtail.admin.views.bulk_action import BulkAction

from home import clock
from home.gate import Refused
from home.languages import LANGUAGES, Language, Words
from news.models import ReleaseSummary
from news.models.release import name_of
from news.pair.embargo import EmbargoMoved
from news.pair.pair import Pair
from news.pair.people_refusals import NothingToWrite
from news.pair.refusals import IdentityNotConfirmed, NotScheduled
from news.pair.rules import may_publish, require_identity
from news.release import assignment, stopping
from news.release.schedule import schedule

from .forms import HoldForm
from .releases import MOST, ReleasesView, state_of
from .releases_forms import HandOverReleasesForm, MoveForm, moved
from .steps.base import REGISTER, made


class ReleasesAction(BulkAction):
    """A step that is taken of each release chosen. What is refused of one is said, and holds up no other."""

    models = [ReleaseSummary]
    template_name = "news/admin/releases/bulk.html"
    at_once = 100
    """More would keep others from writing for too long."""
    question: Words
    """What is asked on the page before."""

    def possible(self, pair: Pair) -> bool:
        """Whether anything of it may be done with a release."""
        raise NotImplementedError

    def take(self, pair: Pair, data: dict[str, Any]) -> None:
        """Raises Refused."""
        raise NotImplementedError

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method.lower() not in self.http_method_names:
            return self.http_method_not_allowed(request)
        count = self.rows.count()
        if not count:
            raise Http404
        if count > self.at_once:
            words = _("Choose at most %(most)s releases at once; %(count)s were chosen.")
            messages.error(request, words % {"most": self.at_once, "count": count})
            return redirect(self.next_url)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def listing(self) -> ReleasesView:
        """The list as it was when they were chosen: narrowed, where that is all of them."""
        request = copy.copy(self.request)
        request.GET = QueryDict(urlsplit(self.next_url).query if "all" in self.request.GET.getlist("id") else "")
        view = ReleasesView()
        view.setup(request)
        return view

    @cached_property
    def rows(self) -> QuerySet[ReleaseSummary]:
        """Of what they see, in the order in which two people at once lock them, too."""
        asked = self.request.GET.getlist("id")
        found = self.listing.get_queryset()
        if "all" not in asked:
            keys = [int(key) for key in asked if key.isascii() and key.isdigit() and len(key) < 10]
            found = found.filter(pk__in=keys)
        return found.order_by("pk")

    @cached_property
    def parted(self) -> tuple[list[ReleaseSummary], list[ReleaseSummary]]:
        """([of which it may be done], [the others])"""
        may: list[ReleaseSummary] = []
        may_not: list[ReleaseSummary] = []
        for row in self.rows:
            (may if self.possible(Pair(row.release)) else may_not).append(row)
        return may, may_not

    def get_actionable_objects(self) -> tuple[list[ReleaseSummary], dict[str, Any]]:
        return self.parted[0], {"items_with_no_access": self.parted[1]}

    def object_context(self, obj: ReleaseSummary) -> dict[str, Any]:
        return {"item": obj, "mark": state_of(obj), "title": obj.titles[0]}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(question=self.question, header_icon=ReleasesView.header_icon, **kwargs)
        return context | {"items_with_no_access": [self.object_context(row) for row in self.parted[1]]}

    def get_execution_context(self) -> dict[str, Any]:
        return {"action": self}

    @classmethod
    def execute_action(
        cls, objects: list[ReleaseSummary], action: ReleasesAction | None = None, **kwargs: Any
    ) -> tuple[int, int]:
        assert action is not None  # noqa: S101  (Wagtail hands on what get_execution_context gives)
        action.refused, taken = [], 0
        for row in objects:
            try:
                with transaction.atomic():
                    action.take(Pair(row.release), action.cleaned_form.cleaned_data)
                taken += 1
            except Refused as refusal:
                action.refused.append((row, refusal))
        return taken, 0

    refused: list[tuple[ReleaseSummary, Refused]]

    def form_valid(self, form: forms.Form) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        for row in self.parted[1]:
            self.say_refused(row, _("Not possible for you, or not now."))
        for row, refusal in self.refused:
            self.say_refused(row, str(refusal))
        return response

    def say_refused(self, row: ReleaseSummary, reason: str) -> None:
        words = _("“%(title)s”: %(reason)s") % {"title": row.titles[0][1], "reason": reason}
        url = reverse("newsroom_releases:release", args=[row.pk])
        messages.error(self.request, words, buttons=[messages.button(url, _("Open release"))])

    def get_success_message(self, count: int, below: int) -> str | None:
        return self.done(count) if count else None

    def done(self, count: int) -> str:
        """What is said of so many."""
        raise NotImplementedError


class HoldReleases(ReleasesAction):
    display_name = gettext_lazy("Hold")
    aria_label = gettext_lazy("Hold the releases chosen")
    action_type = "hold"
    action_priority = 10
    question = gettext_lazy("Hold these releases?")
    form_class = HoldForm

    def possible(self, pair: Pair) -> bool:
        return bool(REGISTER["hold"].offers(pair, self.request.user))

    def take(self, pair: Pair, data: dict[str, Any]) -> None:
        stopping.hold(pair.release, self.request.user, data["reason"])

    def done(self, count: int) -> str:
        return ngettext("%(count)d release is on hold.", "%(count)d releases are on hold.", count) % {"count": count}


class MoveReleases(ReleasesAction):
    """The moments of what is scheduled."""

    display_name = gettext_lazy("Reschedule")
    aria_label = gettext_lazy("Reschedule the releases chosen")
    action_type = "move"
    action_priority = 20
    question = gettext_lazy("Reschedule these releases?")
    form_class = MoveForm

    def possible(self, pair: Pair) -> bool:
        return pair.release.release_at is not None and may_publish(self.request.user, pair)

    def get_form_kwargs(self) -> dict[str, Any]:
        moments = {row.pk: at for row in self.parted[0] if (at := row.release.release_at) is not None}
        return {**super().get_form_kwargs(), "moments": moments}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        """Outside any transaction: a wrong password has to count."""
        self.is_confirmed = False
        if form.cleaned_data.get("password"):
            try:
                require_identity(self.request.user, form.cleaned_data["password"])
            except IdentityNotConfirmed as refusal:
                form.add_error("password", str(refusal))
                return self.form_invalid(form)
            self.is_confirmed = True
        return super().form_valid(form)

    def take(self, pair: Pair, data: dict[str, Any]) -> None:
        moment = pair.release.release_at
        if moment is None:
            raise NotScheduled
        if data["shown"].get(str(pair.release.pk)) != moment.isoformat():
            raise EmbargoMoved(moment=clock.words(moment))
        reason = data.get("reason", "")
        schedule(pair.release, moved(data, moment), self.request.user, reason=reason, is_confirmed=self.is_confirmed)

    def done(self, count: int) -> str:
        words = ngettext("%(count)d release is rescheduled.", "%(count)d releases are rescheduled.", count)
        return words % {"count": count}


class HandOverReleases(ReleasesAction):
    display_name = gettext_lazy("Hand over")
    aria_label = gettext_lazy("Hand over the releases chosen")
    action_type = "hand_over"
    action_priority = 30
    question = gettext_lazy("Hand over these releases?")
    form_class = HandOverReleasesForm

    def open_in(self, pair: Pair) -> list[Language]:
        there = [version for version in pair.versions.values() if version.page is not None]
        found = [made(REGISTER["hand_over"], version, self.request.user) for version in there]
        return [LANGUAGES[offer.language] for offers in found for offer in offers]

    def possible(self, pair: Pair) -> bool:
        return bool(self.open_in(pair))

    def take(self, pair: Pair, data: dict[str, Any]) -> None:
        languages = [language for language in self.open_in(pair) if language in data["languages"]]
        if not languages:
            raise NothingToWrite
        for language in languages:
            assignment.hand_over(pair.release, language, self.request.user, data["to"], data["due"], data["note"])

    def done(self, count: int) -> str:
        words = ngettext(
            "%(count)d release was handed over to %(name)s.", "%(count)d releases were handed over to %(name)s.", count
        )
        form: Any = self.cleaned_form
        return words % {"count": count, "name": name_of(form.cleaned_data["to"])}


class ExportReleases(ReleasesAction):
    """At once: there is nothing to ask."""

    display_name = gettext_lazy("Export")
    aria_label = gettext_lazy("Export the releases chosen as a table for Excel")
    action_type = "export"
    action_priority = 40
    http_method_names = ["get", "head"]
    at_once = MOST

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        view = self.listing
        return view.as_spreadsheet(self.rows, view.FORMAT_XLSX)


ACTIONS: list[type[BulkAction]] = [HoldReleases, MoveReleases, HandOverReleases, ExportReleases]
