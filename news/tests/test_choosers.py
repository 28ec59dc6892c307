"""Choosers of pages open in the language of the page that somebody writes, and partners are named in it."""

import json

import pytest
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.languages import CHINESE, ENGLISH
from home.models import HomePage
from news.models import ArticlePage, ArticlePartner, NewsIndexPage, PartnerIndexPage
from news.pair.pair import release_of
from news.release.kinds import adapt

from .pairs import article_pair, locale, partner_pair

pytestmark = pytest.mark.django_db
PARTNERS = "news.partnerpage"


def index(model, language):
    return model.objects.get(locale=locale(language))


def writing(language):
    """Address of the editor of a new article."""
    return reverse("wagtailadmin_pages:add", args=["news", "articlepage", index(NewsIndexPage, language).pk])


def shown(client, editor, page_type="", child=None, name="wagtailadmin_choose_page", **more):
    address = reverse("wagtailadmin_choose_page_child", args=[child]) if child else reverse(name)
    headers = {"Referer": f"http://testserver{editor}"} if editor else {}
    answer = client.get(address, {"page_type": page_type, **more}, headers=headers)
    assert answer.status_code == 200
    return answer


def opens_at(answer):
    return json.loads(answer.content)["parent_page_id"]


def offered(answer):
    return [
        row.title
        for row in answer.context["table"].data
        if row.pk != getattr(answer.context.get("parent_page"), "pk", 0)
    ]


@pytest.fixture
def partners():
    return [partner_pair(), partner_pair(title=("Harbour Lab", "港口实验室"))]


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
class TestOpening:
    def test_partners_where_those_of_the_language_are(self, admin_client, partners, language):
        answer = shown(admin_client, writing(language), PARTNERS)
        assert opens_at(answer) == index(PartnerIndexPage, language).pk
        here = [pair[language == CHINESE].title for pair in partners]
        assert sorted(offered(answer)) == sorted(here)

    def test_the_editors_script_names_its_language(self, admin_client, partners, language):
        answer = shown(admin_client, writing(language), PARTNERS, locale=language.code)
        assert opens_at(answer) == index(PartnerIndexPage, language).pk

    def test_another_language_that_somebody_chose_at_the_root_stays_chosen(self, admin_client, language):
        other = CHINESE if language == ENGLISH else ENGLISH
        answer = shown(admin_client, writing(language), locale=other.code)
        assert opens_at(answer) == Page.get_first_root_node().pk
        assert answer.context["selected_locale"].language_code == other.code

    def test_one_partner_alone(self, admin_client, language):
        partner_pair()
        assert opens_at(shown(admin_client, writing(language), PARTNERS)) == index(PartnerIndexPage, language).pk

    def test_without_any_partner(self, admin_client, language):
        assert shown(admin_client, writing(language), PARTNERS)

    def test_the_other_languages_directory_offers_none_that_is_here_as_well(self, admin_client, partners, language):
        other = CHINESE if language == ENGLISH else ENGLISH
        answer = shown(admin_client, writing(language), PARTNERS, child=index(PartnerIndexPage, other).pk)
        assert offered(answer) == []

    def test_nor_does_a_search(self, admin_client, partners, language):
        words = ["Harbour", "港口"]
        answers = [
            shown(admin_client, writing(language), PARTNERS, name="wagtailadmin_choose_page_search", q=word)
            for word in words
        ]
        found = [row.locale.language_code for answer in answers for row in answer.context["table"].data]
        assert set(found) <= {language.code}
        assert found

    def test_links_in_the_home_of_the_language(self, admin_client, language):
        home = HomePage.objects.get(locale=locale(language))
        assert opens_at(shown(admin_client, writing(language))) == home.pk
        page = article_pair()[language == CHINESE]
        assert opens_at(shown(admin_client, reverse("wagtailadmin_pages:edit", args=[page.pk]))) == home.pk

    def test_a_link_may_still_lead_to_the_other_language(self, admin_client, language):
        other = HomePage.objects.get(locale=locale(CHINESE if language == ENGLISH else ENGLISH))
        assert opens_at(shown(admin_client, writing(language), child=other.pk)) == other.pk
        assert offered(shown(admin_client, writing(language), child=other.pk))


@pytest.mark.parametrize(
    "editor", ["", "/cms/reports/locked/", "/cms/pages/999999/edit/", "/%00", "/cms/redirects/add/"]
)
def test_elsewhere_they_open_as_they_did(admin_client, editor):
    assert opens_at(shown(admin_client, editor)) == Page.get_first_root_node().pk


def test_a_place_to_move_to_is_looked_for_from_the_root(admin_client):
    english, _chinese = article_pair()
    editor = reverse("wagtailadmin_pages:edit", args=[english.pk])
    assert opens_at(shown(admin_client, editor, user_perms="move_to")) == Page.get_first_root_node().pk


def posted(*partners):
    return nested_form_data(
        {
            "title": "Air",
            "summary": "Clean.",
            "date": "",
            "source": "",
            "lead_image": "",
            "body": streamfield([("paragraph", rich_text("<p>Air.</p>"))]),
            "article_partners": inline_formset([{"partner": partner.pk} for partner in partners]),
            "article_topics": inline_formset([]),
            "slug": "",
            "seo_title": "",
            "search_description": "",
            "comments": inline_formset([]),
        }
    )


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
class TestNaming:
    def test_one_of_the_language(self, admin_client, partners, language):
        own = partners[0][language == CHINESE]
        admin_client.post(writing(language), posted(own))
        assert ArticlePage.objects.get(title="Air").article_partners.get().partner == own

    def test_one_of_the_other_is_refused_by_the_name_of_its_counterpart(self, admin_client, partners, language):
        own, other = partners[0] if language == ENGLISH else partners[0][::-1]
        answer = admin_client.post(writing(language), posted(other))
        assert answer.status_code == 200
        html = answer.content.decode()
        assert f"Choose “{own.title}”, its version in this language." in html
        assert not ArticlePage.objects.filter(title="Air").exists()

    def test_one_that_there_is_in_the_other_alone(self, admin_client, language):
        other = CHINESE if language == ENGLISH else ENGLISH
        alone = partner_pair(original=other, live=[])[other == CHINESE]
        alone.get_translations().get().delete()
        admin_client.post(writing(language), posted(alone))
        assert ArticlePage.objects.get(title="Air").article_partners.get().partner == alone


def test_in_an_adapted_version_the_editor_shows_its_own_and_keeps_it(admin_client, admin_user, partners):
    english_partner, chinese_partner = partners[0]
    english, chinese = article_pair(live=[], article_partners=[ArticlePartner(partner=english_partner)])
    adapt(release_of(english), admin_user)
    address = reverse("wagtailadmin_pages:edit", args=[chinese.pk])
    form = admin_client.get(address).context["form"]
    (row,) = form.formsets["article_partners"].forms
    assert row["partner"].value() == chinese_partner.pk
    for sent in (english_partner, chinese_partner):
        assert row.__class__({row.add_prefix("partner"): sent.pk}, instance=row.instance, prefix=row.prefix).is_valid()
