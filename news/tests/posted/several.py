"""What is done to several releases of the list at once, and one that is made of another."""

from datetime import timedelta

from news.models import ArticlePage, Release
from news.release import summaries

from .pages import live
from .register import AUTHORS_OF_ENGLISH, EDITORS, EDITORS_OF_ENGLISH, PUBLISHING, posted, reads
from .releases import approved, returned, scheduled
from .visitor import Refusal

SEVERAL = "cms/bulk/news/releasesummary/{}/"


def several(visitor, scene, **filled):
    """Sends the form of what is done to the releases chosen in the list. Raises Refusal."""
    summaries.tidy(1000)
    form = visitor.form(query={"id": scene.release.pk, "next": "/cms/releases/"})
    answer = form.fill(filled).send()
    if answer.status_code == 200 or not any(words.startswith("1 release ") for words in visitor.said):
        raise Refusal("; ".join(visitor.said), [])


@posted(SEVERAL.format("hold"), may=EDITORS, given=approved)
def hold_several(visitor, scene):
    several(visitor, scene, reason="The minister is ill.")
    assert Release.objects.get(pk=scene.release.pk).held_reason == "The minister is ill."


@posted(SEVERAL.format("move"), may=PUBLISHING, given=scheduled)
def move_several(visitor, scene):
    before = Release.objects.get(pk=scene.release.pk).release_at
    several(visitor, scene, minutes=30)
    assert Release.objects.get(pk=scene.release.pk).release_at == before + timedelta(minutes=30)


@posted(SEVERAL.format("hand_over"), may=EDITORS_OF_ENGLISH, given=returned)
def hand_over_several(visitor, scene):
    several(visitor, scene, to=scene.reviewer.pk, languages=["en"])
    assert scene.release.assignments.get().user == scene.reviewer


reads("the next in one's queue", "cms/releases/next/")
reads("those chosen, as a table", SEVERAL.format("export"))


@posted("cms/releases/<int:release_id>/duplicate/", may=AUTHORS_OF_ENGLISH, given=live)
def make_a_release_of_another(visitor, scene):
    visitor.form(release_id=scene.release.pk).send()
    made = ArticlePage.objects.filter(live=False, locale=scene.page.locale).latest("pk")
    assert made.translation_key != scene.page.translation_key
    assert made.draft_title == scene.page.title
