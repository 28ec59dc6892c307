"""Where wagtail-localize, used as it comes, shows readers what nobody approved, or loses what somebody wrote."""

import io

import pytest
from django.urls import reverse
from wagtail.models import PageViewRestriction
from wagtail_localize.models import StringTranslation, TranslationSource

from home.gate import OnlyThroughItsRelease, SubmittedMeanwhile
from home.languages import CHINESE
from news.models import Approval
from news.pair.pair import VersionState
from news.pair.refusals import MachineText, NotAnAddress, NotAPublisher, WaitsForOriginal
from news.release.address import change_address
from news.release.privacy import restrict
from news.release.publishing import release_both
from news.release.review import refusal_to_approve
from news.release.submission import submit
from news.translation.drafts import open_segments
from news.translation.earlier import earlier

from .pairs import article_form
from .scene import Scene, title

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene().both_live()


def localize(name, *arguments):
    return reverse(f"wagtail_localize:{name}", args=arguments)


def segment_of(scene, text):
    return scene.translation.localized.source.stringsegment_set.get(string__data=text)


def test_saving_a_translations_draft_writes_no_live_row(scene):
    scene.fill({title(scene.language): "未经审核"})
    with pytest.raises(OnlyThroughItsRelease):
        scene.translation.localized.save_target(publish=False)
    assert scene.live_titles()[CHINESE.code] == title(CHINESE)


@pytest.mark.parametrize("view", ["update", "start"])
def test_bringing_up_to_date_takes_the_draft_not_the_live_row_and_publishes_nothing(client, scene, view):
    scene.edit(title="Canary")
    client.force_login(scene.publisher)
    source = TranslationSource.objects.get(object_id=scene.page.translation_key)
    if view == "update":
        response = client.post(localize("update_translations", source.pk), {"publish_translations": "on"})
    else:
        response = client.post(localize("submit_page_translation", scene.page.pk))
    assert response.status_code == 302
    assert segment_of(scene, "Canary")
    assert "Canary" not in scene.live_titles().values()


def test_translating_an_unapproved_draft_shows_it_to_nobody(scene):
    scene.edit(title="Canary")
    scene.submit()
    scene.fill({"Canary": "金丝雀"})
    scene.submit(scene.translation)
    scene.act(scene.translation, scene.reviewer, "approve")
    with pytest.raises(WaitsForOriginal):
        scene.act(scene.translation, scene.publisher, "approve")
    assert set(scene.live_titles().values()) == {title(scene.language), title(CHINESE)}


def test_mending_the_live_translation_while_an_update_is_under_way_leaks_nothing_of_it(scene):
    scene.edit(summary="Canary.")
    scene.submit()
    scene.fill({title(scene.language): "订正", "Canary.": "金丝雀。"})
    scene.submit(scene.translation)
    scene.act(scene.translation, scene.reviewer, "approve")
    assert isinstance(refusal_to_approve(scene.translation.page, scene.publisher), WaitsForOriginal)
    assert "金丝雀。" not in scene.fresh(scene.translation).summary


class TestByHand:
    """Stopping the paragraphs, editing by hand and starting again."""

    def test_the_page_goes_on_from_the_paragraphs_and_nothing_written_by_hand_is_lost(self, client):
        scene = Scene()
        scene.submit()
        scene.fill()
        client.force_login(scene.translator)
        translation, page = scene.translation.localized, scene.translation.page
        client.post(localize("stop_translation", translation.pk))
        assert scene.fresh(scene.translation).get_latest_revision_as_object().title == title(CHINESE)
        by_hand = scene.edit(scene.translation, scene.translator, title="亲手改的标题")
        StringTranslation.objects.all().delete()
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), {"localize-restart-translation": "1"})
        translation = scene.translation.localized
        assert open_segments(translation) == 3
        words = {segment.context.path: found.words for segment, found in earlier(translation).items()}
        assert words["title"] == "亲手改的标题"
        assert page.revisions.filter(pk=by_hand.pk).exists()


class TestPO:
    def upload(self, client, scene, content):
        client.force_login(scene.translator)
        file = io.BytesIO(content)
        file.name = "translation.po"
        path = localize("upload_pofile", scene.translation.localized.pk)
        return client.post(path, {"file": file} if content else {}, follow=True)

    @pytest.mark.parametrize("content", [b'msgid "a"\nmsgstr "b"\n', b"\x00\xff", b""])
    def test_a_foreign_file_is_refused_in_words(self, client, scene, content):
        response = self.upload(client, scene, content)
        assert response.status_code == 200
        assert "PO file" in response.content.decode()

    def test_script_in_a_translation_reaches_no_reader(self, client, scene):
        client.force_login(scene.translator)
        segment = segment_of(scene, "The forum opened.")
        path = localize("edit_string_translation", scene.translation.localized.pk, segment.pk)
        client.put(path, "value=<script>alert(1)</script>", content_type="application/x-www-form-urlencoded")
        draft = scene.translation.localized.source.get_ephemeral_translated_instance(
            scene.translation.page.locale, True
        )
        assert "<script" not in str(draft.body)


def test_machine_text_that_nobody_accepted_is_not_submitted():
    scene = Scene()
    scene.submit()
    scene.fill()
    StringTranslation.objects.update(translation_type=StringTranslation.TRANSLATION_TYPE_MACHINE)
    assert scene.translation.is_machine_draft
    with pytest.raises(MachineText):
        submit(scene.translation.page, scene.translator)


class TestLocks:
    """In review and approved, the paragraphs are locked as the page is."""

    def put(self, client, scene, user):
        client.force_login(user)
        segment = segment_of(scene, "The forum opened.")
        path = localize("edit_string_translation", scene.translation.localized.pk, segment.pk)
        return client.put(path, "value=改", content_type="application/x-www-form-urlencoded").status_code

    def test_in_review_but_for_the_reviewer(self, client):
        scene = Scene().original_approved()
        scene.fill()
        scene.submit(scene.translation)
        assert self.put(client, scene, scene.translator) in (302, 403)
        assert not StringTranslation.objects.filter(data="改").exists()
        assert self.put(client, scene, scene.reviewer) == 200

    @pytest.mark.full
    def test_once_approved_for_everybody(self, client):
        scene = Scene().both_approved()
        assert scene.translation.state == VersionState.APPROVED
        for user in (scene.translator, scene.reviewer, scene.publisher):
            self.put(client, scene, user)
        assert not StringTranslation.objects.filter(data="改").exists()


class TestAutosave:
    """An editor's autosave writes over the revision that it made before: the approval must not move with it."""

    def test_what_is_approved_is_not_written_over(self):
        scene = Scene().both_live()
        revision = scene.edit(title="Approved words")
        scene.submit()
        scene.approve()
        release_revision = scene.original.approval.revision
        page = scene.original.page.get_latest_revision_as_object()
        page.title = "Canary"
        with pytest.raises(SubmittedMeanwhile):
            page.save_revision(user=scene.author, overwrite_revision=release_revision)
        assert release_revision.pk == revision.pk
        release_revision.refresh_from_db()
        assert release_revision.content["title"] == "Approved words"

    def test_nor_is_what_is_in_review(self):
        scene = Scene()
        submitted = scene.page.latest_revision
        scene.submit()
        page = scene.original.page.get_latest_revision_as_object()
        page.title = "Canary"
        with pytest.raises(SubmittedMeanwhile):
            page.save_revision(user=scene.author, overwrite_revision=submitted)
        with pytest.raises(SubmittedMeanwhile):
            page.save_revision(user=scene.author, overwrite_revision=None)  # the first autosave, come late
        # the reviewer whose turn it is may correct, in a revision of their own
        assert page.save_revision(user=scene.reviewer, overwrite_revision=submitted).pk != submitted.pk


def test_approved_revisions_are_not_purged_and_go_with_their_page(scene):
    from django.core.management import call_command

    scene.update("Changed")
    live = scene.original.page.live_revision_id
    call_command("purge_revisions", verbosity=0)
    assert scene.original.page.revisions.filter(pk=live).exists()
    from news.release.withdrawal import withdraw

    withdraw(scene.release, scene.publisher, "Wrong.")
    number = scene.release.pk
    scene.original.page.delete()
    assert scene.translation.page is None
    assert Approval.objects.filter(release_id=number, revision_id=live).exists()


class TestBothAtOnce:
    def test_privacy(self, client, scene):
        urls = [page.url for page in scene.pair.pages]
        restrict(scene.release, scene.publisher, PageViewRestriction.LOGIN)
        assert {client.get(url).status_code for url in urls} == {302}
        restrict(scene.release, scene.publisher, PageViewRestriction.NONE)
        assert {client.get(url).status_code for url in urls} == {200}
        with pytest.raises(NotAPublisher):
            restrict(scene.release, scene.reviewer, PageViewRestriction.LOGIN)

    def test_the_address(self, client, scene):
        old = [page.url for page in scene.pair.pages]
        scene.edit(title="A draft under the old address")
        change_address(scene.release, scene.publisher, "another-address")
        for page, url in zip(scene.pair.pages, old, strict=True):
            assert page.slug == "another-address"
            assert client.get(page.url).status_code == 200
            response = client.get(url)
            assert (response.status_code, response["Location"].endswith(page.url)) == (301, True)
        scene.original_approved()
        scene.translate({"A draft under the old address": "草稿"})
        release_both(scene.release, scene.publisher)
        assert {page.slug for page in scene.pair.pages} == {"another-address"}
        with pytest.raises(NotAnAddress):
            change_address(scene.release, scene.publisher, "新地址")

    def test_an_address_is_read_as_a_chinese_keyboard_types_it(self, client, scene):
        client.force_login(scene.publisher)
        form = scene.form("change_address", slug="ａｎｏｔｈｅｒ－１\x0b")
        client.post(reverse("newsroom_releases:act", args=[scene.release.pk, "change_address"]), form)
        assert {page.slug for page in scene.pair.pages} == {"another-1"}

    def test_withdrawal_is_said_and_dated(self, client, scene):
        from news.release.withdrawal import withdraw

        pages = scene.pair.pages
        withdraw(scene.release, scene.publisher, "A figure was wrong.")
        for page in pages:
            response = client.get(page.url)
            assert response.status_code == 410
            assert "A figure was wrong." not in response.content.decode()
        assert "该稿件已撤下" in client.get(pages[1].url).content.decode()

    def test_one_language_for_good_is_told_from_not_yet(self, client):
        from news.release.publishing import release_single

        scene = Scene().original_approved()
        release_single(scene.release, scene.language, scene.publisher, "Of local interest")
        html = client.get(scene.page.url.replace("/en/", "/zh-hans/")).content.decode()
        assert "本文仅提供英文版" in html
        assert "本文暂无中文版" not in html


def test_the_editor_saves_nothing_into_an_approved_version(client):
    scene = Scene().both_approved()
    client.force_login(scene.publisher)
    before = scene.original.page.latest_revision_id
    client.post(reverse("wagtailadmin_pages:edit", args=[scene.page.pk]), article_form(title="Canary"))
    assert scene.original.page.latest_revision_id == before
