"""The unit that is approved and goes public: all language versions that share one translation key."""

from typing import Any, Self

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models.deletion import DO_NOTHING, PROTECT, Collector
from django.utils.translation import gettext_lazy as _
from wagtail.models import Revision

from home.languages import CHINESE, ENGLISH, LANGUAGES, Language, Words, current_language

from .followed import FollowedQuerySet

LANGUAGE_CHOICES = [(language.code, language.name) for language in LANGUAGES.values()]


def keep_named(
    collector: Collector, field: models.ForeignKey[Any, Any], sub_objs: models.QuerySet[Any], using: str
) -> None:
    """Whoever purges old revisions leaves this one; whoever deletes the page takes it along, and the number stays.

    A plain PROTECT would answer the deletion of the page with an error.
    """
    origin = collector.origin
    model = origin.model if isinstance(origin, models.QuerySet) else type(origin)
    (PROTECT if model is Revision else DO_NOTHING)(collector, field, sub_objs, using)


def revision_key(verbose_name: Words, **options: Any) -> models.ForeignKey[Any, Any]:
    return models.ForeignKey(
        Revision, verbose_name=verbose_name, on_delete=keep_named, db_constraint=False, related_name="+", **options
    )


def user_key(verbose_name: Words) -> models.ForeignKey[User | None, User | None]:
    """An account that may go; the name beside it stays."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=verbose_name,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )


def name_of(user: User | None) -> str:
    return (user.get_full_name() or user.get_username()) if user else ""


def both_languages() -> list[str]:
    return [ENGLISH.code, CHINESE.code]


class Kind(models.TextChoices):
    FULL = "full", _("Full translation")
    ADAPTED = "adapted", _("Adapted translation")


class Mode(models.TextChoices):
    TOGETHER = "together", _("Both languages together")
    SINGLE = "single", _("One language")


class Release(models.Model):
    """One row for all language versions of a page. It outlives the pages.

    Where a version stands is not stored but derived, see news.pair.pair.
    """

    translation_key = models.UUIDField(_("translation key"), unique=True)
    original = models.CharField(_("original"), max_length=16, choices=LANGUAGE_CHOICES)
    kind = models.CharField(_("kind of translation"), max_length=16, choices=Kind.choices, default=Kind.FULL)
    mode = models.CharField(_("mode"), max_length=16, choices=Mode.choices, default=Mode.TOGETHER)
    languages = models.JSONField(
        _("languages"), default=both_languages, help_text=_("Those in which the release is to be public.")
    )
    due = models.DateField(
        _("translation due"), null=True, blank=True, help_text=_("Empty in one language: it stays in that language.")
    )
    reason = models.TextField(_("reason"), blank=True, help_text=_("Why it is public in one language."))
    alone = models.BooleanField(
        _("in one language from the start"),
        null=True,
        blank=True,
        help_text=_("Empty, where nobody has chosen: as its topics say, once it is submitted."),
    )
    release_at = models.DateTimeField(_("embargoed until"), null=True, blank=True, db_index=True)
    failures = models.PositiveSmallIntegerField(_("failed attempts"), default=0)
    failure = models.TextField(_("why it failed"), blank=True)
    changed_at = models.DateTimeField(
        _("changed"), null=True, blank=True, help_text=_("The last release of changed words, minor edits left out.")
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_languages = models.JSONField(_("withdrawn languages"), default=list, blank=True)
    frozen_until = models.DateTimeField(
        _("frozen until"), null=True, blank=True, help_text=_("Nobody writes while an urgent release is being read.")
    )
    frozen_by = user_key(_("frozen by"))
    frozen_by_name = models.CharField(_("name"), max_length=255, blank=True, db_default="")
    authors_known = models.BooleanField(
        _("authors known"),
        default=True,
        db_default=True,
        help_text=_("Whether it is written down who wrote what of it."),
    )
    files_known = models.BooleanField(
        _("files known"),
        default=True,
        db_default=True,
        help_text=_("Whether it is written down which files its revisions show."),
    )
    pictures_speak = models.BooleanField(
        _("pictures have words"),
        default=True,
        db_default=True,
        help_text=_("Whether its pictures have words of their own, as they were written in the library alone before."),
    )
    settled_here = models.BooleanField(
        _("findings settled here"),
        default=True,
        db_default=True,
        help_text=_("Whether what other releases had settled was given to it once, when that ceased to count."),
    )
    held_at = models.DateTimeField(_("on hold since"), null=True, blank=True, db_index=True)
    held_by = user_key(_("put on hold by"))
    held_by_name = models.CharField(_("name"), max_length=255, blank=True, db_default="")
    held_reason = models.TextField(_("why it is on hold"), blank=True, db_default="")
    resumed_at = models.DateTimeField(
        _("resumed"),
        null=True,
        blank=True,
        help_text=_("When what stopped it was last taken away: a moment before that is missed."),
    )
    withdrawn_approvals = models.JSONField(
        _("approvals of what was withdrawn"),
        default=dict,
        blank=True,
        db_default=models.Value({}, models.JSONField()),
        help_text=_("Keys of Approvals by language: of what was public when it was withdrawn."),
    )
    addresses_known = models.BooleanField(
        _("addresses known"),
        default=True,
        db_default=True,
        help_text=_("Whether it is written down where it was public before it was withdrawn."),
    )
    source_revision = revision_key(_("revision being translated"), null=True, blank=True)
    source_hash = models.CharField(_("hash of the text being translated"), max_length=64, blank=True)

    objects = FollowedQuerySet["Release"].as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("release")
        verbose_name_plural = _("releases")

    def __str__(self) -> str:
        return f"{self.translation_key} ({self.original})"

    @property
    def original_language(self) -> Language:
        return LANGUAGES.get(self.original, ENGLISH)

    @property
    def stays_in_one_language(self) -> bool:
        """By decision; not where somebody has decided since that the other language follows."""
        return self.mode == Mode.SINGLE and self.due is None and self.alone is not False

    @property
    def owes_a_translation(self) -> bool:
        return self.mode == Mode.SINGLE and self.due is not None


class ApprovalQuerySet(FollowedQuerySet["Approval"]):
    def standing(self) -> Self:
        return self.filter(revoked_at=None)


class Approval(models.Model):
    """Somebody's yes to one exact revision. Revoked, never deleted."""

    release = models.ForeignKey(Release, verbose_name=_("release"), on_delete=models.PROTECT, related_name="approvals")
    language = models.CharField(_("language"), max_length=16, choices=LANGUAGE_CHOICES)
    revision = revision_key(_("approved revision"))
    text_hash = models.CharField(_("hash of the text"), max_length=64)
    counterpart_revision = revision_key(_("read against"), null=True, blank=True)
    counterpart_hash = models.CharField(_("hash of the text read against"), max_length=64, blank=True)
    user = user_key(_("approved by"))
    user_name = models.CharField(_("name"), max_length=255, blank=True)
    approved_at = models.DateTimeField(_("approved"))
    face = models.JSONField(
        _("what was approved"), null=True, blank=True, help_text=_("The face of the version, see news.pair.face.")
    )
    face_format = models.PositiveSmallIntegerField(_("format of what was approved"), default=0, db_default=0)
    stamp = models.CharField(_("stamp"), max_length=64, blank=True, db_default="")
    shared_stamp = models.CharField(_("stamp of what both languages share"), max_length=64, blank=True, db_default="")
    counterpart_shared = models.CharField(
        _("stamp of what the text read against shares"), max_length=64, blank=True, db_default=""
    )
    urgent = models.BooleanField(_("urgent"), default=False, help_text=_("By one person alone; reviewed afterwards."))
    carried_from = models.ForeignKey(
        "self",
        verbose_name=_("goes on from"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("The approval of what stood before a picture or a document was replaced or taken down."),
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)
    revoked_by = user_key(_("revoked by"))
    revoked_by_name = models.CharField(_("name"), max_length=255, blank=True)
    revoked_reason = models.TextField(_("reason"), blank=True)

    objects = ApprovalQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["approved_at", "pk"]
        verbose_name = _("approval")
        verbose_name_plural = _("approvals")
        indexes = [models.Index(fields=["revision"], name="news_approval_of_revision")]

    def __str__(self) -> str:
        return f"{self.language} {self.revision_id}: {self.user_name}"


class CorrectionQuerySet(FollowedQuerySet["Correction"]):
    def told_in(self, language: Language) -> Self:
        """What readers of a language are told of."""
        told = self.exclude(released_at=None).exclude(kind=Correction.Kind.MINOR)
        return told.exclude(**{Correction.NOTES[language.code]: ""})


class Correction(models.Model):
    """A change of what was public already, with the note that readers get of it."""

    class Kind(models.TextChoices):
        CORRECTION = "correction", _("Correction")
        UPDATE = "update", _("Update")
        MINOR = "minor", _("Minor edit")

    NOTES = {ENGLISH.code: "note_en", CHINESE.code: "note_zh_hans"}
    """The field of the note, by the code of its language."""

    release = models.ForeignKey(
        Release, verbose_name=_("release"), on_delete=models.PROTECT, related_name="corrections"
    )
    kind = models.CharField(_("kind"), max_length=16, choices=Kind.choices)
    note_en = models.TextField(_("note (English)"), blank=True)
    note_zh_hans = models.TextField(_("note (Chinese)"), blank=True)
    opened_by = user_key(_("opened by"))
    opened_by_name = models.CharField(_("name"), max_length=255, blank=True)
    opened_at = models.DateTimeField(_("opened"), auto_now_add=True)
    released_at = models.DateTimeField(_("released"), null=True, blank=True)

    objects = CorrectionQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["opened_at", "pk"]
        verbose_name = _("correction")
        verbose_name_plural = _("corrections")
        constraints = [
            models.UniqueConstraint(
                fields=["release"], condition=models.Q(released_at=None), name="one_open_correction_of_a_release"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.release_id}"

    @property
    def note(self) -> str:
        """In the language being read."""
        return self.note_in(current_language())

    def note_in(self, language: Language) -> str:
        """What readers of a language are told; of a minor edit nothing."""
        if self.kind == self.Kind.MINOR:
            return ""
        return getattr(self, self.NOTES[language.code])
