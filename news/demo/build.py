"""Put the demo's content into a site. Run again, it leaves alone what is there."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.documents.models import Document
from wagtail.models import Locale, Page, Site
from wagtail.users.models import UserProfile

from home import clock
from home.identity import IDENTITY
from home.images import CustomImage
from home.languages import CHINESE, ENGLISH, LANGUAGES, Language
from home.models import Appearance, HomePage, StandardPage
from news.bootstrap import bootstrap
from news.models import (
    ArticlePage,
    ArticlePartner,
    ArticleTopic,
    Beginning,
    FormerName,
    GlossaryTerm,
    LegacyRecord,
    NewsIndexPage,
    PartnerIndexPage,
    PartnerPage,
    Topic,
)
from news.release.identity import change_identity

from . import content, pictures
from .database import ADDRESS, ADMINISTRATOR, PASSWORD
from .review import PUBLISHER, as_old_news, author_in, person, release_words, work_through

BothWords = tuple[str, str]
"""English and Chinese."""
NO_WORDS = (("", ""), ("", ""))


@transaction.atomic
def build(say: Callable[[str], None] = lambda words: None) -> None:
    """`say` is told at each stage what comes now."""
    homes = bootstrap()
    set_notice()
    make_people()
    dress(homes)
    say(_("Drawing the pictures…"))
    make_pictures()
    say(
        _("Writing, translating, reviewing and releasing %(partners)d profiles and %(articles)d news releases…")
        % {"partners": len(content.PARTNERS), "articles": len(content.ARTICLES)}
    )
    topics = {slug: make_topic(slug, *names) for slug, names in content.TOPICS.items()}
    make_glossary()
    make_about(homes[ENGLISH])
    for partner in content.PARTNERS:
        if not PartnerPage.objects.filter(slug=partner["slug"]).exists():
            make_partner(partner)
    for article in content.ARTICLES:
        if not ArticlePage.objects.filter(slug=article["slug"]).exists():
            make_article(article, topics)


def said(pair: BothWords, language: Language) -> str:
    return pair[0] if language == ENGLISH else pair[1]


def dress(homes: dict[Language, HomePage]) -> None:
    """Who publishes is a publisher's act; what the front pages say is reviewed and released."""
    if homes[ENGLISH].address:
        return  # somebody, or an earlier run, has
    values = {
        language: {name: getattr(home, name) for name in IDENTITY}
        | {name: said(pair, language) for name, pair in content.IDENTITY.items()}
        for language, home in homes.items()
    }
    change_identity(values, person(PUBLISHER))
    words = {language: {name: said(pair, language) for name, pair in content.FRONT_PAGE.items()} for language in homes}
    release_words(homes[ENGLISH], words)


def set_notice() -> None:
    Appearance.objects.get_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"notice_en": content.NOTICE[0], "notice_zh_hans": content.NOTICE[1]},
    )


def make_people() -> None:
    users = get_user_model().objects
    if not users.filter(username=ADMINISTRATOR).exists():
        users.create_superuser(ADMINISTRATOR, ADDRESS, PASSWORD)
    for username, given, family, groups, language in content.PEOPLE:
        if users.filter(username=username).exists():
            continue
        user = users.create_user(username, f"{username}@newsroom.example", PASSWORD, first_name=given, last_name=family)
        user.groups.set([group for name in groups if (group := Beginning.objects.known(Group, name))])
        UserProfile.objects.create(user=user, preferred_language=language)


def make_topic(slug: str, name_en: str, name_zh_hans: str) -> Topic:
    return Topic.objects.get_or_create(slug=slug, defaults={"name_en": name_en, "name_zh_hans": name_zh_hans})[0]


def make_glossary() -> None:
    if GlossaryTerm.objects.exists():
        return  # somebody, or an earlier run, has
    for kind, (english, chinese), more in content.TERMS:
        term = GlossaryTerm(kind=kind, english=english, chinese=chinese, **more)
        term.full_clean()
        term.save()
        term.save_revision(log_action="wagtail.create")


def make_pictures() -> None:
    """The library's images, drawn by all processors at once where they are missing."""
    drawings = {picture_title(name): (pictures.draw, name, words) for name, words in content.PICTURES.items()}
    logos = {partner["logo"] for partner in content.PARTNERS}
    drawings |= {logo_title(name): (pictures.draw_logo, name, NO_WORDS) for name in sorted(logos)}
    present = set(CustomImage.objects.values_list("title", flat=True))
    missing = {title: drawing for title, drawing in drawings.items() if title not in present}
    if not missing:
        return
    with ProcessPoolExecutor() as pool:
        files = {title: pool.submit(draw, name) for title, (draw, name, _words) in missing.items()}
        for title, (_draw, _name, words) in missing.items():
            make_image(title, files[title].result(), words)


def make_image(title: str, file: "ContentFile[bytes]", words: Sequence[BothWords] = NO_WORDS) -> CustomImage:
    (alt_en, alt_zh), (caption_en, caption_zh) = words
    credit_en, credit_zh = content.PICTURE_CREDIT if alt_en else ("", "")
    return CustomImage.objects.create(
        title=title,
        file=file,
        alt_en=alt_en,
        alt_zh_hans=alt_zh,
        caption_en=caption_en,
        caption_zh_hans=caption_zh,
        credit_en=credit_en,
        credit_zh_hans=credit_zh,
    )


def picture_title(name: str) -> str:
    return f"Demo: {name}"


def logo_title(name: str) -> str:
    return f"Demo logo: {name}"


def picture(title: str) -> CustomImage:
    return CustomImage.objects.get(title=title)


def make_about(home: HomePage) -> None:
    if StandardPage.objects.filter(slug="about").exists():
        return
    words = content.ABOUT
    page = StandardPage(
        slug="about",
        title=words["title"][0],
        introduction=words["introduction"][0],
        body="".join(f"<p>{english}</p>" for english, _chinese in words["body"]),
        show_in_menus=True,
        live=False,
    )
    home.add_child(instance=page)
    page.save_revision()
    as_old_news(page, texts([words["title"], words["introduction"], *words["body"]], ENGLISH))


def make_partner(words: dict[str, Any]) -> None:
    original = LANGUAGES[words["original"]]
    pairs = [words[name] for name in ("title", "short_name", "summary", "city")]
    body, body_pairs = make_body(words["body"], original)
    page = PartnerPage(
        slug=words["slug"],
        kind=words["kind"],
        founded=words["founded"],
        website=words["website"],
        logo=picture(logo_title(words["logo"])),
        body=body,
        live=False,
        owner=author_in(original),
        **{name: said(words[name], original) for name in ("title", "short_name", "summary", "city")},
    )
    page.former_names = [
        FormerName(name=said(name, original), until=until, locale=locale_of(original))
        for name, until in words["former_names"]
    ]
    add(page, PartnerIndexPage, original)
    page.save_revision()
    as_old_news(page, texts([*pairs, *body_pairs, *(name for name, _until in words["former_names"])], original))


def make_article(words: dict[str, Any], topics: dict[str, Topic]) -> None:
    original = LANGUAGES[words["original"]]
    pairs = [words[name] for name in ("title", "summary", "source")]
    body, body_pairs = make_body(words["body"], original)
    day = datetime.fromisoformat(words["date"]).replace(tzinfo=clock.zone()) if words["date"] else None
    page = ArticlePage(
        slug=words["slug"],
        date=day,
        lead_image=picture(picture_title(words["lead_image"])) if words["lead_image"] else None,
        body=body,
        live=False,
        owner=author_in(original),
        **{name: said(words[name], original) for name in ("title", "summary", "source")},
    )
    locale = locale_of(original)
    page.article_topics = [ArticleTopic(topic=topics[slug], locale=locale) for slug in words["topics"]]
    page.article_partners = [
        ArticlePartner(partner=PartnerPage.objects.get(slug=slug, locale=locale), locale=locale)
        for slug in words["partners"]
    ]
    add(page, NewsIndexPage, original)
    page.save_revision(user=page.owner)
    if words["views"] and day:
        LegacyRecord.objects.create(
            identity=f"demo:{words['slug']}",
            translation_key=page.translation_key,
            language=original.code,
            views=words["views"],
            counted_on=day.date(),
        )
    state, translated = words.get("state", "old"), texts([*pairs, *body_pairs], original)
    if state == "old":
        as_old_news(page, translated)
    else:
        work_through(page, translated, state)
    if "new_summary" in words:
        page.refresh_from_db()
        page.summary = words["new_summary"]
        page.save_revision(user=page.owner, log_action=True)


def locale_of(language: Language) -> Locale:
    return Locale.objects.get(language_code=language.code)


def add(page: Page, index_model: type[Page], language: Language) -> None:
    index_model.objects.get(locale__language_code=language.code).add_child(instance=page)


def texts(pairs: Iterable[BothWords], original: Language) -> dict[str, str]:
    """{source text: translation} of the pairs that have both."""
    translation = CHINESE if original == ENGLISH else ENGLISH
    return {said(pair, original): said(pair, translation) for pair in pairs if all(pair)}


def make_body(blocks: Iterable[tuple[Any, ...]], original: Language) -> tuple[list[tuple[str, Any]], list[BothWords]]:
    """(the blocks, what is to be translated)"""
    body: list[tuple[str, Any]] = []
    pairs: list[BothWords] = []

    def word(pair: BothWords) -> str:
        pairs.append(pair)
        return said(pair, original)

    for kind, *parts in blocks:
        value: Any
        if kind == "paragraph":
            value = f"<p>{word(parts[0])}</p>"
        elif kind == "heading":
            value = {"text": word(parts[0]), "level": "h2"}
        elif kind == "quote":
            value = {"text": word(parts[0]), "attribution": word(parts[1])}
        elif kind == "image":
            value = {"image": picture(picture_title(parts[0])), "alt": "", "caption": "", "decorative": False}
        elif kind == "document":
            document = Document.objects.filter(title=parts[0][0]).first() or Document.objects.create(
                title=parts[0][0], file=pictures.draw_document()
            )
            value = {"document": document, "title": word(parts[0])}
        elif kind == "embed":
            value = {"url": parts[0], "title": word(parts[1])}
        elif kind == "table":
            caption, headings, rows = parts
            value = table(
                word(caption), [word(pair) for pair in headings], [[word(pair) for pair in row] for row in rows]
            )
        body.append((kind, value))
    return body, pairs


def table(caption: str, headings: list[str], rows: list[list[str]]) -> Any:
    block = ArticlePage.body.field.stream_block.child_blocks["table"]
    return block.to_python(
        {
            "caption": caption,
            "columns": [{"type": "text", "heading": heading} for heading in headings],
            "rows": [{"values": row} for row in rows],
        }
    )
