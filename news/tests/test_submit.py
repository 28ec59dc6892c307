"""A translation's way through the workflow, by the real views."""

import pytest
from django.urls import reverse
from wagtail.models import Page, TaskState

from home.languages import ENGLISH
from news.pair.pair import release_of
from news.release.publishing import release_both
from news.translation.sync import fill

from .pairs import article_pair, member_of

pytestmark = pytest.mark.django_db
WORDS = {
    "A week of clean air": "清新空气周",
    "Clean air for a week.": "清新空气持续一周。",
    "The forum opened.": "论坛开幕。",
}


def act(page):
    return reverse("newsroom_releases:act", args=[release_of(page).pk, "submit"])


def submit(client, page):
    """As the bar of the translation editor does."""
    data = {"submit-language": page.locale.language_code, "next": reverse("wagtailadmin_pages:edit", args=[page.pk])}
    return client.post(act(page), data, follow=True)


def approve(client, page):
    task_state = page.current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task_state.pk])
    return client.post(url, {"comment": ""})


@pytest.fixture
def translator(client):
    user = member_of("Chinese translators", username="translator")
    client.force_login(user)
    return user


def test_from_segments_to_live(client, translator):
    _english, chinese = article_pair(live=[ENGLISH], translated=False)
    from wagtail_localize.models import Translation

    fill(Translation.objects.get(), WORDS, translator)
    assert "Submit for review" in client.get(reverse("wagtailadmin_pages:edit", args=[chinese.pk])).content.decode()
    html = submit(client, chinese).content.decode()
    assert "“清新空气周” is sent for review." in html.replace("&#x27;", "'")
    assert "Chinese is now at “First review”." in html
    assert "In first review" in html

    reviewer = member_of("Bilingual reviewers", username="reviewer")
    publisher = member_of("Publishers", username="publisher")
    client.force_login(reviewer)
    approve(client, Page.objects.get(pk=chinese.pk))
    chinese.refresh_from_db()
    assert not chinese.live
    client.force_login(publisher)
    approve(client, Page.objects.get(pk=chinese.pk))
    chinese.refresh_from_db()
    assert not chinese.live
    release_both(release_of(chinese), publisher)
    chinese.refresh_from_db()
    assert (chinese.live, chinese.title) == (True, "清新空气周")
    assert TaskState.objects.filter(status="approved").count() == 2


def test_open_paragraphs_are_counted_and_nothing_is_submitted(client, translator):
    _english, chinese = article_pair(live=[ENGLISH], translated=False)
    html = submit(client, chinese).content.decode()
    assert "Not submitted. 3 paragraphs are not translated yet." in html
    assert not Page.objects.get(pk=chinese.pk).workflow_in_progress


def test_it_is_not_submitted_twice(client, translator):
    _english, chinese = article_pair(live=[ENGLISH])
    submit(client, chinese)
    assert "This version is in review already." in submit(client, chinese).content.decode()


def test_a_locked_page_is_not_submitted(client, translator):
    _english, chinese = article_pair(live=[ENGLISH])
    Page.objects.filter(pk=chinese.pk).update(locked=True)
    assert "The page is locked." in submit(client, chinese).content.decode()


@pytest.mark.parametrize("group", ["English authors", "English translators", "Chinese authors"])
def test_who_may_not_edit_the_page_may_not_submit_it(client, group):
    _english, chinese = article_pair(live=[ENGLISH])
    client.force_login(member_of(group))
    submit(client, chinese)
    assert not Page.objects.get(pk=chinese.pk).workflow_in_progress


def test_a_link_alone_submits_nothing(client, translator):
    _english, chinese = article_pair(live=[ENGLISH])
    client.get(act(chinese))
    assert not Page.objects.get(pk=chinese.pk).workflow_in_progress


def test_a_translation_returned_for_changes_goes_back_into_review(client, translator):
    _english, chinese = article_pair(live=[ENGLISH])
    submit(client, chinese)
    client.force_login(member_of("Bilingual reviewers", username="reviewer"))
    task_state = Page.objects.get(pk=chinese.pk).current_workflow_task_state
    url = reverse("wagtailadmin_pages:workflow_action", args=[chinese.pk, "reject", task_state.pk])
    client.post(url, {"comment": "One figure is wrong."})

    client.force_login(translator)
    html = client.get(reverse("wagtailadmin_pages:edit", args=[chinese.pk])).content.decode()
    assert "Returned for changes." in html
    assert "Submit for review" in html
    html = submit(client, chinese).content.decode()
    assert "In first review" in html
    assert Page.objects.get(pk=chinese.pk).workflow_in_progress


@pytest.mark.parametrize("url", ["https://evil.example/", "javascript:alert(1)", "http://www.youtube.com/watch?v=1"])
def test_a_recording_replaced_by_a_translator_is_held_to_the_list(client, translator, url):
    """localize stores what the override view is sent; the block's validation never sees it."""
    from wagtail_localize.models import Translation

    _english, chinese = article_pair(
        live=[ENGLISH], body=[("embed", {"url": "https://vimeo.com/1", "title": "The forum opened."})]
    )
    translation = Translation.objects.get()
    segment = translation.source.overridablesegment_set.get(context__path__endswith=".url")
    path = reverse("wagtail_localize:edit_override", args=[translation.pk, segment.pk])
    response = client.put(path, f"value={url}", content_type="application/x-www-form-urlencoded")
    assert response.status_code in (200, 201)
    assert f"These links are not allowed: {url}" in submit(client, chinese).content.decode()
    assert not Page.objects.get(pk=chinese.pk).workflow_in_progress

    # and where somebody publishes past the review, readers get no such link
    translation.save_target(publish=False)
    revised = Page.objects.get(pk=chinese.pk).specific.get_latest_revision_as_object()
    assert url not in str(revised.body)


def test_the_editor_offers_no_alias(client, translator):
    """It would be refused."""
    _english, chinese = article_pair(live=[ENGLISH])
    html = client.get(reverse("wagtailadmin_pages:edit", args=[chinese.pk])).content.decode()
    assert "convertToAliasUrl&quot;: null" in html
    assert "convert_to_alias" not in html
