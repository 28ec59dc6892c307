"""Every table that the admin gives away, found by asking each of its addresses for one: no cell runs as a formula."""

import csv
import io
import re
import unicodedata
from datetime import date

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import get_resolver
from openpyxl import load_workbook
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.documents import get_document_model
from wagtail.models import Collection, PageLogEntry, Site, Task, Workflow

from home.models import Search
from news.models import GlossaryTerm, Topic
from news.tests.pairs import article_pair, member_of
from news.tests.posted.addresses import addresses, routes
from news.tests.posted.settings_and_lists import lists

pytestmark = pytest.mark.django_db
EVIL = "=1+1"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ROLES = ["Publishers", "English authors"]


def is_formula(cell):
    bare = unicodedata.normalize("NFKC", cell).strip(" \u200b\u2060\ufeff")
    return bare.startswith(("=", "+", "-", "@", "\t", "\r"))


@pytest.fixture
def world():
    """A site in which whatever has a name is called as a formula."""
    users = get_user_model()
    root = users.objects.create_superuser("@root", "root@news.example", "x", first_name="=1+1", last_name="+1")
    kept = lists()
    english, _chinese = article_pair(title=(EVIL, "＝1+1"), summary=("@x", "－1"))
    Search.objects.create(words=EVIL, language="en", times=3, found=0, day=date(2026, 5, 4))
    PageLogEntry.objects.log_action(english, "wagtail.edit", user=root)
    get_document_model().objects.create(title=EVIL, file="documents/a.txt")
    Collection.get_first_root_node().add_child(name=EVIL)
    Group.objects.create(name=EVIL)
    Topic.objects.create(slug="a", name_en=EVIL, name_zh_hans="\u3000＝1")
    GlossaryTerm.objects.create(english="\t=1", chinese=" @x", note=EVIL)
    Redirect.objects.create(old_path="/a", redirect_link="https://news.example/", site=None)
    Site.objects.filter(pk=kept.other.pk).update(site_name=EVIL)
    for model in (Workflow, Task):
        model.objects.update(name=EVIL)
    return {"administrator": root, **{role: member_of(role, username=f"-{role[0]}", first_name=EVIL) for role in ROLES}}


def pages_of_the_admin():
    """Addresses with at most one number or word in them."""
    for address in addresses():
        if address.startswith("cms/") and "(?P" not in address and "logout" not in address:
            parameters = re.findall(r"<\w+:\w+>", address)
            if not parameters:
                yield f"/{address}"
            elif len(parameters) == 1:
                kind = parameters[0][1:].partition(":")[0]
                for value in numbers() if kind == "int" else ["csv", "xlsx"] if kind in ("str", "slug") else []:
                    yield f"/{address.replace(parameters[0], str(value))}"


def numbers():
    from news.models import ArticlePage, Release

    return [1, ArticlePage.objects.first().pk, Release.objects.first().pk]


def cells_of(answer):
    """[cell], or None of what is no table."""
    kind = answer.headers.get("Content-Type", "")
    content = b"".join(answer) if answer.streaming else answer.content
    if kind.startswith("text/csv"):
        return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))) for cell in row]
    if kind != SHEET:
        return None
    book = load_workbook(io.BytesIO(content))
    assert not any(map(is_formula, book.sheetnames))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    return [str(cell.value) for cell in cells]


@pytest.mark.nightly
@pytest.mark.parametrize("role", ["administrator", *ROLES])
def test_no_table_runs(world, role):
    client = Client(raise_request_exception=False)  # of Wagtail's addresses one always fails
    client.force_login(world[role])
    tables, told = set(), set()
    for path in pages_of_the_admin():
        for kind in ("csv", "xlsx"):
            answer = client.get(path, {"export": kind})
            cells = cells_of(answer)
            if cells is not None:
                tables.add(path)
                told |= {path for cell in cells if "1+1" in cell}
                if answer["Content-Type"] != SHEET:
                    assert [cell for cell in cells if is_formula(cell)] == [], path
    if role == "administrator":
        assert expected() <= tables
        assert {"/cms/reports/site-history/", "/cms/reports/aging-pages/"} <= told, "or nothing was tried"
        assert any(path.endswith("trail.csv") for path in tables)
        assert any("glossary" in path for path in told)
    else:
        assert "/cms/users/" not in tables


def expected():
    """Of each view that offers one by a button of Wagtail's, its address."""
    found = set()
    for route, view in routes(get_resolver()):
        kind = getattr(view, "view_class", None)
        offered = {**vars(kind), **view.view_initkwargs}.get("list_export") if kind else None
        if offered is None and kind:
            offered = getattr(kind, "list_export", None)
        is_page = "<" not in route and "results" not in route
        if kind and issubclass(kind, SpreadsheetExportMixin) and offered and is_page:
            found.add(f"/{route}")
    assert len(found) > 4
    return found


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_no_heading_runs(kind, world):
    class Odd(SpreadsheetExportMixin):
        list_export = ["name", "odd"]
        export_headings = {"name": EVIL, "odd": " ＋1"}

        def to_row_dict(self, item):
            return {"name": item.name, "odd": "\ufeff@x"}

    answer = Odd().as_spreadsheet(Group.objects.filter(name=EVIL), kind)
    cells = cells_of(answer)
    assert [cell for cell in cells if "1" in cell][:2] == ["'=1+1", "' ＋1"]
    if kind == "csv":
        assert not any(map(is_formula, cells))
