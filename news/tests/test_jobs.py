"""Long work: asked for once, done by one at a time, taken up again after whatever broke it off, ended once."""

from datetime import timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from home.images import Rendition
from news import jobs
from news.jobs import queue
from news.jobs.worker import ATTEMPTS, CLAIMS
from news.models import Job
from news.release.publishing import release_both

from .pairs import member_of
from .scene import Scene
from .test_costs import image
from .test_release_processes import pristine, site  # noqa: F401  (fixtures)

pytestmark = pytest.mark.django_db


@pytest.fixture
def counting(monkeypatch):
    """A kind of work of five steps; the steps it takes."""
    taken = []

    def count(run):
        for number in range(run.done, 5):
            taken.append(number)
            run.tell(number + 1, 5)

    monkeypatch.setitem(jobs.REGISTER, "count", jobs.JobKind("count", "Counting", count, timedelta(minutes=1)))
    return taken


def kind(monkeypatch, run):
    monkeypatch.setitem(jobs.REGISTER, "count", jobs.JobKind("count", "Counting", run, timedelta(minutes=1)))


def later(minutes):
    """As if so much time had passed for all that waits."""
    Job.objects.filter(ended_at=None).update(due_at=timezone.now() - timedelta(seconds=1))
    for job in Job.objects.exclude(leased_until=None):
        Job.objects.filter(pk=job.pk).update(leased_until=job.leased_until - timedelta(minutes=minutes))


def test_the_same_is_asked_for_once_while_it_is_open(counting):
    jobs.ask("count", "a", {"n": 1})
    jobs.ask("count", "a", {"n": 2})
    jobs.ask("count", "b")
    assert [(job.key, job.data) for job in Job.objects.all()] == [("a", {"n": 1}), ("b", {})]
    jobs.work()
    jobs.ask("count", "a")
    assert Job.objects.filter(key="a").count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="count", key="a", due_at=timezone.now())


def test_work_is_done_and_says_how_far_it_is(counting):
    jobs.ask("count", "a")
    [job] = jobs.work()
    job.refresh_from_db()
    assert (job.outcome, job.done, job.total, job.claims, job.lease) == ("done", 5, 5, 1, None)
    assert counting == [0, 1, 2, 3, 4]
    assert jobs.work() == []


def test_what_is_not_due_yet_waits(counting):
    jobs.ask("count", "a", due_at=timezone.now() + timedelta(hours=1))
    assert jobs.work() == []


def test_what_somebody_holds_is_left_to_them_until_their_lease_ends(counting):
    jobs.ask("count", "a")
    held = queue.claim(Job.objects.all())
    assert jobs.work() == []
    assert jobs.do_now("count", "a") is False
    later(2)
    assert len(jobs.work()) == 1
    assert queue.end(held, Job.Outcome.FAILED) is False  # the first is too late, whatever it says
    assert Job.objects.get().outcome == "done"
    with pytest.raises(queue.TakenAway):
        queue.renew(held, timedelta(minutes=1))


def test_it_goes_on_where_it_was_broken_off(monkeypatch, counting):
    jobs.ask("count", "a")
    Job.objects.update(done=3, total=5)
    jobs.work()
    assert counting == [3, 4]


def test_what_fails_is_tried_again_later_and_not_for_ever(monkeypatch):
    def fail(run):
        raise OSError("the disk is full")

    kind(monkeypatch, fail)
    jobs.ask("count", "a")
    for attempt in range(1, ATTEMPTS):
        assert jobs.work() == []
        job = Job.objects.get()
        assert (job.failures, job.error, job.ended_at) == (attempt, "OSError: the disk is full", None)
        assert job.due_at > timezone.now()
        later(0)
    jobs.work()
    assert Job.objects.get().outcome == "failed"


def test_what_kills_its_process_every_time_is_given_up(counting):
    jobs.ask("count", "a")
    Job.objects.update(claims=CLAIMS)
    jobs.work()
    assert Job.objects.get().outcome == "failed"
    assert counting == []


def test_one_that_fails_holds_up_no_other(monkeypatch):
    done = []

    def run(run):
        if run.data.get("bad"):
            raise ValueError
        done.append(run.job.key)

    kind(monkeypatch, run)
    jobs.ask("count", "a", {"bad": True})
    jobs.ask("count", "b")
    jobs.work()
    assert done == ["b"]


def test_it_ends_where_somebody_asks_for_the_end(monkeypatch):
    taken = []

    def count(run):
        for number in range(5):
            taken.append(number)
            if number == 1:
                assert jobs.cancel(run.job)
            run.tell(number, 5)

    kind(monkeypatch, count)
    jobs.ask("count", "a")
    jobs.work()
    job = Job.objects.get()
    assert (taken, job.outcome) == ([0, 1], "cancelled")
    assert jobs.cancel(job) is False


def test_what_was_cancelled_before_anybody_began_is_not_begun(counting):
    jobs.ask("count", "a")
    jobs.cancel(Job.objects.get())
    jobs.work()
    assert Job.objects.get().outcome == "cancelled"
    assert counting == []


def test_asked_for_again_after_it_was_cancelled_it_is_done(counting):
    jobs.ask("count", "a")
    assert jobs.cancel(Job.objects.get())
    jobs.ask("count", "a")
    jobs.work()
    assert [job.outcome for job in Job.objects.all()] == ["cancelled", "done"]


def test_done_now_it_raises_what_it_raises_and_stays_to_be_done(monkeypatch):
    def fail(run):
        raise OSError("no")

    kind(monkeypatch, fail)
    jobs.ask("count", "a")
    with pytest.raises(OSError, match="no"):
        jobs.do_now("count", "a")
    assert Job.objects.get().ended_at is None


def test_the_command_does_what_is_due_and_fails_with_what_failed(monkeypatch, counting):
    jobs.ask("count", "a")
    output = StringIO()
    call_command("work", once=True, stdout=output)
    assert output.getvalue() == "count a: Done\n"

    def fail(run):
        raise OSError("no")

    kind(monkeypatch, fail)
    jobs.ask("count", "b")
    Job.objects.filter(key="b").update(failures=ATTEMPTS - 1)
    with pytest.raises(CommandError, match="count b"):
        call_command("work", once=True, stdout=StringIO())


def test_old_ones_are_forgotten(counting):
    jobs.ask("count", "a")
    jobs.work()
    Job.objects.update(ended_at=timezone.now() - queue.KEPT - timedelta(days=1))
    jobs.work()
    assert not Job.objects.exists()


class TestPictures:
    @pytest.fixture
    def scene(self):
        scene = Scene()
        page = scene.page
        page.lead_image = image("At the head")
        page.save()
        page.save_revision(user=scene.author)
        return scene.original_approved()

    def test_they_are_drawn_once_approved_before_anybody_releases(self, scene):
        [job] = Job.objects.filter(kind="draw_pictures")
        assert job.data == {"revision": scene.original.approval.revision_id, "about": scene.page.draft_title}
        assert not Rendition.objects.exists()
        jobs.work()
        job.refresh_from_db()
        assert (job.outcome, job.done, job.total) == ("done", 4, 4)
        assert Rendition.objects.exists()

    def test_a_release_does_not_wait_for_the_background(self, scene):
        scene.translate()
        release_both(scene.release, scene.publisher)
        assert Rendition.objects.exists()
        assert not Job.objects.filter(kind="draw_pictures", ended_at=None).exists()

    def test_a_revision_that_is_gone_needs_none(self, scene):
        Job.objects.update(data={"revision": 10**9})
        jobs.work()
        assert {job.outcome for job in Job.objects.all()} == {"done"}

    def test_a_text_without_pictures_asks_for_nothing(self):
        Scene().both_approved()
        assert not Job.objects.exists()


@pytest.mark.full
def test_killed_at_twenty_random_moments_it_ends_once(site, tmp_path):  # noqa: F811
    log = tmp_path / "log"
    said = site.run("-m", "news.tests.job_process", str(log))
    outcome, done, total, claims = said.split()
    assert (outcome, done, total) == ("done", "30", "30")
    assert int(claims) > 2
    lines = log.read_text().splitlines()
    assert lines.count("ended") <= 1  # a process may be killed after it has ended it and before it says so
    steps = [int(line.split()[1]) for line in lines if line.startswith("step")]
    assert set(steps) == set(range(30))
    assert all(after in (before, before + 1) for before, after in pairwise(steps))


def test_an_administrator_sees_what_is_done_in_the_background(admin_client, counting):
    jobs.ask("count", "a")
    jobs.ask("count", "b", due_at=timezone.now() + timedelta(hours=1))
    jobs.work()
    html = admin_client.get(reverse("newsroom_jobs")).content.decode()
    assert "Counting" in html
    assert "5 / 5" in html
    assert "Done" in html
    assert "Waiting" in html
    table = b"".join(admin_client.get(reverse("newsroom_jobs"), {"export": "csv"}).streaming_content).decode()
    assert "count,a,done,5,5" in table


def test_others_are_not_shown_it(client):
    client.force_login(member_of("Publishers"))
    assert client.get(reverse("newsroom_jobs")).status_code == 302
