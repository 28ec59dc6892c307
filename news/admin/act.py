"""Taking a step: one function each, called with the pair, the user and what the form says."""

from django.http import Http404
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from news.findings.elsewhere import given_up
from news.pair.refusals import MayNotEdit, NotYourSubmission
from news.release import assignment, correction, kinds, publishing, review, schedule, submission, withdrawal
from news.release.address import change_address

from .access import seen_pair
from .elsewhere import say_held
from .forms import FORMS
from .middleware import is_here
from .outcome import PUBLISHING, tell
from .release_page import show


def page_of(pair, data):
    return pair.versions[data["language"]].page


def submit(pair, user, data):
    page = page_of(pair, data)
    if not page.permissions_for_user(user).can_edit():
        raise MayNotEdit
    submission.submit(page, user)


def task_action(name):
    """Approve or return, as Wagtail's own views do it."""

    def act(pair, user, data):
        page = page_of(pair, data)
        state = page.current_workflow_task_state
        task = state and state.task.specific
        if task is None or name not in {action for action, _label, _modal in task.get_actions(page, user)}:
            refusal = review.refusal_to_approve(page, user) if name == "approve" and state else None
            raise refusal or NotYourSubmission
        task.on_action(state, user, name, comment=data.get("comment", ""))

    return act


def hand_over(pair, user, data):
    assignment.hand_over(pair.release, data["language"], user, data["to"], data["due"], data["note"])


def release_single(pair, user, data):
    publishing.release_single(pair.release, data["language"], user, data["reason"], data["due"], data["confirmed"])


def urgent(pair, user, data):
    publishing.urgent(pair.release, data["languages"], user, data["reason"], data["password"])


def withdraw(pair, user, data):
    withdrawal.withdraw(pair.release, user, data["reason"], data["languages"])


def correct(pair, user, data):
    correction.correct(pair.release, user, data["kind"], data["note_en"], data["note_zh_hans"])


STEPS = {
    "submit": submit,
    "recall": lambda pair, user, data: submission.recall(page_of(pair, data), user),
    "approve": task_action("approve"),
    "approve_with_remark": task_action("approve"),
    "return": task_action("reject"),
    "hand_over": hand_over,
    "take_back": lambda pair, user, data: review.take_back(page_of(pair, data), user, data["reason"]),
    "release": lambda pair, user, data: publishing.release_both(pair.release, user),
    "release_single": release_single,
    "schedule": lambda pair, user, data: schedule.schedule(pair.release, data["at"], user),
    "unschedule": lambda pair, user, data: schedule.unschedule(pair.release, user),
    "urgent": urgent,
    "review_afterwards": lambda pair, user, data: publishing.review_afterwards(pair.release, user),
    "withdraw": withdraw,
    "no_update_needed": lambda pair, user, data: review.no_update_needed(pair.original.page, user),
    "correct": correct,
    "approve_correction": lambda pair, user, data: correction.approve_correction(pair.release, user),
    "drop_correction": lambda pair, user, data: correction.drop_correction(pair.release, user),
    "change_address": lambda pair, user, data: change_address(pair.release, user, data["slug"]),
    "adapt": lambda pair, user, data: kinds.adapt(pair.release, user),
    "translate_fully": lambda pair, user, data: kinds.translate_fully(pair.release, user),
}
VERSIONS_OWN = {
    "submit",
    "recall",
    "approve",
    "approve_with_remark",
    "return",
    "take_back",
    "hand_over",
    "release_single",
}


@require_POST
def act(request, release_id, name):
    """Take a step and return to where it was offered. What is missing or refused is said; nothing typed is lost."""
    if name not in STEPS:
        raise Http404
    pair = seen_pair(request, release_id)
    form = FORMS[name](request.POST, prefix=name)
    is_valid = form.is_valid()
    if is_valid and name in VERSIONS_OWN and not has_version(pair, form.cleaned_data["language"]):
        form.add_error(None, _("There is no such version."))
        is_valid = False
    if not is_valid:
        return show(request, pair, invalid=(name, form))
    figures = given_up(pair) if name in PUBLISHING else []
    STEPS[name](pair, request.user, form.cleaned_data)
    tell(request, pair.release, name)
    say_held(request, figures, [pair.release.translation_key])
    back = request.POST.get("next", "")
    if is_here(request, back):
        return redirect(back)
    return redirect("newsroom_releases:release", pair.release.pk)


def has_version(pair, language):
    return language is not None and pair.versions[language].page is not None
