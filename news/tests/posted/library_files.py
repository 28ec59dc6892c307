"""Replacing what releases show, and taking it down."""

from types import SimpleNamespace

from home.models import TakenDown
from news.models import Replacement
from news.release.replacing import propose
from news.tests.scene import Scene

from .files import stored_image
from .pages import peopled
from .register import ADMINISTRATOR, EDITORS, PUBLISHERS, PUBLISHING, posted, reads

FILES = "cms/files/"


def image(title):
    made = stored_image(title, alt_en=title, alt_zh_hans="青山")
    made.get_file_hash()
    return made


def shown():
    """A public release that shows a picture, and another picture in the library."""
    scene: Scene = peopled()
    picture = image("Waves")
    scene.edit(lead_image=picture)
    scene.both_live()
    return SimpleNamespace(scene=scene, picture=picture, other=image("Hills"))


def proposed():
    world = shown()
    world.it = propose(world.picture, world.other, world.scene.author, [world.scene.release], "A better one.")
    return world


def on(world):
    return {"kind": "image", "key": world.picture.pk}


@posted(f"{FILES}<slug:kind>/<int:key>/replace/", may=EDITORS, given=shown)
def propose_another_picture(visitor, world):
    form = visitor.form(**on(world))
    form.send(new=world.other.pk, releases=[world.scene.release.pk], reason="更清晰。")
    it = Replacement.objects.get()
    assert (it.new, it.reason, it.opened_by) == (world.other, "更清晰。", visitor.user)


@posted(f"{FILES}<slug:kind>/<int:key>/take-down/", may=PUBLISHING, given=shown)
def take_a_picture_down(visitor, world):
    visitor.form(**on(world)).send(reason="无授权。")
    assert TakenDown.objects.get(image=world.picture).by == visitor.user
    assert world.scene.fresh(world.scene.original).lead_image is None


@posted(f"{FILES}replacements/<int:replacement_id>/agree/", may=PUBLISHING, given=proposed)
def agree_to_a_replacement(visitor, world):
    page = f"/cms/files/replacements/{world.it.pk}/"
    form = visitor.form(to=page, holding="stamp")
    form.send()
    assert world.scene.fresh(world.scene.original).lead_image == world.other


@posted(f"{FILES}replacements/<int:replacement_id>/drop/", may=frozenset([PUBLISHERS, ADMINISTRATOR]), given=proposed)
def give_up_a_replacement(visitor, world):
    visitor.post({}, replacement_id=world.it.pk)
    world.it.refresh_from_db()
    assert world.it.dropped_by == visitor.user


reads("a replacement, old and new side by side", f"{FILES}replacements/<int:replacement_id>/")
