"""What is done with what the checks found in a release."""

from news.findings.judged import unsettled, waive
from news.models import Waiver
from news.tests.scene import SUMMARY, TEXT, TITLE
from news.translation.segments import keys_of
from news.translation.texts import texts_of

from .pages import peopled
from .register import EDITORS, EDITORS_OF_CHINESE, STAFF, posted

RELEASE = "cms/releases/<int:release_id>/"
WRONG = "论坛3日开幕,有12亿人参加。"
"""A half-width comma, which can be mended, and two figures that the English does not have."""


def wrong():
    """A translation, still a draft, that says something else."""
    scene = peopled()
    scene.submit()
    scene.fill({TITLE[0]: TITLE[1], SUMMARY[0]: SUMMARY[1], TEXT[0]: WRONG})
    return scene


def figure(scene):
    return next(judged.finding for judged in unsettled(scene.pair) if judged.finding.check == "numbers")


@posted(f"{RELEASE}findings/waive/", may=EDITORS, given=wrong)
def mark_a_finding_as_correct(visitor, scene):
    visitor.post({"key": figure(scene).key, "reason": "四舍五入"}, release_id=scene.release.pk)
    assert Waiver.objects.get().reason == "四舍五入"


@posted(f"{RELEASE}findings/reopen/", may=EDITORS, given=wrong)
def open_a_finding_again(visitor, scene):
    finding = figure(scene)
    waive(scene.pair, finding.key, scene.translator, "四舍五入")
    visitor.post({"key": finding.key}, release_id=scene.release.pk)
    assert not Waiver.objects.exists()


@posted(f"{RELEASE}findings/mend/", may=EDITORS_OF_CHINESE, given=wrong)
def mend_what_can_be_mended(visitor, scene):
    visitor.post(release_id=scene.release.pk)
    assert WRONG.replace(",", "，") in [text for _path, text in texts_of(scene.translation.newest)]


@posted(f"{RELEASE}findings/segment/<int:segment_id>/", may=STAFF, given=wrong)
def check_a_paragraph_while_it_is_typed(visitor, scene):
    key = keys_of(scene.translation.localized)[-1]
    answer = visitor.post({"value": WRONG}, release_id=scene.release.pk, segment_id=key)
    assert "12" in answer.content.decode()
