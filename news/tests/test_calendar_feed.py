"""The calendar that other programs read: what stands in it, for whom, and what its address tells nobody else."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.users.models import UserProfile

from news.admin import ical
from news.models import CalendarFeed, Release, ReleaseSummary
from news.release import summaries
from news.release.publishing import release_both
from news.release.schedule import schedule, unschedule
from news.release.stopping import hold, lift
from news.release.withdrawal import withdraw

from .pairs import BOTH, change_live, hide, member_of
from .scene import SUMMARY, TEXT, Scene, moment
from .test_calendar import many

pytestmark = pytest.mark.django_db
CANARIES = ["A canary in the harbour", "A second canary"]


def subscribed(user, language="en"):
    """The address, without a session."""
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    return f"/cms/calendar/{CalendarFeed.objects.make(user, 'Phone')[1]}.ics"


def read(address, **extra):
    summaries.tidy(1000)
    answer = Client().get(address, **extra)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return answer.content


def lines(content):
    """Unfolded, as RFC 5545 has it: each written line is one of UTF-8, of 75 octets at most."""
    assert content.endswith(b"\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    found = []
    for line in content[:-2].split(b"\r\n"):
        assert 0 < len(line) <= 75
        words = line.decode()
        if words.startswith(" "):
            found[-1] += words[1:]
        else:
            found.append(words)
    return found


def events(address):
    """[{name: value}] of each VEVENT."""
    found = lines(read(address))
    assert (found[0], found[1], found[-1]) == ("BEGIN:VCALENDAR", "VERSION:2.0", "END:VCALENDAR")
    parts, event = [], None
    for line in found:
        name, _colon, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            event = {}
        elif line == "END:VEVENT":
            parts.append(event)
            event = None
        elif event is not None:
            assert name not in event
            event[name] = value
    return parts


class Way:
    """A release on its way to readers and back, with words that are public at times alone."""

    def __init__(self, scene):
        self.scene = scene
        scene.edit(title=CANARIES[0])

    def go(self):
        """Stop after each step."""
        scene = self.scene
        yield "drafting"
        schedule(scene.release, moment(hours=2), scene.publisher)
        yield "scheduled, as a draft"
        scene.submit()
        yield "scheduled, in review"
        scene.approve()
        self.translate("第一只金丝雀")
        yield "scheduled, approved"
        hold(scene.release, scene.publisher, "Wait.")
        yield "on hold"
        lift(scene.release, scene.publisher)
        unschedule(scene.release, scene.publisher, "Not yet.")
        yield "ready"
        release_both(scene.release, scene.publisher)
        yield "live"
        scene.edit(title=CANARIES[1])
        yield "live, with changes"
        scene.original_approved()
        self.translate("第二只金丝雀")
        yield "live, with changes approved"
        schedule(scene.release, moment(hours=3), scene.publisher)
        yield "an update is scheduled"
        unschedule(scene.release, scene.publisher, "Not yet.")
        withdraw(scene.release, scene.publisher, "Wrong.", BOTH)
        yield "withdrawn"

    def translate(self, title):
        scene, side = self.scene, BOTH.index(self.scene.language)
        words = {pair[side]: pair[1 - side] for pair in (SUMMARY, TEXT)}
        scene.fill({**words, **dict.fromkeys(CANARIES, title)})
        scene.submit(scene.translation)
        scene.approve(scene.translation)

    def secrets(self):
        """What it says anywhere and no reader gets."""
        said = {*CANARIES, "第一只金丝雀", "第二只金丝雀", *SUMMARY, self.scene.page.slug, "Wait.", "Wrong."}
        return said - set(self.scene.live_titles().values())


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_nothing_stands_in_it_that_is_not_public_whatever_happens(caplog, language):
    caplog.set_level("DEBUG")
    way = Way(Scene())
    addresses = [subscribed(user, language) for user in (way.scene.publisher, way.scene.reviewer, way.scene.author)]
    states, sequence = {}, -1
    for step in way.go():
        for address in addresses:
            content = "".join(lines(read(address)))
            assert [words for words in way.secrets() if words in content] == [], step
            assert not re.search("DESCRIPTION|LOCATION|CATEGORIES|ATTENDEE|ORGANIZER", content), step
        found = events(addresses[0])
        states[step] = found[0]["SUMMARY"] if found else None
        for event in found:
            assert int(event["SEQUENCE"]) >= sequence, step
            sequence = int(event["SEQUENCE"])
            assert event["URL"].endswith(f"/cms/releases/{way.scene.release.pk}/")
        assert len({event["UID"] for event in found}) <= 1
    token = addresses[0].split("/")[-1][:-4]
    assert not any(token in record.getMessage() for record in caplog.records)
    assert (
        states
        == {
            "en": {
                "drafting": None,
                "scheduled, as a draft": "Embargoed release (not ready yet)",
                "scheduled, in review": "Embargoed release (not ready yet)",
                "scheduled, approved": "Embargoed release (both languages ready)",
                "on hold": "Embargoed release (on hold)",
                "ready": None,
                "live": CANARIES[0],
                "live, with changes": CANARIES[0],
                "live, with changes approved": CANARIES[0],
                "an update is scheduled": "Embargoed release (both languages ready)",
                "withdrawn": "Withdrawn release",
            },
            "zh-hans": {
                "drafting": None,
                "scheduled, as a draft": "待解禁稿件（尚未定稿）",
                "scheduled, in review": "待解禁稿件（尚未定稿）",
                "scheduled, approved": "待解禁稿件（中英文均已定稿）",
                "on hold": "待解禁稿件（暂缓发布）",
                "ready": None,
                "live": "第一只金丝雀",
                "live, with changes": "第一只金丝雀",
                "live, with changes approved": "第一只金丝雀",
                "an update is scheduled": "待解禁稿件（中英文均已定稿）",
                "withdrawn": "已撤稿件",
            },
        }[language]
    )


def test_an_event_is_complete_and_stays_the_same_one():
    scene = Scene().both_approved()
    at = moment(hours=2).replace(microsecond=0)
    schedule(scene.release, at, scene.publisher)
    address, other = subscribed(scene.publisher), subscribed(scene.reviewer)
    [before] = events(address)
    assert list(before) == [
        *("UID", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "DTSTART", "SUMMARY", "STATUS", "TRANSP", "URL"),
    ]
    assert datetime.strptime(before["DTSTART"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC) == at
    assert before["STATUS"] == "CONFIRMED"
    assert events(address) == [before], "what has not changed says so"
    assert events(other)[0]["UID"] != before["UID"], "and nobody learns that two have the same one"
    ReleaseSummary.objects.update(changed=moment(hours=-1))
    schedule(scene.release, at + timedelta(days=1), scene.publisher)
    [after] = events(address)
    assert after["UID"] == before["UID"]
    assert int(after["SEQUENCE"]) >= int(before["SEQUENCE"])
    assert after["DTSTART"] > before["DTSTART"]


def test_one_language_and_the_moment_that_was_missed_are_said():
    scene = Scene().original_approved()
    schedule(scene.release, moment(hours=2), scene.publisher)
    address = subscribed(scene.publisher)
    [event] = events(address)
    assert (event["SUMMARY"], event["STATUS"]) == (r"Embargoed release (English ready\, Chinese not yet)", "TENTATIVE")
    release = scene.release
    release.mode, release.languages, release.alone = "single", ["en"], True
    release.save()
    assert events(address)[0]["SUMMARY"] == r"Embargoed release (English only\, ready)"
    Release.objects.filter(pk=release.pk).update(release_at=moment(hours=-1))
    assert events(address)[0]["SUMMARY"] == "Embargoed release (its moment was missed)"


def test_what_was_withdrawn_is_cancelled_for_a_month():
    scene = Scene().both_live()
    withdraw(scene.release, scene.publisher, "Wrong.", BOTH)
    address = subscribed(scene.publisher)
    assert events(address)[0]["STATUS"] == "CANCELLED"
    Release.objects.filter(pk=scene.release.pk).update(withdrawn_at=moment(days=-31))
    assert events(address) == []


def test_what_only_some_may_read_has_no_title_there():
    scene = Scene().both_live()
    address = subscribed(scene.publisher)
    assert [event["SUMMARY"] for event in events(address)] == ["A week of clean air"]
    for page in scene.pair.pages:
        hide(page)
    assert events(address) == []


def test_it_costs_as_much_for_many():
    user = member_of("Publishers", username="lin")
    address = subscribed(user)
    read(address)
    counts = []
    for count in (2, 60):
        many(count, moment(hours=-1))
        with CaptureQueriesContext(connection) as asked:
            read(address)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 10


class TestWriting:
    @pytest.mark.parametrize("words", ["清新空气周" * 40, "a" * 66 + "中", "é" * 200, "😀" * 50, "x" * 75, ""])
    def test_a_line_is_folded_at_75_octets_and_no_character_cut(self, words):
        assert lines(ical.folded(f"SUMMARY:{words}")) == [f"SUMMARY:{words}"]

    def test_texts_are_escaped(self):
        assert ical.text("a,b;c\\d\r\ne\nf\x00\x1b") == r"a\,b\;c\\d\ne\nf"

    def test_nobody_writes_a_property_by_a_title(self):
        scene = Scene().both_live()
        page = scene.original.page
        page.title = "A\r\nATTENDEE:mailto:x@example.org"
        change_live(page)
        [event] = events(subscribed(scene.publisher))
        assert event["SUMMARY"] == r"A\nATTENDEE:mailto:x@example.org"
