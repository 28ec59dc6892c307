"""Who is told of what, in which language, once, and without holding anybody up."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone
from wagtail.users.models import UserProfile

from news.models import Event, Notice
from news.notices import due, outbox
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
        outbox.deliver(timezone.now() + due.PAUSE + timedelta(seconds=1))
        assert len(letters(scene.reviewer)) == 2

    def test_a_preference_of_wagtails_account_holds(self, scene):
        profile = UserProfile.get_for_user(scene.reviewer)
        profile.submitted_notifications = False
        profile.save()
        scene.submit()
        outbox.deliver()
        assert letters(scene.reviewer, "Awaiting your review") == []
        assert letters(scene.second, "Awaiting your review") != []

    def test_a_run_that_died_is_made_up_for_by_a_later_one(self, scene):
        assert scene.reviewer
        scene.submit()
        now = timezone.now()
        assert next(due.batches(scene.reviewer.pk, now))  # and dies
        outbox.deliver(now)
        assert letters(scene.reviewer) == []
        outbox.deliver(now + due.CLAIM + timedelta(seconds=1))
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
