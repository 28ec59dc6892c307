"""One person's notices as one e-mail, in the language of their admin."""

from email import charset
from email.charset import Charset
from email.utils import parseaddr
from typing import TypedDict
from uuid import UUID

from django.conf import settings
from django.contrib.auth.models import User
from django.core.mail import EmailMessage
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
from news.models import DailyDigest, Event, Notice
from news.pair.pair import Pair
from news.pair.readiness import to_release
from news.pair.rules import may_read

from .due import AT_ONCE
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


BASE64 = Charset("utf-8")
BASE64.header_encoding = BASE64.body_encoding = charset.BASE64
"""Seven bits, which every server hands on as they are."""


def send(notices: list[Notice]) -> bool:
    """Whether there was something to send: the address and the wishes of whoever it is for decide that."""
    recipient = notices[0].recipient
    if recipient is None or not recipient.email:
        return False
    profile = UserProfile.get_for_user(recipient)
    wanted = [found for found in notices if getattr(profile, PREFERENCES.get(Event(found.event), ""), True)]
    if not wanted:
        return False
    is_digest = not {Event(found.event) for found in wanted} <= AT_ONCE and is_told_daily(recipient)
    with translation.override(settings.LANGUAGE_CODE):
        language = profile.get_preferred_language()
    with translation.override(language):
        told = [lines_for(notice, recipient) for notice in wanted]
        message = EmailMessage(subject_of(told, is_digest), body_of(told, recipient), to=[recipient.email])
    message.extra_headers = headers(notices[0].claim)
    message.encoding = BASE64
    return bool(message.send())


def headers(claim: UUID | None) -> dict[str, str]:
    """What is sent again, as nobody knows whether it arrived, bears the same Message-ID: mail programs show it once."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2]
    return {"Auto-Submitted": "auto-generated", "Message-ID": f"<{claim}@{domain}>"}


def is_told_daily(recipient: User) -> bool:
    return DailyDigest.objects.filter(user=recipient).exists()


def lines_for(notice: Notice, recipient: User) -> Lines:
    """What somebody may know who had to do with a release when the notice was written, and perhaps no longer has."""
    if notice.release is None or any(may_read(page, recipient) for page in Pair(notice.release).pages):
        return lines_of(notice)
    return {**lines_of(notice, title=number_of(notice)), "note": ""}


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


def number_of(notice: Notice) -> str:
    """In place of a title."""
    return _("release %(number)d") % {"number": notice.release_id}


def subject_of(told: list[Lines], is_digest: bool) -> str:
    if is_digest:
        said = ngettext("Daily digest: %(count)d notice", "Daily digest: %(count)d notices", len(told))
        return said % {"count": len(told)}
    if len(told) == 1:
        return " ".join(one_line(told[0]["subject"]).split())
    return ngettext("%(count)d notice", "%(count)d notices", len(told)) % {"count": len(told)}


def body_of(told: list[Lines], recipient: User) -> str:
    account = settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_account")
    context = {"told": told, "recipient": recipient, "account": account, "site": settings.WAGTAIL_SITE_NAME}
    return clean(render_to_string("news/notices/mail.txt", context))
