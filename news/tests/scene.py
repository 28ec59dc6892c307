"""A release and the people around it, for tests that go through its transitions as Wagtail's views do."""

from functools import cached_property, wraps

from django.db.models import Model
from django.utils import timezone
from wagtail.log_actions import registry

from home.languages import CHINESE, ENGLISH, LANGUAGES, other_language
from news.admin.steps import REGISTER
from news.models import ArticlePage, NewsIndexPage, PartnerIndexPage, PartnerPage, Release
from news.pair.pair import pair_of
from news.release.holding import held
from news.release.publishing import release_both
from news.release.submission import submit
from news.translation.library import accept
from news.translation.sync import fill

from .pairs import BOTH, locale, member_of
from .remembered import memory

PASSWORD = "secret"
KINDS = {
    "article": (ArticlePage, NewsIndexPage, {"body": [("paragraph", "<p>{}</p>")]}),
    "partner": (PartnerPage, PartnerIndexPage, {"kind": "institute"}),
}
TITLE, SUMMARY, TEXT = (
    ("A week of clean air", "清新空气周"),
    ("Clean air.", "空气清新。"),
    ("The forum opened.", "论坛开幕。"),
)
WORDS = [TITLE, SUMMARY, TEXT]


def remembered(act):
    """A method that changes what stands. Where nothing else was written before it, what it writes is remembered."""

    @wraps(act)
    def done(self, version=None, user=None):
        who = version and version.language, user and user.username
        key = ("scene", type(self), self.kind, self.language, *sorted(vars(self)), act.__name__, *who)
        options = {name: value for name, value in (("version", version), ("user", user)) if value is not None}

        def make():
            act(self, **options)
            return self.objects()

        for name, found in memory.make(key, make).items():
            vars(self).setdefault(name, found)
        return self

    return done


class Scene:
    def __init__(self, kind="article", original=ENGLISH):
        self.language = original
        self.kind = kind

    def by_people_of(self, scene):
        """Another release of the same people's."""
        names = ("author", "translator", "reviewer", "second", "publisher")
        vars(self).update({name: getattr(scene, name) for name in names})
        return self

    # People ----------------------------------------------------------------------------------------------------------

    @cached_property
    def author(self):
        return member_of("English authors", "Chinese authors", username="author")

    @cached_property
    def translator(self):
        return member_of("English translators", "Chinese translators", username="translator")

    @cached_property
    def reviewer(self):
        return member_of("Bilingual reviewers", username="reviewer")

    @cached_property
    def second(self):
        return member_of("Bilingual reviewers", username="second")

    @cached_property
    def publisher(self):
        return member_of("Publishers", username="publisher")

    # What stands -----------------------------------------------------------------------------------------------------

    @cached_property
    def page(self):
        """The original, a complete draft by the author."""
        return self.begin().__dict__["page"]

    @remembered
    def begin(self):
        model, index, fields = KINDS[self.kind]
        side = BOTH.index(self.language)
        fields = {
            name: [(block, text.format(TEXT[side])) for block, text in value] if isinstance(value, list) else value
            for name, value in fields.items()
        }
        page = model(title=TITLE[side], summary=SUMMARY[side], live=False, owner=self.author, **fields)
        index.objects.get(locale=locale(self.language)).add_child(instance=page)
        page.save_revision(user=self.author, log_action=True)
        vars(self)["page"] = page

    @property
    def pair(self):
        return pair_of(self.page)

    @property
    def release(self):
        return self.pair.release

    @property
    def original(self):
        return self.pair.original

    @property
    def translation(self):
        return self.pair.translation

    def fresh(self, version):
        return version.page.specific_class.objects.get(pk=version.page.pk)

    def live_titles(self):
        model = KINDS[self.kind][0]
        found = model.objects.filter(translation_key=self.page.translation_key, live=True)
        return {page.locale.language_code: page.title for page in found}

    def actions(self, version):
        """What the trail says of a version, oldest first, without Wagtail's own lines."""
        logs = registry.get_logs_for_instance(version.page).order_by("timestamp", "pk")
        return [entry.action.removeprefix("newsroom.") for entry in logs if entry.action.startswith("newsroom.")]

    # Acts ------------------------------------------------------------------------------------------------------------

    def edit(self, version=None, user=None, **changes):
        """Save a draft of a version edited as a page."""
        page = (version or self.original).page.get_latest_revision_as_object()
        for name, value in changes.items():
            setattr(page, name, value)
        return page.save_revision(user=user or self.author, log_action=True)

    def form(self, name, language="", **fields):
        """What a browser sends that has just been shown the form of a step."""
        stamp = REGISTER[name].stamp(self.pair, LANGUAGES.get(language))
        return {f"{name}-{field}": value for field, value in {"language": language, "stamp": stamp, **fields}.items()}

    def fill(self, words=None, user=None):
        side = BOTH.index(self.language)
        texts = words or {pair[side]: pair[1 - side] for pair in WORDS}
        fill(self.translation.localized, texts, user or self.translator)
        accept(self.translation.localized, user or self.translator)

    @remembered
    def submit(self, version=None, user=None):
        version = version or self.original
        submit(version.page, user or (self.author if version.is_original else self.translator))

    def act(self, version, user, action):
        state = self.fresh(version).current_workflow_task_state
        return state.task.specific.on_action(state, user, action, comment="")

    @remembered
    def approve(self, version=None):
        """Through both stages."""
        for user in (self.reviewer, self.publisher):
            self.act(version or self.original, user, "approve")

    def approve_as_shown(self, version, *users):
        """As on the release's page, whose form tells what was shown: through a stage each."""
        for user in users or (self.reviewer, self.publisher):
            with held(self.release) as pair:
                shown = pair.versions[version.language]
                shown.is_seen = True
                shown.task.decide(shown, user, "approve")

    @remembered
    def reject(self, version=None, user=None):
        self.act(version or self.original, user or self.reviewer, "reject")

    # Shortcuts -------------------------------------------------------------------------------------------------------

    def objects(self):
        """Who and what there is so far, {name: instance}."""
        return {name: value for name, value in vars(self).items() if isinstance(value, Model)}

    @remembered
    def original_approved(self):
        self.submit()
        self.approve()
        return self

    @remembered
    def both_approved(self):
        self.original_approved()
        self.translate()
        return self

    @remembered
    def both_in_review(self):
        """At the first stage, each submitted by who wrote it."""
        self.submit()
        self.fill()
        self.submit(self.translation)
        return self

    def translate(self, words=None):
        self.fill(words)
        self.submit(self.translation)
        self.approve(self.translation)

    @remembered
    def both_live(self):
        self.both_approved()
        release_both(self.release, self.publisher)
        return self

    def update(self, title):
        """Another title of the original, through both stages."""
        self.edit(title=title)
        return self.original_approved()


def title(language, text=""):
    return TITLE[BOTH.index(language)] + text


def moment(**delta):
    return timezone.now() + timezone.timedelta(**delta)


__all__ = ["BOTH", "CHINESE", "ENGLISH", "PASSWORD", "Release", "Scene", "moment", "other_language", "title"]
