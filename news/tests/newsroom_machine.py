"""The state machine as a whole: beside what people do, an administrator changes the reviews, and two act at once."""

from datetime import timedelta

from django.contrib.auth.models import Group
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import rule
from wagtail.models import GroupApprovalTask, Workflow

from news.bootstrap import FINAL, FIRST, WORKFLOW
from news.models import Approval, ReviewTask
from news.pair.stamps import LENGTH, approvals, drafts, parsed, require_seen, reviewed, shown_now
from news.release.correction import approve_correction, correct
from news.release.holding import held
from news.release.publishing import release_both, release_single, urgent
from news.release.review import agree, no_update_needed
from news.release.schedule import schedule

from . import workflow_changes as ways
from .newsroom_crew import mend_the_workflow
from .newsroom_holds import known_in
from .newsroom_steps import people, reviewers, versions
from .newsroom_summaries import Summaries
from .scene import BOTH, PASSWORD

FOR_A_STAGE_TO_GO = [
    *(ways.deactivate, ways.deactivate_as_a_plain_task, ways.save_it_inactive, ways.delete_it, ways.delete_as_a_query),
    *(ways.take_the_row_out, ways.save_the_workflow_inactive, ways.delete_the_workflow),
    *(ways.put_another_in_its_place, ways.put_another_in_between),
]
ORDERS = [(FINAL, FIRST), (FIRST, "Another", FINAL), ("Another", FINAL), (FIRST, FINAL, "Another"), (FINAL,)]
ORDERS += [(FIRST, "Theirs"), ("Theirs", FINAL), ("Theirs",), ()]
"""Of stages; an approval may come of some, and of some not."""
MEANWHILE = [
    *("edit_the_original", "change_what_both_share", "correct_a_slip", "translate", "put_something_else_in_its_place"),
    *("agree", "go_all_the_way", "correct", "drop_the_correction", "take_back_both", "replace", "nothing"),
    *("hold", "amend", "give_the_amendment_up", "name_acting", "deactivate", "restrict", "delete"),
]


class Newsroom(Summaries):
    # What an administrator does -------------------------------------------------------------------------------------

    @rule()
    def mend_the_workflow(self):
        mend_the_workflow()

    @rule(way=st.sampled_from(FOR_A_STAGE_TO_GO))
    def take_a_stage_or_the_workflow_away(self, way):
        mend_the_workflow()
        way(None)
        self.taken[way.__name__] += 1

    @rule(names=st.sampled_from(ORDERS))
    def put_other_stages_there(self, names):
        if Workflow.objects.filter(name=WORKFLOW).exists():
            kinds = {"Theirs": GroupApprovalTask}
            tasks = [kinds.get(name, ReviewTask).objects.get_or_create(name=name)[0] for name in names]
            for task in tasks:
                task.groups.set(Group.objects.filter(name__in=["Bilingual reviewers", "Publishers"]))
            ways.stages(*tasks)
            self.taken["other stages"] += 1

    # Two at once -----------------------------------------------------------------------------------------------------

    def nothing(self, who):
        """Nobody else is there."""

    def take_back_both(self, who):
        for which in ("original", "translation"):
            self.take_back(which, who)

    @rule(which=versions, who=reviewers, meanwhile=st.sampled_from(MEANWHILE), by=people, data=st.data())
    def decide_on_what_was_shown(self, which, who, meanwhile, by, data):
        """Somebody is shown a form, somebody else does something, and the first one sends the form."""
        name = data.draw(st.sampled_from(sorted(FORMS)))
        covers, send = FORMS[name]
        if self.version(which).page is None:
            return
        language = self.version(which).language
        seen, had = shown_now(covers(self.scene.pair, language)), self.words_in_drafts()
        if meanwhile == "go_all_the_way":
            self.go_all_the_way()
        else:
            getattr(self, meanwhile)(by)
        now, public = covers(self.scene.pair, language), self.live()
        newest = Approval.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        done = self.attempt(send, self, language, self.user(who), seen, name=f"{name} as shown")
        if done and seen.startswith(now):
            self.covers_what_was_shown(parsed(seen), newest, public)
        elif done:
            others = {self.pen.by.get(found) for found in self.words_in_drafts() - had} - {who}
            assert covers is not approvals and not others, f"{name} of what {others} wrote, not of what was shown"

    def words_in_drafts(self):
        """{(code of a language, what somebody wrote)}"""
        versions = [version for version in self.scene.pair.versions.values() if version.page is not None]
        return {(version.language.code, said) for version in versions for said in known_in(version.face.stored)}

    def covers_what_was_shown(self, seen, newest, before):
        """What was approved, or went public, by a form is what the form showed."""
        pair = self.scene.pair
        for version in pair.versions.values():
            fresh = [approval for approval in version.standing if approval.pk > newest]
            public = {version.page.live_revision_id} - before if version.is_live else set()
            for approval in [*fresh, *(found for found in version.standing if found.revision_id in public)]:
                assert approval.stamp[:LENGTH] == seen.get(version.language.code), f"{approval} was not shown"


def approve(machine, language, user, seen):
    """As the release page does it."""
    with held(machine.scene.release) as pair:
        version = pair.versions[language]
        require_seen(pair, reviewed, seen, language, by=user)
        version.is_seen = True
        if "approve" in version.actions_for(user):
            if isinstance(version.task, ReviewTask):
                version.task.decide(version, user, "approve")
            else:
                version.task.on_action(version.task_state, user, "approve")


def agree_to(machine, language, user, seen):
    with held(machine.scene.release) as pair:
        require_seen(pair, reviewed, seen, language, by=user)
        agree(pair.versions[language], user)


def soon():
    return timezone.now() + timedelta(hours=1)


FORMS = {
    # name: (what it covers, sending it)
    "approve": (reviewed, approve),
    "agree": (reviewed, agree_to),
    "release": (approvals, lambda on, _in, user, seen: release_both(on.scene.release, user, seen=seen)),
    "release_single": (
        approvals,
        lambda on, language, user, seen: release_single(on.scene.release, language, user, "Hurry", seen=seen),
    ),
    "schedule": (approvals, lambda on, _in, user, seen: schedule(on.scene.release, soon(), user, seen=seen)),
    "urgent": (
        drafts,
        lambda on, _in, user, seen: urgent(on.scene.release, BOTH, user, "A storm", PASSWORD, seen=seen),
    ),
    "correct": (drafts, lambda on, _in, user, seen: correct(on.scene.release, user, "minor", seen=seen)),
    "approve_correction": (drafts, lambda on, _in, user, seen: approve_correction(on.scene.release, user, seen=seen)),
    "no_update_needed": (approvals, lambda on, _in, user, seen: no_update_needed(on.scene.page, user, seen=seen)),
}
