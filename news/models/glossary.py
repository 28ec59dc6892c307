from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import RevisionMixin
from wagtail.search import index

from home.characters import clean
from home.languages import Words
from news.pinyin import pinyin_of


def tidy(words: str) -> str:
    return " ".join(clean(words).split())


def lines(text: str) -> tuple[str, ...]:
    """The forms of a field that holds one a line; in one line, they may be separated by |."""
    return (
        tuple(dict.fromkeys(filter(None, map(tidy, text.replace("|", "\n").replace("｜", "\n").splitlines()))))
        if text
        else ()
    )


FORMS = [f"{language}_{kind}" for kind in ("also", "forbidden", "former") for language in ("english", "chinese")]
"""The fields that hold one form a line."""


class GlossaryTerm(RevisionMixin, index.Indexed, models.Model):
    """A name or an expression, and how either language writes it. One row serves both; one language may be enough."""

    class Kind(models.TextChoices):
        TERM = "term", _("Term")
        ORGANISATION = "organisation", _("Organisation")
        PERSON = "person", _("Person")
        OFFICE = "office", _("Title of an office")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.TERM)
    english = models.CharField(
        pgettext_lazy("language", "English"), max_length=255, blank=True, help_text=_("The form to write.")
    )
    chinese = models.CharField(
        pgettext_lazy("language", "Chinese"), max_length=255, blank=True, help_text=_("The form to write.")
    )
    office_en = models.CharField(_("office (English)"), max_length=255, blank=True)
    office_zh_hans = models.CharField(_("office (Chinese)"), max_length=255, blank=True)
    english_also = models.TextField(_("also right in English"), blank=True, help_text=_("One a line."))
    chinese_also = models.TextField(_("also right in Chinese"), blank=True, help_text=_("One a line."))
    english_forbidden = models.TextField(_("never in English"), blank=True, help_text=_("One a line."))
    chinese_forbidden = models.TextField(_("never in Chinese"), blank=True, help_text=_("One a line."))
    english_former = models.TextField(_("formerly in English"), blank=True, help_text=_("One a line."))
    chinese_former = models.TextField(_("formerly in Chinese"), blank=True, help_text=_("One a line."))
    until = models.DateField(
        _("until"), null=True, blank=True, help_text=_("The last day on which the former forms were right.")
    )
    note = models.TextField(
        pgettext_lazy("of a term", "note"),
        blank=True,
        help_text=_("For editors: where it comes from, when to use which."),
    )

    panels = [
        FieldPanel("kind"),
        FieldRowPanel([FieldPanel("english"), FieldPanel("chinese")]),
        FieldRowPanel([FieldPanel("office_en"), FieldPanel("office_zh_hans")]),
        FieldRowPanel([FieldPanel("english_also"), FieldPanel("chinese_also")]),
        FieldRowPanel([FieldPanel("english_forbidden"), FieldPanel("chinese_forbidden")]),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("english_former"), FieldPanel("chinese_former")]), FieldPanel("until")],
            heading=_("Former forms"),
        ),
        FieldPanel("note"),
    ]
    search_fields = [
        *(index.AutocompleteField(name) for name in ("english", "chinese", *FORMS)),
        index.FilterField("kind"),
    ]

    wagtail_reference_index_ignore = True  # it refers to nothing

    class Meta:
        ordering = [Lower("english"), "chinese"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        constraints = [
            models.UniqueConstraint(
                fields=["english", "chinese"],
                condition=~models.Q(english="", chinese=""),  # what is only ever forbidden has neither
                name="glossary_term_once",
                violation_error_message=_("This term is in the glossary already."),
            )
        ]

    def __str__(self) -> str:
        return " · ".join(filter(None, (self.english, self.chinese)))

    @admin.display(description=pgettext_lazy("language", "English"), ordering="english")
    def listed(self) -> str:
        """What a list leads by."""
        return self.english or "—"

    def clean(self) -> None:
        self.make_tidy()
        if self.kind == self.Kind.PERSON and self.chinese and not self.english:
            self.english = pinyin_of(self.chinese)
        wrong: dict[str, Words] = {}
        for language in ("english", "chinese"):
            both = sorted(set(self.right(language)) & set(self.forbidden(language)))
            if both:
                wrong[f"{language}_forbidden"] = _("“%(form)s” cannot be right and forbidden.") % {"form": both[0]}
        if self.kind != self.Kind.PERSON:
            message = _("Only a person has an office.")
            wrong |= {name: message for name in ("office_en", "office_zh_hans") if getattr(self, name)}
        if self.until and not (self.former("english") or self.former("chinese")):
            wrong["until"] = _("Give the former forms that were right until then.")
        if wrong:
            raise ValidationError(wrong)
        if not any(self.right(language) or self.forbidden(language) for language in ("english", "chinese")):
            raise ValidationError(_("Give at least one form in one language."))

    def make_tidy(self) -> None:
        """One form a line, without what nobody sees: the same term is then the same text."""
        for name in ("english", "chinese", "office_en", "office_zh_hans"):
            setattr(self, name, tidy(getattr(self, name)))
        for name in FORMS:
            setattr(self, name, "\n".join(lines(getattr(self, name))))
        self.note = "\n".join(line.rstrip() for line in clean(self.note).splitlines()).strip()

    def right(self, language: str) -> tuple[str, ...]:
        """The forms that may be written in `english` or `chinese`, the one to write first."""
        forms = (getattr(self, language), *lines(getattr(self, f"{language}_also")))
        return tuple(dict.fromkeys(filter(None, forms)))

    def forbidden(self, language: str) -> tuple[str, ...]:
        return lines(getattr(self, f"{language}_forbidden"))

    def former(self, language: str) -> tuple[str, ...]:
        return lines(getattr(self, f"{language}_former"))
