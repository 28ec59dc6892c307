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

from home.languages import LANGUAGES
from news.models import Event, Notice, Release
from news.pair.pair import Pair

from .words import WORDS


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
        "title": title or title_of(notice.release),
        "who": notice.who or _("The system"),
        "language": LANGUAGES[notice.language].label if notice.language else "",
    }
    subject, sentence = (words % details for words in WORDS[Event(notice.event)])
    address = settings.WAGTAILADMIN_BASE_URL + reverse("newsroom_releases:release", args=[notice.release_id])
    return {"subject": subject, "sentence": sentence, "note": notice.note, "address": address}


def title_of(release: Release) -> str:
    return " / ".join(version.existing_page.draft_title for version in Pair(release).titled)


def subject_of(told: list[Lines]) -> str:
    if len(told) == 1:
        return " ".join(told[0]["subject"].split())
    return ngettext("%(count)d notice", "%(count)d notices", len(told)) % {"count": len(told)}


def body_of(told: list[Lines], recipient: User) -> str:
    account = settings.WAGTAILADMIN_BASE_URL + reverse("wagtailadmin_account")
    context = {"told": told, "recipient": recipient, "account": account, "site": settings.WAGTAIL_SITE_NAME}
    return render_to_string("news/notices/mail.txt", context)
