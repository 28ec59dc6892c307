"""Every notice arrives, once, whatever the mail server does; and no run waits for it."""

import itertools
import logging
import time
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.users.models import UserProfile

from home import smtp
from news.models import Carrier, Event, Notice, Reason
from news.notices import due, failures, outbox

from .mail_server import CLOSE, DRIP, HANG, MailServer, tls
from .pairs import member_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def server(settings):
    server = MailServer()
    settings.EMAIL_BACKEND = "home.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", server.port, 1
    settings.DEFAULT_FROM_EMAIL = "新闻办 <press@news.test>"
    yield server
    server.close()


@pytest.fixture
def people():
    return [
        member_of("Bilingual reviewers", username=name, email=f"{name}@office.test") for name in ("ann", "bob", "cai")
    ]


def tell(person, *abouts, event=Event.SITE_WORDS):
    return [Notice.objects.create(event=event, about=about, path="/cms/", recipient=person) for about in abouts]


def unsent():
    return Notice.objects.filter(sent_at=None).count()


def run():
    """What the command ends with."""
    try:
        call_command("send_notices")
    except CommandError as error:
        return str(error)
    return ""


def test_mail_away_for_a_day_and_back(server, people, settings):
    settings.EMAIL_PORT = 1
    begun = now = timezone.now()
    for hour in range(24):
        tell(people[hour % 3], f"Word {hour}")
        for minute in (0, 1, 7, 30):
            outbox.deliver(now + timedelta(minutes=minute))
        now += timedelta(hours=1)
    assert not Notice.objects.exclude(refusals=0, given_up_at=None).exists(), "an outage counts for nothing"
    assert Carrier.objects.get().attempts < 40, "later and later"
    settings.EMAIL_PORT = server.port
    while unsent() and now < begun + DAY + timedelta(hours=2):
        now += timedelta(minutes=1)
        outbox.deliver(now)
    assert now < begun + DAY + timedelta(hours=1, minutes=2), "within an hour"
    for number, person in enumerate(people):
        words = "".join(letter.body for letter in server.to(person.email))
        places = [words.find(f"Word {hour}\n") for hour in range(number, 24, 3)]
        assert -1 not in places, "each"
        assert places == sorted(places), "in their order"
        assert all(words.count(f"Word {hour}\n") == 1 for hour in range(number, 24, 3)), "once"
    assert not Carrier.objects.away().exists()


OUTAGES = {
    "hangs": ({"HELLO": HANG}, Reason.SILENT),
    "drips": ({"HELLO": DRIP}, Reason.SILENT),
    "drips at the end": ({"END": DRIP}, Reason.SILENT),
    "hangs after the sender": ({"MAIL": HANG}, Reason.SILENT),
    "closes at once": ({"HELLO": CLOSE}, Reason.BROKEN),
    "closes in the middle": ({"IN THE MIDDLE": CLOSE}, Reason.BROKEN),
    "turns us away": ({"HELLO": b"554 not you"}, Reason.BROKEN),
    "has too much to do": ({"RCPT": b"421 later"}, Reason.BROKEN),
    "refuses the sender": ({"MAIL": b"553 Mail from must equal authorized user"}, Reason.SENDER),
    "refuses the sender for now": ({"MAIL": b"451 later"}, Reason.SENDER),
    "wants a password": ({"MAIL": b"530 5.7.0 Authentication required"}, Reason.SIGN_IN),
}


@pytest.mark.parametrize("kind", OUTAGES)
def test_what_is_no_fault_of_the_message_counts_for_nothing(server, people, kind):
    server.answers, reason = OUTAGES[kind]
    tell(people[0], "one")
    tell(people[1], "two")
    begun = time.monotonic()
    said = run()
    assert time.monotonic() - begun < 8
    assert said.startswith("Not sent: 1 of 1 messages; mail: away since ")
    assert server.connections == 1, "the second is not tried"
    carrier = Carrier.objects.get()
    assert (carrier.name, carrier.reason) == ("mail", reason)
    assert set(Notice.objects.values_list("refusals", "given_up_at")) == {(0, None)}
    assert run() == said.partition("; ")[2], "nor is anything within a minute, and the command says so"
    assert server.connections == 1
    server.answers = {}
    assert outbox.deliver(timezone.now() + timedelta(minutes=1)) == (2, 0)
    assert [len(server.to(person.email)) for person in people] == [1, 1, 0]


def test_signing_in_and_encryption_are_settings(server, people, settings, tmp_path):
    settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "press@news.test", "QUITE-SECRET"
    server.answers = {"AUTH": b"535 Login fail. Authorization code is expired"}
    tell(people[0], "one")
    assert outbox.deliver() == (0, 1)
    assert Carrier.objects.get().reason == Reason.SIGN_IN
    assert "QUITE-SECRET" not in str(list(Carrier.objects.values()) + list(Notice.objects.values()))
    settings.EMAIL_USE_TLS = True
    assert outbox.deliver(timezone.now() + DAY) == (0, 1)
    assert Carrier.objects.get().reason == Reason.TLS, "it has no STARTTLS"
    settings.EMAIL_USE_TLS, settings.EMAIL_USE_SSL = False, True
    secure = MailServer(context=tls(tmp_path))
    settings.EMAIL_PORT = secure.port
    assert outbox.deliver(timezone.now() + 2 * DAY) == (0, 1)
    assert Carrier.objects.get().reason == Reason.TLS
    assert "self-signed" in Carrier.objects.get().said
    secure.close()


def test_a_server_that_hangs_in_its_handshake(server, people, settings):
    settings.EMAIL_USE_SSL = True
    server.answers = {"HELLO": HANG}
    tell(people[0], "one")
    begun = time.monotonic()
    assert outbox.deliver() == (0, 1)
    assert time.monotonic() - begun < 8
    assert Carrier.objects.get().reason == Reason.SILENT


def test_some_addresses_are_refused_and_the_others_get_theirs(server, people, caplog):
    ann, bob, cai = people
    server.refused = {ann.email: b"550 5.1.1 No such user", cai.email: b"450 4.2.0 Greylisted"}
    for person in people:
        tell(person, "one")
    with caplog.at_level(logging.WARNING):
        assert run() == "Not sent: 2 of 3 messages"
    assert "550 5.1.1 No such user" in caplog.text
    assert len(server.to(bob.email)) == 1
    refused, postponed = (Notice.objects.get(recipient=person) for person in (ann, cai))
    assert (refused.reason, refused.refusals, refused.said) == (Reason.ADDRESS, 1, "550 5.1.1 No such user")
    assert (postponed.reason, postponed.refusals) == (Reason.POSTPONED, 0)
    server.refused.pop(cai.email)
    outbox.deliver(timezone.now() + timedelta(minutes=1))
    assert len(server.to(cai.email)) == 1
    assert run() == "", "what is put off is no failure of this run"


def test_a_bad_address_is_given_up_after_some_refusals_and_told_of_anew(server, people):
    ann, *_others = people
    server.refused = {ann.email: b"550 5.1.1 No such user"}
    [first] = tell(ann, "one")
    half_hours = [timezone.now() + number * timedelta(minutes=30) for number in range(48)]
    attempts = [now for now in half_hours if outbox.deliver(now)[1]]
    assert len(attempts) == failures.REFUSALS
    pauses = [later - earlier for earlier, later in itertools.pairwise(attempts)]
    assert pauses == sorted(pauses)
    assert pauses[-1] > 3 * pauses[0]
    assert list(Notice.objects.given_up()) == [first]
    server.refused = {}
    tell(ann, "two")
    outbox.deliver(half_hours[-1] + DAY)
    [letter] = server.to(ann.email)
    assert "one" not in letter.subject, "what was given up stays so"


def test_what_one_message_is_refused_for_holds_up_no_other(server, people):
    ann, *_others = people
    server.answers = {"END": b"554 5.7.1 spam"}
    tell(ann, "one")
    outbox.deliver()
    assert Notice.objects.get().reason == Reason.CONTENT
    server.answers = {}
    tell(ann, "two")
    outbox.deliver(timezone.now() + timedelta(minutes=1))
    assert [letter.subject for letter in server.to(ann.email)] == ["Words of the site changed: two"]


def test_nobody_for_whom_the_server_breaks_off_holds_up_the_others(server, people):
    ann, bob, _cai = people
    server.refused = {ann.email: HANG}
    tell(ann, "one")
    tell(bob, "two")
    now = timezone.now()
    assert outbox.deliver(now) == (0, 1)
    assert outbox.deliver(now + timedelta(minutes=1)) == (1, 1)
    assert len(server.to(bob.email)) == 1


def test_a_run_ends_in_time_and_the_next_goes_on(server, people, monkeypatch):
    for person in people:
        tell(person, "one")
    monkeypatch.setattr(outbox, "RUN", 0.2)
    monkeypatch.setattr(outbox, "mark_as_sent", lambda notices: (time.sleep(0.3), MARK(notices)))
    assert outbox.deliver() == (1, 0)
    monkeypatch.undo()
    assert outbox.deliver() == (2, 0)
    assert len(server.letters) == 3


MARK = outbox.mark_as_sent


def test_an_exchange_ends_with_the_run(server, settings):
    settings.EMAIL_TIMEOUT = 60
    server.answers = {"HELLO": DRIP}
    begun = time.monotonic()
    with smtp.within(0.5), pytest.raises(smtp.TookTooLong):
        smtp.EmailBackend().open()
    assert time.monotonic() - begun < 8


def test_what_may_have_arrived_is_sent_again_under_the_same_name(server, people):
    ann, *_others = people
    tell(ann, "one")
    server.answers = {"END": CLOSE}  # it has it, and does not say so
    outbox.deliver()
    tell(ann, "two")
    server.answers = {}
    outbox.deliver(timezone.now() + timedelta(minutes=1))
    outbox.deliver(timezone.now() + timedelta(minutes=1) + due.PAUSE)
    one, again, two = server.to(ann.email)
    assert one.name == again.name != two.name
    assert one.body == again.body
    assert one.name.endswith("@news.test>")


def test_a_second_run_sends_nothing_meanwhile(server, people, monkeypatch):
    tell(people[0], "one")
    inner = []

    def send_too(notices):
        inner.append(outbox.deliver())
        MARK(notices)

    monkeypatch.setattr(outbox, "mark_as_sent", send_too)
    tell(people[1], "two")
    assert outbox.deliver() == (2, 0)
    assert inner[0] == (0, 0)
    assert len(server.letters) == 2


def test_a_letter_is_as_mail_has_to_be(server, people):
    ann, *_others = people
    profile = UserProfile.get_for_user(ann)
    profile.preferred_language = "zh-hans"
    profile.save()
    tell(ann, "换行\r\nBcc: all@office.test")
    outbox.deliver()
    [letter] = server.letters
    assert letter.subject == "网站公共文字有更改：换行 Bcc: all@office.test"
    assert letter.read["Bcc"] is None
    assert letter.read["From"].addresses[0].display_name == "新闻办"
    assert letter.read["Auto-Submitted"] == "auto-generated"
    assert letter.read.get_content_type() == "text/plain"
    assert "读者" in letter.body
    assert letter.data.isascii(), "every server hands it on as it is"
    assert max(map(len, letter.data.splitlines())) <= 998
