"""Which characters a text may hold, and that every form and every file goes by it."""

import csv
import io
import json
from xml.etree import ElementTree

import openpyxl
import pytest
from django import forms
from django.contrib.auth.models import Group
from django.utils.feedgenerator import Atom1Feed

from home import gate
from home.characters import clean, cleaned, one_line
from home.models import HomePage
from home.spreadsheets import as_written, harmless
from news.feeds import FullTextAtomFeed
from news.glossary import csv_format, tbx_format
from news.models import GlossaryTerm

BAD = "".join(map(chr, [*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029, 0xFDD0, 0xFFFE, 0xFFFF, 0x1FFFE, 0xD800]))
READ = [
    ("Ports\x0bof call", "Ports\nof call"),
    ("第一页\x0c第二页", "第一页\n第二页"),
    ("a\u2028b\u2029c\x85d", "a\nb\nc\nd"),
    ("co\x1eoperation", "co-operation"),
    ("one\x07two", "one two"),
    ("na\x00me\x01\x7f\ufffe\uffff\ufdd0", "name"),
    ("half \ud83d of one", "half  of one"),
    ("\ud83d\ude00", "😀"),
    ("both 😀 and ]]> stay, é, 中文，\u3000\u200d", "both 😀 and ]]> stay, é, 中文，\u3000\u200d"),
    ("tab\tand\r\nline", "tab\tand\r\nline"),
]


@pytest.mark.parametrize(("written", "read"), READ)
def test_what_is_visible_stays(written, read):
    assert clean(written) == read


def test_what_is_clean_is_what_xml_takes_and_stays_as_it_is():
    written = clean(BAD)
    assert ElementTree.fromstring(f"<a>{written.replace('<', '')}</a>".encode()).text
    assert clean(written) == written
    assert set(one_line(BAD)) & {"\n", "\r"} == set()
    assert cleaned({"a": ["\x0b", ("\x01",)], "b": 3}) == {"a": ["\n", ("",)], "b": 3}


class Fields(forms.Form):
    title = forms.CharField()
    caption = forms.CharField(widget=forms.Textarea)
    address = forms.URLField(assume_scheme="https")
    password = forms.CharField(widget=forms.PasswordInput, strip=False)


def test_every_form_takes_what_is_pasted_and_leaves_passwords():
    sent = {
        "title": "Two\x0blines\r\nin one\x02",
        "caption": "Two\x0blines\ufffe",
        "address": "https://example.org/\x0b",
    }
    form = Fields({**sent, "password": "pa\x02ss"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data == {
        "title": "Two lines in one",
        "caption": "Two\nlines",
        "address": "https://example.org/",
        "password": "pa\x02ss",
    }


@pytest.mark.parametrize("place", ["title", "subtitle", "description", "author_name"])
def test_a_feed_is_written_whatever_is_in_it(place):
    assert issubclass(FullTextAtomFeed, Atom1Feed)
    words = {"title": "T", "link": "https://example.org/", "description": "D", "author_name": "A", place: f"中{BAD}文"}
    feed = FullTextAtomFeed(**words, feed_url="https://example.org/feed/")
    feed.add_item(**words, full_text=f"<p>{BAD}]]></p>", categories=[BAD])
    assert ElementTree.fromstring(feed.writeString("utf-8").encode()) is not None


@pytest.mark.parametrize(
    "sign", [*"=+-@＝＋－＠﹦﹢﹣﹫\t\r\n", " =", "\u3000＝", "\u200b@", "\ufeff+", "'=", "' -", "\xa0="]
)
def test_no_cell_runs_as_a_formula(sign):
    cell = f"{sign}SUM(A1)"
    assert harmless(cell) == f"'{cell}"
    assert as_written(harmless(cell)) == cell
    assert harmless(f"\x01{cell}") == f"'{cell}"


@pytest.mark.django_db
class TestFiles:
    def test_terms_that_were_stored_before(self):
        GlossaryTerm.objects.create(english="Ports\x0bof call", chinese="停靠\ufffe港", note="\x01 note\u2028 two")
        written = tbx_format.write(GlossaryTerm.objects.all())
        assert clean(written) == written
        (row,) = tbx_format.read(tbx_format.write(GlossaryTerm.objects.all()).encode()).rows
        assert (row.values["english"], row.values["chinese"]) == ("Ports of call", "停靠港")
        assert csv_format.read(csv_format.write(GlossaryTerm.objects.all()).encode("utf-8-sig")).rows

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    @pytest.mark.parametrize("report", ["site-history", "aging-pages", "locked"])
    def test_wagtails_own_reports(self, admin_client, kind, report):
        home = HomePage.objects.get(locale__language_code="en")
        HomePage.objects.filter(pk=home.pk).update(locked=True)
        home.refresh_from_db()
        home.title = home.draft_title = "=HYPERLINK(\x0b1)\uffff"
        with gate.opened(home.translation_key):
            home.save(log_action="wagtail.edit")
        answer = admin_client.get(f"/cms/reports/{report}/?export={kind}")
        assert answer.status_code == 200
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if kind == "csv":
            cells = [cell for row in csv.reader(io.StringIO(content.decode())) for cell in row]
        else:
            cells = [cell.value for row in openpyxl.load_workbook(io.BytesIO(content)).active.rows for cell in row]
        found = [cell for cell in cells if isinstance(cell, str) and "HYPERLINK" in cell]
        assert found
        for cell in found:
            assert cell.startswith("'=") if kind == "csv" else "\x0b" not in cell, repr(cell)

    def test_a_group_named_over_two_lines(self, admin_client):
        group = Group.objects.first()
        view = admin_client.get(f"/cms/groups/edit/{group.pk}/")
        assert view.context["form"].fields["name"].clean("夜班\x0b编辑\u2028组") == "夜班 编辑 组"


def test_structured_data_is_one_line_of_json_that_ends_no_script():
    from home.seo import Head

    head = Head(None, None, None, "", "", "", [], {}, None, structured=[{"name": f"</script>\u2028{BAD}"}])
    (written,) = head.json_ld
    assert "</script" not in written
    assert written.encode()
    assert "\n" not in written
    assert json.loads(written)["name"].startswith("</script>")
