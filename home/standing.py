"""The libraries' forms where a file stands: its file and focal point are fixed, and its credit is a publisher's."""

from collections.abc import Collection
from typing import Any

from django import forms

from home import keeping
from home.gate import Refused


class FixedFileField(forms.FileField):
    """Shows the file, and reads nothing: it may be missing."""

    def clean(self, data: object, initial: object = None) -> Any:
        return initial


class StandingFileMixin:
    """Before a form of the image or the document library. Whatever else was typed in it stays."""

    fields: dict[str, Any]
    data: Any
    files: Any
    instance: Any
    changed_data: list[str]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        self.person = kwargs.get("user")
        super().__init__(*args, **kwargs)
        self.fixed: list[tuple[Refused, set[str]]] = []
        """Why, and which fields are."""
        if not self.instance.pk:
            return
        self.fix(keeping.policy.refusal_to_change(type(self.instance), [self.instance.pk]), {"file", *keeping.FOCAL})
        if keeping.CREDIT & self.fields.keys():
            self.fix(keeping.policy.refusal_to_credit(self.instance, self.person), keeping.CREDIT)

    def fix(self, refusal: Refused | None, names: Collection[str]) -> None:
        if refusal is None:
            return
        there = set(names) & self.fields.keys()
        for name in there:
            self.fields[name].disabled = True
        if "file" in there:
            former = self.fields["file"]
            self.fields["file"] = FixedFileField(
                label=former.label, required=False, widget=former.widget, disabled=True
            )
        self.fixed.append((refusal, there))

    def clean(self) -> Any:
        cleaned = super().clean()  # type: ignore[misc]  # of the form
        for refusal, names in self.fixed:
            if any(self.was_sent(name) for name in names):
                self.add_error(None, str(refusal))  # type: ignore[attr-defined]  # of the form
            if "file" in names:
                cleaned.pop("file", None)
        return cleaned

    def was_sent(self, name: str) -> bool:
        """Whether somebody sent something else past a field that is fixed."""
        sent_as = self.add_prefix(name)  # type: ignore[attr-defined]  # of the form
        if name == "file":
            return sent_as in self.files
        now = getattr(self.instance, name)
        return sent_as in self.data and str(self.data[sent_as]) != ("" if now is None else str(now))

    def save(self, commit: bool = True) -> Any:
        credited = [name for name in self.changed_data if name in keeping.CREDIT] if self.instance.pk else []
        saved = super().save(commit=commit)  # type: ignore[misc]  # of the form
        if commit and credited:
            keeping.policy.credit_changed(saved, self.person, credited)
        return saved
