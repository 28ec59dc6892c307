"""What stands around every page, and past any release."""

from datetime import timedelta

from django.utils import timezone
from wagtail.actions.move_page import MovePageAction
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Page, Site

from home import gate
from home.identity import IDENTITY
from home.images import CustomImage
from home.languages import CHINESE, ENGLISH
from home.models import Appearance, StandardPage
from news.demo.review import person, release_words, work_through
from news.models import GlossaryTerm, LegacyRecord, NewsIndexPage
from news.release.address import change_address
from news.release.identity import change_identity, homes
from news.release.privacy import restrict
from news.release.taking_down import take_down
from news.release.withdrawal import withdraw
from news.tests.libraries import image

from .ways import BOTH, about, article, corrected, kind, petra, release_of, titled

# The site -------------------------------------------------------------------------------------------------------------


def identity(**fields):
    """{Language: all fields}, with some of them changed in both languages."""
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


@kind("the logo is taken down")
def logo_taken_down():
    take_down(homes()[ENGLISH].logo, petra(), "Its rights have ended.")


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
    in_menus(False)


@kind("and comes back into it")
def back_in_the_menu():
    in_menus(True)


def in_menus(shown):
    """Wagtail's box for it belongs to no release."""
    for language in ("en", "zh-hans"):
        with gate.opened(about().translation_key):
            draft = about(language).get_latest_revision_as_object()
            draft.show_in_menus = shown
            draft.save_revision().publish()


@kind("plain pages are released")
def plain_pages_released():
    new_plain_page("contact")
    new_plain_page("imprint")


@kind("and another one below them")
def plain_page_below():
    new_plain_page("how-to-find-us", below="contact")


@kind("it goes below the other one")
def moved_below():
    MovePageAction(plain("how-to-find-us"), plain("imprint"), "last-child", user=petra()).execute()


def plain(slug):
    return StandardPage.objects.get(slug=slug, locale__language_code="en")


def new_plain_page(slug, below=None):
    page = StandardPage(title=f"The {slug}", slug=slug, body="<p>Where it is.</p>", live=False, owner=person("ella"))
    (plain(below) if below else homes()[ENGLISH]).add_child(instance=page)
    page.save_revision(user=page.owner, log_action=True)
    work_through(page, {f"The {slug}": f"页面{slug}", "Where it is.": "地点。"}, "released")


@kind("a page of the menu in another place")
def moved_in_the_menu():
    first = about().get_parent().get_children().first()
    MovePageAction(about(), first, "left", user=petra()).execute(skip_permission_checks=True)


@kind("a page of the menu has another address")
def addressed_in_the_menu():
    change_address(release_of(about()), petra(), "about-this-site")


@kind("a page of the menu is private")
def private_in_the_menu():
    restrict(release_of(about()), petra(), "login")


@kind("a page of the menu is for everybody again")
def open_in_the_menu():
    restrict(release_of(about()), petra(), "none")


@kind("a page of the menu is withdrawn")
def withdrawn_from_the_menu():
    withdraw(release_of(about()), petra(), "Wrong.")


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


@kind("the site will be grey tomorrow")
def grey_tomorrow():
    appearance = Appearance.objects.get()
    appearance.grey_from = appearance.grey_until = timezone.localdate() + timedelta(days=1)
    appearance.save()


@kind("without a notice")
def no_notice():
    Appearance.objects.update(notice_en="", notice_zh_hans="")


@kind("an address of old leads on")
def redirected():
    site = Site.objects.get(is_default_site=True)
    Redirect.objects.create(old_path="/en/news/nothing-here", redirect_link="/en/partners/", site=site)


@kind("and leads elsewhere")
def redirected_elsewhere():
    found = Redirect.objects.get(old_path="/en/news/nothing-here")
    found.redirect_link = "/en/news/"
    found.save()


@kind("and nowhere any more")
def redirected_nowhere():
    Redirect.objects.get(old_path="/en/news/nothing-here").delete()


@kind("a result is recommended to who searches")
def recommended():
    SearchPromotion.objects.create(query=Query.get("bay"), page=about(), description="Begin here", sort_order=0)


@kind("somebody has another name, and somebody leaves: nothing public")
def people_change():
    person("ella").__class__.objects.filter(username="ella").update(first_name="Eleanor")
    theo = person("theo")
    theo.is_active = False
    theo.save()


@kind("a term of the glossary is another: nothing public")
def term():
    found = GlossaryTerm.objects.first()
    found.chinese = "另一个词"
    found.save()


@kind("views are counted")
def viewed():
    key = article("ten-measures-for-ports").translation_key
    LegacyRecord.objects.create(
        identity="x:1", translation_key=key, language="en", views=7, counted_on=timezone.localdate()
    )


@kind("another site beside this one")
def another_site():
    Site.objects.create(hostname="other.example.org", root_page=homes()[CHINESE])


@kind("the site has another name")
def host():
    site = Site.objects.get(is_default_site=True)
    site.hostname, site.site_name = "localhost", "Another name"
    site.save()


PAST_ALL_SIGNALS = "a row is written past every signal"


@kind(PAST_ALL_SIGNALS)
def past_all_signals():
    with gate.opened(about().translation_key):
        Page.objects.filter(pk=about().pk).update(title="Past all signals")
