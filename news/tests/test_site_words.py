"""Words that readers see at once, by one publisher alone: both languages are asked for, and all publishers told."""

import re

import pytest
from django.core.management import call_command
from django.urls import reverse
from wagtail.models import ModelLogEntry, PageLogEntry, Revision, Site
from wagtail.users.models import UserProfile

from home import gate
from home.identity import IDENTITY
from home.languages import CHINESE, ENGLISH
from home.models import HomePage
from news.admin.identity import stamp_of
from news.models import ArticleTopic, Event, Notice, Topic
from news.release.identity import homes
from news.release.publishing import release_both

from .doors import admin, refused
from .pairs import article_pair, locale, member_of, publisher_of
from .posted.visitor import fields_of
from .scene import BOTH, Scene

pytestmark = pytest.mark.django_db
URL = "/cms/identity/"
SEEN = re.compile('name="seen" value="([^"]+)"')


@pytest.fixture
def petra(client):
    user = member_of("Publishers", username="petra", email="petra@example.org", first_name="Petra")
    member_of("Publishers", username="lin", email="lin@example.org")
    client.force_login(user)
    return user


def told():
    found = Notice.objects.filter(event=Event.SITE_WORDS)
    return sorted(found.values_list("recipient__username", flat=True))


def home(language=ENGLISH):
    return HomePage.objects.get(locale=locale(language))


def typed(client, **filled):
    form = fields_of(client.get(URL).content.decode(), "stamp")
    return {**form, **{name.replace("__", "-", 1): value for name, value in filled.items()}}


def send(client, **filled):
    """Typed, shown, and confirmed."""
    form = typed(client, **filled)
    answer = client.post(URL, form)
    seen = SEEN.search(answer.content.decode())
    return client.post(URL, {**form, "seen": seen[1]}) if seen else answer


BOTH_ADDRESSES = {"en__address": "1 Sample Road", "zh-hans__address": "示例路1号"}


class TestIdentity:
    def test_both_languages_change_at_once_and_the_others_are_told(self, client, petra, mailoutbox):
        lin = UserProfile.get_for_user(petra.__class__.objects.get(username="lin"))
        lin.preferred_language = "zh-hans"
        lin.save()
        assert send(client, **BOTH_ADDRESSES).status_code == 302
        assert (home().address, home(CHINESE).address) == ("1 Sample Road", "示例路1号")
        assert "1 Sample Road" in client.get("/en/").content.decode()
        assert "示例路1号" in client.get("/zh-hans/").content.decode()
        lines = PageLogEntry.objects.filter(action="newsroom.change_identity")
        assert {line.page_id for line in lines} == {home().pk, home(CHINESE).pk}
        assert all("1 Sample Road" in line.comment and line.user == petra for line in lines)
        assert told() == ["lin"]
        call_command("send_notices")
        [letter] = mailoutbox
        assert letter.to == ["lin@example.org"]
        assert "示例路1号" in letter.body
        assert "http://" in letter.body
        assert URL in letter.body

    def test_what_readers_will_see_is_shown_in_both_languages_before(self, client, petra):
        form = typed(client, **BOTH_ADDRESSES, en__icp_number="粤ICP备1号", **{"zh-hans__icp_number": "粤ICP备1号"})
        answer = client.post(URL, form)
        shown = answer.content.decode()
        assert answer.status_code == 200
        assert "<p>Address: 1 Sample Road</p>" in shown
        assert "<p>地址：示例路1号</p>" in shown
        assert shown.count("https://beian.miit.gov.cn/") == 2
        assert (home().address, home(CHINESE).address, told()) == ("", "", [])
        assert "1 Sample Road" not in client.get("/en/").content.decode()
        seen = SEEN.search(shown)[1]
        again = client.post(URL, {**form, "en-address": "2 Sample Road", "seen": seen}).content.decode()
        assert "<p>Address: 2 Sample Road</p>" in again
        assert home().address == ""
        client.post(URL, {**form, "en-address": "2 Sample Road", "seen": SEEN.search(again)[1]})
        assert home().address == "2 Sample Road"

    @pytest.mark.parametrize("name", [name for name in IDENTITY if name not in ("logo", "organisation")])
    def test_one_language_alone_is_refused(self, client, petra, name):
        answer = send(client, **{f"zh-hans__{name}": "a@example.org"})
        assert answer.status_code == 422
        assert "Fill it in in both languages, or in neither." in answer.content.decode()
        assert getattr(home(CHINESE), name) == ""
        assert told() == []

    def test_what_is_wrong_is_said_beside_both(self, client, petra):
        answer = send(client, en__email="nobody", **{"zh-hans__organisation": ""})
        assert answer.content.decode().count("errorlist") == 2
        assert home(CHINESE).organisation

    def test_what_somebody_else_changed_meanwhile_is_not_written_over(self, client, petra):
        form = fields_of(client.get(URL).content.decode(), "stamp")
        HomePage.objects.update(telephone="1")
        answer = client.post(URL, {**form, "en-address": "X", "zh-hans-address": "Y"})
        assert answer.status_code == 422
        assert 'value="X"' in answer.content.decode()
        assert (home().address, home().telephone) == ("", "1")

    def test_unchanged_it_tells_nobody(self, client, petra):
        stamp = stamp_of(homes())
        assert send(client).status_code == 302
        assert (stamp_of(homes()), told()) == (stamp, [])
        assert not PageLogEntry.objects.filter(action="newsroom.change_identity").exists()

    def test_it_takes_the_right_in_both_languages(self, client, petra):
        for user in (publisher_of(ENGLISH), member_of("Bilingual reviewers", username="rea")):
            client.force_login(user)
            assert client.get(URL).status_code == 302
            assert client.post(URL, {"en-address": "X", "zh-hans-address": "Y"}).status_code == 302
            assert URL not in client.get(reverse("wagtailadmin_home")).content.decode()
        assert home().address == ""

    def test_no_draft_and_no_old_revision_brings_a_former_one_back(self, client, petra):
        old = home().save_revision()
        send(client, **BOTH_ADDRESSES)
        with gate.opened(home().translation_key):
            Revision.objects.get(pk=old.pk).publish()
        assert home().address == "1 Sample Road"
        shown = client.get(admin("edit", home().pk)).content.decode()
        assert 'name="address"' not in shown
        assert 'name="introduction"' in shown

    def test_a_script_may_write_it_and_nothing_else(self):
        page = home()
        page.address = "1 Sample Road"
        page.save()
        HomePage.objects.update(telephone="1")
        assert (home().address, home().telephone) == ("1 Sample Road", "1")
        page.title = "Somebody's own"
        assert refused(page.save)
        assert refused(lambda: HomePage.objects.update(introduction="Ours.", telephone="2"))
        assert (home().title, home().introduction, home().telephone) == ("Newsroom", "", "1")


class TestAppearance:
    def save(self, client, **filled):
        url = reverse("wagtailsettings:edit", args=["home", "appearance", Site.objects.get().pk])
        return client.post(url, {"grey_from": "", "grey_until": "", "notice_en": "", "notice_zh_hans": "", **filled})

    def test_a_notice_is_written_in_both_languages(self, client, petra):
        answer = self.save(client, notice_zh_hans="今日举行悼念活动。")
        assert "Write the notice in both languages." in answer.content.decode()
        assert told() == []
        assert self.save(client, notice_zh_hans="公告", notice_en="A notice").status_code == 302
        assert told() == ["lin"]
        assert ModelLogEntry.objects.filter(user=petra, action="wagtail.edit").exists()

    def test_grey_days_are_told_and_nothing_where_nothing_changed(self, client, petra):
        self.save(client)
        assert told() == []
        self.save(client, grey_from="2026-12-13")
        assert told() == ["lin"]
        assert "2026-12-13" in Notice.objects.get().note


def topic(**fields):
    return Topic.objects.create(**{"slug": "wind", "name_en": "Wind", "name_zh_hans": "风", **fields})


def named_by_a_public_article():
    found = topic()
    english = article_pair()[0]
    page = english.get_latest_revision_as_object()
    page.article_topics = [ArticleTopic(topic=found, locale=english.locale)]
    page.save_revision()
    return found


def named_by_a_row():
    found, scene = topic(), Scene()
    scene.page.article_topics = [ArticleTopic(topic=found, locale=locale(ENGLISH))]
    scene.page.save()
    return found


def named_by_what_waits_for_its_release():
    found, scene = topic(), Scene()
    scene.edit(article_topics=[ArticleTopic(topic=found, locale=locale(ENGLISH))])
    scene.both_approved()
    scene.edit(article_topics=[])
    return found


def named_by_what_is_public():
    found, scene = topic(), Scene()
    scene.edit(article_topics=[ArticleTopic(topic=found, locale=locale(ENGLISH))])
    scene.both_approved()
    release_both(scene.release, scene.publisher)
    return found


USES = [
    named_by_a_public_article,
    named_by_a_row,
    named_by_what_waits_for_its_release,
    named_by_what_is_public,
]


class TestTopics:
    def test_a_new_name_is_told(self, client, petra):
        found = topic()
        Notice.objects.all().delete()
        url = reverse("wagtailsnippets_news_topic:edit", args=[found.pk])
        client.post(url, {"slug": "wind", "name_en": "Wind power", "name_zh_hans": ""})
        assert told() == []
        client.post(url, {"slug": "wind", "name_en": "Wind power", "name_zh_hans": "风能"})
        assert told() == ["lin"]
        note = Notice.objects.get()
        assert note.note == "Wind → Wind power\n风 → 风能"
        assert (note.path, note.who) == (url, "Petra")
        assert ModelLogEntry.objects.filter(user=petra, action="wagtail.edit").exists()

    @pytest.mark.full
    @pytest.mark.parametrize("use", USES)
    def test_what_is_named_is_not_deleted_and_who_names_it_is_said(self, client, petra, use):
        found = use()
        url = reverse("wagtailsnippets_news_topic:delete", args=[found.pk])
        many = reverse("wagtail_bulk_action", args=["news", "topic", "delete"]) + f"?id={found.pk}"
        for ask in (lambda: client.get(url), lambda: client.post(url), lambda: client.post(many)):
            said = ask()
            said = client.get(said["Location"]).content.decode() if said.status_code == 302 else ""
            assert "A week of clean air" in said
            assert Topic.objects.exists()
        assert refused(found.delete)
        assert refused(Topic.objects.all().delete)
        for name in ("list", "edit"):
            arguments = [found.pk] if name == "edit" else []
            assert url not in client.get(reverse(f"wagtailsnippets_news_topic:{name}", args=arguments)).content.decode()

    def test_what_nothing_names_any_more_is_deleted(self, client, petra):
        scene, found = Scene(), topic()
        scene.edit(article_topics=[ArticleTopic(topic=found, locale=locale(ENGLISH))])
        scene.edit(article_topics=[])
        Notice.objects.all().delete()
        client.post(reverse("wagtailsnippets_news_topic:delete", args=[found.pk]))
        assert not Topic.objects.exists()
        assert told() == ["lin"]


def test_a_notice_without_a_release_reaches_robots_and_people(petra, settings):
    topic()
    [notice] = Notice.objects.all()[:1]
    from news.notices.robots import parts

    [(told_in_it, text)] = parts([notice])
    assert told_in_it == [notice]
    assert "Wind 风" in text
    assert len(BOTH) == 2
