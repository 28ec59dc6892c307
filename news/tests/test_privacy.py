"""Who may read a release is set for both languages, in one step, and nowhere else."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import transaction
from django.urls import reverse
from wagtail.models import PageLogEntry, PageViewRestriction

from home.both import PrivacyIsOfBoth
from news.bootstrap import PAGE_PERMISSIONS
from news.models import ArticlePage, PartnerIndexPage, Release
from news.release.privacy import restrict
from news.release.submission import start_translating
from news.release.withdrawal import withdraw

from .doors import admin
from .pairs import hide, member_of
from .scene import Scene

pytestmark = pytest.mark.django_db


def said(answer):
    return " ".join(str(message) for message in answer.context["messages"])


@pytest.fixture
def root():
    return get_user_model().objects.create_superuser("root", password="secret")


def private(scene):
    rows = PageViewRestriction.objects.filter(page__in=[page.pk for page in scene.pair.pages])
    return {row.page.locale.language_code: row.restriction_type for row in rows}


@pytest.mark.full
@pytest.mark.parametrize("role", [*PAGE_PERMISSIONS, "root"])
@pytest.mark.parametrize("stage", ["draft", "both_live"])
def test_privacy_is_set_for_both_languages_by_a_publisher(client, root, role, stage):
    scene = Scene()
    scene = scene if stage == "draft" else scene.both_live()
    if stage == "draft":
        start_translating(scene.page, None)
    client.force_login(root if role == "root" else member_of(role, username="somebody"))
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "restrict"])
    client.post(url, scene.form("restrict", restriction_type="password", password="open sesame"))
    may = role in ("root", "Publishers")
    assert private(scene) == ({"en": "password", "zh-hans": "password"} if may else {})
    assert not PageLogEntry.objects.filter(data__icontains="sesame").exists()


def test_what_is_missing_is_asked_for(client):
    scene = Scene().both_live()
    client.force_login(scene.publisher)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "restrict"])
    answer = client.post(url, scene.form("restrict", restriction_type="password"), follow=True)
    assert "Say which password readers are asked for." in said(answer)
    answer = client.post(url, scene.form("restrict", restriction_type="groups"), follow=True)
    assert "Choose at least one group." in said(answer)
    assert client.post(url, scene.form("restrict", restriction_type="anything")).status_code == 422
    assert private(scene) == {}
    group = Group.objects.get(name="Publishers")
    client.post(url, scene.form("restrict", restriction_type="groups", groups=[group.pk]))
    assert private(scene) == {"en": "groups", "zh-hans": "groups"}
    assert client.get(scene.page.url).status_code == 200
    client.post(url, scene.form("restrict", restriction_type="none"))
    assert private(scene) == {}


def test_it_says_what_it_means_and_means_it(client):
    scene = Scene().both_live()
    restrict(scene.release, scene.publisher, "password", "open")
    for path in ("/en/", "/en/news/", "/en/news/feed/", "/sitemap.xml", "/news-sitemap.xml", "/en/search/?q=clean"):
        assert "A week of clean air" not in client.get(path).content.decode()
    for page in scene.pair.pages:
        assert "password" in client.get(page.url).content.decode()
        assert client.get(f"{page.url}bilingual/").status_code == 404


def test_the_release_page_says_who_may_read_it(client):
    scene = Scene().both_live()
    url = reverse("newsroom_releases:release", args=[scene.release.pk])
    client.force_login(scene.publisher)
    assert "Readers: " not in client.get(url).content.decode()
    restrict(scene.release, scene.publisher, "password", "open")
    assert "Readers: Whoever knows the password" in client.get(url).content.decode()


def test_wagtails_dialog_leads_to_the_step(client, root):
    scene = Scene().both_live()
    client.force_login(root)
    url = admin("set_privacy", scene.page.pk)
    for answer in (client.get(url, follow=True), client.post(url, {"restriction_type": "login"}, follow=True)):
        assert "set on the page of its release, for both languages at once" in said(answer)
        assert answer.redirect_chain[-1][0] == reverse("newsroom_releases:release", args=[scene.release.pk])
    assert client.get(url, headers={"X-Requested-With": "XMLHttpRequest"}).status_code == 403


def test_rows_of_one_version_are_refused():
    scene = Scene().both_live()
    english, chinese = scene.pair.pages
    with pytest.raises(PrivacyIsOfBoth), transaction.atomic():
        PageViewRestriction.objects.create(page=english, restriction_type="login")
    elsewhere = hide(PartnerIndexPage.objects.first(), "groups")
    elsewhere.page = chinese
    with pytest.raises(PrivacyIsOfBoth), transaction.atomic():
        elsewhere.save()
    group = Group.objects.get(name="Publishers")
    restrict(scene.release, scene.publisher, "groups", groups=[group])
    row = PageViewRestriction.objects.get(page=english)
    for change in (
        row.delete,
        row.groups.clear,
        PageViewRestriction.objects.filter(page=english).delete,
        lambda: setattr(row, "page", elsewhere.page) or row.save(),
        lambda: group.pageviewrestriction_set.remove(row),
        group.pageviewrestriction_set.clear,
    ):
        with pytest.raises(PrivacyIsOfBoth), transaction.atomic():
            change()
    assert private(scene) == {"en": "groups", "zh-hans": "groups"}
    withdraw(scene.release, scene.publisher, "Wrong.")
    scene.fresh(scene.original).delete(user=scene.publisher)
    assert not ArticlePage.objects.exists()
    assert Release.objects.filter(pk=scene.release.pk).exists()


def test_a_version_that_comes_later_is_as_private():
    scene = Scene()
    restrict(scene.release, scene.publisher, "password", "open")
    start_translating(scene.page, scene.author)
    assert private(scene) == {"en": "password", "zh-hans": "password"}
