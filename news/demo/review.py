"""The demo's people at work: what goes public went through their hands."""

from collections.abc import Mapping
from datetime import timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import User
from wagtail.models import Page

from home import clock
from home.languages import Language
from news.pair.pair import Pair, pair_of
from news.release.publishing import release_both, release_imported, release_single
from news.release.schedule import schedule
from news.release.submission import start_translating, submit
from news.release.withdrawal import withdraw
from news.translation.drafts import save_draft
from news.translation.library import accept
from news.translation.sync import fill

AUTHORS, TRANSLATORS = {"en": "ella", "zh-hans": "chen"}, {"en": "theo", "zh-hans": "lin"}
REVIEWERS, PUBLISHER = {"en": "rosa", "zh-hans": "wei"}, "petra"
OPERATOR = "Newsroom demo"


def person(name: str) -> User:
    return get_user_model().objects.get(username=name)


def author_in(language: Language) -> User:
    return person(AUTHORS[language.code])


def as_old_news(page: Page, texts: Mapping[str, str]) -> None:
    """Both languages, public since their date: what an import of the old site leaves."""
    translate(page, texts, None)
    day = getattr(page, "date", None)
    release_imported(pair_of(page).release, OPERATOR, day, "public before this demonstration")


def translate(page: Page, texts: Mapping[str, str], user: User | None) -> None:
    version = start_translating(page, user).translation
    fill(version.localized, texts, user)
    accept(version.localized, user)
    save_draft(version.localized, user)


def write(pair: Pair, texts: Mapping[str, str]) -> None:
    """As a translator does, who reads what the library offers of the pictures, too."""
    fill(pair.translation.localized, texts, translator_of(pair))
    accept(pair.translation.localized, translator_of(pair))


def work_through(page: Page, texts: Mapping[str, str], state: str) -> None:
    """Take a release as far as its state says, see news.demo.content."""
    submit(page, page.owner)
    if state == "review":
        return
    if state == "returned":
        act(page, "reject", "The date of the count is missing.")
        return
    approve(page)
    pair = pair_of(page)
    publisher = person(PUBLISHER)
    if state == "half":
        due = clock.day() + timedelta(days=7)
        release_single(pair.release, pair.original.language, publisher, "The call opens today.", due)
        write(pair_of(page), texts)
        return
    if state == "original":
        release_single(pair.release, pair.original.language, publisher, "Of interest in this language only.")
        return
    write(pair, texts)
    submit(pair.translation.page, translator_of(pair))
    if state == "waiting":
        act(pair.translation.page, "approve")
        return
    approve(pair.translation.page)
    if state == "ready":
        return
    if state == "scheduled":
        morning = clock.now().replace(hour=9, minute=0, second=0, microsecond=0)
        schedule(pair.release, morning + timedelta(days=21), publisher)
        return
    release_both(pair.release, publisher)
    if state == "withdrawn":
        withdraw(pair.release, publisher, "The event was called off.")


def release_words(page: Page, words: Mapping[Language, Mapping[str, str]]) -> None:
    """Of a page that has words of its own in each language: written, reviewed and released in both."""
    for version in (pair_of(page).original, pair_of(page).translation):
        writer = person(TRANSLATORS[version.language.code])
        draft = version.existing_page.get_latest_revision_as_object()
        for name, value in words[version.language].items():
            setattr(draft, name, value)
        draft.save_revision(user=writer, log_action=True)
        submit(draft, writer)
        approve(draft)
    release_both(pair_of(page).release, person(PUBLISHER))


def translator_of(pair: Pair) -> User:
    return person(TRANSLATORS[pair.translation.language.code])


def approve(page: Page) -> None:
    act(page, "approve")
    act(page, "approve", user=person(PUBLISHER))


def act(page: Page, action: str, comment: str = "", user: User | None = None) -> None:
    page = type(page).objects.get(pk=page.pk)
    state = page.current_workflow_task_state
    reviewer = user or person(REVIEWERS[page.locale.language_code])
    state.task.specific.on_action(state, reviewer, action, comment=comment)
