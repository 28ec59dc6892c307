"""What people do with a release in the state machine, in any order, as far as it is not refused."""

import contextlib
import json
import sys
from collections import Counter

from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import initialize, rule
from wagtail_localize.models import OverridableSegment, SegmentOverride

from home.gate import Refused
from home.languages import CHINESE, ENGLISH
from news.findings.judged import unsettled, waive
from news.release.claims import claim_for_writing, let_go, take_over
from news.release.correction import approve_correction, correct, drop_correction
from news.release.kinds import adapt, translate_fully
from news.release.review import agree, no_update_needed, take_back
from news.release.submission import recall
from news.release.withdrawal import withdraw
from news.translation.sync import fill_numbered
from news.translation.texts import texts_of

from .newsroom_crew import Crew, mend_the_workflow
from .newsroom_holds import Holds
from .newsroom_words import SHARED, TEXTS, Pen
from .pairs import member_of
from .scene import BOTH, Scene

versions = st.sampled_from(["original", "translation"])
people = st.sampled_from(["author", "translator", "reviewer", "second", "publisher"])
reviewers = st.sampled_from(["reviewer", "second", "publisher", "another"])
languages = st.sampled_from([(ENGLISH,), (CHINESE,), BOTH])
both_or_one = st.sampled_from([("original", "translation"), ("original",), ("translation",)])
ends = st.sampled_from(["released", "half read", "approved", "withdrawn"])
both_texts = st.sampled_from([(), (ENGLISH,), (CHINESE,), BOTH])
kinds = st.sampled_from(["correction", "update", "minor"])


class Steps(Holds):
    taken = Counter()
    """How often each step was taken, and not refused."""
    kind, language, library = "article", ENGLISH, None

    def __init__(self):
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.library = self.library.copy()
        self.scene, self.pen = Scene(self.kind, self.language), Pen(self.library)
        for name in ("author", "translator", "reviewer", "second", "publisher"):
            getattr(self.scene, name)
        self.scene.another = member_of("Publishers", username="another")
        self.away = set()
        self.begin()
        first = {"body": self.pen.body(self.language, "author")}
        for name in ("title", "summary"):
            first[name] = self.pen.words(self.language, "author")
        self.scene.edit(self.scene.original, self.scene.author, **first)
        self.crew = Crew(self)

    def teardown(self):
        try:
            if sys.exception() is None:
                self.crew.lead_out()
                self.at_the_end()
                self.whoever_approves_is_the_second_person()
        finally:
            transaction.set_rollback(True)
            self.transaction.__exit__(None, None, None)

    def at_the_end(self):
        """What is done once it has been led out."""

    def attempt(self, function, *arguments, name="", **options):
        """Whether it was done. What is refused changes nothing; whose account is not active is not let in."""
        if any(getattr(one, "username", None) in self.away for one in arguments):
            return False
        with contextlib.suppress(Refused), transaction.atomic():
            function(*arguments, **options)
            self.taken[name or function.__name__] += 1
            return True
        return False

    def version(self, name):
        return getattr(self.scene.pair, name)

    def user(self, who):
        """As a request reads the account."""
        return User.objects.get(pk=getattr(self.scene, who, self.crew.writer).pk)

    def writer(self, page, who):
        """The user, unless the page is locked for them; in a review they claim it, as the editors do."""
        lock, user = page.get_lock(), self.user(who)
        if user.username in self.away or (lock and lock.for_user(user)):
            return None
        claim_for_writing(page, user)
        return user

    def write(self, version, who, what):
        """Another draft of a version edited as a page."""
        user = self.writer(version.page, who)
        if user:
            changes = self.pen.changed(version.page.get_latest_revision_as_object(), what, version.language, who)
            self.drafts += [text for text in changes.values() if what in ("title", "summary")]
            self.scene.edit(version, user, **changes)

    @initialize(until=st.sampled_from(["released", "released", "half read", "approved", "written"]))
    def so_far(self, until):
        if until != "written":
            self.go_all_the_way(until)

    # What people write -----------------------------------------------------------------------------------------------

    @rule(who=people, what=st.sampled_from(TEXTS))
    def edit_the_original(self, who, what="title"):
        self.write(self.scene.original, who, what)

    @rule(who=people, turn=st.integers(0, 5))
    def change_what_both_share(self, who, turn=0):
        of_this_kind = SHARED[self.kind]
        self.write(self.scene.original, who, of_this_kind[turn % len(of_this_kind)])

    @rule(who=people)
    def correct_a_slip(self, who):
        """The last word of the title is spelt otherwise; whoever does that has not written the title."""
        version = self.scene.original
        user = self.writer(version.page, who)
        title = version.page.get_latest_revision_as_object().title
        other = ("harbour", "harbor") if "harbour" in title else ("harbor", "harbour")
        if user:
            self.scene.edit(version, user, title=title.replace(*other))

    @rule(who=people, what=st.sampled_from(TEXTS), one=st.booleans())
    def translate(self, who, what="title", one=False):
        """All paragraphs, or one; of an adapted translation, the page."""
        version = self.scene.translation
        user = self.writer(version.page, who) if version.page is not None else None
        if user is None:
            return
        if version.localized is None:
            self.write(version, who, what)
            return
        sources = [source for _path, source in texts_of(version.localized.source.as_instance())]
        turn = self.pen.number % len(sources)
        chosen = dict(enumerate(sources))
        chosen = {turn: chosen[turn]} if one else chosen
        texts = {number: self.pen.rewritten(chosen[number], version.language, who) for number in chosen}
        self.paragraphs.update({chosen[number]: text for number, text in texts.items()})
        fill_numbered(version.localized, texts, user)

    @rule(who=people, turn=st.integers(0, 9), gone=st.booleans())
    def put_something_else_in_its_place(self, who, turn=0, gone=False):
        """A picture, a document or an address of the translation's own, or the original's once more."""
        version = self.scene.translation
        user = self.writer(version.page, who) if version.page is not None else None
        localized = version.localized if user else None
        if localized is None:
            return
        segments = list(OverridableSegment.objects.filter(source=localized.source).order_by("order"))
        segment = segments[turn % len(segments)]
        now, path = json.loads(segment.data_json), segment.context.path
        if isinstance(now, str):
            data = self.pen.address(version.language, who)
        else:
            among = self.library.documents if path.endswith(".document") else self.library.pictures
            data = self.pen.chosen(version.language, who, among, but=now).pk
        of_this = SegmentOverride.objects.filter(locale=localized.target_locale, context=segment.context)
        if gone and of_this.exists():
            of_this.get().delete()
        else:
            fields = {"data_json": json.dumps(data), "last_translated_by": user, "has_error": False}
            of_this.update_or_create(locale=localized.target_locale, context=segment.context, defaults=fields)
        self.taken["override"] += 1

    # Reviews ---------------------------------------------------------------------------------------------------------

    @rule(who=people)
    def agree(self, who):
        for version in self.scene.pair.versions.values():
            if version.page is not None:
                self.attempt(agree, version, self.user(who))

    @rule(which=versions, who=reviewers, step=st.sampled_from([take_over, let_go]))
    def change_who_corrects(self, which, who, step):
        self.attempt(step, self.version(which), self.user(who))

    @rule(which=versions, who=people)
    def submit(self, which, who):
        version = self.version(which)
        if version.page is not None:
            self.attempt(self.scene.submit, version, self.user(who))

    @rule(which=versions, who=people)
    def recall(self, which, who):
        version = self.version(which)
        if version.page is not None:
            self.attempt(recall, version.page, self.user(who))

    @rule(which=versions, who=reviewers, action=st.sampled_from(["approve", "approve", "approve", "reject"]))
    def review(self, which, who, action="approve"):
        version = self.version(which)
        if action in version.actions_for(self.user(who)):
            state = version.task_state
            self.attempt(state.task.specific.on_action, state, self.user(who), action, name=action, comment="")

    @rule(who=reviewers)
    def settle_what_is_found(self, who="publisher"):
        for judged in unsettled(self.scene.pair):
            self.attempt(waive, self.scene.pair, judged.finding.key, self.user(who), "As it should be.")

    @rule(which=versions, who=reviewers, what=st.sampled_from(TEXTS), agreeing=people)
    def correct_while_reading(self, which, who, what, agreeing):
        """Whose turn it is changes something, approves it, and somebody else says yes."""
        if "approve" in self.version(which).actions_for(self.user(who)):
            if which == "original":
                self.edit_the_original(who, what)
            else:
                self.translate(who, what, one=True)
            self.review(which, who)
            self.agree(agreeing)

    @rule(until=ends, changed=st.booleans(), chosen=both_or_one, mended=st.booleans())
    def go_all_the_way(self, until="approved", changed=False, chosen=("original", "translation"), mended=True):
        """What a good day looks like: without it few random walks would come as far as a release."""
        if mended:
            mend_the_workflow()
        if changed:
            self.edit_the_original("author")
        for which in chosen:
            who = "author" if which == "original" else "translator"
            if which == "translation":
                self.translate(who)
            self.settle_what_is_found()
            self.submit(which, who)
            for stage in ["reviewer"] if until == "half read" else ["reviewer", "second", "publisher", "another"]:
                self.review(which, stage)  # whoever wrote none of it
        self.attempt(approve_correction, self.scene.release, self.scene.second)
        if until in ("released", "withdrawn"):
            self.release()
            self.readers_get_what_was_approved()
        if until == "withdrawn":
            self.attempt(withdraw, self.scene.release, self.scene.publisher, "Wrong.", BOTH)

    @rule(which=versions, who=reviewers)
    def take_back(self, which, who):
        version = self.version(which)
        if version.page is not None:
            self.attempt(take_back, version.page, self.user(who), "A slip.")

    @rule()
    def no_update_needed(self):
        self.attempt(no_update_needed, self.scene.page, self.scene.publisher)

    # Corrections -----------------------------------------------------------------------------------------------------

    @rule(who=people, kind=kinds, texts=both_texts, right=st.booleans())
    def correct(self, who, kind="correction", texts=(), right=False):
        """With notes of one's own; as the screen of both texts sends it, with other titles in these languages."""
        noted = [] if kind == "minor" else (texts or BOTH) if right else BOTH
        notes = [self.pen.words(language, who) if language in noted else "" for language in BOTH]
        titles = {language: {0: self.pen.words(language, who)} for language in texts}
        name = f"correct{' with texts' * bool(texts)}"
        step = (correct, self.scene.release, self.user(who), kind, *notes, titles)
        done = self.attempt(*step, other_is_right=right, name=name)
        translation = self.scene.translation
        if done and translation.language in texts and translation.localized is not None:
            self.paragraphs[translation.paragraphs[0].source] = titles[translation.language][0]

    @rule(who=people, kind=kinds, texts=both_texts, what=st.sampled_from(TEXTS), reader=reviewers)
    def correct_what_is_public(self, who, kind, texts, what, reader):
        """From the words to the release."""
        if not texts:
            self.edit_the_original(who, what)
            self.submit("original", who)
            self.translate(who, what)
        self.correct(who, kind, texts)
        self.settle_what_is_found()
        self.approve_correction(reader)
        self.release()

    @rule(who=reviewers)
    def drop_the_correction(self, who):
        self.attempt(drop_correction, self.scene.release, self.user(who))

    @rule(who=reviewers)
    def approve_correction(self, who):
        self.attempt(approve_correction, self.scene.release, self.user(who))

    @rule(fully=st.sampled_from([True, True, False]))
    def translate_in_another_way(self, fully):
        """Paragraph by paragraph, or as a page of its own."""
        self.attempt(translate_fully if fully else adapt, self.scene.release, self.scene.reviewer)
