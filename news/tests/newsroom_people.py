"""Who comes, stands in and leaves, in the state machine. What somebody did keeps their name, and their rights end."""

import re
from datetime import timedelta

from django.contrib.auth.models import User
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from wagtail.models import Page, PageLogEntry

from news.models import ActingPublisher, Assignment, Claim, SignOff, StageRecord
from news.pair.rules import may_publish
from news.release.acting import end_acting, name_acting
from news.release.assignment import hand_over
from news.release.leaving import hand_over_all, in_hand
from news.trail import PUBLISHERS_ACTS

from .newsroom_places import Places
from .newsroom_steps import people, reviewers, versions

deputies = st.sampled_from(["author", "translator", "reviewer", "second"])
everybody = st.sampled_from(["author", "translator", "reviewer", "second", "publisher", "another"])
ways = st.sampled_from(["save", "update", "bulk_update"])
namers = st.sampled_from(["publisher", "another", "publisher", "reviewer"])


class Undone(Exception):
    """An account that was deleted is there again."""


class People(Places):
    def begin(self):
        super().begin()
        self.acting = {}
        """{who: the hours from now at which it begins and ends}"""
        self.standing = None
        self.worked = {"author"}
        """Whoever has taken a step that was not refused."""
        self.seen_line = PageLogEntry.objects.order_by("pk").values_list("pk", flat=True).last() or 0

    def attempt(self, function, *arguments, **options):
        done = super().attempt(function, *arguments, **options)
        if done and function not in (hand_over, hand_over_all):  # which name others, too
            self.worked |= {one.username for one in arguments if isinstance(one, User)}
        return done

    def writer(self, page, who):
        user = super().writer(page, who)
        self.worked |= {who} if user else set()
        return user

    # Acting publishers -----------------------------------------------------------------------------------------------

    def stands_in(self, who):
        begins, ends = self.acting.get(who, (0, 0))
        return begins <= 0 < ends and who not in self.away

    def is_publisher(self, who):
        return super().is_publisher(who) or self.stands_in(who)

    @rule(who=deputies, by=namers, later=st.sampled_from([0, 0, 0, 2]), hours=st.integers(1, 30))
    def name_acting(self, who, by="publisher", later=0, hours=24):
        if who in self.acting:
            return
        self.acting_is_said()
        begins = timezone.now() + timedelta(hours=later)
        named = (name_acting, self.user(by), self.user(who), begins, begins + timedelta(hours=hours), "On leave")
        if self.attempt(*named):
            assert by in ("publisher", "another"), "whoever stands in names nobody"
            self.acting[who] = (later, later + hours)

    @rule(who=deputies, by=namers)
    def end_acting(self, who, by):
        self.acting_is_said()
        for made in ActingPublisher.objects.to_come().filter(user__username=who):
            if self.attempt(end_acting, self.user(by), made.pk):
                assert by in ("publisher", "another")
                del self.acting[who]

    @rule(who=deputies, hours=st.integers(1, 5))
    def stand_in_for_a_day(self, who, hours):
        """Whoever stands in releases what is ready; afterwards they would not."""
        self.name_acting(who, hours=hours)
        self.go_all_the_way()
        self.release(who)
        self.time_passes(hours)
        self.restrict(who)

    def before_time_passes(self, hours):
        super().before_time_passes(hours)
        self.acting_is_said()
        moved = {who: (begins - hours, ends - hours) for who, (begins, ends) in self.acting.items()}
        self.acting = {who: (begins, ends) for who, (begins, ends) in moved.items() if ends > 0}

    @invariant()
    def rights_begin_and_end(self):
        standing = sorted(filter(self.stands_in, self.acting)), sorted(self.away)
        if standing == self.standing:
            return
        self.standing, pair = standing, self.scene.pair
        for who in ("author", "translator", "reviewer", "second", "publisher", "another"):
            may = self.is_publisher(who) and who not in self.away
            assert may_publish(self.user(who), pair) == may, f"{who} {'may not' if may else 'may'} publish"

    @invariant()
    def acting_is_said(self):
        """Beside each publisher's act of whoever stands in, and of nobody else."""
        for line in PageLogEntry.objects.filter(pk__gt=self.seen_line).select_related("user").order_by("pk"):
            self.seen_line = line.pk
            if line.action in PUBLISHERS_ACTS and line.user is not None:
                said, acted = "acting_for" in line.data, self.stands_in(line.user.username)
                assert said == acted, f"{line.action} by {line.user}: {line.data}"

    # Names -----------------------------------------------------------------------------------------------------------

    def names(self):
        """Each line, approval and decision of the past, with the name that stands beside it."""
        release = self.scene.release
        pages = [page.pk for page in self.scene.pair.pages]
        lines = PageLogEntry.objects.filter(page__in=pages)
        found = {f"line {line.pk}": (line.user_display_name, line.message) for line in lines}
        found |= {f"approval {one.pk}": one.user_name for one in release.approvals.all()}
        stages = StageRecord.objects.filter(release=release)
        found |= {f"stage {one.pk}": one.finished_by_name for one in stages if one.finished_by_name}
        return found | dict.fromkeys(self.sheet(), True)

    def sheet(self):
        """The rows of the sign-off sheet that say who did what."""
        self.client.force_login(self.library.boss)
        html = self.get(reverse("newsroom_releases:sheet", args=[self.scene.release.pk])).content.decode()
        self.client.logout()
        past = html.partition("<h2>")[2].partition("<p>Printed")[0]
        rows = [re.sub(r"<[^>]+>|\s+", " ", row).strip() for row in re.findall(r"<tr>.*?</tr>", past, re.DOTALL)]
        assert rows, html
        return rows

    def keeping_names(self, function, *arguments, **options):
        before = self.names()
        result = function(*arguments, **options)
        after = self.names()
        lost = {key: (said, after.get(key)) for key, said in before.items() if after.get(key) != said}
        assert not lost, lost
        return result

    @rule(who=everybody, number=st.integers(0, 99))
    def rename(self, who, number):
        user = self.user(who)
        user.first_name, user.last_name = "改名", f"王{number}"
        self.keeping_names(user.save)

    @rule(who=everybody)
    def delete_an_account(self, who):
        """Of whoever has worked here it is refused. Who has not is there again afterwards."""
        worked = who in self.worked

        def try_it():
            with transaction.atomic():
                if self.attempt(self.user(who).delete, name="delete an account"):
                    assert not worked, f"{who} has worked here and was deleted"
                    raise Undone

        try:
            self.keeping_names(try_it)
        except Undone:
            return

    # Who leaves ------------------------------------------------------------------------------------------------------

    @rule(who=everybody, way=ways)
    def deactivate(self, who, way="save"):
        if who in self.away:
            return
        self.acting_is_said()
        self.keeping_names(WAYS[way], self.user(who))
        self.away.add(who)
        self.acting.pop(who, None)
        self.taken["deactivate"] += 1
        self.has_nothing_in_hand(who)

    def has_nothing_in_hand(self, who):
        user = self.user(who)
        found = in_hand(user)
        work = {what for of in found.releases.values() for said in of.values() for what in said} - {"draft", "returned"}
        assert not work and not found.pages and not found.duties, f"{who} still has {work}"
        assert not Page.objects.filter(locked=True, locked_by=user).exists()
        for model in (Claim, Assignment):
            assert not model.objects.filter(user=user).exists()
        assert not SignOff.objects.filter(user=user, agreed_by=None, task_state__status="in_progress").exists()

    @rule(who=everybody)
    def come_back(self, who):
        """With their own rights alone: what they stood in for is over."""
        if who in self.away:
            User.objects.filter(pk=self.user(who).pk).update(is_active=True)
            self.away.remove(who)

    @rule(who=everybody, to=everybody, leaves=st.booleans())
    def hand_everything_over(self, who, to, leaves):
        self.acting_is_said()
        user, heir = self.user(who), self.user(to)
        if heir.username in self.away or who in self.away:
            return
        if self.keeping_names(self.attempt, hand_over_all, user, heir, self.library.boss):
            self.has_nothing_in_hand(who)
            assert not Page.objects.filter(owner=user).exists()
        if leaves:
            self.deactivate(who)

    @rule(which=versions, who=people, to=everybody)
    def assign(self, which, who, to):
        version = self.version(which)
        if version.page is not None and to not in self.away:
            self.attempt(hand_over, self.scene.release, version.language, self.user(to), self.user(who))

    @rule(
        which=versions,
        who=people,
        by=reviewers,
        what=st.sampled_from(["title", "words"]),
        way=st.sampled_from(["save", "update"]),
    )
    def leave_while_working(self, which, who, by, what, way):
        """Somebody writes or corrects, is gone, and the others go on."""
        if which == "original":
            self.edit_the_original(who, what)
        else:
            self.translate(who, what)
        self.deactivate(who, way)
        self.submit(which, "author" if which == "original" else "translator")
        self.review(which, by)
        self.go_all_the_way("released")

    @initialize(first=st.sampled_from(["stands in", "leaves", "nothing", "nothing"]), who=deputies)
    def one_of_them(self, first, who):
        if first == "stands in":
            self.stand_in_for_a_day(who, 3)
        elif first == "leaves":
            self.go_all_the_way("half read")
            self.deactivate(who)


def by_saving(user):
    user.is_active = False
    user.save()


def by_updating_several(user):
    user.is_active = False
    User.objects.bulk_update([user], ["is_active"])


WAYS = {
    "save": by_saving,
    "update": lambda user: User.objects.filter(pk=user.pk).update(is_active=False),
    "bulk_update": by_updating_several,
}
