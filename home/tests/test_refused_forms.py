"""Forms that no view sees: too much at once, or from a page that is older than the session. Said in our furniture."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.html import strip_tags
from wagtail.users.models import UserProfile

from news.models import ArticlePage, NewsIndexPage
from news.tests.pairs import article_form, article_pair, member_of, plain

pytestmark = pytest.mark.django_db
TOO_MUCH = {"en": "There is more in this form than this site takes at once", "zh-hans": "超出了本站一次能接收的上限"}
ONCE_MORE = {"en": "Please send it once more", "zh-hans": "请重新提交"}
languages = pytest.mark.parametrize("language", ["en", "zh-hans"])


def author(language="en"):
    user = member_of("English authors", username="author")
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return user


def new():
    section = NewsIndexPage.objects.get(locale__language_code="en")
    return reverse("wagtailadmin_pages:add", args=["news", "articlepage", section.pk])


@languages
@pytest.mark.parametrize("limit", ["DATA_UPLOAD_MAX_NUMBER_FIELDS", "DATA_UPLOAD_MAX_MEMORY_SIZE"])
def test_too_much_is_said_in_words(client, settings, language, limit):
    client.force_login(author(language))
    form = article_form(title="Tides", summary="x" * 4000)
    setattr(settings, limit, 5 if "FIELDS" in limit else 3000)
    content = "application/x-www-form-urlencoded"
    body = "&".join(f"{name}={value}" for name, value in form.items() if isinstance(value, str))
    answer = client.post(new(), body, content_type=content)
    assert answer.status_code == 413
    assert TOO_MUCH[language] in answer.content.decode()
    answer = client.post(new(), body, content_type=content, headers={"Accept": "application/json"})
    assert answer.status_code == 413
    assert TOO_MUCH[language] in answer.json()["error_message"]
    assert not ArticlePage.objects.exists()


def test_a_visitor_is_told_in_the_public_pages_furniture(client, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 2
    for path, language in (("/en/", "en"), ("/zh-hans/", "zh-hans")):
        answer = client.post(path, {"a": "1", "b": "2", "c": "3"})
        assert answer.status_code == 413
        assert TOO_MUCH[language] in answer.content.decode()
        assert "masthead" in answer.content.decode()


@pytest.mark.parametrize(("count", "letters"), [(2000, 5), (1, 5_000_000)])
def test_a_press_offices_longest_text_fits(client, count, letters):
    client.force_login(author())
    form = article_form(title="A list of all tides")
    one = form["body-0-value"].replace("Text.", "x" * letters)
    form["body-count"] = str(count)
    for number in range(count):
        block = {"type": "paragraph", "value": one, "deleted": "", "order": str(number), "id": ""}
        form |= {f"body-{number}-{name}": value for name, value in block.items()}
    answer = client.post(new(), form)
    assert answer.status_code == 302
    body = ArticlePage.objects.get().get_latest_revision_as_object().body
    assert [len(strip_tags(block.value.source)) for block in body] == [letters] * count


@languages
def test_a_page_older_than_the_session_is_said_to_be_so(language):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author(language))
    answer = strict.post(new(), article_form(title="Tides"))
    html = answer.content.decode()
    assert answer.status_code == 403
    assert ONCE_MORE[language] in html
    assert "CSRF verification" not in html
    answer = strict.post(new(), article_form(title="Tides"), headers={"Accept": "application/json"})
    assert answer.status_code == 403
    assert answer.json()["error_message"]


def test_so_is_a_readers(client):
    english, chinese = article_pair()
    strict = Client(enforce_csrf_checks=True)
    for page, language in ((english, "en"), (chinese, "zh-hans")):
        answer = strict.post(page.url, {"password": "secret"})
        assert answer.status_code == 403
        assert ONCE_MORE[language] in answer.content.decode()
        assert "masthead" in answer.content.decode()


def test_whoever_has_signed_in_in_another_tab_is_led_on():
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author())
    for asked, url in (("/cms/images/", "/cms/images/"), ("https://elsewhere.example/", "/cms/"), ("", "/cms/")):
        answer = strict.post("/cms/login/", {"username": "author", "password": "secret", "next": asked})
        assert answer.status_code == 302
        assert answer.url == url


NOT_WHOLE = {"en": "Only part of this form arrived", "zh-hans": "表单内容不完整"}


@languages
@pytest.mark.parametrize(
    "change",
    [
        {"body-count": None},
        {"body-count": "NaN"},
        {"body-0-order": ""},
        {"body-0-value": "None"},
        {"body-0-value": "[[]]"},
        {"body-0-type": None},
    ],
)
def test_what_is_not_whole_is_said_in_words(client, language, change):
    client.force_login(author(language))
    form = {**article_form(title="Tides"), **change}
    form = {name: value for name, value in form.items() if value is not None}
    answer = client.post(new(), form)
    assert answer.status_code == 400
    assert NOT_WHOLE[language] in answer.content.decode()
    answer = client.post(new(), form, headers={"Accept": "application/json"})
    assert NOT_WHOLE[language] in answer.json()["error_message"]
    assert not ArticlePage.objects.exists()


def test_what_is_no_key_is_refused_by_its_field(client):
    client.force_login(author())
    for value in ("9999-12-31", "[null]", "99999999999999999999", "²"):
        form = article_form(title="Tides", lead_image=value)
        answer = client.post(new(), {**form, "action-submit": "1"})
        assert answer.status_code == 200
        assert b"Select a valid choice" in answer.content


def test_where_one_is_led_is_an_address(client, admin_user):
    client.force_login(admin_user)
    for number, (asked, led) in enumerate([("+1", ""), ("no:view", ""), ("/cms/images/", "/cms/images/")]):
        page = plain(f"Draft {number}".replace(" ", ""), translated=False)
        listed = reverse("wagtailadmin_explore", args=[page.get_parent().pk])
        answer = client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]), {"next": asked})
        assert (answer.status_code, answer.url) == (302, led or listed)
