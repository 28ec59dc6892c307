"""What stands above a release takes it neither down nor along, whoever asks and however. Rule 22."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group
from django.contrib.messages import get_messages
from django.core.management import call_command
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Page, PageViewRestriction
from wagtail.users.models import UserProfile

from home import above
from home.languages import CHINESE, ENGLISH
from home.models import HomePage, StandardPage
from news.admin.steps import offers_of_release
from news.models import NewsIndexPage, PartnerIndexPage
from news.pair.pair import pair_of, release_of
from news.release.privacy import lift, restrict
from news.release.publishing import release_imported
from news.release.submission import start_translating
from news.translation.library import accept
from news.translation.sync import fill

from .doors import admin, bulk, refused
from .pairs import article_pair, hide, locale, member_of, publisher_of
from .scene import BOTH, moment

pytestmark = pytest.mark.django_db
LOGIN = PageViewRestriction.LOGIN


def plain(parent, english, chinese, live=True):
    """A plain page in both languages below another one, released or a draft."""
    page = StandardPage(title=english, body="<p>We are.</p>", live=False)
    parent.add_child(instance=page)
    page.save_revision()
    start_translating(page, None)
    version = page.get_translation(locale(CHINESE))
    translation = pair_of(page).translation.localized
    accept(translation, None)
    fill(translation, {english: chinese, "We are.": "我们是。"})
    if live:
        release_imported(release_of(page), "test")
    return page.__class__.objects.get(pk=page.pk), version.__class__.objects.get(pk=version.pk)


def home(language=ENGLISH):
    return HomePage.objects.get(locale=locale(language))


def section(language=ENGLISH):
    return NewsIndexPage.objects.get(locale=locale(language))


@pytest.fixture
def released():
    return article_pair()


@pytest.fixture
def family():
    """A plain page that was never released, with a released one below it: as an earlier version let it happen."""
    parent, parent_in_chinese = plain(home(), "About", "关于", live=False)
    child = StandardPage(title="Team", body="<p>All.</p>", live=False)
    parent.add_child(instance=child)
    child.save_revision()
    Page.objects.filter(pk=child.pk).update(live=True, first_published_at=timezone.now())
    return fresh(parent), parent_in_chinese, fresh(child)


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def private(page, kind=LOGIN):
    return PageViewRestriction.objects.create(page=page, restriction_type=kind)


def addresses():
    return sorted(Page.objects.values_list("path", "url_path", "live"))


ROLES = ["superuser", pytest.param("Publishers", marks=pytest.mark.full)]


@pytest.fixture(params=ROLES)
def somebody(request, client, django_user_model):
    if request.param == "superuser":
        user = django_user_model.objects.create_superuser("root", password="secret")
    else:
        user = member_of(request.param, username="somebody")
    client.force_login(user)
    return user


def words_of(answer):
    said = [str(message) for message in get_messages(answer.wsgi_request)]
    if answer["Content-Type"].startswith("application/json"):
        said.append(answer.json().get("error_message", ""))
    return " ".join(said)


VIEWS = {
    "delete": lambda client, page: client.post(admin("delete", page.pk), {"confirm_site_name": "Newsroom"}),
    "look at the deletion": lambda client, page: client.get(admin("delete", page.pk)),
    "unpublish": lambda client, page: client.post(admin("unpublish", page.pk), {"include_descendants": "on"}),
    "choose where to move it": lambda client, page: client.post(
        admin("move", page.pk), {"new_parent_page": elsewhere(page).pk}
    ),
    "move": lambda client, page: client.post(admin("move_confirm", page.pk, elsewhere(page).pk)),
    "hide": lambda client, page: client.post(admin("set_privacy", page.pk), {"restriction_type": LOGIN}),
    "delete many": lambda client, page: client.post(bulk("delete", page), {"confirm_site_name": "Newsroom"}),
    "move many": lambda client, page: client.post(bulk("move", page), {"chooser": elsewhere(page).pk}),
    "unpublish many": lambda client, page: client.post(bulk("unpublish", page), {"include_descendants": "on"}),
    "delete by the API": lambda client, page: api(client, page, "delete"),
    "unpublish by the API": lambda client, page: api(client, page, "unpublish", recursive=True),
    "move by the API": lambda client, page: api(client, page, "move", destination_page_id=elsewhere(page).pk),
    "alias by the API": lambda client, page: api(
        client, page, "create_alias", destination_page_id=elsewhere(page).pk, update_slug="alias", recursive=True
    ),
    "convert to an alias": lambda client, page: client.post(
        reverse("wagtail_localize:convert_to_alias", args=[page.pk])
    ),
    "convert to an alias in the editor": lambda client, page: client.post(
        admin("edit", page.pk), {"localize-convert-to-alias": "1"}
    ),
}


def elsewhere(page):
    found = StandardPage.objects.filter(slug="elsewhere").first()
    return found or home().add_child(instance=StandardPage(title="Elsewhere", slug="elsewhere", body="", live=False))


def api(client, page, action, **data):
    url = reverse("wagtailadmin_api:pages:action", args=[page.pk, action])
    return client.post(url, data, content_type="application/json", headers={"Accept": "application/json"})


@pytest.mark.parametrize("language", BOTH, ids=lambda language: language.name)
@pytest.mark.parametrize("name", VIEWS)
def test_a_section_above_what_is_released_says_why_it_stays(client, released, somebody, name, language):
    before = addresses()
    for page in (section(language), home(language)):
        answer = VIEWS[name](client, page)
        assert [path for path in addresses() if path not in before if "elsewhere" not in path[1]] == []
        assert not PageViewRestriction.objects.exists()
        assert "“A week of clean air”" in words_of(answer), (name, page, words_of(answer))


def test_it_is_said_in_the_language_of_the_admin(client, released, django_user_model):
    user = django_user_model.objects.create_superuser("root", password="secret")
    UserProfile.objects.create(user=user, preferred_language="zh-hans")
    client.force_login(user)
    assert "清新空气周" in words_of(VIEWS["hide"](client, section()))


@pytest.mark.full
def test_of_many_it_names_the_first_and_how_many(client, somebody):
    for number in range(7):
        article_pair(title=(f"News {number}", f"新闻{number}"), slug=f"news-{number}")
    said = words_of(VIEWS["hide"](client, section()))
    assert said.count("“News ") == 5
    assert "and 2 more" in said


def test_one_language_alone_counts_for_both(client, somebody):
    article_pair(live=[ENGLISH])
    for language in BOTH:
        assert "clean air" in words_of(VIEWS["hide"](client, section(language)))
        assert refused(lambda language=language: private(section(language)))
    assert not PageViewRestriction.objects.exists()


def test_who_may_not_is_told_so_and_no_title(client, released):
    client.force_login(member_of("English translators", username="somebody"))
    answer = VIEWS["delete"](client, section(CHINESE))
    assert "clean air" not in words_of(answer)
    assert addresses()


DRAFT_VIEWS = ["delete", "move", "delete many", "move many", "delete by the API", "move by the API"]


@pytest.mark.parametrize("name", DRAFT_VIEWS)
def test_a_draft_above_what_is_released_stays(client, family, somebody, name):
    for page in family[:2]:  # the Chinese draft has nothing below itself
        answer = VIEWS[name](client, page)
        assert "“Team”" in words_of(answer), (name, page)
    assert Page.objects.filter(pk__in=[page.pk for page in family]).count() == 3
    assert fresh(family[2]).url_path == family[2].url_path


def test_its_address_stays_in_the_form_and_past_it(client, family, somebody):
    parent = family[0]
    form = {"title": "About us", "slug": "about-us", "body": "null", "introduction": "", "comments-TOTAL_FORMS": 0}
    shown = client.get(admin("edit", parent.pk)).content.decode()
    assert "“Team”" in shown
    client.post(admin("edit", parent.pk), {**form, "comments-INITIAL_FORMS": 0})
    assert fresh(parent).slug == parent.slug
    assert fresh(family[2]).url_path == family[2].url_path


def test_nothing_that_would_be_refused_is_offered(family, somebody):
    article_pair()
    tester = fresh(family[0]).permissions_for_user(somebody)
    assert not (tester.can_delete() or tester.can_move() or tester.can_unpublish())
    for page in (section(), home(), section(CHINESE)):
        tester = page.permissions_for_user(somebody)
        assert not tester.can_set_view_restrictions()
        assert not (tester.can_delete() or tester.can_move() or tester.can_unpublish() or tester.can_copy())


def changed(instance, **values):
    for name, value in values.items():
        setattr(instance, name, value)
    return instance


COMMANDS = {
    "delete": lambda page: page.delete(),
    "delete a queryset": lambda page: Page.objects.filter(pk=page.pk).delete(),
    "unpublish": lambda page: page.unpublish(),
    "take down": lambda page: changed(page, live=False).save(),
    "take down by one field": lambda page: changed(page, live=False).save(update_fields=["live"]),
    "update": lambda page: type(page).objects.filter(pk=page.pk).update(live=False),
    "rename by update": lambda page: type(page).objects.filter(pk=page.pk).update(slug="else"),
    "rename": lambda page: changed(page, slug="else").save(),
    "rename without cleaning": lambda page: changed(page, slug="else").save(clean=False),
    "rename the row of a page": lambda page: changed(Page.objects.get(pk=page.pk), slug="else").save(),
    "let it expire": lambda page: changed(page, expire_at=moment(days=1)).save(clean=False),
    "let it appear": lambda page: changed(page, go_live_at=moment(days=1)).save(clean=False),
    "move": lambda page: page.move(elsewhere(page), pos="last-child"),
    "hide": private,
    "hide by a password": lambda page: PageViewRestriction(
        page=page, restriction_type=PageViewRestriction.PASSWORD, password="x"
    ).save(),
    "alias": lambda page: CreatePageAliasAction(page, parent=elsewhere(page), update_slug="alias").execute(
        skip_permission_checks=True
    ),
    "make it an alias": lambda page: changed(page, alias_of_id=elsewhere(page).pk).save(),
    "publish an old address": lambda page: changed(page, slug="else").save_revision().publish(),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_nor_does_a_command_get_past_it(released, name):
    elsewhere(section())
    for language in BOTH:
        for page in (section(language), home(language)):
            assert refused(lambda page=page: COMMANDS[name](page)), (name, page)


def test_what_is_hidden_above_what_is_released_is_neither_changed_nor_opened(released):
    group = Group.objects.get(name="Publishers")
    QuerySet(PageViewRestriction).bulk_create(  # as an earlier version let it happen
        PageViewRestriction(page=section(language), restriction_type=LOGIN) for language in BOTH
    )
    row = PageViewRestriction.objects.first()
    assert refused(row.delete)
    assert refused(lambda: changed(row, restriction_type=PageViewRestriction.GROUPS).save())
    assert refused(lambda: row.groups.add(group))
    assert refused(lambda: group.pageviewrestriction_set.add(row))
    assert refused(lambda: PageViewRestriction.objects.all().delete())
    partners = Page.objects.get(pk=PartnerIndexPage.objects.first().pk)
    other = hide(partners)
    assert refused(lambda: changed(other, page=Page.objects.get(pk=section().pk)).save())
    row = PageViewRestriction.objects.get(pk=row.pk)
    assert refused(lambda: changed(row, page=partners).save())


def test_where_it_is_hidden_a_publisher_of_both_opens_both_at_once(client, released):
    QuerySet(PageViewRestriction).bulk_create(
        PageViewRestriction(page=section(it), restriction_type=LOGIN) for it in BOTH
    )
    url = admin("set_privacy", section().pk)
    client.force_login(publisher_of(ENGLISH))
    client.post(url, {"restriction_type": PageViewRestriction.NONE})
    assert PageViewRestriction.objects.count() == 2
    client.force_login(member_of("Publishers"))
    assert client.get(url).status_code == 200
    client.post(url, {"restriction_type": PageViewRestriction.PASSWORD, "password": "x"})
    assert set(PageViewRestriction.objects.values_list("restriction_type", flat=True)) == {LOGIN}
    client.post(url, {"restriction_type": PageViewRestriction.NONE})
    assert not PageViewRestriction.objects.exists()


def test_on_the_page_of_its_release_it_is_opened_as_well_and_not_hidden(released):
    QuerySet(PageViewRestriction).bulk_create(
        PageViewRestriction(page=section(it), restriction_type=LOGIN) for it in BOTH
    )
    release, publisher = release_of(section()), member_of("Publishers")
    assert "restrict" in {offer.name for offer in offers_of_release(pair_of(section()), publisher)}
    assert refused(lambda: restrict(release, publisher, PageViewRestriction.PASSWORD, "x"))
    restrict(release, publisher, PageViewRestriction.NONE)
    assert not PageViewRestriction.objects.exists()
    assert "restrict" not in {offer.name for offer in offers_of_release(pair_of(section()), publisher)}


def test_opening_is_for_sections_and_pages_without_a_release(released):
    user = member_of("Publishers")
    assert refused(lambda: lift(released[0], user))
    assert refused(lambda: lift(section(), user))


def test_a_date_that_was_written_past_all_this_takes_nothing_down(released):
    Page.objects.filter(pk=section().pk).update(expire_at=timezone.now() - timedelta(hours=1))
    call_command("publish_scheduled")
    assert section().live
    assert section().expire_at is None


def test_without_anything_released_below_it_is_hidden_in_both_languages_at_once(client):
    publisher = member_of("Publishers")
    client.force_login(publisher)
    release = release_of(section())
    answer = client.post(admin("set_privacy", section().pk), {"restriction_type": LOGIN})
    assert answer["Location"] == reverse("newsroom_releases:release", args=[release.pk])
    client.post(answer["Location"] + "restrict/", {"restrict-restriction_type": LOGIN})
    assert {row.page.specific for row in PageViewRestriction.objects.all()} == {section(it) for it in BOTH}
    restrict(release, publisher, PageViewRestriction.NONE)
    assert not PageViewRestriction.objects.exists()


def test_a_draft_with_nothing_released_below_is_renamed_and_deleted():
    draft, _version = plain(home(), "About", "关于", live=False)
    changed(draft, slug="else").save()
    draft.delete()
    assert not StandardPage.objects.exists()


def test_the_order_of_sections_may_change(released):
    section().move(section().get_parent(), pos="first-child")


def test_each_watched_column_is_one_of_a_page():
    names = {field.attname for field in Page._meta.concrete_fields}
    assert set(above.WATCHED) <= names
