"""Words of pictures and titles of documents are texts of the release: the library offers, people answer for them."""

import json

import pytest
from django.core.files.base import ContentFile
from django.urls import reverse
from wagtail.documents import get_document_model
from wagtail.models import Collection, CollectionViewRestriction
from wagtail_localize.models import SegmentOverride, StringTranslation

from home import gate
from home.images import CustomImage
from news.demo.build import make_image
from news.models import ArticlePage
from news.pair.refusals import MachineText
from news.release.publishing import release_both
from news.release.review import take_back
from news.translation.drafts import paragraphs_of
from news.translation.library import accept
from news.translation.sync import fill

from .drawn import mark
from .pairs import member_of, partner_pair
from .scene import CHINESE, ENGLISH, WORDS, Scene

pytestmark = pytest.mark.django_db
SAID = {pair[0]: pair[1] for pair in WORDS}


def image(name="waves", alt=("Waves at the shore", "岸边的波浪"), caption=("High tide", "涨潮")):
    return make_image(name, mark("waves"), (alt, caption))


def block(of, **words):
    return ("image", {"image": of, "alt": "", "caption": "", "decorative": False, **words})


def draft(scene):
    return scene.original.page.get_latest_revision_as_object()


def words_of(page):
    value = page.body[0].value
    return page.lead_image_alt, page.lead_image_caption, value["alt"], value["caption"]


def said_by(scene):
    """{path: (words, whether nobody has accepted them)} of the translation."""
    return {one.path: (one.words, one.is_machine) for one in paragraphs_of(scene.translation.localized)}


@pytest.mark.parametrize(("language", "side"), [(ENGLISH, 0), (CHINESE, 1)])
def test_a_picture_just_chosen_is_described_as_in_the_library(language, side):
    scene = Scene(original=language)
    scene.edit(lead_image=image(), body=[block(image("more"))])
    alt, caption = ("Waves at the shore", "岸边的波浪")[side], ("High tide", "涨潮")[side]
    assert words_of(draft(scene)) == (alt, caption, alt, caption)


def test_what_somebody_wrote_or_emptied_stays():
    scene, waves = Scene(), image()
    scene.edit(lead_image=waves, lead_image_alt="My own", body=[block(waves, caption="Mine, too")])
    assert words_of(draft(scene)) == ("My own", "High tide", "Waves at the shore", "Mine, too")
    page = draft(scene)
    page.lead_image_caption = page.body[0].value["caption"] = ""
    page.save_revision(user=scene.author)
    assert words_of(draft(scene)) == ("My own", "", "Waves at the shore", "")
    scene.edit(lead_image=image("other", caption=("Low tide", "落潮")))
    assert draft(scene).lead_image_caption == "Low tide"
    scene.edit(lead_image=None)
    assert (draft(scene).lead_image_alt, draft(scene).lead_image_caption) == ("", "")


def test_a_decorative_picture_gets_no_alternative_text():
    scene = Scene()
    scene.edit(body=[block(image(), decorative=True)])
    assert draft(scene).body[0].value["alt"] == ""
    cleaned = ArticlePage.body.field.stream_block.child_blocks["image"].clean(
        {"image": image("b"), "alt": "Typed before", "caption": "", "decorative": True}
    )
    assert cleaned["alt"] == ""


def test_a_document_is_called_what_the_library_calls_it_until_somebody_says_otherwise():
    plan = get_document_model().objects.create(title="Plan", file=ContentFile(b"The plan", "plan.txt"))
    scene = Scene()
    scene.edit(body=[("document", {"document": plan, "title": ""})])
    assert draft(scene).body[0].value["title"] == "Plan"
    scene.original_approved()
    path = f"body.{draft(scene).body[0].id}.title"
    assert said_by(scene)[path] == ("", False)  # it has a name in one language alone


def test_the_translator_is_offered_the_librarys_words_and_answers_for_them():
    scene = Scene()
    scene.edit(lead_image=image())
    scene.original_approved()
    assert said_by(scene)["lead_image_alt"] == ("岸边的波浪", True)
    localized = scene.translation.localized
    fill(localized, SAID, scene.translator)
    assert not scene.translation.is_machine_draft
    with pytest.raises(MachineText):
        scene.submit(scene.translation)
    fill(localized, {"High tide": "潮水上涨"}, scene.translator)
    accept(localized, scene.translator)
    assert said_by(scene)["lead_image_alt"] == ("岸边的波浪", False)
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    release_both(scene.release, scene.publisher)
    page = scene.fresh(scene.translation)
    assert (page.lead_image_alt, page.lead_image_caption) == ("岸边的波浪", "潮水上涨")


def test_saving_an_offered_text_as_it_is_accepts_it(client):
    scene = Scene()
    scene.edit(lead_image=image())
    scene.original_approved()
    localized = scene.translation.localized
    segment = localized.source.stringsegment_set.get(context__path="lead_image_alt")
    client.force_login(scene.translator)
    page = client.get(reverse("wagtailadmin_pages:edit", args=[scene.translation.page.pk])).content.decode()
    facts = json.loads(page.split('<script id="segments" type="application/json">')[1].split("</script>")[0])
    assert segment.pk in facts["offered"]
    assert facts["pictures"][str(segment.pk)]["title"] == "waves"
    address = reverse("wagtail_localize:edit_string_translation", args=[localized.pk, segment.pk])
    client.put(address, "value=岸边的波浪", content_type="application/x-www-form-urlencoded")
    assert said_by(scene)["lead_image_alt"] == ("岸边的波浪", False)
    string = StringTranslation.objects.get(context=segment.context)
    assert (string.tool_name, string.last_translated_by) == ("", scene.translator)


def test_a_person_who_knows_no_chinese_uploads_and_the_translator_writes():
    scene = Scene()
    scene.edit(lead_image=image(alt=("Waves at sea", ""), caption=("", "")), lead_image_caption="At noon")
    scene.original_approved()
    assert said_by(scene)["lead_image_alt"] == said_by(scene)["lead_image_caption"] == ("", False)
    scene.translate({**SAID, "Waves at sea": "海上的波浪", "At noon": "正午"})
    release_both(scene.release, scene.publisher)
    assert scene.fresh(scene.translation).lead_image_caption == "正午"


def test_what_was_translated_before_the_original_changed_stays_in_sight():
    scene = Scene()
    scene.edit(lead_image=image())
    scene.original_approved()
    scene.fill({**SAID, "High tide": "潮水上涨"})
    take_back(scene.page, scene.reviewer, "Higher")
    scene.edit(lead_image_caption="The highest tide")
    scene.submit()
    assert said_by(scene)["lead_image_caption"] == ("", False)  # open, beside the earlier words


def test_a_picture_of_the_translations_own_is_described_anew():
    scene = Scene()
    other = image("other", ("A quay", "码头"), ("", ""))
    scene.edit(body=[block(image())])
    scene.original_approved()
    scene.fill()
    localized = scene.translation.localized
    segment = localized.source.overridablesegment_set.get(context__path__endswith=".image")
    path = segment.context.path.removesuffix(".image")
    own = SegmentOverride.objects.create(
        locale=localized.target_locale, context=segment.context, data_json=json.dumps(other.pk)
    )
    assert said_by(scene)[f"{path}.alt"] == ("码头", True)
    assert said_by(scene)[f"{path}.caption"] == ("", False)
    own.save()  # the same again: nothing
    accept(localized, scene.translator)
    own.save()
    assert said_by(scene)[f"{path}.alt"] == ("码头", False)
    own.delete()
    assert said_by(scene)[f"{path}.alt"] == ("岸边的波浪", True)


def test_the_library_speaks_for_no_page_that_is_public():
    scene = Scene()
    scene.edit(lead_image=image())
    scene.both_live()
    CustomImage.objects.update(alt_en="Buy", alt_zh_hans="买", caption_en="Now", caption_zh_hans="快")
    for version in scene.pair.versions.values():
        page = scene.fresh(version)
        assert page.lead_image_alt in ("Waves at the shore", "岸边的波浪")
    assert not any(version.has_changes for version in scene.pair.versions.values())


def test_publishing_adds_nothing_to_what_was_approved():
    scene = Scene()
    page = draft(scene)
    page.lead_image = image()
    page.save_revision(user=scene.author)
    page.lead_image_alt = page.lead_image_caption = ""
    page.save_revision(user=scene.author)
    silent = page.latest_revision
    scene.edit(lead_image=image("other"))
    with gate.opened(page.translation_key):
        ArticlePage.objects.get(pk=page.pk)
        silent.publish()
    assert ArticlePage.objects.get(pk=page.pk).lead_image_alt == ""


def test_a_logo_may_have_words_and_needs_none():
    english, chinese = partner_pair(logo=image())
    assert (english.logo_alt, chinese.logo_alt) == ("Waves at the shore", "岸边的波浪")
    english, _chinese = partner_pair(title=("Other", "另一家"), logo=image("b", ("", ""), ("", "")))
    assert english.logo_alt == ""
    assert not [one for one in findings(english) if one.check == "pictures"]


def findings(page):
    from news.findings.judged import findings_of
    from news.pair.pair import pair_of

    return [judged.finding for judged in findings_of(pair_of(page))]


def test_findings_name_a_picture_and_lead_to_its_words(client):
    scene = Scene()
    scene.edit(lead_image=image("Quay by night", ("", ""), ("", "")))
    found = [one for one in findings(scene.page) if one.check == "pictures"]
    assert [(one.message.en, one.missing) for one in found] == [
        ("A picture “Quay by night” has no English alternative text.", ("lead_image_alt", ""))
    ]
    client.force_login(scene.author)
    html = client.get(reverse("newsroom_releases:findings", args=[scene.release.pk])).content.decode()
    assert 'data-path="lead_image_alt"' in html
    scene.edit(lead_image_alt="IMG_2041.jpg")
    (found,) = [one for one in findings(scene.page) if one.check == "pictures"]
    assert found.english[0].words == "IMG_2041.jpg"


def test_a_caption_that_the_library_alone_has_is_told_of():
    scene = Scene()
    scene.edit(lead_image=image(caption=("", "涨潮")))
    (found,) = [one for one in findings(scene.page) if one.check == "pictures"]
    assert "the release has none" in found.message.en
    assert found.missing[0] == "lead_image_caption"


class TestAsking:
    def ask(self, client, kind, page, **keys):
        return client.get(reverse("newsroom_releases:library_words", args=[page.pk]), {"kind": kind, **keys})

    def test_in_the_language_of_the_page(self, client):
        scene, waves = Scene(), image()
        client.force_login(scene.author)
        answer = self.ask(client, "image", scene.page, chosen=waves.pk, former="")
        assert answer.json() == {"chosen": {"alt": "Waves at the shore", "caption": "High tide"}}
        section = scene.page.get_parent().get_translations().get()
        answer = self.ask(client, "image", section, chosen=waves.pk, former=waves.pk)
        assert answer.json()["former"] == {"alt": "岸边的波浪", "caption": "涨潮"}

    @pytest.mark.parametrize("key", ["", "0", "-1", "x", "9" * 30, "１", "1,2"])
    def test_what_is_no_picture_says_nothing(self, client, key):
        scene = Scene()
        client.force_login(scene.author)
        assert self.ask(client, "image", scene.page, chosen=key).json() == {}
        assert self.ask(client, "video", scene.page, chosen=key).status_code == 404

    def test_of_what_somebody_may_not_choose_they_learn_nothing(self, client):
        secret = Collection.get_first_root_node().add_child(name="Secret")
        CollectionViewRestriction.objects.create(collection=secret, restriction_type=CollectionViewRestriction.LOGIN)
        scene, waves = Scene(), image()
        CustomImage.objects.filter(pk=waves.pk).update(collection=secret)
        nobody = member_of(username="nobody")
        client.force_login(nobody)
        assert self.ask(client, "image", scene.page, chosen=waves.pk).status_code in (302, 403)
        client.logout()
        assert self.ask(client, "image", scene.page, chosen=waves.pk).status_code == 302
