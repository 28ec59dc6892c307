"""A file that is gone from the disk, or damaged, takes no page along."""

from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.urls import reverse
from wagtail.documents import get_document_model

from home.images import Rendition
from home.models import HomePage
from home.storage import holds
from news import jobs
from news.demo.build import make_image
from news.models import Job
from news.release.publishing import release_both

from .drawn import mark
from .pairs import partner_pair
from .scene import WORDS, Scene

pytestmark = [pytest.mark.django_db, pytest.mark.full]
PUBLIC = ["/", "news/", "news/feed/", "news/a-week-of-clean-air/", "news/a-week-of-clean-air/bilingual/"]
PUBLIC += ["partners/", "partners/example-institute/", "search/?q=air"]


@pytest.fixture
def shown():
    image = make_image("waves", mark("waves"), (("Waves at the shore", "岸边的波浪"), ("At dusk", "黄昏")))
    logo = make_image("logo", mark("sun"), (("The sun", "太阳"), ("", "")))
    document = get_document_model().objects.create(title="Plan", file=ContentFile(b"The plan", "plan.txt"))
    scene = Scene()
    words = {"alt": "Waves at sea", "caption": "", "decorative": False}
    body = [("image", {"image": image, **words}), ("document", {"document": document, "title": "The plan"})]
    body.append(("paragraph", f'<p><a linktype="document" id="{document.pk}">The annex</a></p>'))
    scene.edit(body=body, lead_image=image)
    scene.submit()
    scene.approve()
    said = {"The plan": "方案", '<a id="a1">The annex</a>': '<a id="a1">附件</a>', "Waves at sea": "海上的波浪"}
    scene.translate({**dict(WORDS), **said})
    partner_pair(logo=logo, body=[("image", {"image": image, **words})])
    HomePage.objects.update(logo=logo)
    cache.clear()
    return scene, [image, logo], document


def gone(name):
    default_storage.delete(name)


def empty(name):
    Path(default_storage.path(name)).write_bytes(b"")


def damaged(name):
    Path(default_storage.path(name)).write_bytes(b"\x89PNG\r\n\x1a\n and nothing of it")


MOMENTS = ["before release", "after release", "after release, renditions too"]
HARMS = [gone, empty, damaged]


@pytest.mark.parametrize(
    ("harm", "when"),
    [
        # Each harm and each moment among the longest tests, all of both at night.
        pytest.param(harm, when, marks=[] if MOMENTS.index(when) == number else pytest.mark.nightly)
        for number, harm in enumerate(HARMS)
        for when in MOMENTS
    ],
)
def test_pages_do_without(client, shown, harm, when):
    scene, images, document = shown
    if when != "before release":
        release_both(scene.release, scene.publisher)
    for image in images:
        harm(image.file.name)
    harm(document.file.name) if harm is not damaged else None
    if when.endswith("too"):
        for rendition in Rendition.objects.all():
            harm(rendition.file.name)
    if when == "before release":
        release_both(scene.release, scene.publisher)
    cache.clear()
    for code in ("en", "zh-hans"):
        for path in PUBLIC:
            answer = client.get(f"/{code}/{path}".replace("//", "/"))
            assert answer.status_code == 200, path
    for path in ("/sitemap.xml", "/news-sitemap.xml"):
        assert client.get(path).status_code == 200
    article = client.get("/en/news/a-week-of-clean-air/").content.decode()
    assert "At dusk" in article
    assert "The plan" in article and "The annex" in article
    if harm is not damaged:
        assert "/files/" not in article
    client.force_login(scene.publisher)
    for address, arguments in (
        ("wagtailadmin_pages:view_draft", [scene.page.pk]),
        ("newsroom_releases:draft", [scene.release.pk, "zh-hans"]),
        ("newsroom_releases:preview", [scene.release.pk]),
        ("newsroom_releases:sheet", [scene.release.pk]),
    ):
        assert client.get(reverse(address, args=arguments)).status_code == 200
    html = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert html.count("The file of this picture is missing or damaged") == 2
    assert html.count("The file of this document is missing") == (0 if harm is damaged else 2)


def test_the_log_names_it_once(client, shown, caplog):
    scene, images, _document = shown
    release_both(scene.release, scene.publisher)
    Rendition.objects.all().delete()
    gone(images[0].file.name)
    cache.clear()
    for _time in range(3):
        client.get("/en/news/a-week-of-clean-air/")
        jobs.work()
    assert caplog.text.count("cannot be drawn") == 1


def test_a_rendition_that_is_lost_is_drawn_again_and_not_while_a_reader_waits(client, shown):
    scene, images, _document = shown
    release_both(scene.release, scene.publisher)
    before = set(Rendition.objects.filter(image=images[0]).values_list("filter_spec", flat=True))
    for rendition in Rendition.objects.filter(image=images[0]):
        gone(rendition.file.name)
    cache.clear()
    address = "/en/news/a-week-of-clean-air/"
    assert "/waves." not in client.get(address).content.decode()
    assert not any(holds(rendition.file) for rendition in Rendition.objects.filter(image=images[0]))
    client.get(address)
    assert Job.objects.filter(kind="draw_missed_picture", key=f"{images[0].pk} lead").count() == 1
    jobs.work()
    assert "/waves." in client.get(address).content.decode()
    assert set(Rendition.objects.filter(image=images[0]).values_list("filter_spec", flat=True)) == before
