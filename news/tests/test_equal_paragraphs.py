"""Two paragraphs that say the same are two: each is translated, mended and corrected by itself."""

import json
import subprocess
from collections import Counter

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import override_settings
from django.urls import reverse
from wagtail_localize.models import StringTranslation

from home.models import StandardPage
from news.admin.release_page import come_since
from news.findings.judged import unsettled
from news.findings.mending import mend
from news.pair.refusals import FindingGone
from news.pair.stamps import approvals
from news.release.correction import approve_correction
from news.release.publishing import release_both
from news.translation.drafts import open_segments, paragraphs_of, save_draft
from news.translation.files import take_anew
from news.translation.sync import start_translation, translation_of
from news.translation.texts import PageText, texts_of

from .pairs import locale, plain
from .scene import CHINESE, ENGLISH, SUMMARY, TITLE, Scene
from .test_segments import FORM
from .test_segments import body as form_body

pytestmark = pytest.mark.django_db
SAME = "Doors open at nine."
FIRST, SECOND = "九点开门。", "上午九时开门。"


def prose(*paragraphs):
    """A block of (words, key in the editor) or words."""
    return ("paragraph", html(*paragraphs))


def html(*paragraphs):
    pairs = [(one, "") if isinstance(one, str) else one for one in paragraphs]
    return "".join(f'<p data-block-key="{key}">{words}</p>' if key else f"<p>{words}</p>" for words, key in pairs)


def keyed(*names):
    return [(SAME, name) if len(name) == 1 else (name, f"k{number}") for number, name in enumerate(names)]


def scene_with(*paragraphs, original=ENGLISH):
    scene = Scene(original=original)
    scene.edit(body=[prose(*paragraphs)])
    scene.submit()
    return scene


def write(scene, *words):
    """The translations of the body's paragraphs, in order; None leaves one open."""
    localized = scene.translation.localized
    rows = localized.source.stringsegment_set.filter(context__path__startswith="body").order_by("order")
    for segment, said in zip(rows, words, strict=True):
        if said:
            StringTranslation.objects.update_or_create(
                translation_of_id=segment.string_id,
                context_id=segment.context_id,
                locale=localized.target_locale,
                defaults={"data": said, "translation_type": "manual", "last_translated_by": scene.translator},
            )


def written(scene_or_translation):
    localized = getattr(scene_or_translation, "translation", None)
    localized = localized.localized if localized is not None else scene_or_translation
    return [one.words for one in paragraphs_of(localized) if one.path.startswith("body")]


def taken_again(scene, *paragraphs):
    """The original says something else by now, and the paragraphs follow."""
    page = scene.original.page.get_latest_revision_as_object()
    page.body = json.dumps([{"type": "paragraph", "id": page.body[0].id, "value": html(*paragraphs)}])
    page.save_revision(user=scene.author, log_action=True)
    start_translation(page.get_latest_revision_as_object())


def head(scene):
    scene.fill({TITLE[0]: TITLE[1], SUMMARY[0]: SUMMARY[1]})


@pytest.fixture
def scene():
    return scene_with(SAME, "Between.", SAME)


def test_in_the_editor_each_is_saved_by_itself(client, scene):
    client.force_login(scene.translator)
    localized = scene.translation.localized
    for words, segment in zip(
        (FIRST, "其间。", SECOND),
        localized.source.stringsegment_set.filter(context__path__startswith="body").order_by("order"),
        strict=True,
    ):
        address = reverse("wagtail_localize:edit_string_translation", args=[localized.pk, segment.pk])
        saved = client.put(address, form_body(words), content_type=FORM, headers={"if-match": "none"})
        assert saved.status_code == 201
    assert written(scene) == [FIRST, "其间。", SECOND]
    draft = save_draft(localized).as_object()
    assert [text for path, text in texts_of(draft) if path.startswith("body")] == [FIRST, "其间。", SECOND]
    editor = client.get(reverse("wagtailadmin_pages:edit", args=[scene.translation.page.pk]))
    assert editor.status_code == 200
    assert len(editor.context["facts"]["order"]) == 5


def test_both_are_texts_of_one_block(scene):
    assert len({path for path, _text in scene.original.texts if path.startswith("body")}) == 1
    assert len({one.path for one in scene.translation.paragraphs if one.path.startswith("body")}) == 1
    write(scene, FIRST, "其间。", SECOND)
    units = scene.release.authorship.filter(language=CHINESE.code).values_list("unit", flat=True)
    assert len({unit for unit in units if unit.startswith("body")}) == 1


def test_a_po_file_names_each_and_brings_each_back(client, scene, tmp_path):
    write(scene, FIRST, None, None)
    client.force_login(scene.translator)
    localized = scene.translation.localized
    po = client.get(reverse("wagtail_localize:download_pofile", args=[localized.pk])).content.decode()
    path = tmp_path / "week.po"
    path.write_text(po)
    subprocess.run(["msgfmt", "--check-format", "--check-domain", "-o", tmp_path / "week.mo", path], check=True)
    first, second = po.split(f'msgid "{SAME}"')[1:]
    assert first.lstrip().startswith(f'msgstr "{FIRST}"')
    assert second.lstrip().startswith('msgstr ""')
    back = po.replace(f'msgid "{SAME}"\nmsgstr ""', f'msgid "{SAME}"\nmsgstr "{SECOND}"')
    file = SimpleUploadedFile("week.po", back.encode(), "text/x-gettext-translation")
    client.post(reverse("wagtail_localize:upload_pofile", args=[localized.pk]), {"file": file})
    assert written(scene) == [FIRST, "", SECOND]


@override_settings(
    WAGTAILLOCALIZE_MACHINE_TRANSLATOR={"CLASS": "wagtail_localize.machine_translators.dummy.DummyTranslator"}
)
def test_a_machine_translates_both(client, scene):
    write(scene, FIRST, None, None)
    client.force_login(scene.translator)
    client.post(reverse("wagtail_localize:machine_translate", args=[scene.translation.localized.pk]))
    assert [one.is_machine for one in scene.translation.paragraphs if one.path.startswith("body")] == [
        False,
        True,
        True,
    ]


@pytest.mark.parametrize("which", [0, 1])
def test_one_of_two_equal_findings_is_mended(client, which):
    scene = scene_with(SAME, SAME)
    head(scene)
    write(scene, "上午九点开门,请排队。", "上午九点开门,请排队。")
    found = [judged.finding for judged in unsettled(scene.pair) if judged.finding.is_fixable]
    assert len(found) == 2
    assert found[0].key == found[1].key
    client.force_login(scene.translator)
    shown = client.get(reverse("newsroom_releases:findings", args=[scene.release.pk])).content.decode()
    assert all(f'name="spot" value="{finding.spot}"' in shown for finding in found)
    form = {"key": found[which].key, "spot": found[which].spot}
    client.post(reverse("newsroom_releases:mend", args=[scene.release.pk]), form)
    assert [("，" in words) for words in written(scene)] == [which == 0, which == 1]
    with pytest.raises(FindingGone):
        mend(scene.pair, scene.translator, **form)


@pytest.mark.parametrize("original", [ENGLISH, CHINESE], ids=["English original", "Chinese original"])
@pytest.mark.parametrize("which", [0, 1])
@pytest.mark.parametrize("languages", ["one", "both"])
def test_one_of_two_equal_lines_is_corrected_in_public(client, which, original, languages):
    scene = Scene(original=original)
    side = 0 if original == ENGLISH else 1
    same = (SAME, FIRST)
    scene.edit(body=[prose((same[side], "a"), (same[side], "b"))])
    scene.original_approved()
    scene.fill({TITLE[side]: TITLE[1 - side], SUMMARY[side]: SUMMARY[1 - side]})
    write(scene, same[1 - side], same[1 - side])
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    release_both(scene.release, scene.publisher)
    client.force_login(scene.second)
    fields = {"kind": "correction", "note_en": "The hour was wrong.", "note_zh_hans": "时间更正。"}
    changed = (("en", "Doors open at ten."), ("zh-hans", "上午十点开门。"))
    for code, words in changed if languages == "both" else changed[1:]:
        fields[f"{code}-{2 + which}"] = words
    fields["stamp"] = approvals(scene.pair)
    assert client.post(reverse("newsroom_releases:correct", args=[scene.release.pk]), fields).status_code == 302
    approve_correction(scene.release, scene.reviewer)
    release_both(scene.release, scene.publisher)
    for version, (code, words), same_words in zip(scene.pair.versions.values(), changed, same, strict=True):
        said = [text for path, text in texts_of(scene.fresh(version)) if path.startswith("body")]
        is_changed = languages == "both" or code == "zh-hans"
        assert said == ([words, same_words][:: 1 if which == 0 else -1] if is_changed else [same_words] * 2)
        assert not version.has_changes
    assert open_segments(scene.translation.localized) == 0


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("ab", "b", ["2"]),
        ("ab", "a", ["1"]),
        ("ab", "ba", ["2", "1"]),
        ("ab", "abc", ["1", "2", ""]),
        ("ab", "cab", ["", "1", "2"]),
        ("ab", "acb", ["1", "", "2"]),
        ("abc", "bc", ["2", "3"]),
        ("abc", "ca", ["3", "1"]),
        ("abc", "cab", ["3", "1", "2"]),
        ("a", "ba", ["", "1"]),
        ("ab", "xy", ["1", "2"]),  # pasted anew
    ],
)
def test_each_keeps_its_translation_whatever_comes_goes_and_moves(before, after, said):
    scene = scene_with(*keyed(*before))
    write(scene, *(str(number + 1) for number in range(len(before))))
    stood = set(StringTranslation.objects.values_list("data", "updated_at", "last_translated_by"))
    taken_again(scene, *keyed(*after))
    assert written(scene) == said
    assert set(StringTranslation.objects.values_list("data", "updated_at", "last_translated_by")) == stood
    taken_again(scene, *keyed(*before))  # the change is taken back
    assert written(scene) == [str(number + 1) for number in range(len(before))]


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ([SAME, SAME], ["Doors open at ten.", SAME], ["", "2"]),
        ([SAME, SAME], [SAME, "Doors open at ten."], ["1", ""]),
        (["One.", SAME, "Two.", SAME], ["One.", "Two.", SAME], ["1", "3", "4"]),
        ([SAME, "One.", SAME], ["One.", SAME], ["2", "3"]),
        ([SAME], [SAME, SAME], ["1", ""]),
    ],
)
def test_without_keys_their_neighbours_tell(before, after, said):
    scene = scene_with(*before)
    write(scene, *(str(number + 1) for number in range(len(before))))
    taken_again(scene, *after)
    assert written(scene) == said


def test_what_was_written_for_one_that_is_gone_returns_with_it():
    scene = scene_with(*keyed("a", "b"))
    write(scene, "1", "2")
    taken_again(scene, *keyed("b"))
    taken_again(scene, ("Another.", "z"))
    taken_again(scene, *keyed("b"))
    assert written(scene) == ["2"]
    taken_again(scene, *keyed("b", "a"))
    assert written(scene) == ["2", "1"]


def test_headings_items_and_links_that_are_equal(scene):
    link = '<a href="https://example.org/{}">More</a>'
    text = (
        f"<h3>{SAME}</h3><ul><li>{SAME}</li><li>{SAME}</li></ul>"
        f"<p>{link.format(1)}</p><p>{link.format(2)}</p><p><b>{SAME}</b></p>"
    )
    page = scene.original.page.get_latest_revision_as_object()
    page.body = [("paragraph", text), ("heading", {"text": SAME, "level": "h2"}), ("paragraph", html(SAME))]
    page.save_revision(user=scene.author)
    start_translation(page.get_latest_revision_as_object())
    words = [str(number) for number in range(8)]
    words[3:5] = [f'<a id="a1">{number}</a>' for number in (3, 4)]
    write(scene, *words)
    said = str(save_draft(scene.translation.localized).as_object().body)
    assert '<a href="https://example.org/1">3</a>' in said
    assert '<a href="https://example.org/2">4</a>' in said
    assert "<li>1</li><li>2</li>" in said
    assert written(scene) == words


def test_equal_cells_of_a_table_share_theirs(scene):
    page = scene.original.page.get_latest_revision_as_object()
    table = {"columns": [{"type": "text", "heading": ""}], "rows": [{"values": [SAME]}, {"values": [SAME]}]}
    block = page.body.stream_block.child_blocks["table"]
    page.body = [("table", block.to_python({**table, "caption": ""}))]
    page.save_revision(user=scene.author)
    start_translation(page.get_latest_revision_as_object())
    assert len(written(scene)) == 1


def test_those_of_a_plain_page_are_two_as_well():
    page = plain("About")
    page.body = html(SAME, SAME)
    page.save_revision()
    start_translation(page.get_latest_revision_as_object())
    translation = translation_of(page.get_translation(locale(CHINESE)))
    segments = translation.source.stringsegment_set.filter(string__data=SAME).order_by("order")
    assert len({segment.context_id for segment in segments}) == 2
    for segment, words in zip(segments, (FIRST, SECOND), strict=True):
        StringTranslation.objects.create(
            translation_of=segment.string, context=segment.context, locale=translation.target_locale, data=words
        )
    assert written(translation) == [FIRST, SECOND]
    draft = save_draft(translation).as_object()
    assert isinstance(draft, StandardPage)
    assert draft.body.index(FIRST) < draft.body.index(SECOND)
    assert StandardPage._meta.get_field("body").deconstruct()[1] == "wagtail.fields.RichTextField"


def test_where_a_link_goes_from_both_each_keeps_its_words():
    """As where a document is taken down."""
    linked = 'See <a href="https://example.org/">the plan</a>.'
    scene = scene_with((linked, "a"), (linked, "b"), ("See the plan.", "c"))
    write(scene, '见<a id="a1">方案</a>。', '参见<a id="a1">方案</a>。', "另见方案。")
    page = scene.original.page.get_latest_revision_as_object()
    block = page.body[0]
    block.value = type(block.value)(html(("See the plan.", "a"), ("See the plan.", "b"), ("See the plan.", "c")))
    page.save_revision(user=scene.author)
    take_anew(page.get_latest_revision_as_object(), scene.translation.localized)
    assert written(scene) == ["见方案。", "参见方案。", "另见方案。"]


def test_on_the_release_page_the_second_that_came_is_marked():
    one, other = PageText("body", SAME), PageText("body", "Between.")
    assert come_since(Counter([one]), [one, one]) == {1}
    assert come_since(Counter([one, one]), [other, one]) == {0}


@pytest.mark.full
def test_on_the_correction_screen_each_goes_with_what_was_typed_for_it(client):
    """Its number had shifted: the first of both got the words of the second, and its own were lost."""
    scene = scene_with(("One.", "a"), (SAME, "b"), ("Between.", "c"), (SAME, "d"))
    head(scene)
    write(scene, "一。", FIRST, "其间。", SECOND)
    scene.submit(scene.translation)
    for version in (scene.original, scene.translation):
        scene.approve(version)
    release_both(scene.release, scene.publisher)
    url = reverse("newsroom_releases:correct", args=[scene.release.pk])
    client.force_login(scene.second)
    cells = [cell for row in client.get(url).context["rows"] for cell in row]
    sent = {"kind": "minor", "stamp": approvals(scene.pair)} | {cell.name: cell.text for cell in cells}
    sent |= {f"{cell.name}-was": cell.was for cell in cells}
    sent |= {"en-3": "Doors open at eight.", "en-5": "Doors open at ten."}
    taken_again(scene, (SAME, "b"), ("Between.", "c"), (SAME, "d"))
    scene.original_approved()
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    release_both(scene.release, scene.publisher)
    answer = client.post(url, sent)
    typed = {cell.name: cell.text for row in answer.context["rows"] for cell in row if cell is not None}
    assert (typed["en-2"], typed["en-4"]) == ("Doors open at eight.", "Doors open at ten.")
    assert typed["en-3"] == "Between."
