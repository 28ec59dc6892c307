"""A third language is refused in words; one that was there before breaks nothing."""

import pytest
from django.core.checks import run_checks
from django.urls import reverse
from wagtail.models import Locale, Page

from home import gate
from home.languages import CHINESE, ENGLISH
from home.models import HomePage
from home.two_languages import AnotherLanguage, check_languages
from news.models import NewsIndexPage
from news.tests.pairs import article_pair, member_of, plain
from news.tests.scene import Scene

OURS = [("en", "English"), ("zh-hans", "简体中文")]
NAMES = ["LANGUAGES", "WAGTAIL_CONTENT_LANGUAGES", "WAGTAILADMIN_PERMITTED_LANGUAGES"]


def said():
    return [(error.id, error.msg, error.hint) for error in check_languages(None)]


def test_the_two_are_right():
    assert said() == []
    assert not [error for error in run_checks() if error.id in ("home.E008", "home.E009")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("languages", "words"),
    [
        ([*OURS, ("de", "Deutsch")], "en, zh-hans, de"),
        ([("en-gb", "English"), OURS[1]], "en-gb is en here."),
        ([OURS[0], ("zh-cn", "中文")], "zh-cn is zh-hans here."),
        ([OURS[0], ("zh-Hans", "中文")], "zh-Hans"),
        ([OURS[0]], f"names en; this site has {ENGLISH.code} and {CHINESE.code}."),
        ([], "names nothing"),
        ([*OURS, OURS[0]], "en, zh-hans, en"),
        (["en", "zh-hans", "fr"], "fr"),
    ],
)
def test_others_in_the_settings_are_named(settings, name, languages, words):
    setattr(settings, name, languages)
    told = [error for error in said() if f"{name} names" in error[1]]
    assert len(told) == 1
    assert words in " ".join(told[0])


def test_the_language_of_the_project_is_one_of_them(settings):
    settings.LANGUAGE_CODE = "en-gb"
    assert [code for code, _message, _hint in said()] == ["home.E009"]


def test_they_may_be_called_otherwise(settings):
    settings.LANGUAGES = [("zh-hans", "中文"), ("en", "English (UK)")]
    assert said() == []


@pytest.fixture
def three(settings):
    settings.LANGUAGES = settings.WAGTAIL_CONTENT_LANGUAGES = [*OURS, ("ja", "日本語")]


@pytest.mark.django_db
class TestLocales:
    @pytest.mark.parametrize(("admin", "words"), [("en", "in no other language"), ("zh-hans", "没有其他语言")])
    def test_the_admin_refuses_another_in_words(self, admin_client, admin_user, three, admin, words):
        from wagtail.users.models import UserProfile

        UserProfile.objects.update_or_create(user=admin_user, defaults={"preferred_language": admin})
        answer = admin_client.post("/cms/locales/new/", {"language_code": "ja"})
        assert answer.status_code == 200
        assert words in answer.content.decode()
        assert set(Locale.all_objects.values_list("language_code", flat=True)) == {"en", "zh-hans"}

    def test_nor_is_one_of_ours_made_another(self, admin_client, three):
        own = Locale.objects.get(language_code="zh-hans")
        answer = admin_client.post(f"/cms/locales/edit/{own.pk}/", {"language_code": "ja"})
        assert "in no other language" in answer.content.decode()
        own.refresh_from_db()
        assert own.language_code == "zh-hans"

    def test_nor_by_any_other_way(self):
        with pytest.raises(AnotherLanguage):
            Locale.objects.create(language_code="zh-hant")


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["Publishers", "Bilingual reviewers", "Chinese translators", "root"])
def test_what_was_there_before_breaks_no_screen(client, django_user_model, three, role):
    english, chinese = article_pair()
    scene, page = Scene(), plain("Contact")
    (japanese,) = Locale.all_objects.bulk_create([Locale(language_code="ja")])
    home = HomePage.objects.get(locale__language_code="en")
    theirs = [
        found.specific.copy_for_translation(japanese) for found in (home, *home.get_children().type(NewsIndexPage))
    ]
    written = [found.copy_for_translation(japanese) for found in (english, scene.pair.original.page, page)]
    Page.objects.filter(pk__in=[found.pk for found in [*theirs, *written]]).update(live=True, alias_of=None)
    user = django_user_model.objects.create_superuser("root") if role == "root" else member_of(role)
    client.force_login(user)
    shown = ["/cms/", reverse("newsroom_releases:releases"), f"/cms/pages/{home.pk}/", "/cms/pages/", "/cms/account/"]
    shown += [
        reverse("newsroom_releases:release", args=[scene.release.pk]),
        f"/cms/pages/{english.pk}/edit/",
        f"/cms/pages/{chinese.pk}/edit/",
    ]
    if role in ("Publishers", "root"):
        shown += [reverse("newsroom_identity"), "/cms/reports/site-history/", "/cms/reports/aging-pages/"]
    for address in shown:
        answer = client.get(address)
        assert answer.status_code in (200, 302), address
    if role == "root":
        assert client.get(f"/cms/pages/{written[0].pk}/edit/").status_code == 200
        assert client.get("/cms/locales/").status_code == 200
    with gate.opened(english.translation_key):
        for address in [
            "/en/",
            "/zh-hans/",
            english.url,
            chinese.url,
            "/sitemap.xml",
            "/en/news/feed/",
            "/zh-hans/news/",
        ]:
            assert client.get(address).status_code == 200, address
