"""What stands around every page, and past any release."""

from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, PageViewRestriction, Site

from home import gate
from home.images import CustomImage
from home.languages import CHINESE, ENGLISH
from home.models import Appearance
from news.demo.review import release_words
from news.models import (
    LegacyRecord,
    NewsIndexPage,
)
from news.release.identity import change_identity, homes
from news.tests.libraries import image

from .ways import BOTH, about, article, corrected, kind, petra, titled

# The site -------------------------------------------------------------------------------------------------------------


def identity(**fields):
    """{Language: all fields}, with some of them changed in both languages."""
    from home.identity import IDENTITY

    found = {language: {name: getattr(home, name) for name in IDENTITY} for language, home in homes().items()}
    for name, values in fields.items():
        for language, value in zip(BOTH, values, strict=True):
            found[language][name] = value
    return found


@kind("who publishes")
def identified():
    change_identity(identity(organisation=("The New Forum", "新论坛"), telephone=("1", "1")), petra())


@kind("another logo")
def logo():
    changed = CustomImage.objects.filter(title__startswith="Demo").first() or image("Emblem")
    change_identity(identity(logo=(changed, changed)), petra())


@kind("the logo is described otherwise in the library")
def logo_described():
    shown = homes()[ENGLISH].logo
    shown.alt_en, shown.alt_zh_hans = "The emblem anew", "新徽标"
    shown.save()


@kind("a front page is rewritten in both languages")
def front_page():
    release_words(homes()[ENGLISH], {ENGLISH: {"introduction": "All of it."}, CHINESE: {"introduction": "全部内容。"}})


@kind("a section is renamed in both languages")
def section():
    index = NewsIndexPage.objects.get(locale__language_code="en")
    release_words(index, {ENGLISH: {"title": "All news"}, CHINESE: {"title": "全部新闻"}})


@kind("a plain page is corrected")
def plain_page():
    corrected(about(), "minor", texts=titled("About this site", "关于本站"))


@kind("a plain page leaves the menu")
def out_of_the_menu():
    for language in ("en", "zh-hans"):
        page = about(language)
        with gate.opened(page.translation_key):
            draft = page.get_latest_revision_as_object()
            draft.show_in_menus = False
            draft.save_revision().publish()


@kind("and comes back into it, in another place")
def back_in_the_menu():
    for language in ("en", "zh-hans"):
        page = about(language)
        with gate.opened(page.translation_key):
            draft = page.get_latest_revision_as_object()
            draft.show_in_menus = True
            draft.save_revision().publish()
    first = about().get_parent().get_children().first()
    MovePageAction(about(), first, "left", user=petra()).execute(skip_permission_checks=True)


@kind("a notice at the head")
def notice():
    Appearance.objects.update_or_create(
        site=Site.objects.get(is_default_site=True),
        defaults={"notice_en": "Closed on Monday", "notice_zh_hans": "周一闭馆"},
    )


@kind("the site is grey")
def grey():
    appearance = Appearance.objects.get()
    appearance.grey_from = timezone.localdate()
    appearance.save()


@kind("and in colour again")
def in_colour():
    appearance = Appearance.objects.get()
    appearance.grey_from = None
    appearance.save()


@kind("an address of old leads on")
def redirected():
    site = Site.objects.get(is_default_site=True)
    Redirect.objects.create(old_path="/en/news/nothing-here", redirect_link="/en/partners/", site=site)


@kind("and leads elsewhere")
def redirected_elsewhere():
    found = Redirect.objects.get(old_path="/en/news/nothing-here")
    found.redirect_link = "/en/news/"
    found.save()


@kind("views are counted")
def viewed():
    key = article("ten-measures-for-ports").translation_key
    LegacyRecord.objects.create(
        identity="x:1", translation_key=key, language="en", views=7, counted_on=timezone.localdate()
    )


@kind("the site has another name")
def host():
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.site_name = "localhost", "Another name"
    site.save()


@kind("a door is shut and opened by the tree of pages, past any release")
def by_the_tree():
    page = about()
    with gate.opened(page.translation_key):
        made = PageViewRestriction.objects.create(page=page, restriction_type="login")
    with gate.opened(page.translation_key):
        made.delete()


PAST_ALL_SIGNALS = "a row is written past every signal"


@kind(PAST_ALL_SIGNALS)
def past_all_signals():
    with gate.opened(about().translation_key):
        Page.objects.filter(pk=about().pk).update(title="Past all signals")
