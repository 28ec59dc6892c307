"""Which files a revision shows, and by which of them readers, reviewers and approvers are served."""

import pytest
from django.core.files.base import ContentFile
from wagtail.documents import get_document_model

from news import upgrade
from news.demo.build import make_image
from news.models import FileUse, Release
from news.pair.uses import uses_of
from news.release.publishing import release_both
from news.release.withdrawal import withdraw

from .drawn import mark
from .scene import WORDS as SAID
from .scene import Scene

pytestmark = pytest.mark.django_db
WORDS = (("Waves at the shore", "岸边的波浪"), ("", ""))


@pytest.fixture
def waves():
    return make_image("waves", mark("waves"), WORDS)


@pytest.fixture
def plan():
    return get_document_model().objects.create(title="Plan", file=ContentFile(b"The plan", "plan.txt"))


def body(image, document):
    return [
        ("paragraph", f'<p><a linktype="document" id="{document.pk}">The plan</a></p>'),
        ("image", {"image": image, "alt": "Waves at sea", "caption": "", "decorative": False}),
    ]


def standing(file):
    return uses_of(file).standing().exists()


def public(file):
    return uses_of(file).public().exists()


def test_a_file_is_used_from_the_draft_to_the_withdrawal(waves, plan):
    scene = Scene()
    scene.edit(body=body(waves, plan))
    for file in (waves, plan):
        assert uses_of(file).exists()
        assert not standing(file)
    scene.submit()
    assert standing(waves) and standing(plan) and not public(waves)
    scene.approve()
    scene.fill(
        {
            '<a id="a1">The plan</a>': '<a id="a1">方案</a>',
            "Waves at sea": "海上的波浪",
            **{pair[0]: pair[1] for pair in SAID},
        }
    )
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    assert standing(plan) and not public(plan)
    release_both(scene.release, scene.publisher)
    assert public(waves) and public(plan)
    withdraw(scene.release, scene.publisher, "Wrong")
    assert not public(waves) and not public(plan)


def test_what_a_draft_shows_no_more_is_no_use_of_it(waves):
    scene = Scene()
    revision = scene.edit(lead_image=waves)
    assert uses_of(waves).filter(revision=revision).exists()
    page = scene.original.page.get_latest_revision_as_object()
    page.lead_image = None
    page.save_revision(user=scene.author, overwrite_revision=revision)
    assert not uses_of(waves).filter(revision=revision).exists()


def test_what_is_gone_from_the_library_is_no_use(waves):
    scene = Scene()
    page = scene.original.page.get_latest_revision_as_object()
    page.lead_image = waves
    key = waves.pk
    type(waves).objects.filter(pk=key)._raw_delete("default")
    page.save_revision(clean=False)
    assert not FileUse.objects.filter(image=key).exists()


@pytest.mark.full
def test_an_upgrade_writes_down_what_stood_before(waves):
    scene = Scene()
    scene.edit(lead_image=waves)
    scene.both_live()
    FileUse.objects.all().delete()
    Release.objects.update(files_known=False)
    assert upgrade.take(upgrade.REGISTER["write_down_files"], lambda done, of: None) == []
    assert public(waves)
    assert not upgrade.unknown_files().exists()
