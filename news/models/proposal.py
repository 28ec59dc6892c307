"""What one person proposes for a release, and another agrees to in one act: a change before it, and bringing back."""

from django.contrib.auth.models import User
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from home.languages import Language

from .followed import FollowedQuerySet
from .release import Release, name_of, user_key


class Proposal(models.Model):
    """Proposed by one, agreed to by another, or given up: then everything is as it was."""

    opened_by = user_key(_("proposed by"))
    opened_by_name = models.CharField(_("name"), max_length=255, blank=True)
    opened_at = models.DateTimeField(_("proposed"), default=timezone.now)
    agreed_by = user_key(_("agreed by"))
    agreed_by_name = models.CharField(_("name"), max_length=255, blank=True)
    dropped_by = user_key(_("given up by"))
    dropped_by_name = models.CharField(_("name"), max_length=255, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True, db_index=True)

    class Meta:
        abstract = True

    def agree(self, user: User) -> None:
        self.agreed_by, self.agreed_by_name, self.ended_at = user, name_of(user), timezone.now()
        self.save()

    def drop(self, user: User) -> None:
        self.dropped_by, self.dropped_by_name, self.ended_at = user, name_of(user), timezone.now()
        self.save()


class Amendment(Proposal):
    """A change of what is approved and not public yet. Until somebody agrees to it or gives it up, nothing goes out."""

    class Way(models.TextChoices):
        TELEPHONE = "telephone", _("By telephone")
        WECHAT = "wechat", _("By WeChat")
        PAPER = "paper", _("On paper")
        IN_PERSON = "in_person", _("In person")

    release = models.ForeignKey(Release, verbose_name=_("release"), on_delete=models.PROTECT, related_name="amendments")
    texts = models.JSONField(_("changed texts"), help_text=_("By language and number, see news.translation.texts."))
    bases = models.JSONField(_("hashes of the texts changed"), help_text=_("As they were approved, by language."))
    ordered_by = models.CharField(_("ordered by"), max_length=255)
    ordered_how = models.CharField(_("ordered how"), max_length=16, choices=Way.choices)

    objects = FollowedQuerySet["Amendment"].as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        constraints = [
            models.UniqueConstraint(
                fields=["release"], condition=models.Q(ended_at=None), name="one_open_amendment_of_a_release"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.opened_by_name}"

    def texts_in(self, language: Language) -> dict[int, str]:
        """HTML by its number in `texts_of` the approved version."""
        return {int(number): html for number, html in self.texts.get(language.code, {}).items()}


class BringingBack(Proposal):
    """What was withdrawn is to be public again, exactly as it was."""

    release = models.ForeignKey(Release, verbose_name=_("release"), on_delete=models.PROTECT, related_name="returns")
    languages = models.JSONField(_("languages"))
    reason = models.TextField(_("reason"))

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("bringing back")
        verbose_name_plural = _("bringings back")
        constraints = [
            models.UniqueConstraint(
                fields=["release"], condition=models.Q(ended_at=None), name="one_open_return_of_a_release"
            )
        ]

    def __str__(self) -> str:
        return f"{self.release_id}: {self.opened_by_name}"
