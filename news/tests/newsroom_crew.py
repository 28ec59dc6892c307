"""People who have written nothing so far, and bring a release out of whatever state it is in by ordinary steps."""

import contextlib

from django.contrib.auth.models import Group
from django.db import transaction
from wagtail.models import Task, Workflow, WorkflowPage, WorkflowTask

from home.gate import Refused
from home.models import HomePage
from news.bootstrap import FINAL, FIRST, STAGES, WORKFLOW
from news.findings.judged import unsettled, waive
from news.models import Mode, ReviewTask
from news.release.amending import drop_amendment
from news.release.claims import take_over
from news.release.correction import approve_correction, drop_correction
from news.release.freezing import thaw
from news.release.publishing import release_both
from news.release.review import agree, take_back
from news.release.schedule import unschedule
from news.release.stopping import lift
from news.release.submission import recall, start_translating, submit
from news.release.withdrawal import withdraw
from news.translation.library import accept
from news.translation.sync import fill_numbered

from .pairs import member_of

ROUNDS = ["as it is", "as it is", "written anew", "as it is", "withdrawn", "as it is", "as it is"]
"""What is tried, in turn; the first is enough but for what no ordinary step leads out of at once."""


def mend_the_workflow():
    """What an administrator does whose workflow is gone, or not what it was."""
    workflow, _created = Workflow.objects.get_or_create(name=WORKFLOW)
    if not workflow.active:
        workflow.active = True
        workflow.save()
    for name in (FIRST, FINAL):
        task = Task.objects.filter(name=name).first() or ReviewTask.objects.create(name=name)
        task.specific.groups.set(Group.objects.filter(name=STAGES[name]))
        if not task.active:
            task.active = True
            task.save()
    if [task.name for task in workflow.tasks] != [FIRST, FINAL]:
        for order, name in enumerate((FIRST, FINAL)):
            found, place = Task.objects.get(name=name), {"sort_order": order}
            WorkflowTask.objects.update_or_create(workflow=workflow, task=found, defaults=place)
        WorkflowTask.objects.filter(workflow=workflow).exclude(task__name__in=(FIRST, FINAL)).delete()
    WorkflowPage.objects.exclude(workflow=workflow).delete()
    for home in HomePage.objects.all():
        WorkflowPage.objects.get_or_create(page=home, defaults={"workflow": workflow})


class Crew:
    def __init__(self, machine):
        self.machine, self.scene = machine, machine.scene
        everybody = ("English authors", "Chinese authors", "English translators", "Chinese translators")
        self.writer = member_of(*everybody, username="fresh-writer")
        self.readers = [
            member_of("Bilingual reviewers", username="fresh-reviewer"),
            member_of("Publishers", username="fresh-publisher"),
            member_of("Bilingual reviewers", username="fresh-second"),
            member_of("Publishers", username="fresh-other"),
        ]
        self.publisher = self.readers[1]
        self.said = []

    def try_to(self, function, *arguments, **options):
        try:
            with transaction.atomic():
                function(*arguments, **options)
        except Refused as refusal:
            self.said.append(f"{function.__name__}: {refusal!r} {refusal}")
            return False
        self.said.append(function.__name__)
        return True

    def lead_out(self):
        """To both languages public, each the other's counterpart, and from there to neither. Fails where none leads."""
        found = str(self)
        for way in ROUNDS:
            mend_the_workflow()
            if way == "withdrawn":
                self.try_to(withdraw, self.scene.release, self.publisher, "Wrong.")
            if way == "written anew":
                self.take_all_back()
                self.machine.write(self.scene.original, self.writer.username, "title")
            self.try_to(lift, self.scene.release, self.publisher)
            self.try_to(drop_amendment, self.scene.release, self.publisher)
            self.try_to(unschedule, self.scene.release, self.publisher, "Not yet.")
            self.try_to(thaw, self.scene.release, self.publisher)
            self.finish_the_correction()
            for which in ("original", "translation"):
                self.bring_to_approval(which)
            self.finish_the_correction()
            self.try_to(release_both, self.scene.release, self.publisher)
            if self.is_done():
                self.machine.taken[f"led out {way}"] += 1
                break
        assert self.is_done(), f"No way out.\n{found}\nStill:\n{self}\nTried:\n" + "\n".join(self.said)
        assert self.try_to(withdraw, self.scene.release, self.publisher, "Wrong."), self.said[-1]

    def is_done(self):
        pair = self.scene.pair
        versions = pair.versions.values()
        both = all(version.is_live and not version.is_pending and not version.review for version in versions)
        up_to_date = both and not pair.translation.is_stale and not pair.translation.is_behind
        return up_to_date and pair.release.mode == Mode.TOGETHER and pair.correction is None

    def finish_the_correction(self):
        if self.scene.pair.correction and not self.try_to(approve_correction, self.scene.release, self.readers[0]):
            self.try_to(drop_correction, self.scene.release, self.readers[0])

    def take_all_back(self):
        for version in self.scene.pair.versions.values():
            if version.page is not None and version.is_pending:
                self.try_to(take_back, version.page, self.publisher, "Anew.")
            if version.page is not None and version.review:
                self.try_to(recall, version.page, self.publisher)

    def version(self, which):
        return getattr(self.scene.pair, which)

    def bring_to_approval(self, which):
        version = self.version(which)
        if version.page is None:
            self.try_to(start_translating, self.scene.page, self.writer)
            version = self.version(which)
        if version.is_pending and (version.is_stale or version.is_behind):
            self.try_to(take_back, version.page, self.publisher, "Anew.")
            version = self.version(which)
        if version.is_pending:
            return
        for _turn in ("as it is", "submitted again"):
            version = self.version(which)
            if version.task_state is None:
                if version.is_live and not (version.has_changes or version.is_stale or version.is_behind):
                    return
                self.translate_what_is_open(version)
                self.try_to(submit, version.page, self.writer)
            if self.is_read(which):
                return
            version = self.version(which)
            if version.review:
                self.try_to(recall, version.page, self.publisher)

    def translate_what_is_open(self, version):
        if version.localized is not None and not version.is_locked_for(self.writer):
            texts = {
                number: self.machine.pen.rewritten(paragraph.source, version.language, self.writer.username)
                for number, paragraph in enumerate(version.paragraphs)
                if not paragraph.words
            }
            fill_numbered(version.localized, texts, self.writer)
            accept(version.localized, self.writer)

    def is_read(self, which):
        """Whether the review has led to an approval."""
        for _stage in range(4):
            version = self.version(which)
            if version.is_pending:
                return True
            self.settle_what_is_found()
            if not self.try_to(agree, version, self.writer) and not any(map(self.approval_of(which), self.readers)):
                return False
        return self.version(which).is_pending

    def approval_of(self, which):
        def approve(user):
            version = self.version(which)
            if version.claim is not None and self.try_to(take_over, version, user):
                version = self.version(which)
            if version.task_state is None or "approve" not in version.actions_for(user):
                self.said.append(f"{user} may not approve: {version.refusals.get(user.pk)!r}")
                return False
            version.is_seen = True
            if isinstance(version.task, ReviewTask):
                return self.try_to(version.task.decide, version, user, "approve")
            return self.try_to(version.task.on_action, version.task_state, user, "approve")

        return approve

    def settle_what_is_found(self):
        for judged in unsettled(self.scene.pair):
            with contextlib.suppress(Refused), transaction.atomic():
                waive(self.scene.pair, judged.finding.key, self.publisher, "As it should be.")

    def __str__(self):
        pair = self.scene.pair
        release = {name: str(value) for name, value in vars(pair.release).items() if name not in ("_state", "id")}
        lines = [
            f"{release}",
            f"correction {pair.correction} {[task.name for task in Task.objects.filter(active=True)]}",
        ]
        for version in (pair.original, pair.translation):
            facts = ("state", "is_pending", "is_live", "is_stale", "is_behind", "lock", "task", "sign_off", "hands")
            said = {name: getattr(version, name) for name in facts} if version.page is not None else {}
            lines.append(f"{version.language.code}: {said} {version.page and version.incompleteness!r}")
        return "\n".join(lines)
