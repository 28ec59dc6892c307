"""One language from the start is chosen in the editor, while the page is made: rule 32."""

import pytest
from django.urls import reverse

from home.languages import CHINESE, ENGLISH
from news.models import ArticlePage, Mode, NewsIndexPage
from news.pair.pair import pair_of
from news.release.submission import start_translating
from news.tests.pairs import article_form, locale, member_of

from .test_one_language import about, alone, scene, topic

__all__ = ["alone", "scene"]

pytestmark = pytest.mark.django_db


def edit(client, scene, **fields):
    client.force_login(scene.author)
    page = scene.fresh(scene.original)
    topics = [row.topic for row in page.get_latest_revision_as_object().article_topics.all()]
    form = article_form(topics=topics, title=page.title, slug=page.slug, **fields)
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form)
    assert answer.status_code == 302, answer.context["form"].errors


def field_of(client, scene, version):
    client.force_login(scene.publisher)
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[version.page.pk]), follow=True)
    form = answer.context.get("form")
    return form["languages"] if form is not None and "languages" in form.fields else None


@pytest.mark.parametrize("section", [ENGLISH, CHINESE])
def test_the_author_chooses_while_making_the_page(client, section):
    author = member_of("English authors", "Chinese authors")
    client.force_login(author)
    parent = NewsIndexPage.objects.get(locale=locale(section))
    url = reverse("wagtailadmin_pages:add", args=["news", "articlepage", parent.pk])
    field = client.get(url).context["form"]["languages"]
    assert str(section.label) in str(dict(field.field.choices)["one"])
    form = article_form(title="A notice", languages="one", **{"action-submit": "on"})
    assert client.post(url, form).status_code == 302
    page = ArticlePage.objects.get(title="A notice")
    pair = pair_of(page)
    assert pair.release.alone
    assert pair.original.task is not None
    assert pair.translation.page is None


def test_it_is_chosen_until_a_translation_is_begun(client, scene):
    assert field_of(client, scene, scene.original).initial == "topics"
    edit(client, scene, languages="one")
    assert field_of(client, scene, scene.original).initial == "one"
    edit(client, scene)  # a script that sends no choice
    assert scene.release.alone
    edit(client, scene, languages="topics")
    assert scene.release.alone is None
    assert scene.release.mode == Mode.TOGETHER
    start_translating(scene.page, scene.author)
    assert field_of(client, scene, scene.original) is None
    edit(client, scene, languages="one")  # a form that was opened before
    assert scene.release.alone is None
    assert field_of(client, scene, scene.translation) is None


def test_a_preview_and_a_copy_choose_nothing(client, scene):
    client.force_login(scene.author)
    page = scene.fresh(scene.original)
    form = article_form(title=page.title, slug=page.slug, languages="one")
    assert client.post(reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk]), form).json()["is_valid"]
    assert scene.release.alone is None
    edit(client, scene, languages="one")
    copy = scene.fresh(scene.original).copy(update_attrs={"slug": "a-copy", "title": "A copy"}, user=scene.author)
    assert pair_of(copy).release.alone is None


def test_what_is_not_saved_yet_is_previewed(client):
    client.force_login(member_of("English authors"))
    parent = NewsIndexPage.objects.get(locale=locale(ENGLISH))
    url = reverse("wagtailadmin_pages:preview_on_add", args=["news", "articlepage", parent.pk])
    assert client.post(url, article_form(languages="one")).json()["is_valid"]


def test_revisions_are_compared_and_the_history_is_read(client, scene):
    edit(client, scene, languages="one", summary="Another sentence.")
    page = scene.fresh(scene.original)
    client.force_login(scene.publisher)
    first, last = page.revisions.order_by("pk").first(), page.revisions.order_by("pk").last()
    assert (
        client.get(reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, first.pk, last.pk])).status_code
        == 200
    )
    assert client.get(reverse("wagtailadmin_pages:history", args=[page.pk])).status_code == 200


def test_what_its_author_chose_goes_before_its_topics(client, scene):
    about(scene, topic())
    edit(client, scene, languages="both")
    assert scene.release.alone is False
    scene.submit()
    assert scene.translation.page is not None
