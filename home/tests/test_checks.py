"""The house rules on translation: the tree keeps them, and each naive way breaks one."""

import pytest
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from wagtail import blocks
from wagtail.contrib.table_block.blocks import TableBlock
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable, Page, Revision, TranslatableMixin
from wagtail_localize.fields import TranslatableField, get_translatable_fields
from wagtail_localize.views.edit_translation import TabHelper

from home import checks
from home.fields import ProseField
from news.blocks import ParagraphBlock
from news.models import ArticlePage, Topic


def ids(errors):
    return {error.id for error in errors}


def test_the_tree_keeps_the_rules():
    assert not [error for error in run_checks() if error.id.startswith("home.")]


@isolate_apps("home")
def test_a_field_without_a_mode_is_an_error():
    class Naive(Page):
        motto = models.CharField(max_length=80)
        override_translatable_fields = list(ArticlePage.override_translatable_fields[:5])

        class Meta:
            app_label = "home"

    errors = checks.undeclared_fields(Naive)
    assert ids(errors) == {"home.E001"}
    assert "Naive.motto" in errors[0].msg


@isolate_apps("home")
def test_a_many_to_many_field_is_an_error():
    class Naive(Page):
        topics = ParentalManyToManyField(Topic)

        class Meta:
            app_label = "home"

    assert ids(checks.skipped_relations(Naive)) == {"home.E002"}


@isolate_apps("home")
def test_a_plain_orderable_inline_is_an_error():
    class Naive(Page):
        class Meta:
            app_label = "home"

    class Item(Orderable):
        page = ParentalKey(Naive, on_delete=models.CASCADE, related_name="items")
        words = models.CharField(max_length=80)

        class Meta:
            app_label = "home"

    assert ids(checks.skipped_relations(Naive)) == {"home.E003"}


@isolate_apps("home")
def test_a_key_to_a_translatable_snippet_is_an_error():
    class Category(TranslatableMixin, models.Model):
        class Meta(TranslatableMixin.Meta):
            app_label = "home"

    class Naive(Page):
        category = models.ForeignKey(Category, on_delete=models.CASCADE)

        class Meta:
            app_label = "home"

    assert ids(checks.snippets_made_by_translation(Naive)) == {"home.E005"}


@pytest.mark.parametrize(
    "block",
    [
        TypedTableBlock([("text", blocks.CharBlock())]),
        TableBlock(),
        blocks.RawHTMLBlock(),
        blocks.StructBlock([("inner", blocks.ListBlock(blocks.RawHTMLBlock()))]),
    ],
    ids=["typed table", "table", "raw HTML", "nested"],
)
def test_a_block_that_localize_passes_over_is_an_error(block):
    stream = blocks.StreamBlock([("fine", blocks.CharBlock()), ("naive", block)])
    errors = checks.ignored_blocks(stream, "Naive.body", None)
    assert ids(errors) == {"home.E004"}
    assert errors[0].msg.startswith("Naive.body.naive")


def our_models():
    from django.apps import apps

    return [model for model in apps.get_models() if model._meta.app_label in checks.OUR_APPS]


@pytest.mark.django_db
@pytest.mark.parametrize("model", [model for model in our_models() if issubclass(model, Page)])
def test_every_translated_field_has_a_panel(model):
    """Without one it is hidden in the translation editor, yet counts as open."""
    shown = set(TabHelper(model()).field_tab_mapping)
    translated = {f.field_name for f in get_translatable_fields(model) if isinstance(f, TranslatableField)}
    assert translated <= shown


def test_no_key_protects_a_revision():
    """It would answer 500 in the admin's delete."""
    for model in our_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is Revision:
                assert field.remote_field.on_delete is not models.PROTECT


def test_no_page_type_is_counted_over_both_languages():
    for model in our_models():
        assert getattr(model, "max_count", None) is None


@isolate_apps("home")
def test_running_text_whose_equal_paragraphs_share_a_translation_is_an_error():
    class Naive(Page):
        body = StreamField([("box", blocks.StructBlock([("text", blocks.ListBlock(blocks.RichTextBlock()))]))])
        words = RichTextField()
        ours = ProseField()
        more = StreamField([("paragraph", ParagraphBlock())])

        class Meta:
            app_label = "home"

    errors = checks.shared_paragraphs(Naive)
    assert ids(errors) == {"home.E007"}
    assert [error.msg.split(" ")[3] for error in errors] == ["Naive.words", "Naive.body.box.text.item"]
