"""A figure is corrected after release, in both languages, on one screen."""

import pytest
from django.urls import reverse

from news.pair.stamps import approvals
from news.release.correction import approve_correction
from news.release.publishing import release_both

from .scene import CHINESE, ENGLISH, SUMMARY, TITLE, Scene

pytestmark = pytest.mark.django_db


def correct(client, scene, user, status=302, **fields):
    client.force_login(user)
    fields = {"stamp": approvals(scene.pair), **fields}
    response = client.post(reverse("newsroom_releases:correct", args=[scene.release.pk]), fields)
    assert response.status_code == status
    return response


def public(client, scene, language):
    page = scene.pair.versions[language].page
    return client.get(page.url).content.decode()


FIGURE = {
    "kind": "correction",
    "note_en": "The forum opened a day earlier.",
    "note_zh_hans": "论坛开幕日期更正。",
    "en-2": "The forum opened on 5 June.",
    "zh-hans-2": "论坛于6月5日开幕。",
}


@pytest.fixture(params=[ENGLISH, CHINESE], ids=["English original", "Chinese original"])
def scene(request):
    return Scene(original=request.param).both_live()


def test_one_form_one_approval_one_release(client, scene):
    correct(client, scene, scene.second, **FIGURE)
    assert "opened on 5 June" not in public(client, scene, ENGLISH)
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    for language, text, note in (
        (ENGLISH, "The forum opened on 5 June.", "a day earlier"),
        (CHINESE, "论坛于6月5日开幕。", "论坛开幕日期更正"),
    ):
        html = public(client, scene, language)
        assert text in html
        assert note in html


def test_what_stands_beside_a_corrected_text_stays_if_it_is_not_touched(client, scene):
    fields = {name: value for name, value in FIGURE.items() if name != "zh-hans-2"}
    fields["en-2"] = "The forum has opened."
    correct(client, scene, scene.second, **fields)
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    assert "The forum has opened." in public(client, scene, ENGLISH)
    assert "论坛开幕。" in public(client, scene, CHINESE)


def test_in_an_adapted_pair_each_language_has_texts_of_its_own(client):
    from news.release.kinds import adapt

    scene = Scene().both_live()
    adapt(scene.release, scene.reviewer)
    correct(client, scene, scene.second, **FIGURE)
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    assert "The forum opened on 5 June." in public(client, scene, ENGLISH)
    assert "论坛于6月5日开幕。" in public(client, scene, CHINESE)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"en-2": "The forum opened.", "zh-hans-2": "论坛开幕。"}, "Nothing has been changed"),
        ({"note_en": ""}, "a note on what was changed"),
        ({"kind": "nonsense"}, "nonsense is not one of the available choices"),
        ({"en-2": " "}, "cannot be emptied here"),
    ],
)
def test_bad_input_is_named_and_nothing_typed_is_lost(client, changed, words):
    scene = Scene().both_live()
    response = correct(client, scene, scene.second, 422, **{**FIGURE, **changed})
    html = response.content.decode()
    assert words in html
    if "zh-hans-2" not in changed:
        assert FIGURE["zh-hans-2"] in html
    assert not scene.release.corrections.exists()
    assert not scene.original.has_changes


def test_marks_in_a_text_have_to_stay_and_script_never_gets_in(client):
    scene = Scene()
    scene.edit(body=[("paragraph", "<p>The <b>forum</b> opened &amp; closed.</p>")])
    scene.original_approved()
    words = {TITLE[0]: TITLE[1], SUMMARY[0]: SUMMARY[1]}
    scene.translate({**words, "The <b>forum</b> opened &amp; closed.": "<b>论坛</b>开幕。"})
    release_both(scene.release, scene.publisher)
    page = reverse("newsroom_releases:correct", args=[scene.release.pk])
    client.force_login(scene.second)
    assert "The &lt;b&gt;forum&lt;/b&gt;" in client.get(page).content.decode()
    for typed in ("The forum opened.", 'The <b>forum</b> <script>alert("x")</script>'):
        response = correct(client, scene, scene.second, 422, **{**FIGURE, "en-2": typed})
        assert "Keep the marks" in response.content.decode()
    correct(
        client, scene, scene.second, **{**FIGURE, "en-2": "The <b>forum</b> began.", "zh-hans-2": "<b>论坛</b>开始。"}
    )
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    assert "The <b>forum</b> began." in public(client, scene, ENGLISH)


def test_script_in_a_plain_text_is_text(client, scene):
    correct(client, scene, scene.second, **{**FIGURE, "en-0": "<script>alert(1)</script> & more"})
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    html = public(client, scene, ENGLISH)
    assert "<script>alert(1)" not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; more" in html


def test_an_update_that_is_being_written_is_not_released_along(client, scene):
    scene.edit(title="Another title")
    language = scene.language
    response = correct(client, scene, scene.second, 422, **FIGURE)
    assert "changes that are not public yet" in response.content.decode()
    assert not scene.release.corrections.exists()
    assert "Another title" not in public(client, scene, language)


def test_who_may_change_one_language_alone_cannot_correct_the_other(client):
    from .pairs import member_of

    scene = Scene().both_live()
    lin = member_of("Chinese translators", username="lin")
    correct(client, scene, lin, **{**FIGURE, "en-2": "Hijacked."})
    assert not scene.original.has_changes
    ella = member_of("English authors", username="ella")
    client.force_login(ella)
    assert client.get(reverse("newsroom_releases:correct", args=[scene.release.pk])).status_code == 302


def test_what_was_left_as_it_was_shown_is_nobodys_correction(client):
    """Somebody else's correction is released meanwhile: the old form would have undone it."""
    scene = Scene().both_live()
    url = reverse("newsroom_releases:correct", args=[scene.release.pk])
    client.force_login(scene.second)
    shown = client.get(url).context
    old = {"stamp": shown["form"]["stamp"].value(), "kind": "minor"}
    for cell in (cell for row in shown["rows"] for cell in row):
        old |= {cell.name: cell.text, f"{cell.name}-was": cell.was}
    correct(client, scene, scene.author, kind="minor", **{"en-1": "Cleaner air.", "zh-hans-1": "空气更清新。"})
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    again = correct(client, scene, scene.second, 422, **{**old, "en-2": "The forum has opened."})
    cells = {cell.name: cell for row in again.context["rows"] for cell in row}
    assert [name for name, cell in cells.items() if cell.is_changed] == ["en-2"]
    assert cells["en-1"].text == "Cleaner air."
    sent = {name: cell.text for name, cell in cells.items()} | {f"{name}-was": cell.was for name, cell in cells.items()}
    correct(client, scene, scene.second, kind="minor", stamp=again.context["form"]["stamp"].value(), **sent)
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    english = scene.fresh(scene.original)
    assert (english.summary, scene.fresh(scene.translation).summary) == ("Cleaner air.", "空气更清新。")
    assert "The forum has opened." in str(english.body)
