"""Fields for moments: typed and shown by the site's clock, whatever zone is active, and named beside it.

What is sent back as it was shown is the moment that it was, seconds and all.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail.admin.compare import FieldComparison, TextDiff, register_comparison_class

from home import clock

if TYPE_CHECKING:
    Moment = models.DateTimeField[str | datetime | None, datetime | None]
else:
    Moment = models.DateTimeField


class MomentFormField(forms.DateTimeField):
    default_error_messages = {
        "skipped": _("There is no %(time)s on that day: the clocks are put forward. Choose a later moment."),
        "twice": _("%(time)s comes twice on that day: the clocks are put back. Choose an earlier or a later moment."),
    }
    shown: datetime | None = None
    """The moment that its form shows."""

    def __init__(self, *, help_text: Any = "", **kwargs: Any) -> None:
        super().__init__(help_text=clock.beside(help_text), **kwargs)

    def get_bound_field(self, form: forms.BaseForm, field_name: str) -> forms.BoundField:
        shown = form.initial.get(field_name, self.initial) if form.initial else self.initial
        shown = shown() if callable(shown) else shown
        self.shown = shown if isinstance(shown, datetime) and timezone.is_aware(shown) else None
        return super().get_bound_field(form, field_name)

    def prepare_value(self, value: Any) -> Any:
        with timezone.override(clock.zone()):
            return super().prepare_value(value)

    def is_as_shown(self, value: object) -> bool:
        if self.shown is None or not isinstance(value, str):
            return False
        return value.strip() == self.widget.format_value(self.prepare_value(self.shown))

    def to_python(self, value: Any) -> datetime | None:
        if self.is_as_shown(value):
            return self.shown
        try:
            with timezone.override(clock.zone()):
                return super().to_python(value)
        except ValidationError as error:
            if error.code != "ambiguous_timezone":
                raise
            given = (error.params or {})["datetime"]
        code = "twice" if clock.comes_twice(given.replace(tzinfo=clock.zone())) else "skipped"
        raise ValidationError(self.error_messages[code], code=code, params={"time": f"{given:%H:%M}"})

    def has_changed(self, initial: Any, data: Any) -> bool:
        return not self.is_as_shown(data) and super().has_changed(initial, data)


class MomentField(Moment):
    """Migrations know it as Django's own: the name of the zone is none of theirs."""

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.DateTimeField", list(args), kwargs

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": MomentFormField, **kwargs})


class MomentComparison(FieldComparison):
    """Of two revisions. Wagtail would show both as UTC has them."""

    def htmldiff(self) -> SafeString | str:
        before, after = (clock.words(value) if value else "" for value in (self.val_a, self.val_b))
        return TextDiff([("deletion", before), ("addition", after)]).to_html() if self.has_changed() else before


register_comparison_class(MomentField, comparison_class=MomentComparison)
