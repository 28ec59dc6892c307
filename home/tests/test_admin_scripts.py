"""The admin under `script-src 'self'`. What browsers say to it: tests/test_admin_policy.py."""

import inspect
import re
from pathlib import Path

import pytest
import wagtail.admin
from wagtail.admin.widgets import AdminDateInput, AdminDateTimeInput, AdminPageChooser, AdminTimeInput
from wagtail.admin.widgets.chooser import BaseChooserAdapter
from wagtail.admin.widgets.workflows import AdminTaskChooser
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser

WIDGETS = [
    AdminDateInput,
    AdminTimeInput,
    AdminDateTimeInput,
    AdminPageChooser,
    AdminTaskChooser,
    AdminDocumentChooser,
    AdminImageChooser,
]


@pytest.mark.django_db
@pytest.mark.parametrize("widget", WIDGETS)
def test_no_widget_writes_a_script(widget):
    html = widget().render("chosen", None, {"id": 'id_"chosen'})
    assert "<script" not in html
    assert "data-start-call" in html
    assert "id_\\&quot;chosen" in html


@pytest.mark.django_db
def test_no_page_of_the_admin_holds_an_inline_script(admin_client):
    for path in ("", "account/", "pages/add/news/articlepage/{}/", "redirects/add/", "workflows/add/", "groups/new/"):
        from news.models import NewsIndexPage

        url = f"/cms/{path.format(NewsIndexPage.objects.first().pk)}"
        response = admin_client.get(url)
        assert response.status_code == 200, url
        inline = [
            attributes
            for attributes in re.findall(r"<script([^>]*)>", response.content.decode())
            if "src=" not in attributes and "application/json" not in attributes
        ]
        assert inline == [], url
        assert "script-src 'self';" in response["Content-Security-Policy"] + ";", url


def test_wagtail_still_writes_inline_scripts():
    """Once this fails, home/upstream/admin_scripts.py and the templates that it names can go."""
    templates = Path(wagtail.admin.__file__).parent / "templates" / "wagtailadmin"
    for name in ("widgets/date_input.html", "panels/inline_panel.html"):
        assert "<script>" in (templates / name).read_text()
    source = inspect.getsource(inspect.getmodule(BaseChooserAdapter))
    assert "<script>{js}</script>" in source
