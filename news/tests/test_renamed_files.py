"""What was stored under a name that can be guessed is renamed once, and is found by its old one."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import QuerySet
from wagtail.documents import get_document_model
from wagtail.users.models import UserProfile

from home.images import CustomImage, Rendition
from home.models import MovedFile
from home.storage import GUARDED
from news import upgrade
from news.demo.build import make_image

from .drawn import mark
from .pairs import article_pair, member_of

pytestmark = [pytest.mark.django_db, pytest.mark.full]
Document = get_document_model()
STEPS = [name for name in upgrade.REGISTER if name.startswith(("rename_", "remove_"))]


def take(*names):
    for name in names or STEPS:
        assert upgrade.take(upgrade.REGISTER[name], lambda done, of: None) == []


def as_before(instance, name, field="file"):
    """Stored as Wagtail alone does."""
    old = getattr(instance, field).name
    if default_storage.exists(old):
        path = Path(settings.MEDIA_ROOT) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(default_storage.open(old).read())
        default_storage.delete(old)
    QuerySet(type(instance)).filter(pk=instance.pk).update(**{field: name})
    instance.refresh_from_db()


@pytest.fixture(autouse=True)
def disk(settings, tmp_path):
    """Of its own: the new name of a file is the same in each test."""
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def former():
    image = make_image("waves", mark("waves"), (("Waves at the shore", "岸边的波浪"), ("", "")))
    english, _chinese = article_pair(lead_image=image)
    as_before(image, "original_images/waves.png")
    for rendition in Rendition.objects.all():
        as_before(rendition, f"images/waves.{rendition.filter_spec.replace('|', '.')}.{rendition.file.name[-3:]}")
    document = Document.objects.create(title="Plan", file=ContentFile(b"The plan", "方案.txt"))
    as_before(document, "documents/方案.txt")
    profile = UserProfile.get_for_user(member_of("English authors"))
    profile.avatar.save("me.png", ContentFile(b"me"))
    as_before(profile, "avatar_images/me.png", "avatar")
    return english, image, document, profile


def names():
    rows = [*CustomImage.objects.all(), *Rendition.objects.all(), *Document.objects.all()]
    return [row.file.name for row in rows] + [profile.avatar.name for profile in UserProfile.objects.exclude(avatar="")]


def test_old_names_lead_on(client, former):
    page, _image, document, _profile = former
    old = {name: default_storage.open(name).read() for name in names()}
    take()
    assert all(map(GUARDED.search, names()))
    assert not any(map(default_storage.exists, old))
    assert {default_storage.open(name).read() for name in names()} == set(old.values())
    html = client.get(page.url).content.decode()
    assert "<picture>" in html
    for name in old:
        answer = client.get(f"/media/{name}")
        if name.startswith("images/"):
            assert answer.status_code == 301
            assert client.get(answer.url).status_code == 200
        else:
            assert answer.status_code == 404, name
    assert Document.objects.get().url == document.url
    assert not any(upgrade.REGISTER[name].waiting().exists() for name in STEPS)


def test_broken_off_between_file_and_row_it_goes_on(former):
    _page, image, _document, _profile = former
    content = default_storage.open("original_images/waves.png").read()
    new_name = default_storage.guarded_name_for("original_images/waves.png", 100)
    default_storage.copy("original_images/waves.png", new_name)  # and the process dies
    take("rename_pictures")
    image.refresh_from_db()
    assert image.file.name == new_name
    assert default_storage.exists("original_images/waves.png")  # and dies again
    take()
    assert not default_storage.exists("original_images/waves.png")
    assert default_storage.open(image.file.name).read() == content


def test_half_a_copy_is_copied_anew(former):
    """Where a process dies in the middle of one, on a disk that knows no second names for a file."""
    _page, image, _document, _profile = former
    content = default_storage.open("original_images/waves.png").read()
    half = Path(default_storage.path(default_storage.guarded_name_for("original_images/waves.png", 100)))
    half.parent.mkdir(parents=True)
    half.write_bytes(content[:100])
    take()
    image.refresh_from_db()
    assert default_storage.open(image.file.name).read() == content


def test_what_is_not_there_keeps_its_name(former, caplog):
    _page, image, _document, _profile = former
    default_storage.delete("original_images/waves.png")
    take()
    image = CustomImage.objects.get()
    assert image.file.name == "original_images/waves.png"
    assert "original_images/waves.png is not there" in caplog.text
    assert not any(upgrade.REGISTER[name].waiting().exists() for name in STEPS)
    assert MovedFile.objects.get(old_name=image.file.name).name == image.file.name


def test_long_names_stay_within_their_fields():
    document = Document.objects.create(title="Plan", file=ContentFile(b"The plan", "plan.txt"))
    as_before(document, f"documents/{'方案' * 30}{'plan' * 6}.txt")
    take()
    document.refresh_from_db()
    assert len(document.file.name) <= 100
    assert document.file.name.endswith(".txt")
    assert document.file.read() == b"The plan"
