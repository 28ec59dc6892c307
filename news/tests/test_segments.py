"""The translation editor: two people at once, the earlier words, locks."""

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from wagtail_localize.models import StringTranslation

from news.pair.refusals import Incomplete
from news.translation.offline import TOOL as OF_A_FILE
from news.translation.segments import comment_of, marked_changes

from .scene import CHINESE, Scene, title

pytestmark = pytest.mark.django_db
FORM = "multipart/form-data; boundary=x"


def body(words):
    return f'--x\r\nContent-Disposition: form-data; name="value"\r\n\r\n{words}\r\n--x--\r\n'.encode()


@pytest.fixture
def scene():
    scene = Scene()
    scene.submit()
    return scene


def address(scene):
    translation = scene.translation.localized
    segment = translation.source.stringsegment_set.get(context__path="title")
    return reverse("wagtail_localize:edit_string_translation", args=[translation.pk, segment.pk])


def save(client, scene, words, stamp):
    return client.put(address(scene), body(words), content_type=FORM, headers={"if-match": stamp})


def test_whoever_saves_second_is_told_whose_words_stand_there(client, scene):
    client.force_login(scene.translator)
    first = save(client, scene, "甲的标题", "none")
    assert first.status_code == 201
    client.force_login(scene.reviewer)
    second = save(client, scene, "乙的标题", "none")
    assert second.status_code == 412
    assert second.json() == {"words": "甲的标题", "by": "translator"}
    assert StringTranslation.objects.get().data == "甲的标题"
    assert save(client, scene, "乙的标题", second["ETag"]).status_code == 200
    assert StringTranslation.objects.get().data == "乙的标题"


def test_emptying_what_somebody_has_changed_is_refused_too(client, scene):
    client.force_login(scene.translator)
    stamp = save(client, scene, "甲的标题", "none")["ETag"]
    save(client, scene, "丙的标题", stamp)
    assert client.delete(address(scene), headers={"if-match": stamp}).status_code == 412
    assert StringTranslation.objects.get().data == "丙的标题"


def test_a_title_that_no_page_could_hold_is_refused_as_it_is_saved_and_at_submission(client, scene):
    client.force_login(scene.translator)
    refused = client.put(address(scene), body("长" * 256), content_type=FORM, headers={"accept": "*/*"})
    assert (refused.status_code, "at most 255 characters" in refused.json()["error_message"]) == (403, True)
    assert save(client, scene, "长" * 255, "none").status_code == 201
    scene.fill()
    StringTranslation.objects.filter(context__path="title").update(data="长" * 256)  # by whatever asks nobody
    with pytest.raises(Incomplete, match="title"):
        scene.submit(scene.translation)


@pytest.mark.parametrize(
    ("tool", "said"), [(OF_A_FILE, "来自PO文件，20"), ("robot", "来自robot，20"), ("", "人工翻译，20")]
)
def test_where_words_come_from_is_said_in_the_language_of_the_editor(tool, said):
    words = StringTranslation(tool_name=tool, translation_type="manual", updated_at=timezone.now())
    with override("zh-hans"):
        assert comment_of(words).startswith(said)


def test_dates_are_in_the_language_of_the_editor(client, scene):
    from wagtail.users.models import UserProfile

    profile = UserProfile.get_for_user(scene.translator)
    profile.preferred_language = "zh-hans"
    profile.save()
    client.force_login(scene.translator)
    assert save(client, scene, "甲的标题", "none").json()["comment"].startswith("人工翻译，20")
    html = client.get(reverse("wagtailadmin_pages:edit", args=[scene.translation.page.pk])).content.decode()
    assert "人工翻译，20" in html or "\\u4eba\\u5de5\\u7ffb\\u8bd1" in html


def test_the_editor_is_told_what_changed_in_the_source_and_the_earlier_words(client, scene):
    scene.fill()
    scene.reject()
    scene.edit(title="A fortnight of clean air")
    scene.submit()
    client.force_login(scene.translator)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[scene.translation.page.pk]))
    [earlier] = response.context["facts"]["earlier"].values()
    assert earlier["words"] == title(CHINESE)
    assert "<del>week</del><ins>fortnight</ins>" in earlier["source"]


def test_what_nobody_has_translated_yet_is_no_earlier_translation(client, scene):
    """It is stored in the words of the original, which have changed since."""
    scene.translation.page.get_latest_revision_as_object().save_revision()
    scene.reject()
    scene.edit(title="A fortnight of clean air", summary="Cleaner air.")
    scene.submit()
    client.force_login(scene.translator)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[scene.translation.page.pk]))
    assert response.context["facts"]["earlier"] == {}


@pytest.mark.parametrize(
    ("before", "after", "marked"),
    [
        ("12 ports", "15 ports", "<del>12</del><ins>15</ins> ports"),
        ("论坛于5日开幕", "论坛于6日开幕", "论坛于<del>5</del><ins>6</ins>日开幕"),
        ("a &lt;b&gt;", "a <b>c</b>", None),
        ("", "new", "<ins>new</ins>"),
        ("old", "", "<del>old</del>"),
        ("26日电 港口", "26日电港口", "26日电<del>␣</del>港口"),
        ("两  港", "两\u3000港", "两<del>␣␣</del><ins>□</ins>港"),
        ("5\xa0km", "5 km", "5<del>⍽</del><ins>␣</ins>km"),
        ("a<br/>b", "a b", "a<del>↵\n</del><ins>␣</ins>b"),
        ("港\u200b口", "港口", "港<del>[U+200B]</del>口"),
    ],
)
def test_changes_are_marked_by_words_and_by_characters(before, after, marked):
    made = marked_changes(before, after)
    assert marked is None or made == marked
    assert "<b>" not in made
