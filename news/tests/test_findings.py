"""What the checks find is settled before readers see it: mended, marked as correct, or overridden."""

import json
import re

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse
from wagtail.models import PageLogEntry, Site

from home.gate import Refused
from news.checks import Level
from news.findings.elsewhere import given_up, holders
from news.findings.judged import findings_of, unsettled, unwaive, waive
from news.findings.mending import mend
from news.models import CheckSettings, GlossaryTerm, Waiver
from news.pair.pair import Pair
from news.pair.refusals import BlockingFindings, FindingGone, MayNotEdit, NeverOverridden, NotAPublisher, ReasonNeeded
from news.release.publishing import release_both
from news.release.schedule import release_due, schedule
from news.translation.texts import texts_of

from .pairs import article_pair
from .scene import BOTH, CHINESE, ENGLISH, SUMMARY, TEXT, TITLE, Scene, moment

pytestmark = pytest.mark.django_db
WRONG = "论坛3日开幕,有12亿人参加。"
"""A half-width comma, which can be mended, and two figures that the English does not have."""


@pytest.fixture
def scene():
    return in_translation(WRONG)


def in_translation(text, like=None, **changes):
    """A release whose original is submitted and whose translation says `text`; with the people of `like`."""
    scene = Scene()
    if like:
        scene.__dict__.update({name: getattr(like, name) for name in ("author", "translator")})
    if changes:
        scene.edit(**changes)
    scene.submit()
    translate(scene, text)
    return scene


def translate(scene, text, summary=SUMMARY):
    scene.fill({TITLE[0]: TITLE[1], summary[0]: summary[1], TEXT[0]: text})


def pair_of(scene):
    return Pair(scene.release)


def names(found):
    return sorted({judged.finding.check for judged in found})


def one(scene, check):
    return next(judged for judged in findings_of(pair_of(scene)) if judged.finding.check == check)


def test_only_what_is_translated_is_compared():
    scene = Scene()
    scene.submit()
    assert findings_of(pair_of(scene)) == []
    translate(scene, WRONG)
    assert names(unsettled(pair_of(scene))) == ["half_width", "numbers"]


LONG = (
    "The harbour of Lantern Bay, its ferries, its tide gauges and its pilots, seen from all of its eleven quays",
    "灯塔湾港口及其轮渡、验潮站与引航员，自十一座码头观之，兼述百年来潮汐记录之沿革与港区航道整治之始末",
)
"""A title too long for either language."""


@pytest.mark.parametrize("original", [ENGLISH, CHINESE])
def test_the_length_of_a_title_is_that_of_its_own_words(original):
    """As long as nobody has translated it, the translation shows the original's."""
    scene = Scene(original=original)
    side = BOTH.index(original)
    scene.edit(title=LONG[side])
    scene.submit()
    for chosen in (None, [pair_of(scene).translation]):
        found = findings_of(pair_of(scene), chosen)
        assert [judged.finding.what for judged in found] == ([] if chosen else [f"{original.label} {LONG[side]}"])
    words = {pair[side]: pair[1 - side] for pair in (LONG, SUMMARY, TEXT)}
    scene.fill(words)
    assert names(findings_of(pair_of(scene))) == ["head"]
    assert len(findings_of(pair_of(scene))) == 2


def test_typography_is_mended_at_once_and_the_rest_of_the_text_stays(scene):
    assert mend(pair_of(scene), scene.translator) == 1
    said = [text for _path, text in texts_of(pair_of(scene).translation.newest)]
    assert said[2] == WRONG.replace(",", "，")
    assert names(unsettled(pair_of(scene))) == ["numbers"]
    with pytest.raises(FindingGone):
        mend(pair_of(scene), scene.translator)


def test_who_may_not_write_mends_and_waives_nothing(scene):
    stranger = scene.author.__class__.objects.create_user("stranger")
    with pytest.raises(MayNotEdit):
        mend(pair_of(scene), stranger)
    with pytest.raises(MayNotEdit):
        waive(pair_of(scene), one(scene, "numbers").finding.key, stranger, "So.")
    assert not Waiver.objects.exists()


def test_a_warning_that_is_correct_is_silent_until_a_text_changes(scene):
    mend(pair_of(scene), scene.translator)
    for judged in unsettled(pair_of(scene)):
        with pytest.raises(ReasonNeeded):
            waive(pair_of(scene), judged.finding.key, scene.translator, " ")
        waive(pair_of(scene), judged.finding.key, scene.translator, "The English says so elsewhere.")
    assert unsettled(pair_of(scene)) == []
    translate(scene, "论坛4日开幕，有12亿人参加。")
    assert names(unsettled(pair_of(scene))) == ["numbers"]


def test_a_waiver_is_taken_back(scene):
    key = one(scene, "numbers").finding.key
    waive(pair_of(scene), key, scene.translator, "So.")
    unwaive(pair_of(scene), key, scene.translator)
    assert not one(scene, "numbers").is_settled
    said = [entry.message for entry in PageLogEntry.objects.filter(action__contains="waive")]
    assert len(said) == 2
    assert all("12亿" in message or "3日" in message or "“3" in message for message in said)


def test_what_blocks_is_overridden_by_a_publisher_in_one_release_alone(scene):
    translate(scene, "论坛【待补充】开幕。")
    key = one(scene, "placeholder").finding.key
    with pytest.raises(NotAPublisher):
        waive(pair_of(scene), key, scene.reviewer, "So.")
    waive(pair_of(scene), key, scene.publisher, "It is called so.")
    assert one(scene, "placeholder").is_settled
    other = in_translation("论坛【待补充】开幕。", like=scene)
    assert not one(other, "placeholder").is_settled
    assert PageLogEntry.objects.filter(action="newsroom.override_finding", user=scene.publisher).count() == 1


def test_an_empty_summary_is_never_overridden(scene):
    draft = scene.original.page.get_latest_revision_as_object()
    draft.summary = ""
    draft.save_revision(clean=False)  # as the editor saves one
    [judged] = [judged for judged in findings_of(pair_of(scene)) if judged.finding.check == "head"]
    with pytest.raises(NeverOverridden):
        waive(pair_of(scene), judged.finding.key, scene.publisher, "So.")


def test_the_last_approval_is_refused_with_the_list_and_an_earlier_one_is_not(scene):
    scene.approve()
    scene.submit(scene.translation)
    scene.act(scene.translation, scene.reviewer, "approve")
    with pytest.raises(BlockingFindings) as refusal:
        scene.act(scene.translation, scene.publisher, "approve")
    assert "12亿" in str(refusal.value)


def test_a_placeholder_in_the_original_does_not_wait_for_the_translation():
    scene = in_translation(TEXT[1], summary="The venue is TBC.")
    scene.act(scene.original, scene.reviewer, "approve")
    with pytest.raises(BlockingFindings, match="TBC"):
        scene.act(scene.original, scene.publisher, "approve")


def test_a_check_that_is_switched_off_finds_nothing(scene):
    settings = CheckSettings.for_site(Site.objects.get(is_default_site=True))
    settings.off = ["numbers"]
    settings.save()
    assert names(unsettled(pair_of(scene))) == ["half_width"]


def test_the_switches_are_boxes_with_the_titles_of_the_checks(admin_client):
    url = reverse("wagtailsettings:edit", args=["news", "checksettings"])
    html = admin_client.get(url, follow=True).content.decode()
    assert html.count('type="checkbox" name="off"') > 25
    site = Site.objects.get(is_default_site=True)
    admin_client.post(reverse("wagtailsettings:edit", args=["news", "checksettings", site.pk]), {"off": ["numbers"]})
    assert CheckSettings.for_site(site).off == ["numbers"]
    response = admin_client.post(
        reverse("wagtailsettings:edit", args=["news", "checksettings", site.pk]), {"off": ["nonsense"]}
    )
    assert "nonsense" in response.content.decode()
    assert CheckSettings.objects.get().off == ["numbers"]


def test_a_paragraph_is_checked_while_it_is_typed(client, scene):
    client.force_login(scene.translator)
    segment = scene.translation.localized.source.stringsegment_set.order_by("order").last()
    url, nowhere = (
        reverse("newsroom_releases:findings_of_segment", args=[scene.release.pk, key]) for key in (segment.pk, 0)
    )
    said = client.post(url, {"value": "有1.2亿人参加。"}).content.decode()
    assert "1.2亿" in said
    assert "button" not in said
    assert not client.post(url, {"value": TEXT[1]}).content.decode().strip()
    assert not client.post(url).content.strip()
    assert client.post(nowhere, {"value": "x"}).status_code == 404
    assert client.get(url).status_code == 405


@pytest.mark.full
def test_the_list_settles_and_mends_in_both_languages_of_the_admin(client, scene):
    client.force_login(scene.translator)
    page = reverse("newsroom_releases:release", args=[scene.release.pk])
    html = client.get(page).content.decode()
    assert "<mark>12亿</mark>" in html
    key = one(scene, "numbers").finding.key
    url = reverse("newsroom_releases:waive", args=[scene.release.pk])
    answer = client.post(url, {"key": key, "reason": ""}, headers={"X-Requested-With": "XMLHttpRequest"})
    assert answer.status_code == 403
    assert json.loads(answer.content)["error_message"]
    answer = client.post(url, {"key": key, "usual": "A name or a quotation"})
    assert answer.url == f"{page}#findings"
    assert "A name or a quotation" in client.get(page).content.decode()
    answer = client.post(url, {"key": "nonsense", "reason": "x"}, follow=True)
    assert "no longer find this" in answer.content.decode()
    mends = reverse("newsroom_releases:mend", args=[scene.release.pk])
    client.post(mends, {"next": "https://elsewhere.example/"})
    assert "half_width" not in names(unsettled(pair_of(scene)))
    assert client.get(mends).status_code == 405


def test_strangers_see_no_findings(client, scene):
    client.force_login(scene.author.__class__.objects.create_user("stranger"))
    url = reverse("newsroom_releases:findings", args=[scene.release.pk])
    assert client.get(url).status_code in (302, 403)


def test_what_was_settled_is_reported_to_those_who_answer_for_it(client, scene):
    judged = one(scene, "numbers")
    waive(pair_of(scene), judged.finding.key, scene.translator, "=A quotation")
    for user, status in ((scene.reviewer, 200), (scene.publisher, 200), (scene.translator, 302)):
        client.force_login(user)
        assert client.get(reverse("newsroom_settled")).status_code == status
    client.force_login(scene.publisher)
    url = reverse("newsroom_settled_results")
    html = client.get(url, {"name": "numbers", "overrides": "False"}).content.decode()
    assert "=A quotation" in html
    assert judged.message.split()[0] in html
    assert f'href="{reverse("newsroom_releases:release", args=[scene.release.pk])}#findings">{TITLE[0]}<' in html
    assert "=A quotation" not in client.get(url, {"overrides": "True"}).content.decode()
    assert "=A quotation" not in client.get(url, {"name": "units"}).content.decode()
    rows = b"".join(client.get(url, {"export": "csv"}).streaming_content).decode()
    assert "A quotation" in rows
    assert ",=A" not in rows
    scene.release.delete()
    assert "=A quotation" in client.get(url).content.decode()


def test_an_administrator_gives_the_report_to_another_group(admin_client):
    permission = Permission.objects.get(codename="view_waiver")
    group = Group.objects.get(name="English authors")
    html = admin_client.get(reverse("wagtailusers_groups:edit", args=[group.pk])).content.decode()
    assert re.search(rf'name="permissions"\s+value="{permission.pk}"', html)


@pytest.mark.full
def test_pages_that_hold_a_corrected_figure_are_listed(client):
    article_pair(("The air of 1,240 days", "1240天的空气"))
    article_pair(("The air of 1,240 nights", "11240夜的空气"))
    scene = Scene()
    scene.edit(summary="Clean air for 1,240 days.")
    scene.original_approved()
    scene.translate({TITLE[0]: TITLE[1], "Clean air for 1,240 days.": "1240天空气清新。", TEXT[0]: TEXT[1]})
    release_both(scene.release, scene.publisher)
    scene.edit(summary="Clean air for 1,260 days.")
    assert given_up(pair_of(scene)) == ["1,240 days"]
    found = holders("1,240 days", [scene.release.translation_key])
    assert [holder.page.title for holder in found] == ["The air of 1,240 days"]
    client.force_login(scene.reviewer)
    html = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert "?words=1%2C240%20days" in html
    html = client.get(reverse("newsroom_releases:elsewhere"), {"words": "1,240 days"}).content.decode()
    assert "<mark>1,240 days</mark>" in html
    assert "nights" not in html
    scene.original_approved()
    scene.translate({TITLE[0]: TITLE[1], "Clean air for 1,260 days.": "1260天空气清新。", TEXT[0]: TEXT[1]})
    client.force_login(scene.publisher)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "release"])
    html = client.post(url, scene.form("release"), follow=True).content.decode()
    assert "1,260 days" in scene.fresh(scene.original).summary
    assert "?words=1%2C240%20days" in html
    for words in ("", "x" * 5000, "<b>", "'\"("):
        assert client.get(reverse("newsroom_releases:elsewhere"), {"words": words}).status_code == 200


@pytest.mark.full
def test_a_release_is_refused_once_the_glossary_forbids_what_was_approved(scene):
    scene.approve()
    scene.translate()
    GlossaryTerm.objects.create(english="forum", chinese="论坛", english_forbidden="clean air")
    with pytest.raises(Refused, match="lean air"):
        release_both(scene.release, scene.publisher)


def test_a_changed_term_names_the_released_pages_that_hold_its_old_form(admin_client):
    article_pair(("The Lantern Bay Forum opens", "灯笼湾论坛开幕"))
    term = GlossaryTerm.objects.create(english="Lantern Bay Forum", chinese="灯笼湾论坛", kind="term")
    term.save_revision()
    url = reverse(term.snippet_viewset.get_url_name("edit"), args=[term.pk])
    fields = ("kind", "office_en", "office_zh_hans", "english_also", "chinese_also", "english_forbidden", "until")
    form = {name: getattr(term, name) or "" for name in (*fields, "chinese_forbidden", "english_former", "note")}
    form |= {"chinese_former": "", "english": "Lantern Bay Meeting", "chinese": "灯笼湾论坛"}
    html = admin_client.post(url, form, follow=True).content.decode()
    assert "?words=Lantern%20Bay%20Forum" in html
    assert "灯笼湾论坛 (" not in html


@pytest.mark.full
def test_an_embargo_in_the_text_holds_a_release_back_and_its_schedule_too(scene):
    until = moment(days=3)
    line = f"Embargoed until {until:%-d %B %Y}.", f"解禁时间：{until:%Y年%-m月%-d日}。"
    scene = in_translation(TEXT[1], like=scene, summary=line[0])
    translate(scene, TEXT[1], line)
    assert [judged.finding.level for judged in findings_of(pair_of(scene))] == [Level.INFORMS] * 2
    scene.approve()
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    with pytest.raises(BlockingFindings):
        release_both(scene.release, scene.publisher)
    schedule(scene.release, moment(days=1), scene.publisher)
    assert names(unsettled(pair_of(scene))) == ["embargo"]
    assert release_due(now=moment(days=2)) == ([], [scene.release], [])
    assert scene.live_titles() == {}
    schedule(scene.release, moment(days=4), scene.publisher)
    assert release_due(now=moment(days=5))[0] == [scene.release]


def test_a_stale_translation_is_found_and_settled_by_approving_it_anew():
    scene = Scene().both_live().update("A month of clean air")
    assert "stale" not in names(findings_of(pair_of(scene)))  # there is a paragraph to translate first
    words = {"A month of clean air": "清新空气月", SUMMARY[0]: SUMMARY[1], TEXT[0]: TEXT[1]}
    scene.fill(words)
    judged = one(scene, "stale")
    assert not judged.is_settled
    with pytest.raises(NeverOverridden):
        waive(pair_of(scene), judged.finding.key, scene.publisher, "Still right")
    scene.translate(words)
    assert "stale" not in names(findings_of(pair_of(scene)))
