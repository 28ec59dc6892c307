"""In which languages a release is to be public: steps of the register, too."""

from news.release.alone import choose

from .pages import peopled
from .register import EDITORS_OF_ENGLISH, posted
from .releases import RELEASE, STEP_ENTRIES, take_a_step


def drafting():
    scene = peopled()
    assert scene.page
    return scene


def in_one_language():
    scene = drafting()
    choose(scene.release, scene.author)
    return scene


ENTRIES = {
    "one_language": (drafting, EDITORS_OF_ENGLISH, {}, lambda scene: scene.release.alone),
    "both_languages": (in_one_language, EDITORS_OF_ENGLISH, {}, lambda scene: scene.translation.page is not None),
}
STEP_ENTRIES.update(ENTRIES)

for name, (given, may, _typed, _is_done) in ENTRIES.items():
    posted(f"{RELEASE}{name}/", may=may, given=given)(take_a_step)
