"""One person's notices as one e-mail, in the language of their admin."""

from typing import TypedDict

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.users.models import UserProfile

from home import clock
from home.characters import clean, one_line
from home.gate import Refused
from home.languages import named
from news.models import Event, Notice
from news.pair.pair import Pair
from news.pair.readiness import to_release

from .words import ABOUT, GIVEN_UP, WORDS, WORDS_OF_GIVEN_UP


class Lines(TypedDict):
    """What is said of one notice."""

    subject: str
    sentence: str
    note: str
    address: str


PREFERENCES = {
    # Wagtail's own switches, in everybody's account.
    Event.AWAITS_REVIEW: "submitted_notifications",
    Event.APPROVED: "approved_notifications",
    Event.RETURNED: "rejected_notifications",
}


def send(notices: list[Notice]) -> None:
    recipient = notices[0].recipient
    if recipient is None or not recipient.email:
        return
    profile = UserProfile.get_for_user(recipient)
    wanted = [found for found in notices if getattr(profile, PREFERENCES.get(Event(found.event), ""), True)]
    if not wanted:
        return
    with translation.override(settings.LANGUAGE_CODE):
        language = profile.get_preferred_language()
    with translation.override(language):
        told = [lines_of(notice) for notice in wanted]
        send_mail(subject_of(told), body_of(told, recipient), None, [recipient.email])


def lines_of(notice: Notice, title: str | None = None) -> Lines:
    """A notice in the active language."""
    details = {
        "title": title or title_of(notice),
        "who": notice.who or _("The system"),
        "language": named(notice.language),
        "moment": clock.words(notice.moment) if notice.moment else "",
    }
    known = WORDS_OF_GIVEN_UP if notice.about == GIVEN_UP else WORDS
    subject, sentence = (words % details for words in known[Event(notice.event)])
    path = notice.path if notice.release is None else reverse("newsroom_releases:release", args=[notice.release_id])
    address = settings.WAGTAILADMIN_BASE_URL + path
    return {"subject": subject, "sentence": sentence, "note": notice.note or why(notice), "address": address}


def why(notice: Notice) -> str:
    """Of a moment that was missed, what stands in the way now."""
    if notice.event != Event.MISSED or notice.release is None:
        return ""
    try:
        to_release(Pair(notice.release))
    except Refused as refusal:
        return str(refusal)
    return ""


def title_of(notice: Notice) -> str:
    if notice.release is None:
        return str(ABOUT.get(notice.about, notice.about))
    return " / ".join(version.existing_page.draft_title for version in Pair(notice.release).titled)


def subject_of(told: list[Lines]) -> str:
    if len(told) == 1:
        return " ".join(one_line(told[0]["subject"]).split())
    return ngettext("%(count)d notice", "%(count)d notices", len(told)) % {"count": len(told)}


def body_of(told: list[Lines], recipient: User) -> str:
    account = settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_account")
    context = {"told": told, "recipient": recipient, "account": account, "site": settings.WAGTAIL_SITE_NAME}
    return clean(render_to_string("news/notices/mail.txt", context))
