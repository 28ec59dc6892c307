"""What somebody types while the keyboard is set to Chinese."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from django import forms
from taggit.forms import TagField
from wagtail.admin.forms.choosers import EmailLinkChooserForm, ExternalLinkChooserForm

from home import clock
from home.models import HomePage
from home.moments import MomentFormField
from news.models.glossary import lines

READ = [
    (forms.DateField, "２０２６－１１－０７", date(2026, 11, 7)),
    (forms.DateField, "2026年11月7日", date(2026, 11, 7)),
    (forms.DateField, "2026年１１月７号", date(2026, 11, 7)),
    (forms.TimeField, "09：30", time(9, 30)),
    (forms.TimeField, "9时30分", time(9, 30)),
    (forms.IntegerField, "１９９８", 1998),
    (forms.DecimalField, "１．５", Decimal("1.5")),
    (forms.FloatField, "－２．５", -2.5),
    (forms.EmailField, "press＠example。org", "press@example.org"),
    (forms.SlugField, "ｃｌｅａｎ－ａｉｒ", "clean-air"),
    (forms.URLField, "https：//example。org/新闻（一）：2", "https://example.org/新闻（一）：2"),
    (forms.URLField, "ｈｔｔｐ：／／example.org：８０８０", "http://example.org:8080"),
    (forms.URLField, "https://example.org/a：b?c=，", "https://example.org/a：b?c=，"),
]


@pytest.mark.parametrize(("field", "typed", "read"), READ)
def test_it_is_read_as_it_is_meant(field, typed, read):
    assert field(**({"assume_scheme": "https"} if field is forms.URLField else {})).clean(typed) == read


@pytest.mark.parametrize(
    "typed", ["2026-11-07 09：30", "2026年11月7日 9：30", "２０２６-11-07　09:30", "2026年11月7日9点30分"]
)
def test_a_moment(typed):
    assert MomentFormField().clean(typed) == datetime(2026, 11, 7, 9, 30, tzinfo=clock.zone())


@pytest.mark.parametrize(
    ("field", "typed"), [(forms.DateField, "明天"), (forms.TimeField, "9：3：x"), (forms.IntegerField, "三")]
)
def test_what_is_none_is_refused(field, typed):
    with pytest.raises(forms.ValidationError):
        field().clean(typed)


def test_words_stay_wide():
    assert forms.CharField().clean("清新空气周：１２０位来宾，“开幕”") == "清新空气周：１２０位来宾，“开幕”"


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("碳中和，港口、绿色电力；氢能", ["氢能", "港口", "碳中和", "绿色电力"]),
        ("碳中和，港口", ["港口", "碳中和"]),
        ('"clean air", 港口，风电', ["clean air", "港口", "风电"]),
        ('"clean air，港口 一期"', ["clean air", "港口 一期"]),
        ("“clean air” 港口", ["clean air", "港口"]),
        ("碳中和　港口", ["港口", "碳中和"]),
        ('"Smith, John", harbour', ["Smith, John", "harbour"]),
        ("，、；", []),
        ("", []),
    ],
)
def test_tags_are_parted_by_whichever_comma(typed, tags):
    assert sorted(TagField(required=False).clean(typed)) == sorted(tags)


def test_addresses_in_the_choosers_of_links():
    outside = ExternalLinkChooserForm({"url": "https：//example.org/a", "link_text": "到这里"})
    assert outside.is_valid()
    assert outside.cleaned_data["url"] == "https://example.org/a"
    mail = EmailLinkChooserForm({"email_address": "a＠example.org", "link_text": ""})
    assert mail.is_valid()
    assert mail.cleaned_data["email_address"] == "a@example.org"


@pytest.mark.parametrize(
    ("name", "typed", "kept"),
    [
        ("telephone", "（０７５５）１２３４－５６７８", "(0755)1234-5678"),
        ("icp_number", "粤ＩＣＰ备１２３号－１", "粤ICP备123号-1"),
    ],
)
def test_numbers_that_are_text(name, typed, kept):
    assert HomePage._meta.get_field(name).formfield().clean(typed) == kept


def test_forms_of_a_term_in_one_line():
    assert lines("示范港｜样本港|Port") == ("示范港", "样本港", "Port")
