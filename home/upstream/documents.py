"""The form for an uploaded document. It goes once Wagtail asks for the ending only where it asks for a file."""

from typing import Any

from wagtail.documents.forms import BaseDocumentForm


class DocumentForm(BaseDocumentForm):
    """Wagtail's, which would end in an error page where an uploaded document still waits for its words.

    The form for those words asks for no file, as the file is there already; the model misses its ending all the same
    where WAGTAILDOCS_EXTENSIONS is set, and the form does not know where to say so.
    """

    def add_error(self, field: str | None, error: Any) -> None:
        said = getattr(error, "error_dict", {})
        if field is None and "file" in said and "file" not in self.fields:
            del said["file"]
            if not said:
                return
        super().add_error(field, error)
