import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.languages import CHINESE, ENGLISH
from home.slugs import slug_for
from news.models import ArticlePage, NewsIndexPage
from news.tests.pairs import article_pair, locale, member_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Low-carbon week", "low-carbon-week"),
        ("低碳周", "di-tan-zhou"),
        ("2026年低碳论坛开幕", "2026-nian-di-tan-lun-tan-kai-mu"),
        ("深圳Shenzhen论坛", "shen-zhen-shenzhen-lun-tan"),
        ("CO₂减排", "co2-jian-pai"),
        ("？！", ""),
        ("word " * 30, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 80, "x" * 60),
    ],
)
def test_slug_for(title, slug):
    assert slug_for(title) == slug


def add_draft(title, language=ENGLISH, **fields):
    page = ArticlePage(title=title, live=False, **fields)
    NewsIndexPage.objects.get(locale=locale(language)).add_child(instance=page)
    return page


@pytest.mark.django_db
class TestSharedSlug:
    def test_both_languages_have_the_same(self):
        english, chinese = article_pair()
        assert english.slug == chinese.slug == "a-week-of-clean-air"

    def test_a_chinese_original_is_named_in_pinyin(self):
        english, chinese = article_pair(original=CHINESE)
        assert english.slug == chinese.slug == "qing-xin-kong-qi-zhou"

    def test_an_emptied_slug_is_proposed_from_the_english_title(self):
        _english, chinese = article_pair(original=CHINESE, live=[])
        english = chinese.get_translation(locale(ENGLISH))
        Page.objects.filter(pk=english.pk).update(title="A week of clean air")
        chinese.slug = ""
        chinese.full_clean()
        assert chinese.slug == "a-week-of-clean-air"

    def test_a_title_without_letters_still_gets_one(self):
        assert add_draft("？！").slug == "articlepage"

    def test_a_slug_of_the_other_language_counts_as_taken(self):
        """On stock the translation of the second article becomes `slug-1` and the switcher leads to the first."""
        first, _translation = article_pair(title=("Open day", "开放日"))
        second = add_draft("Open day", CHINESE)
        assert second.slug == "open-day-2"
        with pytest.raises(ValidationError, match="already uses the address"):
            add_draft("别的", CHINESE, slug=first.slug)

    def test_the_translation_keeps_the_slug_that_an_older_chinese_article_would_have_taken(self):
        add_draft("旧文", CHINESE, slug="a-week-of-clean-air")
        english, chinese = article_pair()
        assert english.slug == chinese.slug == "a-week-of-clean-air-2"

    @pytest.mark.parametrize("slug", ["feed", "search", "bilingual"])
    def test_an_address_that_a_view_answers_is_taken(self, slug):
        assert add_draft(slug.title()).slug == f"{slug}-2"
        with pytest.raises(ValidationError):
            add_draft("Other", slug=slug)


@pytest.mark.django_db
class TestInTheEditor:
    @pytest.fixture
    def author(self, client):
        client.force_login(member_of("Chinese authors"))
        return client

    def post(self, client, title, slug="", **more):
        index = NewsIndexPage.objects.get(locale=locale(CHINESE))
        url = reverse("wagtailadmin_pages:add", args=["news", "articlepage", index.pk])
        body = streamfield([("paragraph", rich_text("<p>论坛开幕。</p>"))])
        data = {
            "title": title,
            "slug": slug,
            "summary": "一句话。",
            "body": body,
            "article_partners": inline_formset([]),
            "article_topics": inline_formset([]),
            "comments": inline_formset([]),
            **more,
        }
        return client.post(url, nested_form_data(data))

    def test_a_chinese_title_can_be_submitted_without_naming_a_slug(self, author):
        """On stock, without Unicode slugs: "This field is required"."""
        response = self.post(author, "低碳周开幕", **{"action-submit": "1"})
        assert response.status_code == 302, response.context["form"].errors
        article = ArticlePage.objects.get(locale=locale(CHINESE))
        assert article.slug == "di-tan-zhou-kai-mu"
        assert article.workflow_in_progress

    def test_the_title_field_does_not_drive_the_slug_field(self, author):
        """On stock its script leaves a stub like `2026` of a mixed title."""
        index = NewsIndexPage.objects.get(locale=locale(CHINESE))
        html = author.get(reverse("wagtailadmin_pages:add", args=["news", "articlepage", index.pk])).content.decode()
        assert "w-sync" not in html.split('name="title"')[1].split(">")[0]
        assert 'name="slug"' in html

    def test_only_the_title_is_needed_for_a_draft(self, author):
        response = self.post(author, "低碳周", summary="", body=streamfield([]))
        assert response.status_code == 302, response.context["form"].errors
        assert not ArticlePage.objects.get().live

    def test_the_rest_is_demanded_at_submission(self, author):
        response = self.post(author, "低碳周", summary="", body=streamfield([]), **{"action-submit": "1"})
        assert set(response.context["form"].errors) == {"summary", "body"}
        assert not ArticlePage.objects.exists()

    def test_a_taken_slug_is_refused_in_the_form_and_nothing_is_lost(self, author):
        article_pair(title=("Open day", "开放日"))
        response = self.post(author, "别的", slug="open-day")
        assert "slug" in response.context["form"].errors
        assert "别的" in response.content.decode()

    def test_the_address_stays_once_released(self, client):
        english, chinese = article_pair()
        client.force_login(member_of("Publishers", username="publisher"))
        for page in (english, chinese):
            page.slug = "elsewhere"
        html = client.get(reverse("wagtailadmin_pages:edit", args=[english.pk])).content.decode()
        field = html.split('name="slug"')[1].split(">")[0]
        assert "disabled" in field
        data = nested_form_data(
            {
                "title": "A week of clean air",
                "slug": "elsewhere",
                "summary": "One sentence.",
                "body": streamfield([("paragraph", rich_text("<p>Text.</p>"))]),
                "article_partners": inline_formset([]),
                "article_topics": inline_formset([]),
                "comments": inline_formset([]),
            }
        )
        assert client.post(reverse("wagtailadmin_pages:edit", args=[english.pk]), data).status_code == 302
        assert ArticlePage.objects.get(pk=english.pk).get_latest_revision_as_object().slug == "a-week-of-clean-air"

    @pytest.mark.parametrize(
        ("typed", "slug"),
        [("feed", "feed"), ("open-day", "open-day"), ("ｆｅｅｄ", "feed"), ("ｏｐｅｎ－ｄａｙ\0", "open-day")],
    )
    def test_a_copy_to_a_taken_address_is_refused_in_words(self, client, typed, slug):
        article_pair(title=("Open day", "开放日"))
        english, _chinese = article_pair()
        client.force_login(member_of("Publishers", username="publisher"))
        url = reverse("wagtailadmin_pages:copy", args=[english.pk])
        parent = english.get_parent().pk
        data = {"new_title": "Copy", "new_slug": typed, "new_parent_page": parent}
        html = client.post(url, data, follow=True).content.decode()
        assert f"already uses the address “{slug}”" in html
        assert not ArticlePage.objects.filter(title="Copy").exists()

    def test_nor_can_a_slug_hold_chinese(self, author):
        response = self.post(author, "别的", slug="低碳")
        assert "slug" in response.context["form"].errors
