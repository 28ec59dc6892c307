"""What could not be sent is counted for operators, named to publishers, and shown to whoever missed it."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.users.models import UserProfile

from news import health
from news.models import Carrier, Heartbeat, Notice, Reason
from news.notices import outbox, undelivered

from .mail_server import HANG
from .pairs import member_of
from .test_desk import desk_of
from .test_mail_arrives import people, server, tell  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db
TOLD = {
    "en": ("Notices could not be delivered", "2 notices since ", "The server takes no mail for this address."),
    "zh-hans": ("有通知未能送达", "起2条", "服务器不接收发往此地址的邮件。"),
}
MISSED = {"en": "These notices have not reached you", "zh-hans": "以下通知未能通过邮件送达给您"}


def reads(user, language):
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()


@pytest.mark.parametrize("language", TOLD)
def test_publishers_see_to_whom_and_why_and_try_again(client, server, people, language):  # noqa: F811
    ann, *_others = people
    server.refused = {ann.email: b"550 5.1.1 No such user"}
    tell(ann, "one", "two")
    outbox.deliver()
    rosa = member_of("Publishers", username="rosa")
    reads(rosa, language)
    desk = desk_of(client, rosa)
    for words in (*TOLD[language], "ann (ann@office.test)", "550 5.1.1 No such user"):
        assert words in desk
    assert MISSED[language] not in desk
    server.refused = {}
    client.post("/cms/notices/try-again/")
    assert outbox.deliver() == (1, 0)
    assert TOLD[language][0] not in desk_of(client, rosa)


def test_what_was_given_up_is_tried_again_from_the_beginning(client, server, people):  # noqa: F811
    ann, *_others = people
    [notice] = tell(ann, "one")
    Notice.objects.update(given_up_at=timezone.now(), failing_since=timezone.now(), refusals=5, reason=Reason.ADDRESS)
    rosa = member_of("Publishers", username="rosa")
    assert "Not tried any more" in desk_of(client, rosa)
    assert undelivered.counts() == {"waiting": 0, "failing": 0, "given_up": 1}
    assert health.found()["notices"] == "refused too often and given up: 1"
    client.post("/cms/notices/try-again/")
    notice.refresh_from_db()
    assert (notice.refusals, notice.given_up_at) == (0, None)
    assert outbox.deliver() == (1, 0)


def test_nobody_else_sees_it_or_tries_again(client, people):  # noqa: F811
    ann, bob, _cai = people
    tell(ann, "one")
    Notice.objects.update(failing_since=timezone.now(), reason=Reason.ADDRESS, next_at=timezone.now())
    assert TOLD["en"][0] not in desk_of(client, bob)
    client.post("/cms/notices/try-again/")
    assert Notice.objects.get().next_at is not None


@pytest.mark.parametrize("language", MISSED)
def test_whoever_missed_something_sees_it_on_their_desk(client, server, people, language):  # noqa: F811
    ann, bob, _cai = people
    server.refused = {ann.email: b"550 5.1.1 No such user"}
    tell(ann, "one")
    tell(bob, "two")
    outbox.deliver()
    reads(ann, language)
    desk = desk_of(client, ann)
    assert MISSED[language] in desk
    assert ": one" in desk or "：one" in desk
    assert MISSED["en"] not in desk_of(client, bob)
    client.force_login(ann)
    client.post("/cms/notices/read/")
    assert MISSED[language] not in desk_of(client, ann)
    server.refused = {}
    outbox.deliver(timezone.now() + timedelta(days=1))
    assert server.to(ann.email) == []


def test_while_mail_is_away_everybody_sees_what_waits(client, server, people):  # noqa: F811
    ann, bob, _cai = people
    server.answers = {"HELLO": b"554 not you"}
    tell(ann, "one")
    tell(bob, "two")
    outbox.deliver()
    assert ": two" in desk_of(client, bob)
    desk = desk_of(client, member_of("Publishers", username="rosa"))
    assert "E-mail" in desk
    assert "2 notices since " in desk
    assert "554 not you" in desk


def test_operators_hear_of_it_when_it_lasts(server, people):  # noqa: F811
    server.answers = {"HELLO": b"554 not you"}
    tell(people[0], "one")
    with pytest.raises(CommandError, match="mail: away since"):
        call_command("send_notices")
    assert "mail: away since" in Heartbeat.objects.get().failure
    assert health.found()["notices"] == "", "it may be back in a minute"
    Carrier.objects.update(failing_since=timezone.now() - timedelta(minutes=11))
    assert health.found()["notices"].startswith("mail: away since ")
    assert undelivered.counts() == {"waiting": 1, "failing": 1, "given_up": 0}


class TestCheckMail:
    def said(self, to="ann"):
        out = StringIO()
        try:
            call_command("check_mail", to, stdout=out, stderr=out)
        except CommandError as error:
            out.write(str(error))
        return out.getvalue()

    @pytest.mark.parametrize("to", ["ann", "ann@office.test"])
    def test_it_sends_one_to_a_name_or_an_address(self, server, people, to):  # noqa: F811
        Carrier.objects.create(name="mail", failing_since=timezone.now(), next_at=timezone.now() + timedelta(hours=1))
        assert "has taken it" in self.said(to)
        [letter] = server.to("ann@office.test")
        assert letter.subject.endswith(" can send mail")
        assert not Carrier.objects.away().exists(), "what waits goes out at once"

    @pytest.mark.parametrize(
        ("answers", "words"),
        [
            ({"HELLO": HANG}, ["does not answer in time", "465 goes with smtp+ssl://"]),
            ({"HELLO": b"554 5.7.1 listed"}, ["ended the conversation", "554 5.7.1 listed"]),
            ({"AUTH": b"535 Authorization code wrong"}, ["user name and password", "authorisation code"]),
            ({"MAIL": b"501 Mail from address must be same"}, ["sender", "DEFAULT_FROM_EMAIL"]),
            ({"RCPT": b"451 4.7.1 Greylisted"}, ["try again later", "greylisting", "five minutes"]),
            ({"RCPT": b"550 5.1.1 Who?"}, ["takes no mail for this address", "misspelt"]),
            ({"END": b"554 5.7.1 spam"}, ["refuses this message", "filter"]),
        ],
    )
    def test_it_says_what_is_wrong_and_what_to_do(self, server, people, settings, answers, words):  # noqa: F811
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "press@news.test", "QUITE-SECRET"
        server.answers = answers
        said = self.said()
        for word in words:
            assert word in said
        assert said.startswith(f"127.0.0.1:{server.port}: ")
        assert "QUITE-SECRET" not in said

    def test_a_host_that_is_not_there(self, server, people, settings):  # noqa: F811
        settings.EMAIL_PORT = 1
        assert "Nobody answers" in self.said()
        settings.EMAIL_HOST = "mail.invalid"
        assert "name of the server is not known" in self.said()

    def test_no_encryption_where_it_is_wanted(self, server, people, settings):  # noqa: F811
        settings.EMAIL_USE_TLS = True
        assert "No encrypted connection" in self.said()

    def test_a_sender_that_is_not_the_account(self, server, people, settings):  # noqa: F811
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "other@news.test", "secret"
        assert "most providers refuse that" in self.said()

    def test_where_no_server_is_named_or_nobody_is_meant(self, people, settings):  # noqa: F811
        settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
        assert "names no mail server" in self.said()
        assert "is neither" in self.said("nobody")
        member_of("Publishers", username="rosa")
        assert "has no address" in self.said("rosa")
        assert mail.outbox == []
