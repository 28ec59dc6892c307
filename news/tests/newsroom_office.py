"""What an office does around the moment of release, in the state machine: hold, amend, bring back."""

from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule

from news.pair.amended import amendment
from news.release.amending import agree_to_amendment, amend, drop_amendment
from news.release.bringing_back import agree_to_return, drop_return, propose_return
from news.release.stopping import hold, lift
from news.release.withdrawal import withdraw
from news.translation.texts import texts_of

from .newsroom_files import Files
from .newsroom_steps import both_texts, languages, people, reviewers
from .scene import BOTH

ways = st.sampled_from(["telephone", "wechat", "paper", "in_person"])


class Office(Files):
    @initialize(first=st.sampled_from(["change", "mistake", "hold", "nothing", "nothing"]), who=people, by=reviewers)
    def one_morning(self, first, who, by):
        """Few random walks would come as far."""
        if first == "change":
            self.change_it_at_the_last_minute(who, (), 0, by)
        elif first == "mistake":
            self.withdraw_by_mistake(BOTH, BOTH, by)
        elif first == "hold":
            self.hold_past_the_moment(who, 1)

    @rule(who=people)
    def hold(self, who):
        self.attempt(hold, self.scene.release, self.user(who), "Not yet.")

    @rule(who=reviewers)
    def lift(self, who="publisher"):
        self.attempt(lift, self.scene.release, self.user(who))

    @rule(who=people, hours=st.integers(1, 4))
    def hold_past_the_moment(self, who, hours):
        """What was held when its moment came does not go out by itself afterwards."""
        self.go_all_the_way()
        self.hold(who)
        held, public = self.scene.pair.is_held, self.live()
        self.schedule(1)
        self.time_passes(1 + hours)
        assert not held or self.live() == public, "it went out on hold"
        self.lift()

    @rule(who=people, chosen=both_texts, turn=st.integers(0, 9), way=ways)
    def amend(self, who, chosen=BOTH, turn=0, way="telephone"):
        """Other words in one text of each of these languages, as the screen sends them."""
        texts = {}
        for language in chosen:
            version = self.scene.pair.versions[language]
            if version.is_pending:
                stored = [html for _path, html in texts_of(version.approved_revision.as_object())]
                number = turn % len(stored)
                texts[language] = {number: self.pen.rewritten(stored[number], language, who)}
        step = (amend, self.scene.release, self.user(who), texts, "Wang", way)
        before, public = self.approved_stamps(), self.live()
        if self.attempt(*step, other_is_right=len(texts) < len(BOTH)):
            assert (self.approved_stamps(), self.live()) == (before, public), (
                "nothing is otherwise until somebody agrees"
            )

    def approved_stamps(self):
        return {
            version.language.code: version.approval.stamp
            for version in self.scene.pair.versions.values()
            if version.approval is not None
        }

    @rule(who=reviewers)
    def agree_to_the_amendment(self, who):
        it, at = self.scene.pair.amendment, self.scene.release.release_at
        covers = amendment(self.scene.pair)
        if self.attempt(agree_to_amendment, self.scene.release, self.user(who), covers):
            assert it.opened_by_id != self.user(who).pk
            assert self.scene.release.release_at == at, "the schedule stays"
            for version in self.scene.pair.versions.values():
                said = [html for _path, html in version.texts] if version.page is not None else []
                assert set(it.texts_in(version.language).values()) <= set(said)

    @rule(who=people)
    def give_the_amendment_up(self, who):
        before = self.approved_stamps()
        if self.attempt(drop_amendment, self.scene.release, self.user(who)):
            assert self.approved_stamps() == before

    @rule(who=people, chosen=both_texts, turn=st.integers(0, 9), by=reviewers)
    def change_it_at_the_last_minute(self, who, chosen, turn, by):
        """What is written stays, is agreed to, and goes out at its moment."""
        self.go_all_the_way(changed=True)
        self.lift()
        self.schedule(2)
        self.amend(who, chosen or BOTH, turn)
        self.settle_what_is_found()
        public = self.live()
        if self.scene.pair.amendment is not None:
            self.time_passes(3)
            assert self.live() == public, "what nobody has agreed to went out"
        self.agree_to_the_amendment(by)
        self.time_passes(3)

    @rule(chosen=languages, who=reviewers)
    def propose_to_bring_back(self, chosen, who="publisher"):
        self.attempt(propose_return, self.scene.release, self.user(who), "It was right.", chosen)

    @rule(who=reviewers)
    def agree_to_bring_back(self, who):
        it = self.scene.pair.bringing_back
        if self.attempt(agree_to_return, self.scene.release, self.user(who)):
            assert it.opened_by_id != self.user(who).pk
            live = {version.language.code for version in self.scene.pair.versions.values() if version.is_live}
            assert set(it.languages) <= live

    @rule(who=reviewers)
    def do_not_bring_it_back(self, who):
        self.attempt(drop_return, self.scene.release, self.user(who))

    @rule(chosen=languages, back=languages, by=reviewers)
    def withdraw_by_mistake(self, chosen, back, by):
        self.go_all_the_way("released")
        if self.attempt(withdraw, self.scene.release, self.scene.publisher, "By mistake.", chosen, name="mistake"):
            self.propose_to_bring_back(back)
            self.agree_to_bring_back(by)
