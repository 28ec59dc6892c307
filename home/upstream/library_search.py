"""By what the search of pictures and documents may be narrowed: other conditions end in an error.

That a file was not taken down is a condition of ours; the name of a tag one of Wagtail's own chooser, which goes once
Wagtail tells of it, too.
"""

from typing import Any

from wagtail.documents import get_document_model
from wagtail.search.index import FilterField, RelatedFields

from home.images import CustomImage


def install() -> None:
    for model in (CustomImage, get_document_model()):
        fields = [with_name(field) if field.field_name == "tags" else field for field in model.search_fields]
        model.search_fields = [*fields, RelatedFields("taken_down", [FilterField("id")])]


def with_name(tags: Any) -> RelatedFields:
    return RelatedFields("tags", [*tags.fields, FilterField("name")])
