"""The audit trail: Wagtail's own log, with a line for every step of a release."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.models import User
from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import Signal, receiver
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy
from wagtail.log_actions import LogActionRegistry, LogFormatter, log
from wagtail.models import BaseLogEntry, Page, Revision

from home import clock
from home.languages import Words
from news import called
from news.checks import Said
from news.models import ActingPublisher, Amendment
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
    "one_language": _("To be released in this language alone"),
    "both_languages": _("To be released in both languages"),
    "languages_of_topics": _("To be released in the languages that its topics say"),
    "sync": _("Paragraphs brought up to date with the original"),
    "adapt": _("From now on adapted, edited as a page"),
    "translate_fully": _("From now on translated paragraph by paragraph"),
    "schedule": _("Release scheduled"),
    "unschedule": _("Schedule taken back"),
    "bring_forward": _("Release brought forward"),
    "schedule_urgently": _("Approved urgently, by one person, to go out at its moment"),
    "hold": _("Put on hold"),
    "lift": _("Hold lifted"),
    "amend": _("Amendment written"),
    "agree_to_amendment": _("Amendment approved"),
    "drop_amendment": _("Amendment given up"),
    "release": _("Released"),
    "break_embargo": _("Embargo broken: released before its moment"),
    "freeze": _("Frozen for an urgent release"),
    "thaw": _("No longer frozen for an urgent release"),
    "release_urgently": _("Released urgently"),
    "release_failed": _("Release failed"),
    "import": _("Brought in from the old site"),
    "withdraw": _("Withdrawn"),
    "propose_return": _("Bringing back proposed"),
    "agree_to_return": _("Bringing back agreed to"),
    "drop_return": _("Bringing back given up"),
    "bring_back": _("Brought back, as it was"),
    "correct": _("Correction begun"),
    "review_afterwards": _("Reviewed after release"),
    "propose_replacement": _("Replacement of a picture or document proposed"),
    "replace_file": _("Picture or document replaced"),
    "drop_replacement": _("Replacement given up"),
    "take_down": _("Picture or document taken down"),
    "change_credit": _("Credit of a picture changed"),
    "restrict": _("Privacy changed"),
    "change_address": _("Address changed"),
    "change_identity": _("Identity of the publisher changed"),
    "duplicate": _("Made from another release"),
    "hand_over": _("Handed over"),
    "hand_over_all": _("Everything handed over"),
    "to_group": _("Back to the group: the account was deactivated, or it cannot be handed over"),
    "name_acting": _("Acting publisher named"),
    "end_acting": _("Acting publisher ended early"),
    "put_on_duty": _("Put on duty"),
    "take_off_duty": _("Taken off duty"),
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


PUBLISHERS_ACTS = {
    f"newsroom.{name}"
    for name in (
        "agree", "agree_to_amendment", "amend", "approve", "approve_urgently", "break_embargo", "bring_back",
        "bring_forward", "change_address", "change_credit", "change_identity", "drop_amendment", "drop_return",
        "freeze", "lift", "no_update_needed", "override_finding", "propose_return", "put_on_duty", "release",
        "release_urgently", "replace_file", "restrict", "schedule", "schedule_urgently", "sign_off", "take_back",
        "take_down", "take_off_duty", "thaw", "unschedule", "withdraw",
    )
}  # fmt: skip
"""Lines that say of whoever stands in for a publisher that they do."""

WORK: dict[str, Words] = {
    "assignment": _("assigned to them"),
    "claim": _("being corrected by them"),
    "sign_off": _("signed off by them, waiting for another's yes"),
    "lock": _("locked by them"),
    "returned": _("returned to them for changes"),
    "freeze": _("frozen by them for an urgent release"),
    "draft": _("their draft"),
}
"""What somebody may have in hand of a version."""


def said_of(work: Iterable[str]) -> str:
    return pgettext("between titles", ", ").join(str(WORK[name]) for name in work)


def span(moments: Iterable[str]) -> str:
    """From one to another, on the site's clock."""
    return " – ".join(clock.words(datetime.fromisoformat(moment)) for moment in moments)


def who(entry: BaseLogEntry) -> str:
    """Whoever did it, by the name they had then; of the system's lines nobody, or who answers for them."""
    name = entry.user_display_name if entry.user_id else entry.data.get("name", "")
    if "acting_for" in entry.data:
        return _("%(name)s, acting publisher") % {"name": name}
    return str(name)


@receiver(pre_save, dispatch_uid="news.trail.acting")
def mark_acting(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Who stands in for a publisher is said so beside each step."""
    if not issubclass(sender, BaseLogEntry) or raw or instance.pk or not instance.user_id:
        return
    if instance.action in PUBLISHERS_ACTS:
        user = instance.user
        if not hasattr(user, "acting_for"):  # once a request, as with their other rights
            user.acting_for = ActingPublisher.objects.in_force().filter(user=instance.user_id).first()
        if user.acting_for is not None:
            instance.data = {**instance.data, "acting_for": user.acting_for.named_by_name}


WITH_MOMENTS = {"schedule", "bring_forward", "unschedule", "schedule_urgently", "break_embargo", "release_urgently"}
"""Lines that say which moment was set, or which one they do not wait for."""


def moments_of(log_entry: BaseLogEntry) -> str:
    """The embargo that was there, and the moment in its place."""
    if log_entry.action.removeprefix("newsroom.") not in WITH_MOMENTS:
        return ""
    found = [log_entry.data[name] for name in ("until", "at") if log_entry.data.get(name)]
    return pgettext("one moment in another's place", " → ").join(
        clock.words(datetime.fromisoformat(moment)) for moment in found
    )


def call_stages_by_name(actions: LogActionRegistry) -> None:
    """In Wagtail's lines about reviews, which name a stage as it is stored: in both languages."""
    for action, formatter in list(actions.formatters.items()):
        if action.startswith("wagtail.workflow"):
            actions.formatters[action] = calling(formatter)


def calling(formatter: LogFormatter) -> LogFormatter:
    stock: type[LogFormatter] = type(formatter)

    class CallingFormatter(stock):
        def format_message(self, log_entry: BaseLogEntry) -> Words:
            return called.told(str(super().format_message(log_entry)), log_entry.data)

    return CallingFormatter()


def register(actions: LogActionRegistry) -> None:
    for name, words in ACTIONS.items():

        @actions.register_action(f"newsroom.{name}")
        class Formatter(LogFormatter):
            label = message = words

            def format_message(self, log_entry: BaseLogEntry) -> Words:
                data: dict[str, Any] = log_entry.data
                message = super().format_message(log_entry)
                if "person" in data:
                    return _("%(what)s: %(name)s") % {"what": message, "name": data["person"]}
                if "to" in data and "from" in data:
                    return _("Handed over from %(former)s to %(name)s") % {"former": data["from"], "name": data["to"]}
                told = moments_of(log_entry)
                if told:
                    return _("%(what)s: %(moments)s") % {"what": message, "moments": told}
                if "to" in data:
                    return _("Handed over to %(name)s") % {"name": data["to"]}
                if "from" in data:
                    return _("Back to the group from %(former)s") % {"former": data["from"]}
                if "stage" in data:
                    return _("Back to drafting: the stage “%(name)s” was disabled, or taken out of the review") % {
                        "name": data["stage"]
                    }
                if "workflow" in data:
                    return _("Back to drafting: the review “%(name)s” was disabled here, or cannot be completed") % {
                        "name": data["workflow"]
                    }
                if "ordered_by" in data:
                    way = dict(Amendment.Way.choices).get(data["ordered_how"], "")
                    return _("%(what)s, ordered by %(name)s: %(way)s") % {
                        "what": message,
                        "name": data["ordered_by"],
                        "way": way,
                    }
                if "file" in data:
                    names = pgettext("one file in another's place", " → ").join(
                        filter(None, [data["file"], data.get("new")])
                    )
                    return _("%(what)s: %(files)s") % {"what": message, "files": names}
                if "topics" in data:
                    return _("%(what)s, as its topics say: %(topics)s") % {"what": message, "topics": data["topics"]}
                if "finding" in data:
                    return f"{message}: {sentence(Said(**data['finding']))}"
                return message

            def format_comment(self, log_entry: BaseLogEntry) -> str:
                data = log_entry.data
                if "work" in data:
                    return said_of(data["work"])
                if "moments" in data:
                    return f"{span(data['moments'])} {data.get('reason', '')}".strip()
                if "days" in data:
                    return " – ".join(dict.fromkeys(data["days"]))
                return data.get("reason", "")
