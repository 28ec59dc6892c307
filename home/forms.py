from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.images import DAMAGED, CleanFile
from home.standing import StandingFileMixin
from home.upstream.documents import DocumentForm


class CleanImageFormField(WagtailImageField):
    """Takes the metadata off before anything is saved, and refuses in words what cannot be read to the end."""

    def to_python(self, data: object) -> CleanFile | None:
        try:
            file = super().to_python(data)
            if file is None:
                return None
            cleaned = CleanFile.of(file)
        except DAMAGED:
            raise ValidationError(_("The picture is damaged or incomplete.")) from None
        cleaned.image, cleaned.content_type = file.image, file.content_type
        return cleaned


class ImageForm(StandingFileMixin, BaseImageForm):
    """Of the library's uploads and its editor. The forms that Wagtail shows after an upload ask for words alone."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        upstream = self.fields.get("file")
        if upstream and not upstream.disabled:
            self.fields["file"] = CleanImageFormField(
                label=upstream.label, required=upstream.required, widget=upstream.widget
            )


class DocumentFileForm(StandingFileMixin, DocumentForm):
    """Of the library's uploads and its editor."""
