import struct

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home.images import CleanFile, without_metadata

DAMAGED = (OSError, SyntaxError, ValueError, struct.error)
"""What Pillow says of files that break off in the middle, each format in its own way."""


class CleanImageFormField(WagtailImageField):
    """Takes the metadata off before anything is saved, and refuses in words what cannot be read to the end."""

    def to_python(self, data):
        try:
            file = super().to_python(data)
            if not isinstance(file, File):
                return file
            file.seek(0)
            cleaned = CleanFile(without_metadata(file.read()), name=file.name)
        except DAMAGED:
            raise ValidationError(_("The picture is damaged or incomplete.")) from None
        cleaned.image, cleaned.content_type = file.image, file.content_type
        return cleaned


class ImageForm(BaseImageForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        stock = self.fields["file"]
        self.fields["file"] = CleanImageFormField(label=stock.label, required=stock.required, widget=stock.widget)


class TranslatedLoginForm(LoginForm):
    """Wagtail's, with a name for the password: without one Django makes an English one of the field's."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
