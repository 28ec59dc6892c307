"""Accounts that stay, what somebody leaves behind, acting publishers and the duty roster."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.models import User
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from home import clock
from home.gate import Refused
from home.languages import named
from home.moments import MomentFormField
from news import trail
from news.models import ActingPublisher, Duty, Release
from news.models.release import name_of
from news.pair.pair import Pair
from news.pair.showings import Showing
from news.release import acting
from news.release.accounts import require_unused
from news.release.leaving import InHand, hand_over_all, in_hand, may_hand_over_all

from .access import StaffRequest
from .forms import Labelled, text

DAY = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
MOMENT: dict[str, Any] = {
    "widget": forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    "input_formats": ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"],
}


class PersonField(forms.ModelChoiceField):  # type: ignore[type-arg]  # Django's own takes none
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


class HandOverAllForm(Labelled):
    person = PersonField(label=gettext_lazy("To whom"), queryset=User.objects.none())

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = people


class ActingForm(Labelled):
    person = PersonField(label=gettext_lazy("Who"), queryset=User.objects.none())
    starts_at = MomentFormField(label=gettext_lazy("Begins"), **MOMENT)
    ends_at = MomentFormField(label=gettext_lazy("Ends"), help_text=gettext_lazy("Then it ends by itself."), **MOMENT)
    reason = forms.CharField(label=gettext_lazy("Reason"), required=False, widget=text())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = User.objects.filter(pk__in=[user.pk for user in acting.may_be_named()])
        field: Any = self.fields["person"]
        field.queryset = people.order_by("first_name", "username")


class DutyForm(Labelled):
    person = PersonField(label=gettext_lazy("Who"), queryset=User.objects.none())
    first = forms.DateField(label=gettext_lazy("First day"), widget=DAY)
    last = forms.DateField(
        label=gettext_lazy("Last day"),
        required=False,
        widget=DAY,
        help_text=gettext_lazy("Empty: that day alone."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["person"]
        field.queryset = acting.staff()


# Accounts ------------------------------------------------------------------------------------------------------------


def before_delete_user(request: StaffRequest, user: User) -> None:
    """Said before anybody is asked to confirm it."""
    require_unused([user])


def before_bulk_action(request: Any, action_type: str, objects: Any, action: Any) -> None:
    if action_type == "delete":
        require_unused(found for found in objects if isinstance(found, User))


def hand_over(request: StaffRequest, user_id: int) -> HttpResponse:
    """All that somebody has in hand, and to whom it goes."""
    user = get_object_or_404(User, pk=user_id)
    if not may_hand_over_all(request.user, user):
        raise PermissionDenied
    form = HandOverAllForm(request.POST or None, people=acting.staff().exclude(pk=user.pk))
    error = ""
    if request.method == "POST" and form.is_valid():
        try:
            hand_over_all(user, form.cleaned_data["person"], request.user)
        except Refused as refusal:
            error = str(refusal)
        else:
            names = {"former": name_of(user), "name": name_of(form.cleaned_data["person"])}
            messages.success(request, _("Everything was handed over from %(former)s to %(name)s.") % names)
            return redirect("wagtailusers_users:edit", user.pk)
    found = in_hand(user)
    context = {"person": user, "form": form, "error": error, "found": found, "rows": rows_of(found)}
    status = 422 if request.method == "POST" else 200
    return render(request, "news/admin/people/hand_over.html", context, status=status)


def rows_of(found: InHand) -> list[tuple[Release, str, list[tuple[str, str]]]]:
    """[(Release, its title, [(language, what of it)])]"""
    rows = []
    for pair in Pair.many(Release.objects.filter(pk__in=found.releases)):
        work = found.releases[pair.release.pk]
        said = [(str(named(code)), trail.said_of(sorted(what))) for code, what in work.items()]
        rows.append((pair.release, Showing(pair).title, said))
    return rows


# Duty ----------------------------------------------------------------------------------------------------------------


def roster(
    request: StaffRequest, acting_form: ActingForm | None = None, duty_form: DutyForm | None = None
) -> HttpResponse:
    """Who is on duty and who stands in for a publisher, now and later."""
    try:
        acting.require_roster(request.user)
    except Refused:
        may_edit = False
    else:
        may_edit = True
    context = {
        "duties": Duty.objects.to_come(),
        "acting": ActingPublisher.objects.to_come(),
        "former": ActingPublisher.objects.exclude(pk__in=ActingPublisher.objects.to_come()).order_by("-pk")[:10],
        "may_edit": may_edit,
        "may_name": acting.is_publisher(request.user),
        "acting_form": acting_form or ActingForm(prefix="acting"),
        "duty_form": duty_form or DutyForm(prefix="duty", initial={"first": clock.day()}),
    }
    status = 422 if acting_form or duty_form else 200
    return render(request, "news/admin/people/roster.html", context, status=status)


def tried(request: StaffRequest, act: Any, *given: Any, done: str) -> bool:
    """Whether it was done; what was refused is said."""
    try:
        act(request.user, *given)
    except Refused as refusal:
        messages.error(request, str(refusal))
        return False
    messages.success(request, done)
    return True


@require_POST
def name_acting(request: StaffRequest) -> HttpResponse:
    form = ActingForm(request.POST, prefix="acting")
    if not form.is_valid():
        return roster(request, acting_form=form)
    data = form.cleaned_data
    given = data["person"], data["starts_at"], data["ends_at"], data["reason"]
    if not tried(request, acting.name_acting, *given, done=_("Named. It ends by itself.")):
        return roster(request, acting_form=form)
    return redirect("newsroom_people:roster")


@require_POST
def end_acting(request: StaffRequest, key: int) -> HttpResponse:
    tried(request, acting.end_acting, key, done=_("Ended: from now on they have their own rights alone."))
    return redirect("newsroom_people:roster")


@require_POST
def put_on_duty(request: StaffRequest) -> HttpResponse:
    form = DutyForm(request.POST, prefix="duty")
    if not form.is_valid():
        return roster(request, duty_form=form)
    data = form.cleaned_data
    given = data["person"], data["first"], data["last"] or data["first"]
    if not tried(request, acting.put_on_duty, *given, done=_("Entered in the duty roster.")):
        return roster(request, duty_form=form)
    return redirect("newsroom_people:roster")


@require_POST
def take_off_duty(request: StaffRequest, key: int) -> HttpResponse:
    tried(request, acting.take_off_duty, key, done=_("Taken out of the duty roster."))
    return redirect("newsroom_people:roster")
