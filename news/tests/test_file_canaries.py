"""Files of every state, asked for by a guest at every address that ever showed them, to anybody: none is served."""

import html
import re

import pytest
from django.core.files.base import ContentFile
from django.db.models import QuerySet
from django.test import Client
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from home.languages import LANGUAGES
from home.models import TakenDown
from news.demo.build import make_image
from news.release.privacy import restrict
from news.release.publishing import release_both
from news.release.schedule import schedule
from news.release.withdrawal import withdraw

from .drawn import mark
from .scene import WORDS, Scene, moment

pytestmark = pytest.mark.django_db
SAID = {
    "The plan": "方案",
    '<a id="a1">The annex</a>': '<a id="a1">附件</a>',
    "Waves at sea": "海上的波浪",
    **dict(WORDS),
}
PUBLIC = ["/{}/", "/{}/news/", "/{}/news/feed/", "/{}/search/?q=air", "/{}/news/a-week-of-clean-air/"]
PUBLIC += ["/{}/news/a-week-of-clean-air/bilingual/", "/sitemap.xml", "/news-sitemap.xml"]
ADDRESS = re.compile(
    r"""(?:(?<=[\s"'(,=])|https?://[^/\s"']+)(/(?:media|documents|en/files|zh-hans/files)/[^\s"'<>,)\\]+)"""
)
CANARY = b"canary in a document"


class Shown:
    """A release with a picture and two documents, and all addresses that were seen of them."""

    def __init__(self):
        alt = (("Waves at the shore", "岸边的波浪"), ("", ""))
        self.image = make_image("waves", mark("waves"), alt)
        documents = get_document_model().objects
        self.plan = documents.create(title="Plan", file=ContentFile(CANARY, "方案.txt"))
        self.annex = documents.create(title="Annex", file=ContentFile(CANARY, "annex.txt"))
        self.scene = Scene()
        words = {"image": self.image, "alt": "Waves at sea", "caption": "", "decorative": False}
        body = [
            ("image", words),
            ("document", {"document": self.plan, "title": "The plan"}),
            ("paragraph", f'<p><a linktype="document" id="{self.annex.pk}">The annex</a></p>'),
        ]
        self.scene.edit(body=body, lead_image=self.image)
        self.addresses = set()

    @property
    def files(self):
        return [self.image, self.plan, self.annex]

    def look(self):
        """At all that shows them now, in public and in the admin, in both languages."""
        guest, editor = Client(), Client()
        editor.force_login(self.scene.publisher)
        for code in LANGUAGES:
            for path in PUBLIC:
                self.read(guest.get(path.format(code), follow=True))
                self.read(editor.get(path.format(code), follow=True))
        for name, *arguments in self.screens():
            answer = editor.get(reverse(name, args=arguments))
            assert answer.status_code == 200, name
            self.read(answer)
        for file in self.files:
            self.addresses |= {file.file.url, *([] if file is self.image else [file.url])}
        self.addresses |= {rendition.url for rendition in self.image.renditions.all()}
        return self

    def screens(self):
        release = self.scene.release.pk
        yield "newsroom_releases:release", release
        yield "newsroom_releases:preview", release
        yield "newsroom_releases:sheet", release
        for page in self.scene.pair.pages:
            yield "wagtailadmin_pages:view_draft", page.pk
            yield "wagtailadmin_pages:edit", page.pk
            yield "newsroom_releases:draft", release, page.locale.language_code
        yield ("wagtailimages:index",)
        yield "wagtailimages:edit", self.image.pk
        yield ("wagtailimages_chooser:choose",)
        yield ("wagtaildocs:index",)
        yield "wagtaildocs:edit", self.plan.pk
        yield ("wagtaildocs_chooser:choose",)

    def read(self, answer):
        text = html.unescape(html.unescape(answer.content.decode())).replace("\\/", "/")
        self.addresses |= set(ADDRESS.findall(text))

    def submitted(self):
        self.scene.submit()
        return self

    def approved(self):
        self.submitted()
        self.scene.approve()
        self.scene.translate(SAID)
        return self

    def live(self):
        self.approved()
        release_both(self.scene.release, self.scene.publisher)
        return self


def draft(shown):
    return shown.look()


def submitted(shown):
    return shown.submitted().look()


def approved(shown):
    return shown.approved().look()


def scheduled(shown):
    shown.approved()
    schedule(shown.scene.release, moment(hours=1), shown.scene.publisher)
    return shown.look()


def withdrawn(shown):
    shown.live().look()
    withdraw(shown.scene.release, shown.scene.publisher, "Wrong")
    return shown.look()


def withdrawn_and_written_anew(shown):
    withdrawn(shown)
    shown.scene.edit(title="Another title")
    shown.scene.submit()
    return shown.look()


def taken_down(shown):
    shown.live().look()
    TakenDown.objects.create(image=shown.image, reason="Rights")
    for document in (shown.plan, shown.annex):
        TakenDown.objects.create(document=document, reason="Rights")
    return shown.look()


def in_a_private_collection(shown):
    shown.live().look()
    collection = Collection.get_first_root_node().add_child(name="Board")
    CollectionViewRestriction.objects.create(collection=collection, restriction_type="password", password="open")
    for file in shown.files:
        QuerySet(type(file)).filter(pk=file.pk).update(collection=collection)
    return shown.look()


def of_a_private_page(shown):
    shown.live().look()
    restrict(shown.scene.release, shown.scene.publisher, "password", password="open")
    return shown.look()


STATES = [draft, withdrawn]
FULL = [scheduled, taken_down]
NIGHTLY = [submitted, approved, withdrawn_and_written_anew, in_a_private_collection, of_a_private_page]
MORE = [pytest.param(state, marks=pytest.mark.full) for state in FULL]
MORE += [pytest.param(state, marks=pytest.mark.nightly) for state in NIGHTLY]


@pytest.mark.parametrize("state", [*STATES, *MORE])
def test_none_is_served_to_a_guest(client, state):
    shown = state(Shown())
    assert len(shown.addresses) > 5
    for url in sorted(shown.addresses):
        for headers in ({}, {"Range": "bytes=0-10"}, {"Accept-Language": "zh"}):
            answer = client.get(url, headers=headers, follow=True)
            assert not answer.streaming, url
            assert answer.status_code in (404, 410) or b'type="password"' in answer.content, url
            assert CANARY not in answer.content
            assert "public" not in answer.headers.get("Cache-Control", "")


@pytest.mark.full
def test_originals_are_never_served_to_a_guest(client):
    shown = Shown().live().look()
    originals = {url for url in shown.addresses if "/original_images/" in url or "/media/documents/" in url}
    assert len(originals) == 3
    for url in originals:
        assert client.get(url).status_code == 404
    assert {client.get(url, follow=True).status_code for url in shown.addresses - originals} == {200}
