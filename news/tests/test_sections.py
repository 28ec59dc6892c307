"""Front pages and sections: written independently in each language, and released together. Rule 22."""

import pytest
from django.apps import apps
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import Page, Revision

from home import gate
from home.languages import CHINESE, ENGLISH
from home.models import HomePage
from news.admin.steps import offers_of
from news.models import Approval, Kind, NewsIndexPage, PartnerIndexPage, Release
from news.pair.pair import Pair, pair_of, release_of
from news.pair.section_refusals import OwnWordsInEach, SectionStays
from news.pair.state import ReleaseState, state_of
from news.release.address import change_address
from news.release.identity import change_identity, homes
from news.release.kinds import translate_fully
from news.release.publishing import release_both
from news.release.sections import unapproved
from news.release.submission import submit
from news.release.withdrawal import withdraw
from news.upgrade import REGISTER, take

from .doors import admin, bulk, refused
from .pairs import article_pair, locale, member_of, partner_pair
from .posted.files import stored_image
from .posted.visitor import fields_of
from .scene import BOTH, Scene

pytestmark = pytest.mark.django_db
MODELS = [HomePage, NewsIndexPage, PartnerIndexPage]


def one(model, language=ENGLISH):
    return model.objects.get(locale=locale(language))


@pytest.fixture
def crew():
    """The people of a Scene, without its article."""
    return Scene()


def write(crew, model, language, **words):
    """A draft by a translator of the language, submitted."""
    draft = one(model, language).get_latest_revision_as_object()
    for name, value in words.items():
        setattr(draft, name, value)
    draft.save_revision(user=crew.translator, log_action=True)
    submit(draft, crew.translator)


def approve(crew, model, language):
    for user in (crew.reviewer, crew.publisher):
        state = one(model, language).current_workflow_task_state
        state.task.specific.on_action(state, user, "approve", comment="")


def pair(model):
    return pair_of(one(model))


WORDS = {ENGLISH: "All that was released.", CHINESE: "全部新闻稿。"}


def approved(crew, model):
    for language, words in WORDS.items():
        write(crew, model, language, introduction=words)
        approve(crew, model, language)
    return pair(model)


@pytest.mark.parametrize("model", MODELS)
def test_bootstrap_writes_the_first_approvals_as_an_import_does(model):
    found = pair(model)
    assert (found.release.kind, found.release.original) == (Kind.ADAPTED, "en")
    assert state_of(found) == ReleaseState.LIVE
    for version in found.versions.values():
        assert version.approval.user_name == "bootstrap"
        assert version.approval.revision_id == version.page.live_revision_id
    assert found.translation.approval.counterpart_revision == found.original.approval.revision
    assert not unapproved().exists()


@pytest.mark.parametrize("model", MODELS)
def test_both_languages_go_out_together(client, crew, model):
    urls = {language: one(model, language).url for language in BOTH}
    write(crew, model, ENGLISH, introduction=WORDS[ENGLISH])
    approve(crew, model, ENGLISH)
    assert "release" not in {offer.name for offer in offers_of(pair(model), crew.publisher)[0]}
    write(crew, model, CHINESE, introduction=WORDS[CHINESE])
    with pytest.raises(gate.Refused):
        release_both(pair(model).release, crew.publisher)
    approve(crew, model, CHINESE)
    for language, words in WORDS.items():
        assert words not in client.get(urls[language]).content.decode()
    release_both(pair(model).release, crew.publisher)
    for language, words in WORDS.items():
        assert words in client.get(urls[language]).content.decode()
        assert one(model, language).introduction == words
    assert state_of(pair(model)) == ReleaseState.LIVE


DOORS = {
    "publish in the editor": lambda client, page: client.post(
        admin("edit", page.pk), {**fields_of(client.get(admin("edit", page.pk)).content.decode(), "title"), **PUBLISHED}
    ),
    "publish many": lambda client, page: client.post(bulk("publish", page)),
    "unpublish": lambda client, page: client.post(admin("unpublish", page.pk)),
    "unpublish many": lambda client, page: client.post(bulk("unpublish", page)),
    "delete": lambda client, page: client.post(admin("delete", page.pk), {"confirm_site_name": "Newsroom"}),
    "copy": lambda client, page: client.post(
        admin("copy", page.pk), {"new_title": "X", "new_slug": "x", "new_parent_page": page.get_parent().pk}
    ),
    "an old revision": lambda client, page: client.post(
        admin("edit", page.pk), {"action-publish": "1", "revision": page.latest_revision_id, "title": "By one"}
    ),
}
PUBLISHED = {"title": "By one person", "action-publish": "1"}


@pytest.mark.parametrize("name", DOORS)
@pytest.mark.parametrize("who", ["publisher", "superuser"])
def test_no_door_of_wagtails_changes_what_is_public(client, django_user_model, name, who):
    users = {"publisher": lambda: member_of("Publishers"), "superuser": lambda: superuser(django_user_model)}
    client.force_login(users[who]())
    before = list(Page.objects.values_list("pk", "title", "slug", "url_path", "live", "live_revision"))
    for model in MODELS:
        answer = DOORS[name](client, one(model))
        assert answer.status_code < 500
    assert list(Page.objects.values_list("pk", "title", "slug", "url_path", "live", "live_revision")) == before


COMMANDS = {
    "save": lambda page: setattr(page, "title", "By one") or page.save(),
    "update": lambda page: type(page).objects.filter(pk=page.pk).update(introduction="By one"),
    "publish": lambda page: page.save_revision().publish(),
    "take down": lambda page: page.unpublish(),
    "delete": lambda page: page.delete(),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_nor_does_a_script(name):
    for model in MODELS:
        assert refused(lambda model=model: COMMANDS[name](one(model)))


def test_it_is_neither_withdrawn_nor_renamed_nor_made_of_paragraphs(client, crew):
    client.force_login(crew.publisher)
    for model in MODELS:
        release = pair(model).release
        for act, refusal in (
            (lambda release=release: withdraw(release, crew.publisher, "A reason."), SectionStays),
            (lambda release=release: change_address(release, crew.publisher, "else"), SectionStays),
            (lambda release=release: translate_fully(release, crew.publisher), OwnWordsInEach),
        ):
            with pytest.raises(refusal):
                act()
        shown = client.get(reverse("newsroom_releases:release", args=[release.pk])).content.decode()
        assert not [name for name in ("withdraw-", "change_address-", "translate_fully-") if name in shown]
        edited = client.get(admin("edit", one(model).pk)).content.decode()
        assert 'name="action-publish"' not in edited
        assert 'name="action-submit"' in edited


def test_a_front_page_keeps_its_address_in_the_form(client, crew):
    client.force_login(crew.publisher)
    page = one(HomePage)
    fields = fields_of(client.get(admin("edit", page.pk)).content.decode(), "title")
    client.post(admin("edit", page.pk), {**fields, "slug": "else", "title": "Another"})
    draft = one(HomePage).get_latest_revision_as_object()
    assert (draft.title, draft.slug) == ("Another", "newsroom")


def test_identity_is_no_part_of_it_and_a_partners_logo_is(crew):
    found = approved(crew, HomePage)
    values = {it: {"organisation": "X", "address": "1 Sample Road", "logo": stored_image()} for it in BOTH}
    names = [name for name in HomePage.unreleased_fields if name not in values[ENGLISH]]
    change_identity({it: {**values[it], **dict.fromkeys(names, "")} for it in homes()}, crew.publisher)
    release_both(found.release, crew.publisher)
    home = one(HomePage)
    assert (home.address, home.introduction) == ("1 Sample Road", WORDS[ENGLISH])
    assert home.logo is not None
    assert not [path for path in pair(HomePage).original.face.parts if path in HomePage.unreleased_fields]
    partner = partner_pair(logo=stored_image())[0]
    assert "logo" in pair_of(partner).original.face.parts
    partner.logo = None
    assert refused(partner.save)


def test_the_list_names_them_where_there_is_something_to_do(client, crew):
    article_pair()
    client.force_login(crew.publisher)
    url = reverse("newsroom_releases:releases")

    def listed(query=""):
        rows = client.get(url + query).context["object_list"]
        return {apps.get_model(row.page_type) for row in rows}

    assert not listed() & set(MODELS)
    assert listed("?show=sections") == set(MODELS)
    one(NewsIndexPage, CHINESE).save_revision(user=crew.translator)
    assert listed() & set(MODELS) == {NewsIndexPage}
    approved(crew, NewsIndexPage)
    assert NewsIndexPage in listed()
    desk = client.get(reverse("wagtailadmin_home")).content.decode()
    assert desk.count(reverse("newsroom_releases:release", args=[pair(NewsIndexPage).release.pk])) >= 1
    assert reverse("newsroom_releases:release", args=[pair(HomePage).release.pk]) not in desk
    release_both(pair(NewsIndexPage).release, crew.publisher)
    assert not listed() & set(MODELS)


def test_both_texts_are_corrected_on_one_screen(client, crew):
    client.force_login(crew.reviewer)
    url = reverse("newsroom_releases:correct", args=[pair(NewsIndexPage).release.pk])
    shown = client.get(url).content.decode()
    assert "News" in shown
    assert "新闻" in shown


def superuser(model):
    return model.objects.create_superuser("root", password="secret")


def test_a_second_front_page_is_a_draft_until_it_is_released(client, django_user_model):
    client.force_login(superuser(django_user_model))
    root = Page.get_first_root_node()
    url = admin("add", "home", "homepage", root.pk)
    assert 'name="action-publish"' not in client.get(url).content.decode()
    form = fields_of(client.get(url).content.decode(), "title")
    answer = client.post(url, {**form, "title": "B", "slug": "b", "organisation": "B", "action-publish": "1"})
    said = " ".join(str(message) for message in get_messages(answer.wsgi_request))
    assert "only through its release" in said
    assert not HomePage.objects.filter(slug="b", live=True).exists()


# Sites that are older ------------------------------------------------------------------------------------------------


def as_before():
    """No release knows of them."""
    releases = Release.objects.filter(translation_key__in=[one(model).translation_key for model in MODELS])
    Approval.objects.filter(release__in=releases).delete()
    releases.delete()


def test_an_upgrade_approves_what_is_public(crew):
    as_before()
    draft = one(HomePage)
    draft.title = "A draft"
    draft.save_revision()
    written = one(PartnerIndexPage, CHINESE)
    written.introduction = "写在数据库里的。"
    with gate.opened(written.translation_key):
        written.save()
    before = list(Page.objects.order_by("pk").values_list("pk", "title", "draft_title", "live"))
    assert unapproved().count() == 6
    call_command("upgrade", backup=False, verbosity=0)
    assert not unapproved().exists()
    assert list(Page.objects.order_by("pk").values_list("pk", "title", "draft_title", "live")) == before
    for model in MODELS:
        found = pair(model)
        assert (found.release.original, found.release.kind) == ("en", Kind.ADAPTED)
        for version in found.versions.values():
            assert version.approval.user_name == "upgrade"
            assert version.approval.revision_id == version.page.live_revision_id
            assert not version.is_stale
    assert state_of(pair(HomePage)) == ReleaseState.LIVE_WITH_CHANGES
    assert one(HomePage).get_latest_revision_as_object().title == "A draft"
    assert one(PartnerIndexPage, CHINESE).introduction == "写在数据库里的。"
    count = Approval.objects.count(), Revision.objects.count()
    call_command("upgrade", backup=False, verbosity=0)
    assert (Approval.objects.count(), Revision.objects.count()) == count
    approved(crew, NewsIndexPage)
    release_both(pair(NewsIndexPage).release, crew.publisher)


def test_an_upgrade_that_was_broken_off_goes_on():
    as_before()
    step = REGISTER["approve_sections"]
    step.do(step.waiting().order_by("pk").last())  # the Chinese version of one, and with it the English
    assert step.waiting().count() == 4
    Approval.objects.filter(language="zh-hans").delete()
    assert take(step, lambda done, count: None) == []
    assert not step.waiting().exists()
    for release in Release.objects.all():
        assert all(version.approval for version in Pair(release).versions.values())


def test_bootstrap_adds_a_version_that_is_missing_and_lets_out_no_draft_of_the_other():
    as_before()
    draft = one(PartnerIndexPage)
    draft.title = "A draft"
    draft.save_revision()
    chinese = one(PartnerIndexPage, CHINESE)
    with gate.opened(chinese.translation_key):
        chinese.delete()
    call_command("bootstrap")
    assert (one(PartnerIndexPage).title, one(PartnerIndexPage, CHINESE).title) == ("Partners", "合作伙伴")
    assert one(PartnerIndexPage, CHINESE).live
    call_command("upgrade", backup=False, verbosity=0)
    assert one(PartnerIndexPage).title == "Partners"
    assert all(version.approval for version in pair(PartnerIndexPage).versions.values())


def test_before_the_upgrade_a_release_may_be_opened_by_looking_at_one(client, crew):
    as_before()
    client.force_login(crew.publisher)
    assert client.get(admin("edit", one(HomePage, CHINESE).pk)).status_code == 200
    assert release_of(one(HomePage)).original == "en"
    call_command("upgrade", backup=False, verbosity=0)
    assert not unapproved().exists()
