"""What somebody types or pastes into any form: without a character that a file or a feed could not hold, and read as
it is meant where the keyboard is set to Chinese.

It goes once Django's form fields refuse such characters, as they do the null character, and read wide digits and marks.
"""

from collections.abc import Callable
from typing import Any

from django import forms

from home.characters import clean, one_line
from home.typed import as_mail, as_moment, as_web, narrow

READ: list[tuple[Any, Callable[[str], str]]] = [
    (forms.EmailField, as_mail),
    (forms.URLField, as_web),
    (forms.SlugField, narrow),
]
ALONE: list[tuple[Any, Callable[[str], str]]] = [
    (forms.DateField, as_moment),
    (forms.DateTimeField, as_moment),  # noqa: TID251  (of whatever stands on it)
    (forms.TimeField, as_moment),
    (forms.IntegerField, narrow),
    (forms.FloatField, narrow),
    (forms.DecimalField, narrow),
]
"""Those that read what is sent by themselves."""


stock = forms.CharField.to_python
alone = [(kind, kind.to_python, read) for kind, read in ALONE]


def install() -> None:
    def to_python(self: forms.CharField, value: Any) -> Any:
        """A password stays as it is typed. A field of one line holds one, whoever sends more."""
        if isinstance(value, str) and self.strip:
            value = one_line(value) if isinstance(self.widget, forms.TextInput) else clean(value)
            for kind, read in READ:
                value = read(value) if isinstance(self, kind) else value
        return stock(self, value)

    fields: Any = forms.CharField
    fields.to_python = to_python
    for kind, own, read in alone:
        kind.to_python = reading(own, read)


def reading(stock: Any, read: Callable[[str], str]) -> Any:
    def to_python(self: forms.Field, value: Any) -> Any:
        return stock(self, read(one_line(value)) if isinstance(value, str) else value)

    return to_python
