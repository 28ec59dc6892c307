from typing import Self

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from .carrier import Trouble
from .release import LANGUAGE_CHOICES, Release


class Event(models.TextChoices):
    """What somebody is told of. The sentences are in news.notices.words."""

    AWAITS_REVIEW = "awaits_review", _("Awaits review")
    TO_TRANSLATE = "to_translate", _("To be translated")
    RETURNED = "returned", _("Returned for changes")
    APPROVED = "approved", _("Approved by the last reviewer")
    READY = "ready", _("Ready to be released")
    REOPENED = "reopened", _("Back to drafting")
    HANDED_OVER = "handed_over", _("Handed over")
    CORRECTION = "correction", _("Correction awaits approval")
    RELEASED = "released", _("Released")
    URGENT = "urgent", _("Released urgently")
    FAILED = "failed", _("Release failed")
    MISSED = "missed", _("Moment of release missed")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    TO_REPLACE = "to_replace", _("Replacement awaits agreement")
    REPLACED = "replaced", _("Picture or document replaced")
    TAKEN_DOWN = "taken_down", _("Picture or document taken down")
    RIGHTS = "rights", _("Rights expire")
    TO_GROUP = "to_group", _("Back to the group")
    EMBARGO_BROKEN = "embargo_broken", _("Embargo broken")
    BROUGHT_FORWARD = "brought_forward", _("Release brought forward")
    UNSCHEDULED = "unscheduled", _("Schedule taken back")
    URGENT_AHEAD = "urgent_ahead", _("Goes out without a second person")
    SITE_WORDS = "site_words", _("Words of the site changed")
    HELD = "held", _("Put on hold")
    LIFTED = "lifted", _("Hold lifted")
    HELD_OVER = "held_over", _("Moment of release passed on hold")
    AMENDMENT = "amendment", _("Amendment awaits agreement")
    AMENDED = "amended", _("Amended before release")
    NOT_AGREED = "not_agreed", _("Moment of release passed without agreement")
    TO_BRING_BACK = "to_bring_back", _("Bringing back awaits agreement")
    BROUGHT_BACK = "brought_back", _("Brought back")


class NoticeQuerySet(models.QuerySet["Notice"]):
    def waiting(self) -> Self:
        """Those to be sent, now or later."""
        return self.filter(sent_at=None, given_up_at=None)

    def given_up(self) -> Self:
        """Those that were refused too often, and are not tried any more."""
        return self.filter(sent_at=None).exclude(given_up_at=None)

    def undelivered(self) -> Self:
        """Those that were tried in vain, given up or not."""
        return self.filter(sent_at=None).exclude(failing_since=None)


class Notice(Trouble):
    """A word to one person, or to the group robots, of a step of a release, or of words of the site that one publisher
    has changed alone.

    Written in the transaction of the step, sent later by `send_notices`: a slow mail server holds nobody up, a step
    that is rolled back tells nobody, and what a crash leaves unsent is sent by the next run.
    """

    release = models.ForeignKey(
        Release, verbose_name=_("release"), null=True, on_delete=models.CASCADE, related_name="notices"
    )
    about = models.CharField(_("about"), max_length=255, blank=True, db_default="")
    """Without a release: one of news.notices.words.ABOUT, or a name as it stands."""
    path = models.CharField(_("address in the admin"), max_length=255, blank=True, db_default="")
    """Without a release: where the words stand."""
    event = models.CharField(_("event"), max_length=16, choices=Event.choices)
    language = models.CharField(_("language"), max_length=16, choices=LANGUAGE_CHOICES, blank=True)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recipient"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Empty: the group robots."),
    )
    who = models.CharField(_("who"), max_length=255, blank=True, help_text=_("Whoever took the step."))
    note = models.TextField(_("note"), blank=True)
    moment = models.DateTimeField(
        _("moment"), null=True, blank=True, help_text=_("The embargo that was broken or changed.")
    )
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    claim = models.UUIDField(
        _("claim"), null=True, blank=True, help_text=_("The message that it is sent in; it stays until that arrives.")
    )
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    refusals = models.PositiveSmallIntegerField(_("refusals"), default=0, db_default=0)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    robots_told = models.TextField(
        _("robots told"), blank=True, db_default="", help_text=_("Names of those that have it already.")
    )
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, db_index=True)

    objects = NoticeQuerySet.as_manager()

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return f"{self.event} {self.release_id or self.about} -> {self.recipient_id}"


class DailyDigest(models.Model):
    """Somebody gets their notices once a day, those that are urgent aside. Who has none gets them as they come."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("user"), on_delete=models.CASCADE, related_name="+"
    )
    hour = models.PositiveSmallIntegerField(_("hour"), help_text=_("Of the site’s clock."))

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("daily digest")
        verbose_name_plural = _("daily digests")

    def __str__(self) -> str:
        return f"{self.user_id} {self.hour}:00"
