import pytest
from wagtail.documents.forms import get_document_multi_form
from wagtail.documents.models import Document
from wagtail.models import Collection

pytestmark = pytest.mark.django_db


def words_form():
    """The form for the words of a document that was uploaded before."""
    data = {"title": "征稿启事", "collection": Collection.get_first_root_node().pk, "tags": ""}
    return get_document_multi_form(Document)(data, instance=Document())


def test_the_words_of_an_uploaded_document_are_taken_without_its_file():
    form = words_form()
    assert form.is_valid(), form.errors


def test_wagtail_still_looks_for_a_file_that_its_form_does_not_ask_for(settings):
    """Once this fails, home/upstream/documents.py can go."""
    settings.WAGTAILDOCS_DOCUMENT_FORM_BASE = ""
    with pytest.raises(ValueError, match="no field named 'file'"):
        words_form().is_valid()
