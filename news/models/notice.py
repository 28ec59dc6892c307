from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

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


class Notice(models.Model):
    """A word to one person, or to the group robots, of a step of a release.

    Written in the transaction of the step, sent later by `send_notices`: a slow mail server holds nobody up, a step
    that is rolled back tells nobody, and what a crash leaves unsent is sent by the next run.
    """

    release = models.ForeignKey(Release, verbose_name=_("release"), on_delete=models.CASCADE, related_name="notices")
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
    created_at = models.DateTimeField(_("created"), auto_now_add=True)
    claim = models.UUIDField(_("claim"), null=True, blank=True, help_text=_("The run that is sending it."))
    claimed_at = models.DateTimeField(_("claimed"), null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, db_index=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")

    def __str__(self) -> str:
        return f"{self.event} {self.release_id} -> {self.recipient_id}"
