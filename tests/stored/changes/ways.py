"""How the changes are made: by the people of the demo, through the product's own functions."""

from django.contrib.auth import get_user_model

from home.languages import CHINESE, ENGLISH
from home.models import StandardPage
from news.demo.review import approve, person, work_through
from news.models import ArticlePage, ArticleTopic, NewsIndexPage, PartnerPage
from news.pair.pair import pair_of
from news.release.bringing_back import agree_to_return, propose_return
from news.release.correction import approve_correction, correct
from news.release.kinds import adapt
from news.release.publishing import release_both
from news.release.submission import submit

REGISTER = {}
BOTH = (ENGLISH, CHINESE)
ROOFS = "factory-roofs-one-year-on"


def kind(name):
    """Registers a change under its name."""

    def register(change):
        REGISTER[name] = change
        return change

    return register


# What is there --------------------------------------------------------------------------------------------------------


def article(slug, language="en"):
    return ArticlePage.objects.get(slug=slug, locale__language_code=language)


def partner(slug, language="en"):
    return PartnerPage.objects.get(slug=slug, locale__language_code=language)


def about(language="en"):
    """Of the menu, at whatever address."""
    return StandardPage.objects.get(slug__startswith="about", locale__language_code=language)


def release_of(page):
    return pair_of(page).release


def admin():
    return get_user_model().objects.filter(is_superuser=True).first()


def petra():
    return person("petra")


# Ways of change -------------------------------------------------------------------------------------------------------


def corrected(page, kind, change=None, texts=None, notes=("A figure was wrong.", "数字有误。")):
    """Changed by one person, agreed by a second one, released by a third one."""
    if change is not None:
        draft = pair_of(page).original.existing_page.get_latest_revision_as_object()
        change(draft)
        draft.save_revision(user=admin(), log_action=True)
    release = release_of(page)
    correct(release, admin(), kind, *(notes if kind != "minor" else ("", "")), texts=texts)
    approve_correction(release_of(page), person("wei"))
    release_both(release_of(page), petra())


def titled(english, chinese):
    return {ENGLISH: {0: english}, CHINESE: {0: chinese}}


def having(**fields):
    def change(page):
        for name, value in fields.items():
            setattr(page, name, value)

    return change


def new_article(slug, state, blocks=(), topics=()):
    """A release of the demo's kind, taken as far as `state` says."""
    index = NewsIndexPage.objects.get(locale__language_code="en")
    body = [("paragraph", "<p>The bay was counted.</p>"), *blocks]
    page = ArticlePage(
        title=f"Count {slug}", slug=slug, summary="A count.", live=False, owner=person("ella"), body=body
    )
    page.article_topics = [ArticleTopic(topic=topic, locale=index.locale) for topic in topics]
    index.add_child(instance=page)
    page.save_revision(user=page.owner, log_action=True)
    words = {f"Count {slug}": f"调查 {slug}", "A count.": "一次调查。", "The bay was counted.": "完成海湾调查。"}
    words["The plan"] = "方案"
    work_through(page, words, state)
    return ArticlePage.objects.get(pk=page.pk)


def with_words_of_its_own(pair):
    """Its translation goes on as a page of its own, and is released."""
    adapt(pair.release, admin())
    draft = pair_of(pair.original.page).translation.existing_page.get_latest_revision_as_object()
    draft.title, draft.summary, draft.source = "另写的标题", "另写的摘要。", ""
    draft.body = [("paragraph", "<p>另写的正文：样例岭、占位理工大学。</p>")]
    draft.save_revision(user=person("lin"), log_action=True)
    submit(draft, person("lin"))
    approve(draft)
    release_both(release_of(draft), petra())


def again(page):
    """What was withdrawn comes back, as it was."""
    codes = release_of(page).withdrawn_languages
    chosen = [language for language in BOTH if language.code in codes]
    propose_return(release_of(page), petra(), "It was a mistake.", chosen)
    agree_to_return(release_of(page), person("wei"))
