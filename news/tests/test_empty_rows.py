"""A row that was added and not filled in, or emptied, is nothing: it stops neither a save nor an autosave."""

import pytest
from django.urls import reverse

from home.empty_rows import without_empty_rows
from news.models import ArticlePage, NewsIndexPage, PartnerIndexPage, PartnerPage, Topic

from .pairs import article_form, member_of, partner_pair

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}


@pytest.fixture
def author(client):
    client.force_login(member_of("Chinese authors", "Publishers", username="author"))
    return client


def add(model, section):
    parent = section.objects.get(locale__language_code="zh-hans")
    return reverse("wagtailadmin_pages:add", args=["news", model, parent.pk])


def rows(name, field, *values, **more):
    form = {f"{name}-TOTAL_FORMS": str(len(values)), f"{name}-INITIAL_FORMS": "0"}
    for number, value in enumerate(values):
        row = {field: value, "ORDER": str(number + 1), "DELETE": "", "id": "", **more}
        form |= {f"{name}-{number}-{key}": given for key, given in row.items()}
    return form


@pytest.mark.parametrize("headers", [{}, SCRIPT], ids=["button", "autosave"])
@pytest.mark.parametrize(("name", "field"), [("article_partners", "partner"), ("article_topics", "topic")])
def test_only_the_title_is_needed(author, headers, name, field):
    form = article_form(title="潮位计", summary="", **{})
    answer = author.post(add("articlepage", NewsIndexPage), {**form, **rows(name, field, "", " ")}, headers=headers)
    assert answer.status_code == (200 if headers else 302)
    assert getattr(ArticlePage.objects.get(), name).count() == 0


def test_between_two_topics_a_row_is_left_empty(author):
    topics = [Topic.objects.create(slug=slug, name_en=slug, name_zh_hans=slug) for slug in ("tides", "harbours")]
    keys = [str(topic.pk) for topic in topics]
    form = {**article_form(title="潮位计"), **rows("article_topics", "topic", keys[0], "", keys[1])}
    author.post(add("articlepage", NewsIndexPage), form)
    assert [row.topic for row in ArticlePage.objects.get().article_topics.all()] == topics


def test_emptied_and_filled_again_it_is_one_row(author):
    _english, chinese = partner_pair()
    form = {**article_form(title="潮位计"), **rows("article_partners", "partner", str(chinese.pk))}
    said = author.post(add("articlepage", NewsIndexPage), form, headers=SCRIPT).json()
    form["overwrite_revision_id"] = str(said["revision_id"])

    def named():
        return ArticlePage.objects.get().get_latest_revision_as_object().article_partners.count()

    for partner, count in (("", 0), (str(chinese.pk), 1), (str(chinese.pk), 1), ("", 0)):
        form |= {**said["field_updates"], "article_partners-0-partner": partner}
        said |= author.post(said["url"], form, headers=SCRIPT).json()
        assert said["success"]
        assert named() == count


def test_former_names_of_a_partner_as_well(author):
    form = article_form(title="示例研究院", summary="从事测算。", kind="institute")
    names = rows("former_names", "name", "", until="")
    answer = author.post(add("partnerpage", PartnerIndexPage), {**form, **names}, headers=SCRIPT)
    assert answer.status_code == 200, answer.content
    assert PartnerPage.objects.get().former_names.count() == 0


def test_a_row_with_something_in_it_is_asked_for_the_rest(author):
    form = {**article_form(title="潮位计"), **rows("article_partners", "partner", "999999")}
    answer = author.post(add("articlepage", NewsIndexPage), form)
    assert answer.status_code == 200
    assert not ArticlePage.objects.exists()


@pytest.mark.parametrize("total", ["", "x", "-1", "²", "9" * 30])
def test_nonsense_for_a_number_is_left_to_the_form(total):
    form = ArticlePage.get_edit_handler().get_form_class()
    data = {"article_partners-TOTAL_FORMS": total, "article_partners-0-partner": "7"}
    assert "article_partners-0-DELETE" not in without_empty_rows(form, data)
