"""Who is told of what, in which language, once, and without holding anybody up."""

import base64
import hmac
import json
import threading
import urllib.parse
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.users.models import UserProfile

from news.models import Event, Notice
from news.notices import outbox, robots
from news.release.assignment import hand_over
from news.release.publishing import release_both, urgent
from news.release.review import take_back
from news.release.schedule import schedule
from news.release.withdrawal import withdraw

from .pairs import member_of
from .scene import CHINESE, ENGLISH, Scene, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    scene = Scene()
    for person in (scene.author, scene.translator, scene.reviewer, scene.second, scene.publisher):
        person.email = f"{person.username}@example.org"
        person.save()
    return scene


def told(event):
    """Who has a notice of it."""
    found = Notice.objects.filter(event=event).exclude(recipient=None)
    return sorted(found.values_list("recipient__username", flat=True))


def letters(user, words=""):
    return [letter for letter in mail.outbox if letter.to == [user.email] and words in letter.body]


def in_chinese(user):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = "zh-hans"
    profile.save()


class TestWho:
    def test_reviewers_and_translators_hear_of_a_submission_and_its_author_does_not(self, scene):
        people = (scene.reviewer, scene.second, scene.publisher)
        lin = member_of("Chinese translators", username="lin")
        scene.submit()
        assert told(Event.AWAITS_REVIEW) == sorted(user.username for user in people[:2])
        assert told(Event.TO_TRANSLATE) == [lin.username]

    def test_a_translation_that_is_assigned_is_their_business_alone(self, scene):
        member_of("Chinese translators", username="lin")
        scene.submit()
        hand_over(scene.release, CHINESE, scene.reviewer, scene.translator, None, "The names are in the glossary.")
        assert told(Event.HANDED_OVER) == ["translator"]
        Notice.objects.all().delete()
        scene.edit(title="Other words")
        scene.reject()
        scene.submit()
        assert told(Event.TO_TRANSLATE) == ["translator"]

    def test_the_next_stage_hears_of_an_approval_and_publishers_when_all_is_ready(self, scene):
        scene.submit()
        scene.act(scene.original, scene.reviewer, "approve")
        assert "publisher" in told(Event.AWAITS_REVIEW)
        scene.act(scene.original, scene.publisher, "approve")
        assert told(Event.APPROVED) == ["author"]
        assert told(Event.READY) == []
        petra = member_of("Publishers", username="petra")
        scene.translate()
        assert told(Event.READY) == [petra.username]

    def test_the_author_hears_of_a_return_with_the_reviewers_words(self, scene):
        scene.submit()
        state = scene.fresh(scene.original).current_workflow_task_state
        state.task.specific.on_action(state, scene.reviewer, "reject", comment="The date is wrong.")
        assert told(Event.RETURNED) == ["author"]
        assert Notice.objects.get(event=Event.RETURNED).note == "The date is wrong."

    def test_writers_hear_that_an_approval_was_taken_back(self, scene):
        scene.original_approved()
        take_back(scene.original.page, scene.reviewer, "A name is wrong.")
        assert told(Event.REOPENED) == ["author"]

    def test_everybody_involved_hears_of_a_release_and_of_a_withdrawal_once(self, scene):
        scene.both_live()
        assert told(Event.RELEASED) == ["author", "translator"]
        withdraw(scene.release, scene.publisher, "It was wrong.")
        assert len(told(Event.WITHDRAWN)) == len(set(told(Event.WITHDRAWN)))

    def test_all_publishers_hear_of_an_urgent_release(self, scene):
        petra = member_of("Publishers", username="petra")
        assert scene.reviewer
        urgent(scene.release, [ENGLISH], scene.publisher, "A storm", "secret")
        assert {petra.username, "reviewer"} <= set(told(Event.URGENT))
        assert "publisher" not in told(Event.URGENT)

    def test_publishers_hear_once_that_a_moment_was_missed(self, scene):
        scene.original_approved()
        schedule(scene.release, moment(hours=1), scene.publisher)
        type(scene.release).objects.filter(pk=scene.release.pk).update(release_at=timezone.now() - timedelta(minutes=1))
        call_command("release_due")
        call_command("release_due")
        assert told(Event.MISSED) == ["publisher"]

    def test_nobody_hears_of_what_was_rolled_back(self, scene, monkeypatch):
        def fail(*arguments):
            raise RuntimeError

        scene.both_approved()
        Notice.objects.all().delete()
        monkeypatch.setattr("news.release.publishing.settle", fail)
        with pytest.raises(RuntimeError):
            release_both(scene.release, scene.publisher)
        assert not Notice.objects.exists()


class TestMail:
    def test_wagtails_own_mails_stay_away(self, scene):
        scene.both_approved()
        assert mail.outbox == []

    def test_it_is_in_the_language_of_the_recipients_admin_and_leads_to_the_release(self, scene):
        in_chinese(scene.reviewer)
        lin = member_of("Chinese translators", username="lin")
        scene.submit()
        outbox.deliver()
        [chinese], [english] = letters(scene.reviewer), letters(scene.second)
        assert chinese.subject == "待您审核：A week of clean air"
        assert "已将英文稿送审" in chinese.body
        assert english.subject == "Awaiting your review: A week of clean air"
        assert f"http://testserver/cms/releases/{scene.release.pk}/" in english.body
        assert lin.email == ""  # nowhere to send it to: no failure
        assert outbox.deliver() == (0, 0)

    def test_what_somebody_else_has_done_meanwhile_is_not_sent(self, scene):
        assert scene.reviewer
        scene.submit()
        scene.reject()
        outbox.deliver()
        assert letters(scene.second, "Awaiting your review") == []
        assert [letter.subject for letter in letters(scene.author)] == ["Returned for changes: A week of clean air"]

    @pytest.mark.full
    def test_many_come_as_one(self, scene):
        assert scene.reviewer
        scene.submit()
        outbox.deliver()
        assert len(letters(scene.reviewer)) == 1
        for number in range(3):
            scene.edit(title=f"Title {number}")
            scene.reject()
            scene.submit()
        outbox.deliver()
        assert len(letters(scene.reviewer)) == 1
        outbox.deliver(timezone.now() + outbox.PAUSE + timedelta(seconds=1))
        assert len(letters(scene.reviewer)) == 2

    def test_a_preference_of_wagtails_account_holds(self, scene):
        profile = UserProfile.get_for_user(scene.reviewer)
        profile.submitted_notifications = False
        profile.save()
        scene.submit()
        outbox.deliver()
        assert letters(scene.reviewer, "Awaiting your review") == []
        assert letters(scene.second, "Awaiting your review") != []

    def test_a_mail_server_that_is_down_holds_nobody_up_and_nothing_is_lost(self, scene, settings):
        assert scene.reviewer
        settings.EMAIL_BACKEND = "news.tests.test_notices.Down"
        scene.submit()
        sent, failed = outbox.deliver()
        assert (sent, failed > 0) == (0, True)
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert outbox.deliver() == (failed, 0)
        assert len(letters(scene.reviewer)) == 1

    def test_a_run_that_died_is_made_up_for_by_a_later_one(self, scene):
        assert scene.reviewer
        scene.submit()
        now = timezone.now()
        assert outbox.claim(scene.reviewer.pk, now)  # and dies
        outbox.deliver(now)
        assert letters(scene.reviewer) == []
        outbox.deliver(now + outbox.CLAIM + timedelta(seconds=1))
        assert len(letters(scene.reviewer)) == 1

    def test_old_notices_go(self, scene):
        assert scene.reviewer
        scene.submit()
        outbox.deliver()
        outbox.deliver(timezone.now() + outbox.KEPT + timedelta(days=1))
        assert not Notice.objects.filter(recipient=scene.reviewer).exists()

    def test_a_subject_holds_no_line_break(self, scene):
        assert scene.reviewer
        scene.edit(title="One\nTwo")
        scene.submit()
        outbox.deliver()
        assert "\n" not in mail.outbox[0].subject


class Down:
    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


class Vendor(BaseHTTPRequestHandler):
    """Stands for the servers of the three vendors; what it got is in `server.got`."""

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.got.append((self.path, body))
        answer = json.dumps(self.server.answer).encode()
        self.send_response(self.server.status)
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args):
        pass


@pytest.fixture
def vendor(settings):
    settings.NOTICE_ROBOT_PRIVATE_HOSTS = ["127.0.0.1"]
    server = HTTPServer(("127.0.0.1", 0), Vendor)
    server.got, server.status, server.answer = [], 200, {"errcode": 0}
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    server.url = f"http://127.0.0.1:{server.server_port}"
    yield server
    server.shutdown()


class TestRobots:
    def test_each_vendor_gets_its_form(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS = [
            f"wecom={vendor.url}/wecom?key=k",
            f"dingtalk={vendor.url}/ding?access_token=t|secret",
            f"feishu={vendor.url}/feishu|secret",
        ]
        scene.submit()
        assert outbox.deliver()[1] == 0
        (wecom, first), (dingtalk, second), (feishu, third) = vendor.got
        assert wecom == "/wecom?key=k"
        assert first["msgtype"] == "text"
        assert "待您审核：A week of clean air" in first["text"]["content"]
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(dingtalk).query)
        assert set(query) == {"access_token", "sign", "timestamp"}
        assert second["text"]["content"] == first["text"]["content"]
        assert third["msg_type"] == "text"
        assert third["content"]["text"] == first["text"]["content"]
        assert third["sign"] == robots.signature(f"{third['timestamp']}\nsecret", "")
        assert feishu == "/feishu"

    def test_a_signature_is_made_as_the_vendor_says(self):
        """DingTalk: HMAC-SHA256 of timestamp, line break, secret, keyed with the secret; in base64, as a parameter."""
        url, _body = robots.message(robots.Robot("dingtalk", "https://example.org/?a=1", "SEC"), "text", 1577262236)
        query = urllib.parse.parse_qs(urllib.parse.urlsplit(url).query)
        digest = hmac.new(b"SEC", b"1577262236000\nSEC", "sha256").digest()
        assert query == {"a": ["1"], "timestamp": ["1577262236000"], "sign": [base64.b64encode(digest).decode()]}

    def test_no_title_of_what_is_embargoed(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS = [f"wecom={vendor.url}/"]
        schedule(scene.release, moment(days=1), scene.publisher)
        scene.submit()
        outbox.deliver()
        text = vendor.got[0][1]["text"]["content"]
        assert "clean air" not in text
        assert f"第{scene.release.pk}号稿件" in text

    def test_a_refusal_is_tried_again(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS = [f"wecom={vendor.url}/"]
        vendor.answer = {"errcode": 45009, "errmsg": "too many"}
        scene.submit()
        assert outbox.deliver()[1] == 1
        vendor.answer = {"errcode": 0}
        assert outbox.deliver()[1] == 0
        assert len(vendor.got) == 2

    @pytest.mark.full
    def test_a_long_text_is_cut(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS = [f"wecom={vendor.url}/"]
        scene.edit(title="空气" * 120)
        for _number in range(12):
            scene.submit()
            scene.reject()
        Notice.objects.filter(event=Event.AWAITS_REVIEW).update(event=Event.CORRECTION)
        outbox.deliver()
        assert len(vendor.got[0][1]["text"]["content"].encode()) < 2048

    def test_a_robot_inside_is_told_only_where_its_host_is_named(self, scene, settings, vendor):
        settings.NOTICE_ROBOTS, settings.NOTICE_ROBOT_PRIVATE_HOSTS = [f"wecom={vendor.url}/"], []
        scene.submit()
        assert outbox.deliver()[1] == 1
        assert vendor.got == []
        settings.NOTICE_ROBOT_PRIVATE_HOSTS = ["127.0.0.1"]
        assert outbox.deliver()[1] == 0
        assert len(vendor.got) == 1

    @pytest.mark.parametrize(
        ("status", "answer"),
        [
            (302, {"errcode": 0}),
            (404, {"errcode": 0}),
            (200, {"code": 9499, "msg": "key=KEY"}),
            (200, ["KEY"]),
            (200, ""),
        ],
    )
    def test_no_log_repeats_the_key_of_a_robot(self, scene, settings, vendor, caplog, status, answer):
        settings.NOTICE_ROBOTS = [f"wecom={vendor.url}/?key=KEY"]
        vendor.status, vendor.answer = status, answer
        scene.submit()
        with caplog.at_level("DEBUG"):
            assert outbox.deliver()[1] == 1
            vendor.server_close()
            vendor.shutdown()
            assert outbox.deliver()[1] == 1
            settings.NOTICE_ROBOTS = ["wecom=https://KEY@example.org/"]
            assert outbox.deliver()[1] == 1
        assert "Not sent" in caplog.text
        assert "KEY" not in caplog.text

    @pytest.mark.parametrize(
        "entry",
        ["", "wecom", "slack=https://example.org/", "wecom=ftp://example.org", "=x", "wecom=https://u:p@example.org/"],
    )
    def test_what_is_no_robot_is_named_at_the_start(self, settings, entry):
        settings.NOTICE_ROBOTS = [entry]
        assert [error.id for error in robots.check_robots(None)] == ["news.E001"]
