"""What is submitted, approved or public keeps its pictures and documents as they are, whoever asks and however."""

import pytest
from django.contrib.auth import get_user_model
from django.db import transaction
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction

from home.gate import Refused
from home.images import CustomImage
from home.models import HomePage

from .libraries import Library, image, picture
from .posted.files import paper as paper_file

pytestmark = pytest.mark.django_db


def digests():
    found = [
        *CustomImage.objects.values_list("file", "file_hash", "focal_point_x"),
        *get_document_model().objects.values_list("file", "file_hash"),
    ]
    return sorted(map(str, found))


def root():
    return get_user_model().objects.create_superuser("root", password="secret")


STAGES = {"submitted": lambda scene: scene.draft().submit(), "approved": Library.approved, "public": Library.live}


def with_the_orm(scene):
    new = image("Hills")
    scene.waves.refresh_from_db()

    def another_file():
        scene.waves.file = picture("other.png", (1, 2, 3, 4))
        scene.waves.save()

    def focal_point():
        scene.waves.focal_point_x = 3
        scene.waves.save(update_fields=["focal_point_x"])

    def in_bulk():
        scene.waves.focal_point_x = 3
        CustomImage.objects.bulk_update([scene.waves], ["focal_point_x"])

    def another_document():
        scene.plan.file = paper_file("other.pdf")
        scene.plan.save()

    yield another_file
    yield focal_point
    yield in_bulk
    yield another_document
    yield lambda: CustomImage.objects.filter(pk=scene.waves.pk).update(file=new.file.name)
    yield lambda: CustomImage.objects.update(focal_point_x=3)
    yield lambda: get_document_model().objects.update(file="documents/other.pdf")
    yield scene.waves.delete
    yield scene.plan.delete
    yield CustomImage.objects.all().delete
    yield get_document_model().objects.all().delete
    yield Collection.objects.get(pk=scene.waves.collection_id).delete


@pytest.mark.parametrize("stage", STAGES)
def test_no_script_changes_or_deletes_them(stage):
    scene = Library()
    STAGES[stage](scene)
    image("Never shown")
    for change in with_the_orm(scene):
        before = digests()
        with pytest.raises(Refused), transaction.atomic():
            change()
        scene.waves.refresh_from_db()
        scene.plan.refresh_from_db()
        assert digests() == before or len(digests()) > len(before)


def test_words_of_the_library_may_change_and_a_digest_be_filled_in():
    scene = Library().live()
    scene.waves.title = "Waves in the evening"
    scene.waves.save()
    CustomImage.objects.filter(pk=scene.waves.pk).update(title="Waves at noon")
    moved = Collection.get_first_root_node().add_child(name="Forum")
    CustomImage.objects.update(collection=moved)
    scene.waves.refresh_from_db()
    assert scene.waves.collection == moved


def test_what_a_draft_alone_shows_may_change():
    scene = Library().draft()
    scene.waves.focal_point_x = 3
    scene.waves.save()
    scene.waves.delete()


@pytest.mark.full
def test_a_collection_does_not_close_what_is_public_to_guests():
    scene = Library().live()
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    with pytest.raises(Refused):
        CollectionViewRestriction.objects.create(collection=Collection.get_first_root_node(), restriction_type="login")
    for move in (
        lambda: get_document_model().objects.update(collection=closed),
        lambda: setattr(scene.plan, "collection", closed) or scene.plan.save(),
    ):
        with pytest.raises(Refused), transaction.atomic():
            move()


def form_of(client, url):
    answer = client.get(url)
    assert answer.status_code == 200
    return answer, answer.context["form"]


def filled(form, **fields):
    data = {name: "" if form[name].value() is None else form[name].value() for name in form.fields if name != "file"}
    return {**data, "tags": "", **fields}


@pytest.mark.parametrize("who", ["superuser", "reviewer", "publisher", "its owner"])
def test_the_image_form_refuses_in_words_and_keeps_what_was_typed(client, who):
    scene = Library().live()
    user = root() if who == "superuser" else scene.author if who == "its owner" else getattr(scene, who)
    CustomImage.objects.filter(pk=scene.waves.pk).update(uploaded_by_user=user)
    client.force_login(user)
    before, url = digests(), reverse("wagtailimages:edit", args=[scene.waves.pk])
    answer, form = form_of(client, url)
    assert "Replace…" in answer.content.decode()
    assert reverse("newsroom_releases:release", args=[scene.release.pk]) in answer.content.decode()
    for sent in ({"file": picture("other.png", (9, 9, 9, 9))}, {"focal_point_x": 3, "focal_point_y": 3}):
        answer = client.post(url, filled(form, title="Waves at noon", **sent))
        html = answer.content.decode()
        assert "Its file and its focal point stay as they are" in html or "stay as" in html
        assert "Waves at noon" in html
        assert digests() == before
    answer = client.post(url, filled(form, title="Waves at noon"))
    assert answer.status_code == 302
    scene.waves.refresh_from_db()
    assert scene.waves.title == "Waves at noon"


@pytest.mark.full
def test_the_document_form_refuses_in_words(client):
    scene = Library().live()
    client.force_login(root())
    before, url = digests(), reverse("wagtaildocs:edit", args=[scene.plan.pk])
    _answer, form = form_of(client, url)
    answer = client.post(url, filled(form, title="The plan of 2026", file=paper_file("other.pdf")))
    assert "The plan of 2026" in answer.content.decode() and answer.status_code == 200
    assert digests() == before
    assert client.post(url, filled(form, title="The plan of 2026")).status_code == 302


@pytest.mark.full
@pytest.mark.parametrize("name", ["waves", "plan"])
def test_deleting_is_refused_with_the_list(client, name):
    scene = Library().live()
    file = getattr(scene, name)
    client.force_login(root())
    where = "wagtailimages:delete" if name == "waves" else "wagtaildocs:delete"
    url = reverse(where, args=[file.pk])
    html = client.get(url).content.decode()
    assert "A week of clean air" in html and 'value="Yes, delete"' not in html and "Yes, delete" not in html
    answer = client.post(url, follow=True)
    assert any("is not deleted" in str(message) for message in answer.context["messages"])
    label = ["home", "customimage"] if name == "waves" else ["wagtaildocs", "document"]
    bulk = reverse("wagtail_bulk_action", args=[*label, "delete"]) + f"?id={file.pk}"
    answer = client.post(bulk, follow=True)
    assert any("is not deleted" in str(message) for message in answer.context["messages"])
    multiple = "wagtailimages:delete_multiple" if name == "waves" else "wagtaildocs:delete_multiple"
    with transaction.atomic():
        answer = client.post(reverse(multiple, args=[file.pk]), headers={"X-Requested-With": "XMLHttpRequest"})
    assert "is not deleted" in answer.json()["error_message"]
    file.refresh_from_db()


def test_of_a_draft_it_is_said_which_and_it_can_be_deleted(client):
    scene = Library().draft()
    client.force_login(root())
    url = reverse("wagtailimages:delete", args=[scene.waves.pk])
    html = client.get(url).content.decode()
    assert "A week of clean air" in html and "draft" in html and "Yes, delete" in html
    usage = client.get(reverse("wagtailimages:image_usage", args=[scene.waves.pk])).content.decode()
    assert "A week of clean air" in usage
    client.post(url)
    assert not CustomImage.objects.exists()


def test_the_usage_of_what_is_used_names_release_and_language(client):
    scene = Library().live()
    client.force_login(root())
    for url in (
        reverse("wagtailimages:image_usage", args=[scene.waves.pk]),
        reverse("wagtaildocs:document_usage", args=[scene.plan.pk]),
    ):
        html = client.get(url).content.decode()
        assert "English: public" in html and "Chinese: public" in html


def test_a_publisher_alone_changes_a_credit_that_readers_see(client):
    scene = Library().live()
    url = reverse("wagtailimages:edit", args=[scene.waves.pk])
    client.force_login(scene.reviewer)
    _answer, form = form_of(client, url)
    html = client.post(url, filled(form, credit_en="Somebody", title="Waves at noon")).content.decode()
    assert "A publisher alone changes its credit" in html and "Waves at noon" in html
    client.force_login(scene.publisher)
    _answer, form = form_of(client, url)
    assert client.post(url, filled(form, credit_en="Somebody")).status_code == 302
    scene.waves.refresh_from_db()
    assert scene.waves.credit_en == "Somebody"
    for version in scene.pair.versions.values():
        assert scene.actions(version)[-1] == "change_credit"


def test_what_was_taken_down_is_not_chosen_any_more(client):
    from news.release.taking_down import take_down

    scene = Library().live()
    take_down(scene.waves, scene.publisher, "No licence.")
    client.force_login(scene.author)
    html = client.get(reverse("wagtailimages_chooser:choose")).content.decode()
    assert "Waves" not in html
    client.force_login(scene.reviewer)
    html = client.get(reverse("wagtailimages:edit", args=[scene.waves.pk])).content.decode()
    assert "No licence." in html and "Taken down by" in html


@pytest.mark.full
def test_from_the_proposal_to_the_yes_by_the_screens(client):
    scene = Library().live()
    new = image("Hills")
    client.force_login(scene.author)
    url = reverse("newsroom_files:replace", args=["image", scene.waves.pk])
    html = client.get(url).content.decode()
    assert "A week of clean air" in html
    answer = client.post(url, {"new": new.pk, "releases": [], "reason": "Better."})
    assert answer.status_code == 422 and "Better." in answer.content.decode()
    answer = client.post(url, {"new": new.pk, "releases": [scene.release.pk], "reason": "Better."}, follow=True)
    assert "You proposed this" in answer.content.decode()
    page = answer.request["PATH_INFO"]
    client.force_login(scene.publisher)
    desk = client.get(reverse("wagtailadmin_home")).content.decode()
    assert page in desk
    release = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert page in release
    answer = client.get(page)
    stamp = answer.context["stamp"]
    answer = client.post(f"{page}agree/", {"stamp": stamp}, follow=True)
    assert "Replaced in all releases chosen." in answer.content.decode()
    assert scene.fresh(scene.original).lead_image == new


@pytest.mark.full
def test_taking_down_by_its_screen(client):
    scene = Library().live()
    url = reverse("newsroom_files:take_down", args=["document", scene.plan.pk])
    client.force_login(scene.reviewer)
    assert client.get(url).status_code in (302, 403)
    client.force_login(scene.publisher)
    html = client.get(url).content.decode()
    assert "A week of clean air" in html
    assert client.post(url, {"reason": ""}).status_code == 422
    stamp = client.get(url).context["form"]["stamp"].value()
    answer = client.post(url, {"reason": "An error.", "stamp": stamp}, follow=True)
    assert "Taken down" in answer.content.decode()
    assert client.post(url, {"reason": "Once more.", "stamp": ""}).status_code == 422


def test_the_logo_on_every_page_stays_as_the_identity_has_it(client):
    scene = Library()
    logo = image("Logo")
    HomePage.objects.filter(locale__language_code="en").update(logo=logo)
    url, before = reverse("wagtailimages:edit", args=[logo.pk]), digests()
    client.force_login(scene.reviewer)
    client.post(url, {"title": "Logo", "alt_en": "Logo", "file": picture("other.png", (1, 2, 3, 4))})
    assert digests() == before
    client.force_login(root())
    html = client.post(reverse("wagtailimages:delete", args=[logo.pk]), follow=True).content.decode()
    assert "is the logo on every page" in html
    for change in (logo.delete, CustomImage.objects.filter(pk=logo.pk).delete):
        with pytest.raises(Refused), transaction.atomic():
            change()
    with pytest.raises(Refused), transaction.atomic():
        CustomImage.objects.filter(pk=logo.pk).update(focal_point_x=3)
    HomePage.objects.update(logo=None)
    logo.delete()
