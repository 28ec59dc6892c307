"""The register of steps says all there is to say of a step; trail and notices are held to it."""

import pytest
from django import forms
from django.urls import reverse

from news import trail
from news.admin.forms import StepForm
from news.admin.steps import REGISTER, step
from news.models import Event
from news.notices.events import STEPS as TOLD
from news.notices.words import WORDS
from news.release.amending import amend
from news.release.claims import claim_for_writing

from .pairs import member_of
from .scene import CHINESE, ENGLISH, Scene
from .scene import moment as in_a_while

pytestmark = pytest.mark.django_db

BESIDE_STEPS = {
    "claim": "a reviewer saves what they correct",
    "languages_of_topics": "the form of an original that is being written",
    "end_review": "an administrator disables a stage, or takes it out of the workflow",
    "to_group": "an account is deactivated, or everything of it is handed over",
    "hand_over_all": "on the page of an account",
    "name_acting": "on the page of duty and acting publishers",
    "end_acting": "there",
    "put_on_duty": "there",
    "take_off_duty": "there",
    "import": "legacy pages come in by a command",
    "release_failed": "by release_due",
    "propose_replacement": "in the libraries: news.admin.files",
    "replace_file": "in the libraries",
    "drop_replacement": "in the libraries",
    "take_down": "in the libraries",
    "change_credit": "in the form of the image library",
    "change_identity": "on the screen of the identity",
    "waive_finding": "in the list of findings",
    "override_finding": "in the list of findings",
    "unwaive_finding": "in the list of findings",
    "fix_findings": "in the list of findings",
}
"""Lines of the trail that no step of the register writes, and what does."""


def act(client, scene, name, **data):
    url = reverse("newsroom_releases:act", args=[scene.release.pk, name])
    return client.post(url, scene.form(name, **data) if name in REGISTER else {}, follow=True)


def page_of(client, scene):
    return client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()


def test_every_line_of_the_trail_is_written_by_a_step_or_by_something_that_is_named():
    written = {line for entry in REGISTER.values() for line in entry.writes}
    assert written | BESIDE_STEPS.keys() == trail.ACTIONS.keys()
    assert not written & BESIDE_STEPS.keys()


def test_notices_listen_to_lines_that_are_written_and_have_their_words():
    assert TOLD.keys() <= trail.ACTIONS.keys()
    assert WORDS.keys() == set(Event)


class NoteForm(StepForm):
    note = forms.CharField(label="A note")


@pytest.fixture
def applause(monkeypatch):
    """A step that exists in this test alone; what it was given."""
    given = []
    monkeypatch.setattr("news.admin.steps.base.REGISTER", REGISTER)

    @step("applaud", "Applaud", "Applauded.", lambda pair, user: user.username == "publisher", form=NoteForm)
    def applaud(pair, user, data):
        given.append((pair.release.pk, user.username, data["note"]))

    yield given
    del REGISTER["applaud"]


def test_a_step_added_is_offered_asked_taken_and_told_from_one_place(client, applause):
    scene = Scene()
    client.force_login(scene.publisher)
    html = page_of(client, scene)
    assert 'id="step-applaud"' in html
    assert "A note" in html
    answer = act(client, scene, "applaud", note="Well done")
    assert "Applauded." in answer.content.decode()
    assert applause == [(scene.release.pk, "publisher", "Well done")]
    assert "This field is required" in act(client, scene, "applaud").content.decode()
    client.force_login(member_of("Bilingual reviewers", username="other"))
    assert "Applaud" not in page_of(client, scene)


def test_what_is_no_step_or_has_a_screen_of_its_own_is_not_taken(client):
    scene = Scene()
    client.force_login(scene.publisher)
    assert act(client, scene, "no_such_step").status_code == 404
    assert act(client, scene, "correct_texts").status_code == 404


@pytest.mark.parametrize("name", [name for name, entry in REGISTER.items() if entry.of_version])
def test_a_step_of_a_version_needs_one(client, name):
    scene = Scene()
    client.force_login(scene.publisher)
    answer = act(client, scene, name, language="zh-hans", reason="x", comment="x", to=scene.publisher.pk)
    assert answer.status_code == 422
    assert "There is no such version." in answer.content.decode()


@pytest.mark.full
def test_each_step_writes_the_lines_it_names(client):
    """From the first draft to what is taken down, every step posted as a browser does."""
    scene = Scene()
    scene.another = member_of("Publishers", username="another")
    lines, taken = [], set()
    again = {"reason": "It is out.", "password": "secret"}

    def record(sender, action, **kwargs):
        lines.append(action)

    trail.recorded.connect(record)
    try:

        def take(who, name, **data):
            lines.clear()
            client.force_login(getattr(scene, who))
            answer = act(client, scene, name, **data)
            assert answer.status_code == 200, name
            said = [str(message) for message in answer.context["messages"]]
            assert any(str(REGISTER[name].done) in words for words in said), (name, said)
            assert set(lines) <= set(REGISTER[name].writes), name
            taken.add(name)

        def both_stages(language):
            take("reviewer", "approve", language=language)
            take("publisher", "approve", language=language)

        take("author", "one_language")
        take("author", "both_languages")
        take("author", "submit", language="en")
        take("author", "recall", language="en")
        take("author", "submit", language="en")
        take("reviewer", "return", language="en", comment="Shorter.")
        take("author", "submit", language="en")
        take("reviewer", "approve_with_remark", language="en", comment="Good.")
        take("publisher", "approve", language="en")
        take("publisher", "take_back", language="en", reason="A slip.")
        take("author", "submit", language="en")
        take("reviewer", "approve", language="en")
        claim_for_writing(scene.fresh(scene.original), scene.publisher)
        take("another", "take_over", language="en")
        take("another", "let_go", language="en")
        scene.edit(user=scene.another, summary="Clean air, for a week in the whole city.")
        client.force_login(scene.another)
        assert "Signed off, with your corrections." in act(client, scene, "approve", language="en").content.decode()
        take("author", "agree", language="en")
        take("publisher", "take_back", language="en", reason="A slip.")
        scene.edit(summary="Clean air.")
        take("author", "submit", language="en")
        both_stages("en")
        take("reviewer", "hand_over", language="zh-hans", to=scene.translator.pk, note="Please.")
        take("reviewer", "adapt")
        take("reviewer", "translate_fully")
        scene.fill()
        take("translator", "submit", language="zh-hans")
        both_stages("zh-hans")
        take("publisher", "schedule", at=f"{in_a_while(days=2):%Y-%m-%dT%H:%M}")
        take("publisher", "schedule", at=f"{in_a_while(days=1):%Y-%m-%dT%H:%M}", reason="A visit.", password="secret")
        take("translator", "hold", reason="The date is wrong.")
        take("publisher", "lift")
        change = {ENGLISH: {2: "The forum opens."}, CHINESE: {2: "论坛即将开幕。"}}
        amend(scene.release, scene.reviewer, change, "Wang", "telephone")
        take("reviewer", "drop_amendment")
        amend(scene.release, scene.reviewer, change, "Wang", "telephone")
        take("second", "agree_to_amendment")
        take("publisher", "unschedule", reason="Not yet.")
        take("publisher", "release")
        take("publisher", "withdraw", languages=["en", "zh-hans"], reason="By mistake.")
        take("publisher", "propose_return", languages=["en", "zh-hans"], reason="It was right.")
        take("publisher", "drop_return")
        take("publisher", "propose_return", languages=["en", "zh-hans"], reason="It was right.")
        take("second", "agree_to_return")
        take("publisher", "change_address", slug="another-address")
        take("publisher", "restrict", restriction_type="login")
        take("publisher", "restrict", restriction_type="none")
        date = scene.fresh(scene.original).date
        scene.edit(date=in_a_while(days=-1))
        take("author", "correct", kind="minor")
        take("publisher", "drop_correction")
        take("author", "correct", kind="minor")
        take("author", "drop_correction")
        scene.edit(summary="A summary with another word.", date=date)
        take("author", "submit", language="en")
        both_stages("en")
        take("publisher", "no_update_needed")
        take("publisher", "release_single", language="en", reason="First.", confirmed="on")
        scene.edit(summary="And another.")
        take("publisher", "freeze")
        take("publisher", "thaw")
        take("publisher", "freeze")
        take("publisher", "urgent", languages=["en"], reason="A storm.", password="secret")
        take("second", "review_afterwards")
        scene.edit(summary="And one that waits.")
        take("author", "submit", language="en")
        both_stages("en")
        take("publisher", "schedule", at=f"{in_a_while(days=2):%Y-%m-%dT%H:%M}")
        take("publisher", "break_embargo", until=scene.release.release_at.isoformat(), **again)
        take("publisher", "withdraw", languages=["en", "zh-hans"], reason="Wrong.")
    finally:
        trail.recorded.disconnect(record)
    # see test_correction_screen, test_amending and test_duplicate
    assert set(REGISTER) - taken == {"correct_texts", "approve_correction", "amend", "duplicate"}
