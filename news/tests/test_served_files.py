"""Files follow their release: what is served to whom, and under which address."""

import re

import pytest
from django.contrib.auth.models import Permission
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from home.models import HomePage, ReplacedFile, StandardPage, TakenDown
from home.replaced import replacement_of
from news.demo.build import make_image
from news.release.address import change_address
from news.release.publishing import release_both
from news.release.withdrawal import withdraw

from .drawn import mark
from .pairs import hide, member_of
from .scene import WORDS, Scene

pytestmark = pytest.mark.django_db
Document = get_document_model()
LINK = {'<a id="a1">The plan</a>': '<a id="a1">方案</a>', "Waves at sea": "海上的波浪", "Annex": "附件"}


@pytest.fixture
def waves():
    return make_image("waves", mark("waves"), (("Waves at the shore", "岸边的波浪"), ("", "")))


@pytest.fixture
def plan():
    return Document.objects.create(title="Plan", file=ContentFile(b"The plan", "实施 方案.txt"))


@pytest.fixture
def annex():
    return Document.objects.create(title="Annex", file=ContentFile(b"The annex", "annex.txt"))


def body(image, link, block):
    return [
        ("paragraph", f'<p><a linktype="document" id="{link.pk}">The plan</a></p>'),
        ("image", {"image": image, "alt": "Waves at sea", "caption": "", "decorative": False}),
        ("document", {"document": block, "title": "Annex"}),
    ]


@pytest.fixture
def shown(waves, plan, annex):
    """Approved in both languages; nothing of it is public."""
    scene = Scene()
    scene.edit(body=body(waves, plan, annex), lead_image=waves)
    scene.submit()
    scene.approve()
    scene.translate({**LINK, **dict(WORDS)})
    return scene


def addresses(html):
    return {
        url.partition(" ")[0].replace("&amp;", "&")
        for found in re.findall(r'(?:href|src|srcset|content)="([^"]*)"', html)
        for url in found.split(", ")
        if "/media/" in url or "/files/" in url or "/documents/" in url
    }


def seen(client, scene):
    """What the public pages of a release lead to."""
    found = set()
    for page in scene.pair.pages:
        page = scene.fresh(scene.pair.version_of(page))
        answer = client.get(page.url)
        assert answer.status_code == 200
        found |= addresses(answer.content.decode())
    return {url.removeprefix("http://testserver") for url in found}


def content(answer):
    assert answer.status_code == 200
    return b"".join(answer.streaming_content)


def test_readers_get_what_public_pages_show(client, shown, plan, django_assert_max_num_queries):
    release_both(shown.release, shown.publisher)
    found = seen(client, shown)
    assert any("/media/" in url for url in found)
    documents = {url for url in found if "/files/" in url}
    assert len(documents) == 4
    assert not any("/documents/" in url for url in found)
    for url in found:
        with django_assert_max_num_queries(8 if "/files/" in url else 4):
            answer = client.get(url)
        assert content(answer)
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert client.head(url).status_code == 200
        assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
        assert client.get(url, headers={"If-Modified-Since": answer["Last-Modified"]}).status_code == 304
    picture = next(url for url in found if "/media/" in url and url.endswith("avif"))
    assert client.get(picture)["Content-Type"] == "image/avif"
    assert "public" in client.get(picture)["Cache-Control"]
    answer = client.get(next(url for url in documents if f"/{plan.pk}/" in url))
    assert answer["Cache-Control"] == "no-cache"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "%E5%AE%9E%E6%96%BD_%E6%96%B9%E6%A1%88.txt" in answer["Content-Disposition"]


def test_nothing_is_served_before_release_nor_after_withdrawal(client, shown, waves, plan):
    urls = {
        rendition.file.url
        for rendition in waves.get_renditions("width-640|format-avif", "width-640|format-jpeg").values()
    }
    urls.add(waves.file.url)
    urls.add(plan.url)
    for url in urls:
        assert client.get(url).status_code == 404
    release_both(shown.release, shown.publisher)
    urls |= seen(client, shown)
    assert client.get(waves.file.url).status_code == 404
    withdraw(shown.release, shown.publisher, "Wrong")
    for url in urls - {waves.file.url}:
        assert client.get(url).status_code == 410, url
        assert client.get(url)["Cache-Control"] == "private, no-store"
    client.force_login(shown.reviewer)
    for url in urls:
        if "/files/" not in url:
            assert client.get(url).status_code == 200, url


@pytest.mark.full
def test_the_librarys_address_leads_to_the_releases(client, shown, plan):
    assert client.get(plan.url).status_code == 404
    client.force_login(shown.author)
    assert content(client.get(plan.url)) == b"The plan"
    client.logout()
    release_both(shown.release, shown.publisher)
    answer = client.get(plan.url)
    assert answer.status_code == 302
    assert content(client.get(answer.url)) == b"The plan"


@pytest.mark.full
def test_other_spellings_of_the_librarys_address_are_no_way_in(client, shown, plan):
    number = str(plan.pk).translate({ord("0") + digit: ord("０") + digit for digit in range(10)})
    for url in (
        f"/documents/{number}/{plan.filename}",
        f"/documents/00{plan.pk}/{plan.filename}",
        f"/documents/{plan.pk}/x",
    ):
        assert client.get(url).status_code == 404
    assert client.get(f"/documents/{2**70}/x").status_code == 404


@pytest.mark.full
def test_an_address_stays_where_page_and_document_change(client, shown, plan):
    release_both(shown.release, shown.publisher)
    before = next(url for url in seen(client, shown) if "/en/" in url and f"/{plan.pk}/" in url)
    change_address(shown.release, shown.publisher, "elsewhere")
    assert content(client.get(before)) == b"The plan"
    new = Document.objects.create(title="Plan", file=ContentFile(b"The new plan", "plan-2.txt"))
    ReplacedFile.objects.create(old_document=plan, new_document=new)
    assert replacement_of(plan) == new
    assert content(client.get(before)) == b"The plan"
    replaced(shown, plan, new)
    answer = client.get(before)
    assert answer.status_code == 302
    assert content(client.get(answer.url)) == b"The new plan"
    assert f"/{plan.pk}/" in answer.url
    html = client.get(shown.pair.pages[0].url).content.decode()
    assert answer.url in html
    assert "version of" in html
    assert client.get(plan.url).url == answer.url


def replaced(scene, old, new):
    """In both public versions, past any review."""
    from .pairs import change_live

    for page in scene.pair.pages:
        page = scene.fresh(scene.pair.version_of(page))
        page.body.raw_data[0]["value"] = page.body.raw_data[0]["value"].replace(f'id="{old.pk}"', f'id="{new.pk}"')
        page.body = page.body.stream_block.to_python(list(page.body.raw_data))
        change_live(page)


@pytest.mark.full
def test_what_is_taken_down_is_gone(client, shown, waves, plan):
    release_both(shown.release, shown.publisher)
    urls = {url for url in seen(client, shown) if "/media/" in url or f"/{plan.pk}/" in url}
    TakenDown.objects.create(image=waves, reason="Rights")
    TakenDown.objects.create(document=plan, reason="Rights")
    for url in (*urls, plan.url):
        assert client.get(url).status_code == 410, url


@pytest.mark.full
def test_what_is_behind_a_password_is_for_who_passed_it(client, shown, waves):
    release_both(shown.release, shown.publisher)
    urls = seen(client, shown)
    for page in shown.pair.pages:
        hide(page, "password", password="open")
    for url in urls:
        assert client.get(url).status_code == 404
    passed = {
        "passed_page_view_restrictions": list(PageViewRestriction.objects.values_list("pk", flat=True)),
    }
    session = client.session
    session.update(passed)
    session.save()
    for url in urls:
        answer = client.get(url)
        assert content(answer)
        assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.full
def test_a_private_collection_stays_private(client, shown, waves, plan, annex):
    release_both(shown.release, shown.publisher)
    urls = seen(client, shown)
    closed = Collection.get_first_root_node().add_child(name="Closed")
    inner = closed.add_child(name="Inner")
    barrier = CollectionViewRestriction.objects.create(collection=closed, restriction_type="password", password="open")
    for file in (waves, plan, annex):
        QuerySet(type(file)).filter(pk=file.pk).update(collection=inner)
    for url in urls:
        answer = client.get(url)
        assert answer.status_code == 404 or "password" in answer.content.decode()
        assert not answer.streaming
    session = client.session
    session["passed_collection_view_restrictions"] = [barrier.pk]
    session.save()
    for url in urls:
        answer = client.get(url)
        assert content(answer)
        assert answer["Cache-Control"] == "private, no-store"


def test_the_logo_of_the_site_is_public(client, waves, django_assert_max_num_queries):
    home = HomePage.objects.get(locale__language_code="en")
    rendition = waves.get_rendition("max-160x160|format-webp")
    assert client.get(rendition.url).status_code == 404
    home.logo = waves
    home.save()
    with django_assert_max_num_queries(5):
        assert client.get(rendition.url).status_code == 200


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "%2e%2e/%2e%2e/etc/passwd",
        "images/%00.png",
        "images/%ff%fe.png",
        "images/\u202e😀.png",
        "a" * 300,
        "/",
    ],
)
def test_odd_names_are_not_found(client, name):
    assert client.get(f"/media/{name}").status_code == 404


@pytest.mark.full
def test_nginx_is_told_where_it_lies(client, shown, settings):
    settings.MEDIA_ACCEL = "/protected-media/"
    release_both(shown.release, shown.publisher)
    for url in seen(client, shown):
        answer = client.get(url)
        assert answer.status_code == 200
        assert answer["X-Accel-Redirect"].startswith("/protected-media/")
        assert answer.content == b""


def test_a_draft_of_what_is_public_shows_guests_nothing(client, waves, plan, annex):
    scene = Scene().both_live()
    scene.edit(body=body(waves, plan, annex), lead_image=waves)
    client.force_login(scene.author)
    html = client.get(reverse("wagtailadmin_pages:view_draft", args=[scene.page.pk])).content.decode()
    urls = addresses(html)
    assert len(urls) > 3
    for url in urls:
        assert content(client.get(url))
    client.logout()
    for url in urls:
        assert client.get(url).status_code == 404


def test_plain_pages_that_need_no_release_show_what_is_in_their_row(client, settings, plan, annex):
    settings.PLAIN_PAGES_ARE_RELEASED = False
    link = '<p><a linktype="document" id="{}">The plan</a></p>'
    home = HomePage.objects.get(locale__language_code="en")
    page = home.add_child(instance=StandardPage(title="About", body=link.format(plan.pk)))
    page.save_revision().publish()
    url = next(iter(addresses(client.get(page.url).content.decode()) - {plan.url}))
    assert content(client.get(url)) == b"The plan"
    page.body = link.format(annex.pk)
    page.save_revision()
    assert content(client.get(url)) == b"The plan"
    assert client.get(annex.url).status_code == 404
    page.unpublish()
    assert client.get(url).status_code == 404


@pytest.mark.full
def test_who_works_elsewhere_gets_what_their_library_or_pages_show(client, shown, waves, plan):
    """Each of the groups may choose from the library; whoever only reads the admin may not."""
    user = member_of(username="looker")
    user.user_permissions.add(Permission.objects.get(codename="access_admin"))
    rendition = waves.get_rendition("width-640|format-jpeg")
    for who, status in ((shown.author, 200), (shown.translator, 200), (user, 404)):
        client.force_login(who)
        for url in (rendition.url, waves.file.url, plan.url):
            answer = client.get(url)
            assert answer.status_code == status
            assert answer["Cache-Control"] == "private, no-store"


@pytest.mark.full
def test_two_versions_on_one_page_are_both_found(client, shown, plan, annex):
    """Whoever links the old one beside the new gets both."""
    ReplacedFile.objects.create(old_document=plan, new_document=annex)
    release_both(shown.release, shown.publisher)
    found = {url for url in seen(client, shown) if "/en/files/" in url}
    assert {content(client.get(url)) for url in found} == {b"The plan", b"The annex"}
