"""In the state machine, what lists say of a release: after each step its summary is what its Pair says."""

from datetime import timedelta

from django.utils import timezone
from hypothesis.stateful import invariant

from news.models import Release, ReleaseSummary
from news.pair.facts import facts, stored
from news.pair.pair import Pair
from news.pair.state import ReleaseState, state_of
from news.release import summaries
from news.release.publishing import release_both
from news.release.schedule import schedule, unschedule
from news.release.submission import submit

from .newsroom_clock import let_pass
from .newsroom_people import People


class Summaries(People):
    met = set()
    """The states in which a release was seen, by its Pair and by the lists alike."""

    @invariant(check_during_init=True)
    def the_lists_say_what_is_true(self):
        """Made anew because something has marked it, and not because it is looked at."""
        self.met.add(state_in_lists(self.scene.release))

    def at_the_end(self):
        """Few random walks would pass through all states: once it is withdrawn, the crew takes it round."""
        if self.met == set(ReleaseState):
            return
        self.comes_to(ReleaseState.WITHDRAWN)
        crew, release = self.crew, self.scene.release
        writer = crew.writer.username
        self.write(self.scene.original, writer, "title")
        crew.try_to(submit, self.scene.page, crew.writer)
        self.comes_to(ReleaseState.IN_REVIEW)
        stage = self.scene.original.task_state
        crew.try_to(stage.task.specific.on_action, stage, crew.readers[0], "reject", comment="Not yet.")
        self.comes_to(ReleaseState.RETURNED)
        crew.try_to(schedule, release, timezone.now() + timedelta(hours=1), crew.publisher)
        self.comes_to(ReleaseState.SCHEDULED)
        let_pass(timedelta(hours=2))
        self.comes_to(ReleaseState.MISSED)
        crew.try_to(unschedule, release, crew.publisher)
        for which in ("original", "translation"):
            crew.bring_to_approval(which)
        self.comes_to(ReleaseState.READY)
        crew.try_to(release_both, release, crew.publisher)
        self.comes_to(ReleaseState.LIVE)
        self.write(self.scene.original, writer, "title")
        self.comes_to(ReleaseState.LIVE_WITH_CHANGES)

    def comes_to(self, state):
        self.the_lists_say_what_is_true()
        assert state_of(self.scene.pair) == state, self.crew.said[-5:]


def state_in_lists(release):
    """Where a release stands, as the lists say it: which is what its Pair says, and so is all the rest."""
    release = Release.objects.get(pk=release.pk)
    summaries.make_anew([release.pk])
    summary, pair = ReleaseSummary.objects.get(pk=release.pk), Pair(release)
    said, wanted = stored(summary), facts(pair)
    assert said == wanted, {name: (said[name], wanted[name]) for name in wanted if said[name] != wanted[name]}
    missed = ReleaseSummary.objects.missed().filter(pk=release.pk).exists()
    state = ReleaseState.MISSED if missed else ReleaseState(summary.state)
    assert state == state_of(pair)
    return state
