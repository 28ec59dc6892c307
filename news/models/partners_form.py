"""The partners of an article are chosen in its language: what is named is shown in both, each in its own."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from home.languages import language_of

from .languages_form import LanguagesForm
from .partner import PartnerPage


class ArticleForm(LanguagesForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        formset = self.formsets.get("article_partners")
        if formset is not None:
            page = self.instance if self.instance.locale_id else self.parent_page
            formset.form = row_in(formset.form, page.locale_id)


def version_in(partner: PartnerPage, locale_id: int) -> PartnerPage | None:
    """The partner's profile in a language: itself, or its counterpart."""
    if partner.locale_id == locale_id:
        return partner
    versions = PartnerPage.objects.filter(translation_key=partner.translation_key, locale=locale_id, alias_of=None)
    return versions.first()


def row_in(stock: Any, locale_id: int) -> Any:
    """The form of a row on the page of a language."""

    class PartnerRowForm(stock):
        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **kwargs)
            if self.instance.partner_id:
                own = version_in(self.instance.partner, locale_id)
                self.initial["partner"] = own.pk if own is not None else self.instance.partner_id
                self.named_before = self.instance.partner_id

        def clean_partner(self) -> PartnerPage:
            """A profile that there is in one language alone is named in both."""
            chosen: PartnerPage = self.cleaned_data["partner"]
            own = version_in(chosen, locale_id)
            if own is None or own.pk == chosen.pk or chosen.pk == getattr(self, "named_before", None):
                return own or chosen
            said = _("“%(title)s” is the profile in %(language)s. Choose “%(own)s”, its version in this language.")
            details = {"title": chosen, "language": language_of(chosen).label, "own": own}
            raise ValidationError(said % details)

    return PartnerRowForm
