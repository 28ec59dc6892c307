"""The two libraries: what stands keeps its files, whoever sends what; replacing takes two, taking down a publisher."""

from django.urls import reverse
from wagtail.documents.models import Document

from home.images import CustomImage
from news.demo.build import make_image
from news.models import Replacement
from news.release.replacing import agree, propose, stamp_of
from news.tests.drawn import mark
from news.tests.posted.files import paper
from news.tests.posted.files import picture as uploaded

from .walk import MARKS, attempt, door

SCRIPT = {"X-Requested-With": "XMLHttpRequest"}
WORDS = ((f"{MARKS[0]} at the shore", f"岸边的{MARKS[1]}"), ("", ""))
PLAIN = (("Waves at the shore", "岸边的波浪"), ("", ""))
RED = (200, 20, 20, 255)


def fields_of(image, **fields):
    names = ("alt_en", "alt_zh_hans", "caption_en", "caption_zh_hans", "credit_en", "credit_zh_hans", "rights_holder")
    words = {name: getattr(image, name) for name in names}
    return {"title": image.title, "collection": image.collection_id, "tags": "", **words, **fields}


def another(walk, words=WORDS):
    made = make_image("another", mark("lantern"), words)
    made.get_file_hash()
    return made


def own(walk):
    """It is this person's own picture in the library, which Wagtail lets them change."""
    CustomImage.objects.filter(pk=walk.scene.picture.pk).update(uploaded_by_user=walk.user)
    return walk.scene.picture


@door("%s_at_last_stage", quick=True)
def another_file_in_the_librarys_form(walk):
    image = own(walk)
    form = fields_of(image, file=uploaded("other.png", RED))
    walk.post(reverse("wagtailimages:edit", args=[image.pk]), form)
    walk.scene.go_on(walk.language, walk.scene.publisher)


@door("live")
def another_file_of_what_is_public(walk):
    image = own(walk)
    walk.post(reverse("wagtailimages:edit", args=[image.pk]), fields_of(image, file=uploaded("other.png", RED)))


@door("live")
def another_focal_point(walk):
    image = own(walk)
    point = dict.fromkeys(("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"), 2)
    walk.post(reverse("wagtailimages:edit", args=[image.pk]), fields_of(image, **point))


@door("ready")
def another_file_where_many_are_uploaded(walk):
    image = own(walk)
    form = {f"image-{image.pk}-{name}": value for name, value in fields_of(image).items()}
    form |= {f"image-{image.pk}-file": uploaded("other.png", RED), f"image-{image.pk}-focal_point_x": 2}
    walk.post(reverse("wagtailimages:edit_multiple", args=[image.pk]), form, headers=SCRIPT)
    walk.post(reverse("wagtailimages:edit", args=[image.pk]), fields_of(image, file=uploaded("other.png", RED)))


@door("original_drafted", "original")
def the_file_of_a_document(walk):
    document = Document.objects.create(title="Plan", file=paper("plan.pdf"), uploaded_by_user=walk.user)
    document.get_file_hash()
    text = f'<p><a linktype="document" id="{document.pk}">The forum opened.</a></p>'
    walk.scene.edit(body=[("paragraph", text)])
    walk.scene.submit()
    walk.scene.go_on(walk.language, walk.scene.reviewer)
    form = {"title": "Plan", "collection": document.collection_id, "tags": "", "file": paper("other.pdf")}
    walk.post(reverse("wagtaildocs:edit", args=[document.pk]), form)


@door("live")
def deleting_it(walk):
    image = own(walk)
    walk.post(reverse("wagtailimages:delete", args=[image.pk]))
    walk.post(reverse("wagtail_bulk_action", args=["home", "customimage", "delete"]) + f"?id={image.pk}")


@door("live")
def its_credit(walk):
    image = own(walk)
    walk.post(reverse("wagtailimages:edit", args=[image.pk]), fields_of(image, credit_en=MARKS[0]))


def offer(walk, by=None):
    it = attempt(propose, walk.scene.picture, another(walk), by or walk.user, [walk.scene.release])
    return it or Replacement(pk=0)


@door("live", quick=True)
def replacing_it_alone(walk):
    new = another(walk)
    url = reverse("newsroom_files:replace", args=["image", walk.scene.picture.pk])
    walk.post(url, {"new": new.pk, "releases": [walk.scene.release.pk], "reason": "A better one."})
    for it in Replacement.objects.all():
        walk.post(reverse("newsroom_files:agree", args=[it.pk]), {"stamp": stamp_of(it)})


@door("ready")
def agreeing_to_another_than_was_shown(walk):
    """Somebody else's proposal, whose picture is cut otherwise by then."""
    it = propose(walk.scene.picture, another(walk), walk.scene.translator, [walk.scene.release])
    stamp = stamp_of(it)
    CustomImage.objects.filter(pk=it.new_image_id).update(focal_point_x=1, focal_point_width=2)
    walk.post(reverse("newsroom_files:agree", args=[it.pk]), {"stamp": stamp})


@door("live")
def agreeing_to_it_and_writing_besides(walk):
    """What is written on top of what is public does not go out along."""
    walk.write()
    it = propose(walk.scene.picture, another(walk, PLAIN), walk.scene.translator, [walk.scene.release])
    walk.post(reverse("newsroom_files:agree", args=[it.pk]), {"stamp": stamp_of(it)})


@door("%s_at_last_stage")
def replacing_it_and_approving_then(walk):
    it = offer(walk)
    attempt(agree, it, walk.scene.publisher)
    walk.approve()


@door("live", quick=True)
def taking_it_down_and_reviewing_that_alone(walk):
    url = reverse("newsroom_files:take_down", args=["image", walk.scene.picture.pk])
    walk.post(url, {"reason": "No licence.", "stamp": str(walk.scene.release.pk)})
    walk.step("review_afterwards")


@door("ready")
def taking_it_down_before_the_release(walk):
    url = reverse("newsroom_files:take_down", args=["image", walk.scene.picture.pk])
    walk.post(url, {"reason": "No licence.", "stamp": str(walk.scene.release.pk)})
