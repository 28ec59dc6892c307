"""The audit trail: Wagtail's own log, with a line for every step of a release."""

from typing import Any

from django.contrib.auth.models import User
from django.dispatch import Signal
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import BaseLogEntry, Page, Revision

from home.languages import Words
from news.checks import Said
from news.spoken import sentence

recorded = Signal()
"""Sent with each line, in the transaction of the step: page, action, user, data (what the caller added), and the
news.pair.pair.Pair where the caller has one that is true at that moment."""

ACTIONS = {
    "approve": pgettext_lazy("state", "Approved"),
    "sign_off": _("Signed off with corrections: waits for somebody else to agree"),
    "claim": _("Began correcting; locked for others"),
    "take_over": _("Took over the corrections"),
    "let_go": _("Finished correcting"),
    "agree": _("Agreed with the corrections"),
    "approve_urgently": _("Approved urgently, by one person"),
    "carry_approval": _("Approval carried over: only shared fields changed"),
    "no_update_needed": _("No update needed"),
    "take_back": _("Approval taken back"),
    "end_approval": _("Approval ended: the original has changed"),
    "return_to_drafting": _("Back to drafting: the original was returned, recalled or changed"),
    "overtake_review": _("Review ended: released urgently, or approved as a correction"),
    "end_review": _("Back to drafting: the review was changed"),
    "sync": _("Paragraphs brought up to date with the original"),
    "adapt": _("From now on adapted, edited as a page"),
    "translate_fully": _("From now on translated paragraph by paragraph"),
    "schedule": _("Release scheduled"),
    "unschedule": _("Schedule taken back"),
    "release": _("Released"),
    "freeze": _("Frozen for an urgent release"),
    "thaw": _("No longer frozen for an urgent release"),
    "release_urgently": _("Released urgently"),
    "release_failed": _("Release failed"),
    "import": _("Brought in from the old site"),
    "withdraw": _("Withdrawn"),
    "correct": _("Correction begun"),
    "review_afterwards": _("Reviewed after release"),
    "restrict": _("Privacy changed"),
    "change_address": _("Address changed"),
    "hand_over": _("Handed over"),
    "waive_finding": _("A warning of the checks marked as correct"),
    "override_finding": _("A block of the checks overridden"),
    "unwaive_finding": _("A finding of the checks opened again"),
    "fix_findings": _("Mended as the checks propose"),
}


def record(
    page: Page,
    action: str,
    user: User | None = None,
    revision: Revision | None = None,
    pair: object = None,
    **data: Any,
) -> None:
    """Write one line: who, what, which revision, which language. `pair`: see `recorded`."""
    log(
        instance=page,
        action=f"newsroom.{action}",
        user=user,
        revision=revision,
        data={"language": page.locale.language_code, **{name: value for name, value in data.items() if value}},
    )
    recorded.send(sender=None, page=page, action=action, user=user, data=data, pair=pair)


def register(actions: LogActionRegistry) -> None:
    for name, words in ACTIONS.items():

        @actions.register_action(f"newsroom.{name}")
        class Formatter(LogFormatter):
            label = message = words

            def format_message(self, log_entry: BaseLogEntry) -> Words:
                data, message = log_entry.data, super().format_message(log_entry)
                if "to" in data:
                    return _("Handed over to %(name)s") % {"name": data["to"]}
                if "stage" in data:
                    return _("Back to drafting: the stage “%(name)s” was disabled, or taken out of the review") % {
                        "name": data["stage"]
                    }
                if "workflow" in data:
                    return _("Back to drafting: the review “%(name)s” was disabled here, or cannot be completed") % {
                        "name": data["workflow"]
                    }
                if "finding" in data:
                    return f"{message}: {sentence(Said(**data['finding']))}"
                return message

            def format_comment(self, log_entry: BaseLogEntry) -> str:
                return log_entry.data.get("reason", "")
