"""Taking a step: one function each, called with the pair, the user and what the form says."""

from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from wagtail.admin import messages

from news.models import Release
from news.release import correction, kinds, release, review, schedule, submission, withdrawal
from news.release.address import change_address
from news.release.errors import NotYourSubmission
from news.release.pair import Pair

from . import forms
from .page import may_see, show


def task_action(name):
    def act(pair, user, data):
        page = pair.versions[data["language"]].page
        state = page.current_workflow_task_state
        task = state and state.task.specific
        if task is None or name not in {action for action, _label, _modal in task.get_actions(page, user)}:
            refusal = review.refusal_to_approve(page, user) if name == "approve" and state else None
            raise refusal or NotYourSubmission
        task.on_action(state, user, name, comment=data["comment"])

    return act


def page_of(pair, data):
    return pair.versions[data["language"]].page


STEPS = {
    # name: (form, what it does)
    "submit": (forms.StepForm, lambda pair, user, data: submit(pair, user, data)),
    "recall": (forms.StepForm, lambda pair, user, data: submission.recall(page_of(pair, data), user)),
    "approve": (forms.CommentForm, task_action("approve")),
    "return": (forms.CommentForm, task_action("reject")),
    "take_back": (
        forms.ReasonForm,
        lambda pair, user, data: review.take_back(page_of(pair, data), user, data["reason"]),
    ),
    "release": (forms.StepForm, lambda pair, user, data: release.release(pair.release, user)),
    "release_single": (
        forms.SingleForm,
        lambda pair, user, data: release.release_single(
            pair.release, data["language"], user, data["reason"], data["due"], data["confirmed"]
        ),
    ),
    "schedule": (forms.ScheduleForm, lambda pair, user, data: schedule.schedule(pair.release, data["at"], user)),
    "unschedule": (forms.StepForm, lambda pair, user, data: schedule.unschedule(pair.release, user)),
    "urgent": (
        forms.UrgentForm,
        lambda pair, user, data: release.urgent(
            pair.release, data["languages"], user, data["reason"], data["password"]
        ),
    ),
    "review_afterwards": (forms.StepForm, lambda pair, user, data: release.review_afterwards(pair.release, user)),
    "withdraw": (
        forms.WithdrawForm,
        lambda pair, user, data: withdrawal.withdraw(pair.release, user, data["reason"], data["languages"]),
    ),
    "no_update_needed": (
        forms.StepForm,
        lambda pair, user, data: review.no_update_needed(pair.original.page, user),
    ),
    "correct": (
        forms.CorrectForm,
        lambda pair, user, data: correction.correct(
            pair.release, user, data["kind"], data["note_en"], data["note_zh_hans"]
        ),
    ),
    "approve_correction": (forms.StepForm, lambda pair, user, data: correction.approve_correction(pair.release, user)),
    "drop_correction": (forms.StepForm, lambda pair, user, data: correction.drop_correction(pair.release, user)),
    "change_address": (forms.AddressForm, lambda pair, user, data: change_address(pair.release, user, data["slug"])),
    "adapt": (forms.StepForm, lambda pair, user, data: kinds.adapt(pair.release, user)),
    "translate_fully": (forms.StepForm, lambda pair, user, data: kinds.translate_fully(pair.release, user)),
}
VERSIONS_OWN = {"submit", "recall", "approve", "return", "take_back", "release_single"}


def submit(pair, user, data):
    page = page_of(pair, data)
    if not page.permissions_for_user(user).can_edit():
        raise NotYourSubmission
    submission.submit(page, user)


@require_POST
def act(request, release_id, name):
    """Take a step and return to the release. What is missing or refused is said there, and nothing typed is lost."""
    pair = Pair(get_object_or_404(Release, pk=release_id))
    may_see(request.user, pair)
    if name not in STEPS:
        raise Http404
    form_class, function = STEPS[name]
    form = form_class(request.POST, prefix=name)
    is_valid = form.is_valid()
    if is_valid and name in VERSIONS_OWN and not has_version(pair, form.cleaned_data["language"]):
        form.add_error(None, _("There is no such version."))
        is_valid = False
    if not is_valid:
        return show(request, pair, invalid=(name, form))
    function(pair, request.user, form.cleaned_data)
    messages.success(request, _("Done."))
    return redirect("newsroom_releases:release", pair.release.pk)


def has_version(pair, language):
    return language is not None and pair.versions[language].page is not None
