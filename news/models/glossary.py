from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import RevisionMixin
from wagtail.search import index


def lines(text):
    """The forms of a field that holds one a line."""
    return tuple(dict.fromkeys(form for form in (" ".join(line.split()) for line in text.splitlines()) if form))


class GlossaryTerm(RevisionMixin, index.Indexed, models.Model):
    """A name or an expression, and how either language writes it. One row serves both; one language may be enough."""

    class Kind(models.TextChoices):
        TERM = "term", _("Term")
        ORGANISATION = "organisation", _("Organisation")
        PERSON = "person", _("Person")
        OFFICE = "office", _("Title of an office")

    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices, default=Kind.TERM)
    english = models.CharField(_("English"), max_length=255, blank=True, help_text=_("The form to write."))
    chinese = models.CharField(_("Chinese"), max_length=255, blank=True, help_text=_("The form to write."))
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
    note = models.TextField(_("note"), blank=True, help_text=_("For editors: where it comes from, when to use which."))

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
        index.AutocompleteField("english"),
        index.AutocompleteField("chinese"),
        index.SearchField("english_also"),
        index.SearchField("chinese_also"),
        index.FilterField("kind"),
    ]

    class Meta:
        ordering = ["english", "chinese"]
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary")
        constraints = [
            models.UniqueConstraint(
                fields=["english", "chinese"],
                name="glossary_term_once",
                violation_error_message=_("This term is in the glossary already."),
            )
        ]

    def __str__(self):
        return " · ".join(filter(None, (self.english, self.chinese)))

    def clean(self):
        for name in ("english", "chinese"):
            setattr(self, name, " ".join(getattr(self, name).split()))
        if self.kind == self.Kind.PERSON and self.chinese and not self.english:
            self.english = pinyin_of(self.chinese)
        if not any(self.right(language) or self.forbidden(language) for language in ("english", "chinese")):
            raise ValidationError(_("Give at least one form in one language."))
        for language in ("english", "chinese"):
            both = sorted(set(self.right(language)) & set(self.forbidden(language)))
            if both:
                message = _("“%(form)s” cannot be right and forbidden.") % {"form": both[0]}
                raise ValidationError({f"{language}_forbidden": message})

    def right(self, language):
        """The forms that may be written in `english` or `chinese`, the one to write first."""
        forms = (getattr(self, language), *lines(getattr(self, f"{language}_also")))
        return tuple(dict.fromkeys(filter(None, forms)))

    def forbidden(self, language):
        return lines(getattr(self, f"{language}_forbidden"))

    def former(self, language):
        return lines(getattr(self, f"{language}_former"))


def pinyin_of(name):
    """A person's name in Latin letters, the family name first: 单小禾 -> Shan Xiaohe."""
    from pypinyin import lazy_pinyin  # its tables are half a second to load

    family, *given = lazy_pinyin(name)
    return " ".join(part.capitalize() for part in (family, "".join(given)) if part)
