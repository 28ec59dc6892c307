"""Stopping a release, amending it, bringing it back."""

from home.languages import CHINESE, ENGLISH
from news.models import Amendment
from news.release.amending import amend
from news.release.bringing_back import propose_return
from news.release.stopping import hold
from news.release.withdrawal import withdraw
from news.tests.scene import BOTH

from .pages import live
from .register import EDITORS, EDITORS_OF_CHINESE, EDITORS_OF_ENGLISH, PUBLISHING, REVIEWING, posted
from .releases import REASON, RELEASE, scheduled, send_a_step


def stopped():
    scene = scheduled()
    hold(scene.release, scene.translator, "The date is wrong.")
    return scene


def amended():
    scene = scheduled()
    change = {ENGLISH: {2: "The forum opens."}, CHINESE: {2: "论坛即将开幕。"}}
    amend(scene.release, scene.reviewer, change, "Wang", "telephone")
    return scene


def withdrawn():
    scene = live()
    withdraw(scene.release, scene.publisher, "By mistake.")
    return scene


def to_come_back():
    scene = withdrawn()
    propose_return(scene.release, scene.publisher, "It was right.", BOTH)
    return scene


@posted(f"{RELEASE}amend-texts/", may=EDITORS, given=scheduled)
def change_what_is_approved_on_one_screen(visitor, scene):
    """Each in the languages they may change; the other's texts are only to be read."""
    form = visitor.form(release_id=scene.release.pk)
    texts = {}
    if visitor.role in EDITORS_OF_ENGLISH:
        texts["en-2"] = "The forum opens on 5 June."
    if visitor.role in EDITORS_OF_CHINESE:
        texts["zh-hans-2"] = "论坛于6月5日开幕。"
    form.send(ordered_by="王部长", ordered_how="wechat", other_is_right="on", **texts)
    made = Amendment.objects.get()
    assert made.ordered_by == "王部长"
    assert [said["2"] for said in made.texts.values()] == list(texts.values())


STEP_ENTRIES = {
    # step: as in releases.py
    "hold": (scheduled, EDITORS, REASON, lambda scene: scene.pair.is_held),
    "lift": (stopped, PUBLISHING, {}, lambda scene: not scene.pair.is_held),
    "agree_to_amendment": (
        amended,
        REVIEWING,
        {},
        lambda scene: scene.original.texts[2].html == "The forum opens." and scene.pair.amendment is None,
    ),
    "drop_amendment": (amended, PUBLISHING, {}, lambda scene: scene.pair.amendment is None),
    "propose_return": (
        withdrawn,
        PUBLISHING,
        {**REASON, "languages": ["en", "zh-hans"]},
        lambda scene: scene.pair.bringing_back is not None,
    ),
    "agree_to_return": (to_come_back, REVIEWING, {}, lambda scene: len(scene.live_titles()) == 2),
    "drop_return": (to_come_back, PUBLISHING, {}, lambda scene: scene.pair.bringing_back is None),
}


def take_it(visitor, scene):
    name = visitor.address.split("/")[-2]
    send_a_step(visitor, scene, name, *STEP_ENTRIES[name][2:])


for name, (given, may, _typed, _is_done) in STEP_ENTRIES.items():
    posted(f"{RELEASE}{name}/", may=may, given=given)(take_it)
