"""What the editor of an original asks beside the page itself: in which languages it is to be public."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.panels import FieldPanel

from home import gate
from home.languages import language_of
from home.slugs import SharedSlugForm

from .release import Release

NAME = "languages"
TOPICS, BOTH, ONE = "topics", "both", "one"
VALUES = {TOPICS: None, BOTH: False, ONE: True}
"""Of `Release.alone`."""


class LanguagesForm(SharedSlugForm):
    """The choice lies on the release, and is written down once the draft is. Whatever sends no choice changes none."""

    languages = forms.ChoiceField(
        label=gettext_lazy("Languages"),
        required=False,
        help_text=gettext_lazy(
            "In one language alone, nobody is asked for a translation. This can be chosen until one is begun."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if NAME not in self.fields:
            return
        page = self.instance
        alone = chosen_for(page) if page.pk else None
        if alone == "settled" or not gate.gates(type(page)):
            del self.fields[NAME]
            return
        written = page if page.locale_id else self.parent_page  # a preview of what is not saved yet
        only = _("In %(language)s only") % {"language": language_of(written).label}
        field: Any = self.fields[NAME]
        field.choices = [(TOPICS, _("As its topics say")), (BOTH, _("In both languages")), (ONE, only)]
        self.initial[NAME] = next(name for name, value in VALUES.items() if value == alone)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        chosen = cleaned.get(NAME)
        if chosen and chosen != self.initial.get(NAME):
            self.instance.chosen_alone = VALUES[chosen]
        return cleaned


def chosen_for(page: Any) -> bool | str | None:
    """What was chosen of a page that is there; `settled` where the choice is over, or is not this version's."""
    release = Release.objects.filter(translation_key=page.translation_key).first()
    others = type(page).objects.filter(translation_key=page.translation_key).exclude(pk=page.pk)
    is_original = release is None or release.original == language_of(page).code
    is_scheduled = release is not None and release.release_at is not None
    if not is_original or is_scheduled or page.first_published_at or page.alias_of_id or others.exists():
        return "settled"
    return release.alone if release is not None else None


def languages_panel() -> FieldPanel:
    return FieldPanel(NAME, disable_comments=True)
