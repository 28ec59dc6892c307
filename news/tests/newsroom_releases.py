"""What publishers do with a release in the state machine, and the clock: nothing goes out before its moment."""

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule
from wagtail.models import Page

from news.models import Release
from news.pair.embargo import ahead
from news.release.embargo import break_embargo
from news.release.freezing import freeze, thaw
from news.release.publishing import release_both, release_single, review_afterwards, urgent
from news.release.replacing import agree as agree_to_a_file
from news.release.schedule import release_due, schedule, unschedule
from news.release.taking_down import take_down
from news.release.withdrawal import withdraw

from .newsroom_clock import let_pass
from .newsroom_steps import Steps, languages, reviewers, versions
from .scene import PASSWORD

publishing = st.sampled_from(["publisher", "publisher", "publisher", "another", "reviewer", "author"])
"""Who would publish: some may only while they stand in."""
BEFORE_ITS_MOMENT = {break_embargo, urgent, agree_to_a_file, take_down}
"""What may change what is public while an embargo lies ahead: saying so, and what exchanges a file of it."""


class Releases(Steps):
    def is_publisher(self, who):
        """By what has been done here, not by what the product says."""
        return who in ("publisher", "another")

    def attempt(self, function, *arguments, **options):
        """Whoever asks: while its moment lies ahead, or on hold, nothing goes public."""
        release = self.row()
        was_ahead, was_held, before = ahead(release), release.held_at is not None, self.live()
        done = super().attempt(function, *arguments, **options)
        fresh = self.live() - before if done else set()
        if function is urgent and options.get("when") == "at":
            assert not (fresh and was_ahead), "urgent, at its moment: it went out at once"
        if function not in BEFORE_ITS_MOMENT:
            assert not (fresh and was_ahead), f"{function.__name__} let it out before its moment"
        if function not in (agree_to_a_file, take_down):
            assert not (fresh and was_held), f"{function.__name__} let it out on hold"
        return done

    def live(self):
        """Keys of the revisions that are public."""
        pages = Page.objects.filter(translation_key=self.scene.page.translation_key, live=True)
        return set(pages.values_list("live_revision", flat=True))

    def row(self):
        return Release.objects.get(translation_key=self.scene.page.translation_key)

    def publish(self, who, function, *arguments, **options):
        """A publisher's step."""
        may, done = self.is_publisher(who), self.attempt(function, *arguments, **options)
        assert may or not done, f"{function.__name__} by {who}, who is no publisher now"
        return done

    @rule(who=publishing)
    def release(self, who="publisher"):
        if self.publish(who, release_both, self.scene.release, self.user(who)):
            self.both_go_public_as_a_pair()

    @rule(which=versions, owed=st.booleans(), confirmed=st.booleans(), who=publishing)
    def release_one_language(self, which, owed, confirmed, who):
        language = self.version(which).language
        due = timezone.localdate() if owed else None
        step = (release_single, self.scene.release, language, self.user(who), "Hurry", due)
        self.publish(who, *step, confirmed=confirmed)

    @rule(chosen=languages, when=st.sampled_from(["", "now", "at"]), who=publishing)
    def release_urgently(self, chosen, when="", who="publisher"):
        step = (urgent, self.scene.release, chosen, self.user(who), "A storm", PASSWORD)
        self.publish(who, *step, when=when, confirmed=True)

    @rule(who=reviewers, step=st.sampled_from([thaw, thaw, freeze]))
    def freeze_or_thaw(self, who, step):
        self.publish(who, step, self.scene.release, self.user(who))

    @rule(who=reviewers)
    def review_after_release(self, who):
        self.attempt(review_afterwards, self.scene.release, self.user(who))

    @rule(chosen=languages, sure=st.sampled_from([False, False, True]), who=publishing)
    def withdraw(self, chosen, sure, who="publisher"):
        if sure:
            self.publish(who, withdraw, self.scene.release, self.user(who), "Wrong.", chosen)

    # The clock -------------------------------------------------------------------------------------------------------

    @rule(hours=st.integers(1, 48), who=publishing)
    def schedule(self, hours, who="publisher"):
        at = timezone.now() + timedelta(hours=hours)
        self.publish(who, schedule, self.scene.release, at, self.user(who))

    @rule(who=publishing)
    def unschedule(self, who="publisher"):
        self.publish(who, unschedule, self.scene.release, self.user(who), "Not yet.")

    @rule(who=publishing)
    def break_the_embargo(self, who="publisher"):
        self.publish(who, break_embargo, self.scene.release, self.user(who), "It is out.", PASSWORD)

    @rule(hours=st.integers(1, 72))
    def time_passes(self, hours):
        """What is due goes out, all that waits for it or nothing; what lies ahead stays where it is."""
        self.before_time_passes(hours)
        let_pass(timedelta(hours=hours))
        release = self.row()
        was_ahead, was_held, before = ahead(release), release.held_at is not None, self.live()
        done, _missed, failed = release_due()
        self.taken["release_due"] += len(done)
        assert not failed
        assert done or self.live() == before
        assert not done or not (was_ahead or was_held)
        if done:
            self.both_go_public_as_a_pair()
        assert release_due()[0] == [], "each goes out once"

    def before_time_passes(self, hours):
        """What ends with these hours is asked before."""

    @rule()
    def release_at_a_moment(self):
        self.schedule(1)
        self.time_passes(2)

    @rule(hours=st.integers(1, 3), later=st.integers(1, 3))
    def wait_for_the_moment(self, hours, later):
        """Whatever is ready stays in until its moment has come, and goes out then."""
        self.go_all_the_way()
        self.schedule(hours + later)
        waits, before = ahead(self.row()) is not None, self.live()
        self.release()
        self.time_passes(hours)
        assert not waits or self.live() == before, "it went out before its moment"
        self.time_passes(later + 1)
