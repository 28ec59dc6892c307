"""One form makes one thing, whoever sends it how often: autosave, a button, a double click, the browser again."""

import uuid

import pytest
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, Page, Task
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from home.forms_told import KEY
from home.images import CustomImage
from news.admin.once import SAVED, TURN
from news.models import ArticlePage, GlossaryTerm, PartnerIndexPage, PartnerPage, SentForm, Topic

from .pairs import article_form, article_pair, member_of, partner_pair
from .posted.files import paper, picture

pytestmark = pytest.mark.django_db
SCRIPT = {"Accept": "application/json"}


class Browser:
    """A form as the browser has it open: its key stays, its turn grows."""

    def __init__(self, client, url):
        self.client, self.url, self.key, self.turn = client, url, uuid.uuid4().hex, 1

    def send(self, form, by_script=False, turn=None, url=None):
        self.turn += 1
        form = {**form, KEY: self.key, TURN: str(turn or self.turn)}
        return self.client.post(url or self.url, form, headers=SCRIPT if by_script else {})


@pytest.fixture
def author(client):
    client.force_login(member_of("English authors", "Publishers", username="author"))
    return client


def section_of(language, model="newsindexpage"):
    return Page.objects.get(content_type__model=model, locale__language_code=language)


@pytest.fixture(params=["en", "zh-hans"])
def tab(request, author):
    opened = Browser(
        author, reverse("wagtailadmin_pages:add", args=["news", "articlepage", section_of(request.param).pk])
    )
    opened.locale = section_of(request.param).locale
    return opened


def newest():
    return ArticlePage.objects.get().get_latest_revision_as_object()


def test_autosave_and_then_the_button(tab):
    made = tab.send(article_form(title="Tides", summary=""), by_script=True).json()
    answer = tab.send(article_form(title="Tides of June", summary="They rise."))
    assert (answer.status_code, answer.url) == (302, made["url"])
    assert (newest().title, newest().summary) == ("Tides of June", "They rise.")
    assert ArticlePage.objects.filter(locale=tab.locale).count() == 1


def test_the_button_and_then_an_autosave_that_was_sent_before(tab):
    tab.send(article_form(title="Tides of June"), turn=5)
    late = tab.send(article_form(title="Ti"), by_script=True, turn=4)
    assert late.status_code == 400
    assert late.json()["error_code"] == "invalid_revision"
    assert newest().title == "Tides of June"


@pytest.mark.parametrize("by_script", [False, True], ids=["button", "autosave"])
def test_the_very_same_twice(tab, by_script):
    form = article_form(title="Tides")
    first, second = (tab.send(form, by_script=by_script) for _time in range(2))
    assert first.status_code == second.status_code
    assert first.headers.get("Location") == second.headers.get("Location")
    if by_script:
        assert first.json()["url"] == second.json()["url"]
    assert ArticlePage.objects.count() == 1


def test_an_autosave_whose_answer_never_came_goes_on_with_rows_as_they_are(tab):
    one, other = (
        next(page for page in pages if page.locale == tab.locale)
        for pages in (partner_pair(), partner_pair(title=("Other", "另一家")))
    )
    first = {**article_form([one], title="Tides"), "article_partners-0-id": ""}
    tab.send(first, by_script=True)
    again = {**article_form([one, other], title="Tides!"), "article_partners-INITIAL_FORMS": "0"}
    answer = tab.send(again, by_script=True).json()
    assert answer["success"]
    assert answer["url"].endswith("/edit/")
    assert "_w_hydrate_create_view" in answer["hydrate_url"]
    named = [row.partner for row in newest().article_partners.all()]
    assert named == [one.page_ptr.specific, other.page_ptr.specific]
    tab.send({**again, "title": "Tides?"})
    assert newest().article_partners.count() == 2
    assert newest().title == "Tides?"


def test_submitted_after_an_autosave_it_is_submitted(tab):
    form = {**article_form(title="Tides"), "action-submit": "1"}
    tab.send(article_form(title="Tides"), by_script=True)
    answer = tab.send(form)
    assert "/releases/" in answer.url
    assert ArticlePage.objects.get(locale=tab.locale).current_workflow_state
    assert tab.send(form).url == answer.url
    assert ArticlePage.objects.filter(locale=tab.locale).count() == 1


def test_back_after_saving_and_saved_in_other_words(tab):
    tab.send(article_form(title="Tides"))
    tab.send(article_form(title="Currents"))
    assert newest().title == "Currents"


def test_what_was_saved_elsewhere_meanwhile_is_not_written_over_in_silence(tab):
    tab.send(article_form(title="Tides"))
    somebody = member_of("Bilingual reviewers", username="somebody")
    draft = newest()
    draft.title = "Their words"
    draft.save_revision(user=somebody, log_action=True)
    late = tab.send(article_form(title="Currents"), by_script=True)
    assert late.json()["error_code"] == "invalid_revision"
    said = tab.client.get(tab.send(article_form(title="Currents")).url).content.decode()
    assert "had been saved elsewhere" in said
    assert newest().title == "Currents"
    said = tab.client.get(tab.send(article_form(title="Eddies")).url).content.decode()
    assert "had been saved elsewhere" not in said


def test_what_was_refused_can_be_sent_again(tab):
    assert tab.send(article_form(title="")).status_code == 200
    assert not ArticlePage.objects.exists()
    assert tab.send(article_form(title="Tides")).status_code == 302


def test_what_was_deleted_meanwhile_is_made_anew(tab):
    tab.send(article_form(title="Tides"))
    ArticlePage.objects.get().delete()
    tab.send(article_form(title="Tides"))
    assert ArticlePage.objects.count() == 1


def test_another_account_or_another_form_is_another_thing(tab, client):
    tab.send(article_form(title="Tides"))
    client.force_login(member_of("English authors", "Chinese authors", username="another"))
    tab.send(article_form(title="Tides"))
    tab.key = uuid.uuid4().hex
    tab.send(article_form(title="Tides"))
    assert ArticlePage.objects.count() == 3


def test_without_a_key_or_with_nonsense_for_one_all_is_as_it_was(author):
    url = reverse("wagtailadmin_pages:add", args=["news", "articlepage", section_of("en").pk])
    for key in ("", "x", "a" * 500, "<script>", "\0" * 20):
        assert author.post(url, {**article_form(title="Tides"), KEY: key, TURN: "-1"}).status_code == 302
    assert ArticlePage.objects.count() == 5
    assert not SentForm.objects.exists()


def test_partner_profiles_as_well(author):
    section = PartnerIndexPage.objects.get(locale__language_code="en")
    browser = Browser(author, reverse("wagtailadmin_pages:add", args=["news", "partnerpage", section.pk]))
    form = {
        **article_form(title="Institute", summary="It measures."),
        "kind": "institute",
        **{f"former_names-{name}": value for name, value in inline_formset([]).items()},
        "body-count": streamfield([])["count"],
        "about": rich_text("<p>It.</p>"),
    }
    browser.send(form, by_script=True)
    browser.send({**form, "title": "The Institute"})
    assert PartnerPage.objects.count() == 1


LIBRARIES = {"wagtailimages": (CustomImage, picture, ".png"), "wagtaildocs": (get_document_model(), paper, ".pdf")}


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_file_that_is_dropped_twice_into_a_library_is_there_once(client, admin_user, library):
    """Wagtail's script sends each file by itself, with what stands in the form of the page."""
    model, file, ending = LIBRARIES[library]
    client.force_login(admin_user)
    browser = Browser(client, reverse(f"{library}:add_multiple"))

    def drop(name):
        return browser.send({"title": "Tides 潮汐", "collection": "1", "files[]": file(name)}).json()

    first, second = (drop(f"tides{ending}") for _time in range(2))
    assert first["success"]
    assert first == second
    assert model.objects.count() == 1
    assert drop(f"other{ending}") != first
    assert model.objects.count() == 2
    model.objects.all().delete()
    assert drop(f"tides{ending}") != first
    assert model.objects.count() == 1


OTHERS = {
    "term": ("newsroom_glossary:add", {"kind": "term", "english": "tide", "chinese": "潮汐"}, GlossaryTerm),
    "topic": (
        "wagtailsnippets_news_topic:add",
        {"slug": "tides", "name_en": "Tides", "name_zh_hans": "潮汐"},
        Topic,
    ),
    "collection": ("wagtailadmin_collections:add", {"parent": "1", "name": "Tides 潮汐"}, Collection),
    "image": ("wagtailimages:add", {"title": "潮汐 “1”.png", "collection": "1"}, CustomImage),
    "image of a chooser": ("wagtailimages_chooser:create", {"image-chooser-upload-title": "潮"}, CustomImage),
    "document": ("wagtaildocs:add", {"title": "Tides", "collection": "1"}, get_document_model()),
}


@pytest.mark.parametrize("name", OTHERS)
def test_a_double_click_makes_one_of_everything(client, admin_user, name):
    address, form, model = OTHERS[name]
    client.force_login(admin_user)
    before = model.objects.count()
    browser = Browser(client, reverse(address))

    def files():
        if model is CustomImage:
            field = "image-chooser-upload-file" if "chooser" in name else "file"
            return {field: picture(), **({"image-chooser-upload-collection": "1"} if "chooser" in name else {})}
        return {"file": paper("潮汐.pdf")} if name == "document" else {}

    first, second = (browser.send({**form, **files()}) for _time in range(2))
    assert model.objects.count() == before + 1, first.content[:500]
    assert (first.status_code, first.headers.get("Location")) == (second.status_code, second.headers.get("Location"))
    assert first.content == second.content


def test_another_term_from_the_same_form_is_another_term(client, admin_user):
    client.force_login(admin_user)
    browser = Browser(client, reverse("newsroom_glossary:add"))
    for english in ("tide", "current", "tide"):
        browser.send({"kind": "term", "english": english, "chinese": f"中{english}"})
    assert GlossaryTerm.objects.count() == 2


def test_a_copied_page_is_copied_once(client, admin_user):
    english, _chinese = article_pair(live=())
    client.force_login(admin_user)
    browser = Browser(client, reverse("wagtailadmin_pages:copy", args=[english.pk]))
    form = {"new_title": "Copy", "new_slug": "copy", "new_parent_page": str(english.get_parent().pk), "alias": ""}
    answers = [browser.send(form) for _time in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert ArticlePage.objects.filter(slug="copy").count() == 1


def test_a_copy_that_was_refused_is_made_once_nothing_stands_in_its_way(client, admin_user):
    english, _chinese = article_pair(live=())
    other, _chinese = article_pair(title=("Open day", "开放日"), live=())
    client.force_login(admin_user)
    browser = Browser(client, reverse("wagtailadmin_pages:copy", args=[english.pk]))
    form = {"new_title": "Copy", "new_slug": other.slug, "new_parent_page": str(english.get_parent().pk), "alias": ""}
    assert browser.send(form).status_code == 302
    other.delete()
    browser.send(form)
    assert ArticlePage.objects.filter(slug=form["new_slug"], title="Copy").exists()


def test_a_page_that_was_made_and_not_submitted_is_made_once_all_the_same(tab):
    Task.objects.update(active=False)
    form = {**article_form(title="Tides"), "action-submit": "1"}
    assert [tab.send(form).status_code for _time in range(2)] == [302, 302]
    assert ArticlePage.objects.filter(locale=tab.locale).count() == 1


def test_the_browser_is_told_what_arrived_and_only_that(tab):
    assert tab.send(article_form(title="")).cookies.get(SAVED) is None
    assert tab.send(article_form(title="Tides")).cookies[SAVED].value.split(".")[0] == tab.key
    edit = reverse("wagtailadmin_pages:edit", args=[ArticlePage.objects.get().pk])
    tab.client.cookies.clear()
    gone = tab.send(article_form(title="More"), url=edit)
    assert gone.url.startswith("/cms/login/")
    assert SAVED not in gone.cookies
