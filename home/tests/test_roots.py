"""A site begins at the front page of a language, whatever an administrator is offered elsewhere."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from wagtail.models import Page, Site

from home.gate import Refused
from home.models import HomePage, StandardPage
from home.roots import LosesLanguages, SiteStays

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss(client):
    client.force_login(get_user_model().objects.create_superuser("boss"))
    return client


@pytest.fixture
def site():
    return Site.objects.get()


def send(client, site, **changes):
    names = ("hostname", "port", "site_name", "root_page_id", "is_default_site")
    fields = {name.removesuffix("_id"): getattr(site, name) for name in names} | changes
    fields = {name: value for name, value in fields.items() if value is not False}
    return client.post(reverse("wagtailsites:edit", args=[site.pk]), fields)


def other_pages(site):
    home = site.root_page.specific
    plain = home.add_child(instance=StandardPage(title="“Office” 办公室", slug="office", body="<p>.</p>", live=False))
    return [Page.get_first_root_node(), home.get_children().exclude(pk=plain.pk).first(), plain]


def test_the_form_refuses_a_root_that_takes_a_language_down(boss, site):
    for page in other_pages(site):
        answer = send(boss, site, root_page=page.pk, hostname="typed.example.org")
        html = answer.content.decode()
        assert "Readers would find nothing in" in html
        assert "typed.example.org" in html, "what was typed stays"
        assert Site.objects.get().root_page_id == site.root_page_id
    assert {boss.get(f"/{code}/").status_code for code in ("en", "zh-hans")} == {200}


def test_a_front_page_whose_other_version_is_not_public_is_none(boss, site):
    home = HomePage.objects.get(locale__language_code="zh-hans")
    Page.objects.filter(pk=home.pk).update(live=False)
    assert send(boss, site, hostname="a.example.org").status_code == 302, "nothing is lost by that"
    alone = Page.get_first_root_node().add_child(
        instance=HomePage(title="Alone", slug="alone", organisation="Alone", locale=site.root_page.locale, live=False)
    )
    Page.objects.filter(pk__in=[home.pk, alone.pk]).update(live=True)
    assert "in Chinese any more" in send(boss, site, root_page=alone.pk).content.decode()


def test_host_port_and_the_other_front_page_may_be_chosen(boss, site):
    chinese = HomePage.objects.get(locale__language_code="zh-hans")
    assert send(boss, site, hostname="news.example.org", port=443).status_code == 302
    site.refresh_from_db()
    assert send(boss, site, root_page=chinese.pk).status_code == 302
    found = Site.objects.get()
    assert (found.hostname, found.port, found.root_page_id) == ("news.example.org", 443, chinese.pk)
    assert {boss.get(f"/{code}/").status_code for code in ("en", "zh-hans")} == {200}


def test_the_only_site_stays_and_stays_the_default_one(boss, site):
    answer = boss.post(reverse("wagtailsites:delete", args=[site.pk]), follow=True)
    assert "without it readers would find neither language" in answer.content.decode()
    assert "without it readers" in send(boss, site, is_default_site=False).content.decode()
    with pytest.raises(SiteStays), transaction.atomic():
        Site.objects.all().delete()
    assert Site.objects.get().is_default_site
    other = Site.objects.create(hostname="cn.example.org", root_page=site.root_page)
    assert send(boss, site, is_default_site=False).status_code == 302
    assert send(boss, other, is_default_site=True).status_code == 302
    site.refresh_from_db()
    site.delete()
    assert Site.objects.get() == other


def test_the_models_are_refused_as_well(site):
    for page in other_pages(site):
        site.root_page = page
        with pytest.raises(LosesLanguages), transaction.atomic():
            site.save()
        with pytest.raises(LosesLanguages), transaction.atomic():
            Site.objects.create(hostname="second.example.org", root_page=page)
    with pytest.raises(Refused), transaction.atomic():
        Site.objects.get().root_page.delete()
