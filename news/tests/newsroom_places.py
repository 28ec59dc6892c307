"""Who may read a release and where it stands, in the state machine: privacy, moves, addresses, deletion. What readers
are answered is asked whenever any of it has changed.
"""

from django.contrib.auth.models import Group
from django.db import transaction
from django.test import Client
from django.utils import translation
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule
from wagtail.actions.delete_page import DeletePageAction, DeletePagePermissionError
from wagtail.actions.move_page import MovePageAction
from wagtail.models import Page, PageViewRestriction

from home import gate
from home.gate import Refused
from home.models import HomePage
from news.models import Release
from news.release.address import change_address
from news.release.privacy import restrict
from news.release.submission import start_translating
from news.release.withdrawal import withdraw

from .newsroom_holds import known_in
from .newsroom_office import Office
from .newsroom_releases import publishing
from .newsroom_steps import languages, people, versions
from .pairs import locale
from .scene import BOTH, other_language

privacy = st.sampled_from(["password", "groups", "login", "none", "none"])
targets = st.sampled_from(["archive", "archive", "section", "other language"])


class Undone(Exception):
    """What was deleted is there again: without it there is nothing left to do."""


class Places(Office):
    def begin(self):
        super().begin()
        self.client, self.answered = Client(), None
        self.gone = {}
        """{path: code of the language} of what was public for everybody and was withdrawn."""
        self.ever_public = set()
        section = self.scene.page.get_parent().specific
        self.places = {"section": section.pk, "archive": archive(type(section))}

    def attempt(self, function, *arguments, **options):
        done = super().attempt(function, *arguments, **options)
        self.ever_public |= {page.locale.language_code for page in self.pages() if page.live} if done else set()
        return done

    # Who may read it -------------------------------------------------------------------------------------------------

    def doors(self):
        """{code of the language: what keeps readers out of the page itself}"""
        found = {page.locale.language_code: [] for page in self.pages()}
        rows = PageViewRestriction.objects.filter(page__in=self.pages()).select_related("page__locale")
        for row in rows.prefetch_related("groups").order_by("restriction_type", "pk"):
            groups = sorted(group.pk for group in row.groups.all())
            found[row.page.locale.language_code].append((row.restriction_type, row.password, groups))
        return found

    def pages(self):
        return Page.objects.filter(translation_key=self.scene.page.translation_key).select_related("locale")

    @invariant()
    def is_private_in_both_languages(self):
        found = self.doors()
        assert all(rows == next(iter(found.values())) for rows in found.values()), found

    @rule(who=publishing, kind=privacy)
    def restrict(self, who, kind="password"):
        groups = Group.objects.filter(name="Publishers") if kind == "groups" else ()
        was, stopped = self.doors(), self.scene.pair.is_held or self.scene.pair.amendment is not None
        public = bool(self.live())
        if self.publish(who, restrict, self.scene.release, self.user(who), kind, "open sesame", groups):
            assert all(bool(rows) == (kind != "none") for rows in self.doors().values())
            assert not (public and stopped and any(was.values())), "it was opened while it was stopped"

    @rule(who=publishing, kind=privacy)
    def let_them_in_and_out(self, who, kind):
        """While it is public."""
        self.go_all_the_way("released")
        self.restrict(who, kind)

    def get(self, path, **options):
        """A request leaves the language behind in which it was answered."""
        with translation.override("en"):
            return self.client.get(path, **options)

    # What readers get ------------------------------------------------------------------------------------------------

    @invariant()
    def readers_are_answered(self):
        private = self.doors()
        now = [(page.url_path, page.live and page.live_revision_id) for page in self.pages()]
        if (now, private) == self.answered:
            return
        self.answered = now, private
        there = [version for version in self.scene.pair.versions.values() if version.page is not None]
        for version in there:
            self.is_answered(version, private[version.language.code])
        open_to_all = [version for version in there if version.is_live and not private[version.language.code]]
        for version in there if self.kind == "article" and self.is_in_the_section() else ():
            answer = self.get(f"{version.page.url}bilingual/")
            assert (answer.status_code == 200) == (len(open_to_all) == len(BOTH)), (version, answer.status_code)
        for path, code in self.gone.items():
            answer = self.get(path, follow=True)
            assert answer.status_code == 410, f"{path} was withdrawn in {code}: {answer.status_code}"

    def is_in_the_section(self):
        return self.pages().first().get_parent().slug == "news"

    def is_answered(self, version, private):
        code, page = version.language.code, version.page
        answer = self.get(page.url)
        html, said = answer.content.decode(), page.title
        if version.is_live and not private:
            self.gone = {path: other for path, other in self.gone.items() if other != code}
            assert answer.status_code == 200 and said in html, f"readers do not get {page}: {answer.status_code}"
            return
        drafts = [found for found in {said, page.draft_title} if known_in(found)]
        assert not any(found in html for found in drafts), f"readers get {page}"
        if version.is_live:
            assert answer.status_code in (200, 302), "whoever is let in is asked who they are"
            self.gone = {path: other for path, other in self.gone.items() if other != code}
        elif private:
            self.gone = {path: other for path, other in self.gone.items() if other != code}
        elif code in self.ever_public and code in version.pair.release.withdrawn_languages:
            self.gone[page.url] = code
            assert answer.status_code == 410, f"{page} was withdrawn: {answer.status_code}"
        else:
            assert answer.status_code == 404, f"{page} was never public: {answer.status_code}"

    # Where it stands -------------------------------------------------------------------------------------------------

    @rule(who=people, which=versions, where=targets)
    def move(self, who, which, where="archive"):
        version = self.version(which)
        if version.page is None:
            return
        language = version.language if where != "other language" else other_language(version.language)
        target = Page.objects.get(pk=self.places["section" if where == "other language" else where])
        target = target.get_translation(locale(language))
        page = Page.objects.get(pk=version.page.pk)
        if page.get_parent().pk == target.pk:
            return
        was_released, old = self.scene.pair.was_released, [found.url for found in self.scene.pair.pages]
        public = [url for url, found in zip(old, self.scene.pair.pages, strict=True) if found.live]
        done = self.attempt(move_as, page, target, self.user(who), name="move")
        if not done:
            return
        assert where != "other language", "it moved into the other language"
        assert self.is_publisher(who) or not was_released, f"{who} moved what was released"
        parents = {found.get_parent().translation_key for found in self.scene.pair.pages}
        assert parents == {target.translation_key}, "one language moved alone"
        if not any(self.doors().values()):
            for url in public:
                answer = self.get(url, follow=True)
                assert answer.status_code == 200 and answer.redirect_chain, f"{url} leads nowhere"
                assert answer.request["PATH_INFO"].startswith(url[:4]), "into its language"

    @rule(who=publishing, turn=st.integers(0, 3))
    def change_address(self, who, turn):
        slug = f"elsewhere-{turn}"
        if self.publish(who, change_address, self.scene.release, self.user(who), slug):
            assert {page.slug for page in self.scene.pair.pages} == {slug}

    # Deletion --------------------------------------------------------------------------------------------------------

    @rule(who=people, which=versions, again=st.booleans())
    def delete(self, who, which="original", again=False):
        """Of what goes altogether, what is left is looked at, and it is there again. A translation stays deleted."""
        version = self.version(which)
        if version.page is None:
            return
        was_public, page = bool(self.live()), version.page.specific
        was_released, number = self.scene.pair.was_released, self.scene.release.pk
        approvals = list(self.scene.release.approvals.order_by("pk").values_list("pk", "user_name"))
        try:
            with transaction.atomic():
                if not self.attempt(delete_as, page, self.user(who), name="delete"):
                    return
                assert not was_public, "what is public was deleted"
                if self.version("original").page is None:
                    assert not self.scene.pair.pages, "one language was deleted"
                    self.is_kept(number, approvals)
                    raise Undone
                assert not was_released, "a translation that was released was deleted alone"
        except Undone:
            return
        self.taken["delete a translation"] += 1
        code = self.scene.translation.language.code
        self.drafts = [
            text for text in self.drafts if not any((code, found) in self.pen.by for found in known_in(text))
        ]
        if again:
            self.attempt(start_translating, self.scene.page, self.user(who))

    def is_kept(self, number, approvals):
        """The release, under its people's names; and what readers are told where it was."""
        release = Release.objects.get(pk=number)
        assert list(release.approvals.order_by("pk").values_list("pk", "user_name")) == approvals
        assert release.release_at is None
        for path, code in self.gone.items():
            answer = self.get(path, follow=True)
            assert answer.status_code == 410, f"{path} was withdrawn in {code} and deleted: {answer.status_code}"

    @rule(who=people, chosen=languages, by=publishing)
    def withdraw_and_delete(self, who, chosen, by):
        self.go_all_the_way("released")
        self.publish(by, withdraw, self.scene.release, self.user(by), "Wrong.", chosen)
        self.readers_are_answered()
        self.delete(who)

    @initialize(first=st.sampled_from(["moved", "private", "deleted", "nothing", "nothing"]), who=publishing)
    def somewhere(self, first, who):
        """Few random walks would come as far."""
        if first == "moved":
            self.go_all_the_way("released")
            self.move(who, "original")
        elif first == "private":
            self.go_all_the_way("approved")
            self.restrict(who)
        elif first == "deleted":
            self.withdraw_and_delete("reviewer", BOTH, "publisher")


def archive(index):
    """Another section of a kind, in both languages: the key of one of them."""
    made = index(title="Archive", slug="archive")
    with gate.opened(made.translation_key):
        for home in HomePage.objects.order_by("locale"):
            page = index(title=made.title, slug=made.slug, locale=home.locale, translation_key=made.translation_key)
            made = home.add_child(instance=page)
    return made.pk


def move_as(page, target, user):
    MovePageAction(page, target, "last-child", user=user).execute(skip_permission_checks=True)


def delete_as(page, user):
    try:
        DeletePageAction(page, user=user).execute()
    except DeletePagePermissionError as refusal:
        raise Refused from refusal
