"""Who may read a release, or what stands above one, is not changed by what sends no signal."""

import pytest
from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Page, PageViewRestriction

from home.above import NotHidden
from home.both import PrivacyIsOfBoth
from news.models import NewsIndexPage
from news.release.acting import end_acting, name_acting
from news.release.privacy import restrict

from .pairs import member_of
from .scene import CHINESE, ENGLISH, Scene, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene().both_live()


def rows(scene):
    found = PageViewRestriction.objects.filter(page__in=[page.pk for page in scene.pair.pages])
    return sorted((row.page.locale.language_code, row.restriction_type, row.password) for row in found)


def elsewhere():
    """A row at a page that has no release, and that nothing released stands below."""
    page = Page.get_first_root_node().add_child(instance=Page(title="Elsewhere"))
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def refuses(refusal, *changes):
    for change in changes:
        with pytest.raises(refusal), transaction.atomic():
            change()


def test_rows_of_a_release_are_not_changed_in_bulk(scene):
    group = Group.objects.get(name="Publishers")
    english, chinese = scene.pair.pages
    free, through = elsewhere(), PageViewRestriction.groups.through.objects
    refuses(
        PrivacyIsOfBoth,
        lambda: PageViewRestriction.objects.bulk_create([PageViewRestriction(page=english, restriction_type="login")]),
        lambda: PageViewRestriction.objects.filter(pk=free.pk).update(page=chinese),
        lambda: PageViewRestriction.objects.filter(pk=free.pk).update(page_id=chinese.pk),
    )
    free.page = chinese
    refuses(PrivacyIsOfBoth, lambda: PageViewRestriction.objects.bulk_update([free], ["page"]))
    restrict(scene.release, scene.publisher, "groups", groups=[group])
    row = PageViewRestriction.objects.get(page=english)
    before = rows(scene)
    refuses(
        PrivacyIsOfBoth,
        lambda: PageViewRestriction.objects.filter(page=english).update(restriction_type="login"),
        lambda: english.view_restrictions.update(restriction_type="none"),
        lambda: english.view_restrictions.order_by("password").update(password="open"),
        lambda: group.pageviewrestriction_set.update(page=free.page),
        lambda: through.filter(pageviewrestriction=row).delete(),
        lambda: through.filter(pageviewrestriction=row).update(group=Group.objects.exclude(pk=group.pk).first()),
        lambda: through.create(pageviewrestriction=row, group=Group.objects.exclude(pk=group.pk).first()),
        lambda: through.bulk_create([through.model(pageviewrestriction=row, group=Group.objects.last())]),
    )
    assert rows(scene) == before
    assert list(row.groups.all()) == [group]


def test_what_stands_above_is_not_hidden_in_bulk(scene):
    section = NewsIndexPage.objects.get(locale__language_code="zh-hans")
    free = elsewhere()
    refuses(
        NotHidden,
        lambda: PageViewRestriction.objects.bulk_create([PageViewRestriction(page=section, restriction_type="login")]),
        lambda: PageViewRestriction.objects.filter(pk=free.pk).update(page=section),
        lambda: PageViewRestriction.objects.create(page=section, restriction_type="login"),
    )
    assert not section.view_restrictions.exists()


def test_where_nothing_is_released_they_are_the_sites_own():
    free = elsewhere()
    assert PageViewRestriction.objects.update(restriction_type="password", password="开门 \"'") == 1
    free.groups.set(Group.objects.all()[:2])
    assert free.page.view_restrictions.update(restriction_type="groups") == 1
    free.groups.clear()
    PageViewRestriction.objects.bulk_create([PageViewRestriction(page=free.page, restriction_type="login")])
    assert PageViewRestriction.objects.all().delete()[0] == 2


def test_a_release_sets_and_lifts_them_as_before(client, scene):
    for kind in ("groups", "password", "login", "none"):
        restrict(scene.release, scene.publisher, kind, "open", Group.objects.filter(name="Publishers"))
        assert {found[1] for found in rows(scene)} == ({kind} if kind != "none" else set())


@pytest.mark.parametrize("language", [ENGLISH, CHINESE])
def test_whoever_stands_in_is_let_in_where_publishers_are(client, scene, language):
    restrict(scene.release, scene.publisher, "groups", groups=[Group.objects.get(name="Publishers")])
    url = scene.pair.versions[language].page.url
    deputy, stranger = (member_of("English authors", username=name) for name in ("deputy", "stranger"))
    made = name_acting(scene.publisher, deputy, moment(hours=-1), moment(hours=2))
    for user, status in ((scene.publisher, 200), (deputy, 200), (stranger, 302), (None, 302)):
        client.logout()
        if user is not None:
            client.force_login(user)
        assert client.get(url).status_code == status, user
    end_acting(scene.publisher, made.pk)
    client.force_login(deputy)
    assert client.get(url).status_code == 302
