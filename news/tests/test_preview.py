"""A preview shows what is being written, and reaches nobody else."""

import pytest

from home.languages import CHINESE, ENGLISH
from news.models import ArticlePartner, NewsIndexPage, PartnerIndexPage, Topic

from .pairs import article_form, article_pair, locale, member_of, partner_pair

pytestmark = pytest.mark.django_db


def preview(client, url, data):
    assert client.post(url, data).json()["is_valid"]
    response = client.get(url)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def publisher(client):
    client.force_login(member_of("Publishers"))
    return client


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_an_article_that_is_not_saved_yet(publisher, language):
    partner, translated = partner_pair()
    topic = Topic.objects.create(slug="air", name_en="Clean air", name_zh_hans="洁净空气")
    index = NewsIndexPage.objects.get(locale=locale(language))
    url = f"/cms/pages/add/news/articlepage/{index.pk}/preview/"
    named = partner if language == ENGLISH else translated
    html = preview(publisher, url, article_form(partners=[named], topics=[topic]))
    assert f'<html lang="{language.tag}">' in html
    assert "One sentence." in html
    assert named.title in html
    assert topic.name_en in html if language == ENGLISH else topic.name_zh_hans in html


def test_changes_of_a_live_article_are_seen_in_the_preview_alone(publisher):
    first, _ = partner_pair(title=("First Institute", "第一研究院"))
    second, _ = partner_pair(title=("Second Institute", "第二研究院"))
    english, _chinese = article_pair(article_partners=[ArticlePartner(partner=first)])
    url = f"/cms/pages/{english.pk}/edit/preview/"
    html = preview(publisher, url, article_form(title="Another title", partners=[second]))
    assert "Another title" in html
    assert "Second Institute" in html
    assert "canonical" not in html  # nothing for machines
    public = publisher.get(english.url).content.decode()
    assert "Another title" not in public
    assert "First Institute" in public
    assert "Second Institute" not in public


def test_a_profile_that_is_not_saved_yet(publisher):
    index = PartnerIndexPage.objects.get(locale=locale(ENGLISH))
    url = f"/cms/pages/add/news/partnerpage/{index.pk}/preview/"
    data = {
        "title": "An institute",
        "slug": "",
        "summary": "It measures.",
        "kind": "institute",
        "body-count": "0",
        "former_names-TOTAL_FORMS": "0",
        "former_names-INITIAL_FORMS": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    assert "An institute" in preview(publisher, url, data)


def test_the_translation_editor_has_a_preview_too(publisher):
    from news.translation.sync import translation_of

    _english, chinese = article_pair(live=[ENGLISH])
    response = publisher.get(f"/cms/localize/translate/{translation_of(chinese).pk}/preview/")
    assert response.status_code == 200
    assert "清新空气周" in response.content.decode()
