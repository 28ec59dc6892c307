import pytest
from django.contrib.auth.models import Group
from wagtail.models import GroupPagePermission, Page, Site, Workflow, WorkflowPage

from home.models import HomePage
from news import bootstrap

from .pairs import change_live, member_of

pytestmark = pytest.mark.django_db


def state():
    return (
        list(Page.objects.order_by("path").values_list("path", "slug", "title", "live")),
        list(Group.objects.order_by("name").values_list("name", flat=True)),
        GroupPagePermission.objects.count(),
        list(Workflow.objects.values_list("name", flat=True)),
        WorkflowPage.objects.count(),
    )


def test_a_second_run_changes_nothing():
    before = state()
    bootstrap.bootstrap()
    assert state() == before


def test_what_an_administrator_changed_stays():
    group = Group.objects.get(name=bootstrap.ENGLISH_AUTHORS)
    group.page_permissions.all().delete()
    home = HomePage.objects.first()
    home.title = "Our own title"
    change_live(home)
    bootstrap.bootstrap()
    assert not group.page_permissions.exists()
    assert HomePage.objects.first().title == "Our own title"


def test_the_site_has_the_address_of_the_settings(settings):
    settings.SITE_URL = "https://news.example:8443"
    bootstrap.bootstrap()
    site = Site.objects.get()
    assert (site.hostname, site.port) == ("news.example", 8443)
    assert HomePage.objects.first().full_url.startswith("http")


def test_both_trees_are_reviewed():
    for home in HomePage.objects.all():
        assert home.get_workflow().name == bootstrap.WORKFLOW


def test_nothing_of_the_stock_site_is_left():
    assert not Group.objects.filter(name__in=["Editors", "Moderators"]).exists()
    assert not Workflow.objects.filter(name="Moderators approval").exists()
    assert not Page.objects.filter(title__startswith="Welcome").exists()


def test_stock_groups_with_people_in_them_stay():
    group = Group.objects.create(name="Editors")
    member_of(username="somebody").groups.add(group)
    bootstrap.bootstrap()
    assert Group.objects.filter(name="Editors").exists()


@pytest.mark.parametrize(
    ("group", "can"),
    [
        (bootstrap.ENGLISH_AUTHORS, {"en": "add", "zh-hans": ""}),
        (bootstrap.CHINESE_AUTHORS, {"en": "", "zh-hans": "add"}),
        (bootstrap.ENGLISH_TRANSLATORS, {"en": "edit", "zh-hans": ""}),
        (bootstrap.CHINESE_TRANSLATORS, {"en": "", "zh-hans": "edit"}),
        (bootstrap.BILINGUAL_REVIEWERS, {"en": "edit", "zh-hans": "edit"}),
        (bootstrap.PUBLISHERS, {"en": "add edit publish", "zh-hans": "add edit publish"}),
    ],
)
def test_who_may_do_what_in_which_tree(group, can):
    user = member_of(group)
    for home in HomePage.objects.all():
        permissions = home.permissions_for_user(user)
        allowed = can[home.locale.language_code].split()
        assert permissions.can_add_subpage() == ("add" in allowed)
        assert permissions.can_edit() == ("edit" in allowed)
        assert ("publish" in permissions.permissions) == ("publish" in allowed)
    assert user.has_perm("wagtailadmin.access_admin")


def test_groups_that_an_administrator_named_like_stock_ones_stay():
    Group.objects.create(name="Editors")
    bootstrap.bootstrap()
    assert Group.objects.filter(name="Editors").exists()
