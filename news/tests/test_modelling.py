"""What wagtail-localize does to our models. Each test fails on the way one would build them first."""

import pytest
from wagtail.models import Page
from wagtail_localize.fields import SynchronizedField, get_translatable_fields
from wagtail_localize.models import StringSegment, Translation, TranslationSource
from wagtail_localize.strings import extract_strings

from home.languages import CHINESE, ENGLISH
from home.models import HomePage
from news.blocks import BODY_BLOCKS, PROSE_FEATURES
from news.models import ArticlePartner, ArticleTopic, FormerName, NewsIndexPage, PartnerIndexPage, Topic
from news.translation.drafts import save_draft
from news.translation.sync import fill, start_translation

from .pairs import article_pair, locale, partner_pair, publish

pytestmark = pytest.mark.django_db


def segments(page):
    return list(
        StringSegment.objects.filter(source__object_id=page.translation_key)
        .order_by("order")
        .values_list("string__data", flat=True)
    )


def table_of(rows, headings=("City", "Share"), caption="Shares"):
    return {
        "caption": caption,
        "columns": [{"type": "text", "heading": heading} for heading in headings],
        "rows": [{"values": row} for row in rows],
    }


def table_block(*arguments, **options):
    from news.models import ArticlePage

    block = ArticlePage.body.field.stream_block.child_blocks["table"]
    return ("table", block.to_python(table_of(*arguments, **options)))


class TestFields:
    def test_the_slug_is_no_segment(self):
        """By default it is one, and a Chinese slug does not survive localize's slugify."""
        english, _chinese = article_pair()
        assert segments(english) == ["A week of clean air", "Clean air for a week.", "The forum opened."]

    def test_dates_and_choices_follow_the_original(self):
        english, _chinese = partner_pair(live=[])
        english.kind, english.founded = "company", 1999
        english.save_revision()
        translation = start_translation(english)
        revised = save_draft(translation).as_object()
        assert (revised.kind, revised.founded, revised.title) == ("company", 1999, "示例研究院")

    def test_home_pages_can_be_translated_by_segments(self):
        """A synchronised slug makes this impossible: the homes are siblings."""
        home = HomePage.objects.get(locale=locale(ENGLISH))
        source, _ = TranslationSource.update_or_create_from_instance(home)
        translation = Translation.objects.create(source=source, target_locale=locale(CHINESE))
        revised = save_draft(translation).as_object()
        assert (revised.slug, revised.organisation) == ("newsroom-zh-hans", "新闻中心")

    def test_the_naive_home_cannot(self, monkeypatch):
        from django.core.exceptions import ValidationError

        fields = [f for f in HomePage.override_translatable_fields if f.field_name != "slug"]
        monkeypatch.setattr(HomePage, "override_translatable_fields", [*fields, SynchronizedField("slug")])
        with pytest.raises(ValidationError):
            self.test_home_pages_can_be_translated_by_segments()


class TestInlines:
    def test_the_text_of_an_inline_is_translated_and_keeps_its_key(self):
        english, _chinese = partner_pair(live=[], former_names=[FormerName(name="Example Laboratory", until=2014)])
        assert "Example Laboratory" in segments(english)
        translation = Translation.objects.get(source__object_id=english.translation_key)
        fill(translation, {"Example Laboratory": "示例实验室"})
        first = save_draft(translation).as_object().former_names.get()
        again = save_draft(start_translation(english)).as_object().former_names.get()
        assert (first.name, first.until, first.locale) == ("示例实验室", 2014, locale(CHINESE))
        assert first.translation_key == again.translation_key == english.former_names.get().translation_key

    def test_topics_are_not_lost(self):
        """A many-to-many field would be: translation passes it over."""
        topic = Topic.objects.create(slug="air", name_en="Air", name_zh_hans="空气")
        _english, chinese = article_pair(article_topics=[ArticleTopic(topic=topic)])
        assert chinese.topics == [topic]

    def test_partners_keep_their_order(self):
        first, _ = partner_pair(title=("Zeta Works", "泽塔工厂"))
        second, _ = partner_pair(title=("Alpha Lab", "阿尔法实验室"))
        english, chinese = article_pair(article_partners=[ArticlePartner(partner=p) for p in (first, second)])
        assert [p.title for p in english.partners] == ["Zeta Works", "Alpha Lab"]
        assert [p.title for p in chinese.partners] == ["泽塔工厂", "阿尔法实验室"]


class TestPartnersShown:
    """The inline of the translation points at the original's partner: the version to show is looked up."""

    def test_each_language_shows_its_own(self):
        partner, translated_partner = partner_pair()
        english, chinese = article_pair(article_partners=[ArticlePartner(partner=partner)])
        assert chinese.article_partners.get().partner == partner
        assert english.partners == [partner]
        assert chinese.partners == [translated_partner]

    def test_the_other_language_stands_in(self):
        partner, _ = partner_pair(live=[ENGLISH])
        _english, chinese = article_pair(article_partners=[ArticlePartner(partner=partner)])
        assert chinese.partners == [partner]

    def test_a_partner_that_is_not_live_is_left_out(self):
        partner, _ = partner_pair(live=[])
        english, chinese = article_pair(article_partners=[ArticlePartner(partner=partner)])
        assert english.partners == chinese.partners == []

    def test_a_profile_lists_the_articles_of_its_language(self):
        partner, translated_partner = partner_pair()
        english, chinese = article_pair(article_partners=[ArticlePartner(partner=partner)])
        article_pair(title=("Unrelated", "无关"))
        assert [page for pages in partner.news() for page in pages] == [english]
        assert [page for pages in translated_partner.news() for page in pages] == [chinese]

    @pytest.mark.full
    def test_ten_partners_cost_no_more_queries_than_one(self, django_assert_num_queries):
        made = [partner_pair(title=(f"Institute {n}", f"研究院{n}"))[0] for n in range(10)]
        _english, one = article_pair(article_partners=[ArticlePartner(partner=made[0])])
        _english, ten = article_pair(article_partners=[ArticlePartner(partner=partner) for partner in made])
        for article, number in ((one, 1), (ten, 10)):
            with django_assert_num_queries(1):
                assert len([partner.locale for partner in article.partners]) == number


class TestTables:
    def test_every_cell_is_a_segment(self):
        english, _ = article_pair(body=[table_block([["Shenzhen", "1.2 million"], ["Elsewhere", "1,200"]])])
        expected = ["Shares", "City", "Share", "Shenzhen", "1.2 million", "Elsewhere", "1,200"]
        assert segments(english)[2:] == expected

    def test_translated_cells_come_back_to_their_places(self):
        english, _ = article_pair(live=[], body=[table_block([["Shenzhen", "1.2 million"], ["Elsewhere", "same"]])])
        translation = Translation.objects.get(source__object_id=english.translation_key)
        words = {"Shares": "占比", "City": "城市", "Shenzhen": "深圳", "1.2 million": "120万"}
        fill(translation, words)
        table = save_draft(translation).as_object().body[0].value
        assert table.caption == "占比"
        assert [column["heading"] for column in table.columns] == ["城市", "Share"]
        assert [row["values"] for row in table.row_data] == [["深圳", "120万"], ["Elsewhere", "same"]]

    def test_a_row_inserted_above_leaves_the_translations_below(self):
        english, _ = article_pair(live=[], body=[table_block([["Shenzhen", "5"]])])
        fill(Translation.objects.get(source__object_id=english.translation_key), {"Shenzhen": "深圳"})
        english.body[0].value.row_data.insert(0, {"values": ["Guangzhou", "6"]})
        english.body = english.body.get_prep_value()
        english.save_revision()
        table = save_draft(start_translation(english)).as_object().body[0].value
        assert [row["values"][0] for row in table.row_data] == ["Guangzhou", "深圳"]

    def test_the_figures_of_a_stock_table_stay_in_the_source_language(self):
        """The trap itself; once wagtail-localize translates typed tables our block's methods can go."""
        from wagtail import blocks
        from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
        from wagtail_localize.segments.extract import StreamFieldSegmentExtractor

        stock = TypedTableBlock([("text", blocks.CharBlock())])
        value = stock.to_python(table_of([["Shenzhen", "5"]]))
        assert StreamFieldSegmentExtractor(None).handle_block(stock, value) == []


class TestProse:
    def test_each_block_element_is_a_segment(self):
        text = "<p>One <b>bold</b> sentence.</p><ul><li>First</li><li>Second</li></ul>"
        english, _ = article_pair(body=[("paragraph", text)])
        assert segments(english)[2:] == ["One <b>bold</b> sentence.", "First", "Second"]

    def test_no_feature_breaks_a_sentence_or_hides_text(self):
        assert len(extract_strings("<p>H<sub>2</sub>O</p>")[1]) == 3  # why there is no subscript
        assert not {"superscript", "subscript", "image", "embed", "code"} & set(PROSE_FEATURES)
        assert dict(BODY_BLOCKS)["paragraph"].features == PROSE_FEATURES

    def test_words_of_every_block_are_segments(self):
        english, _ = article_pair(
            body=[
                ("heading", {"text": "A heading", "level": "h3"}),
                ("quote", {"text": "A quotation", "attribution": "A speaker"}),
                ("embed", {"url": "https://www.youtube.com/watch?v=1", "title": "A recording"}),
            ]
        )
        assert segments(english)[2:] == ["A heading", "A quotation", "A speaker", "A recording"]


class TestTrees:
    def test_no_alias_is_made_by_translating(self):
        article_pair()
        partner_pair()
        assert not Page.objects.exclude(alias_of=None).exists()

    def test_both_trees_have_both_sections_and_room_for_no_more(self):
        for home in HomePage.objects.all():
            assert {child.slug for child in home.get_children()} == {"news", "partners"}
            assert not NewsIndexPage.can_create_at(home)
            assert not PartnerIndexPage.can_create_at(home)

    def test_the_second_tree_is_listed_like_the_first(self, client):
        """`Page.objects.in_site()` would leave it out."""
        english, chinese = article_pair()
        assert not Page.objects.in_site(english.get_site()).filter(pk=chinese.pk).exists()
        assert "清新空气周" in client.get("/zh-hans/news/").content.decode()

    def test_starting_a_translation_makes_nothing_live(self):
        _english, chinese = article_pair(live=[ENGLISH])
        assert not chinese.live

    def test_starting_it_through_the_admin_makes_nothing_live_either(self, admin_client):
        english, chinese = article_pair(live=[], translated=False)
        Translation.objects.all().delete()
        chinese.delete()
        publish(english)
        url = f"/cms/localize/submit/page/{english.pk}/"
        response = admin_client.post(url, {"locales": [locale(CHINESE).pk]})
        assert response.status_code == 302
        assert not english.get_translation(locale(CHINESE)).live

    def test_modes_are_complete(self):
        english, _ = article_pair()
        declared = {field.field_name for field in english.override_translatable_fields}
        assert declared == {field.field_name for field in get_translatable_fields(type(english))}
