"""Bilingual pairs for tests, one call each. A pair of words is (English, Chinese), as in the demo."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from wagtail.models import Locale, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from home import gate
from home.languages import CHINESE, ENGLISH
from home.models import HomePage, StandardPage
from news.models import ArticlePage, NewsIndexPage, PartnerIndexPage, PartnerPage
from news.pair.pair import release_of
from news.release.publishing import release_imported
from news.release.submission import start_translating
from news.translation.drafts import paragraphs_of, save_draft
from news.translation.library import accept
from news.translation.sync import fill, translation_of
from news.translation.texts import texts_of

from .remembered import is_plain, memory

BOTH = (ENGLISH, CHINESE)
DATE = datetime(2017, 11, 7, tzinfo=ZoneInfo("Asia/Shanghai"))


def locale(language):
    return Locale.objects.get(language_code=language.code)


def article_pair(
    title=("A week of clean air", "清新空气周"),
    summary=("Clean air for a week.", "清新空气持续一周。"),
    text=("The forum opened.", "论坛开幕。"),
    original=ENGLISH,
    live=BOTH,
    translated=True,
    **fields,
):
    """(English article, Chinese article), live in the languages of `live`, which must hold the original's if any."""
    fields.setdefault("date", DATE)
    fields.setdefault("body", [("paragraph", f"<p>{text[BOTH.index(original)]}</p>")])
    return make_pair(
        ArticlePage, NewsIndexPage, original, live, translated, {"title": title, "summary": summary}, [text], **fields
    )


def partner_pair(
    title=("Example Institute", "示例研究院"),
    summary=("It measures.", "从事测算。"),
    original=ENGLISH,
    live=BOTH,
    translated=True,
    **fields,
):
    fields.setdefault("kind", "institute")
    words = {"title": title, "summary": summary}
    return make_pair(PartnerPage, PartnerIndexPage, original, live, translated, words, [], **fields)


def plain(title, parent=None, live=False, translated=True):
    """The English original of a plain page, with a translation that nobody wrote in, or public in both languages."""
    page = StandardPage(title=title, slug=title.lower(), body=f"<p>{title}.</p>", live=False)
    (parent or HomePage.objects.get(locale=locale(ENGLISH))).add_child(instance=page)
    page.save_revision()
    if translated:
        start_translating(page, None)
    if live:
        say(page)
        publish(page)
    return StandardPage.objects.get(pk=page.pk)


def say(page):
    """Somebody translates it."""
    translation = translation_of(page.get_translation(locale(CHINESE)))
    fill(translation, {text: f"{text} 中文" for _path, text in texts_of(page)})
    accept(translation, None)
    save_draft(translation)


def said(value):
    """A field's value as what it says: of an object that is stored its key, of another one its own values."""
    if isinstance(value, Model):
        own = {name: each for name, each in vars(value).items() if isinstance(each, str | int)}
        return value._meta.label, value.pk or own
    return [said(each) for each in value] if isinstance(value, list) else value


def make_pair(*arguments, **fields):
    def make():
        return dict(zip(("english", "chinese"), made_pair(*arguments, **fields), strict=True))

    key = ("pair", arguments[0].__name__, arguments[2:], {name: said(value) for name, value in fields.items()})
    made = memory.make(key, make) if is_plain(key) else make()
    return made["english"], made["chinese"]


def made_pair(model, index, original, live, translated, words, more_words, **fields):
    side = BOTH.index(original)
    inlines = {name: fields.pop(name) for name in list(fields) if isinstance(fields[name], list) and name != "body"}
    page = model(**{name: pair[side] for name, pair in words.items()}, live=False, **fields)
    for name, children in inlines.items():
        for child in children:
            child.locale = locale(original)
        setattr(page, name, children)
    index.objects.get(locale=locale(original)).add_child(instance=page)
    page.save_revision()
    start_translating(page, None)
    version = page.get_translation(locale(BOTH[1 - side]))
    if tuple(live) == (original,):
        publish(page)
    if translated:
        translation = translation_of(version)
        if tuple(live) == BOTH:  # what a test says nothing of is the same in both
            accept(translation, None)
            said = {paragraph.path for paragraph in paragraphs_of(translation) if paragraph.words}
            fill(translation, {text: text for path, text in texts_of(page) if path not in said})
        fill(translation, {pair[side]: pair[1 - side] for pair in [*words.values(), *more_words]})
        save_draft(translation)
    if tuple(live) == BOTH:
        publish(page)
    page.refresh_from_db()
    version.refresh_from_db()
    return (page, version) if original == ENGLISH else (version, page)


def change_live(page):
    """Write a page's row as it stands, past any review, and publish it again. For what is not about releases."""
    with gate.opened(page.translation_key):
        page.save_revision().publish()


def add_live(section, page):
    with gate.opened(page.translation_key):
        section.add_child(instance=page)


def hide(page, restriction_type="login", **fields):
    """Make one page private, past its release: for what readers get of it."""
    with gate.opened(page.translation_key):
        return PageViewRestriction.objects.create(page=page, restriction_type=restriction_type, **fields)


def publish(page):
    """Make public whatever is complete of the page's release, without reviews: as from an old site."""
    release_imported(release_of(page), "test")


def member_of(*groups, username="member", **fields):
    def make():
        user = get_user_model().objects.create_user(username, password="secret", **fields)
        user.groups.set(Group.objects.filter(name__in=groups))
        assert user.groups.count() == len(groups)
        return {"user": user}

    return memory.make(("member", groups, username, fields), make)["user"]


def seated(client, language, *groups):
    """The client, at which a member of these groups works, with the admin in that language."""
    user = member_of(*groups)
    UserProfile.objects.update_or_create(user=user, defaults={"preferred_language": language})
    client.force_login(user)
    client.language = language
    return client


def publisher_of(language):
    """Somebody who may publish in one language alone."""
    user = member_of(username=f"publisher-{language.code}")
    group = Group.objects.create(name=f"{language.name} publishers")
    home = HomePage.objects.get(locale=locale(language))
    for codename in ("change_page", "publish_page"):
        group.page_permissions.create(page=home, permission=Permission.objects.get(codename=codename))
    user.groups.add(group)
    return user


def article_form(partners=(), topics=(), **fields):
    """What the editor sends for an article."""
    return nested_form_data(
        {
            "title": "A title",
            "slug": "",
            "summary": "One sentence.",
            "body": streamfield([("paragraph", rich_text("<p>Text.</p>"))]),
            "article_partners": inline_formset([{"partner": partner.pk, "ORDER": ""} for partner in partners]),
            "article_topics": inline_formset([{"topic": topic.pk, "ORDER": ""} for topic in topics]),
            "comments": inline_formset([]),
            **fields,
        }
    )
