from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.forms import FileField
from django.utils.translation import gettext_lazy as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from home import drawing
from home.drawing import NotDrawn
from home.images import DAMAGED, CleanFile, TooManyFrames, without_metadata
from home.kinds import require_its_kind, require_plain_name
from home.standing import StandingFileMixin
from home.upstream.documents import DocumentForm


class Refusal(Exception):
    """What Wagtail's field says of a file, in words."""


class CleanImageFormField(WagtailImageField):
    """Takes the metadata off before anything is saved, and refuses in words what cannot be read to the end.

    Both in a process that ends, and Wagtail's own looks with them: to know its size, these decode a picture whole.
    """

    def to_python(self, data: object) -> CleanFile | None:
        file = FileField.to_python(self, data)  # type: ignore[arg-type]  # whatever was sent
        if file is None:
            return None
        require_plain_name(file.name or "")
        self.check_image_file_size(file)
        file.seek(0)
        content = file.read()

        def work() -> bytes:
            try:
                super(CleanImageFormField, self).to_python(SimpleUploadedFile(file.name or "", content))
            except ValidationError as error:
                raise Refusal(" ".join(error.messages)) from None
            return without_metadata(content)

        try:
            return CleanFile(drawing.apart(work, known=(TooManyFrames, Refusal)), name=file.name)
        except Refusal as error:
            raise ValidationError(str(error)) from None
        except TooManyFrames as error:
            words = _("The animation is too large: of this size it may have %(most)s frames at most.")
            raise ValidationError(words, params={"most": error.most}) from None
        except NotDrawn:
            words = _("The picture takes more time or memory than it may. Save it anew, smaller or in another format.")
            raise ValidationError(words) from None
        except DAMAGED:
            raise ValidationError(_("The picture is damaged or incomplete.")) from None


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

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if isinstance(file, UploadedFile):
            require_plain_name(file.name or "")
            require_its_kind(file)
        return file
