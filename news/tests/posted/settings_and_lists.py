"""What is kept beside pages: settings, sites and languages, redirects, promoted results, topics and terms."""

import re
from types import SimpleNamespace

from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.models import Locale, Site

from home.models import Appearance
from news.models import CheckSettings, GlossaryTerm, Topic

from .files import text_file
from .pages import home
from .register import NOBODY, ONLY_ADMINISTRATOR, PUBLISHING, REVIEWING, STAFF, posted, reads
from .visitor import fields_of, text_of


def lists():
    """One of each."""
    for setting in (Appearance, CheckSettings):
        setting.for_site(Site.objects.get())
    term = GlossaryTerm(english="low-carbon", chinese="低碳", note="old")
    term.save()
    term.save_revision()
    query = Query.get("wind")
    SearchPromotion.objects.create(query=query, page=home("en"), sort_order=0)
    return SimpleNamespace(
        site=Site.objects.get(),
        other=Site.objects.create(hostname="other.example.org", root_page=home("zh-hans")),
        redirect=Redirect.add_redirect("/old/", home("en")),
        query=query,
        topic=Topic.objects.create(slug="wind", name_en="Wind", name_zh_hans="风"),
        term=term,
    )


# Settings ------------------------------------------------------------------------------------------------------------

SETTING = "cms/settings/{}/<int:pk>/"


@posted(SETTING.format("home/appearance"), may=PUBLISHING, given=lists)
def turn_the_site_grey(visitor, world):
    form = visitor.form(pk=world.site.pk)
    notices = {"notice_en": "A day of mourning.", "notice_zh_hans": "今日举行悼念活动。"}
    form.send(grey_from="2026-12-13", grey_until="2026-12-14", **notices)
    setting = Appearance.objects.get()
    assert (str(setting.grey_from), setting.notice_zh_hans) == ("2026-12-13", "今日举行悼念活动。")


@posted(SETTING.format("news/checksettings"), may=ONLY_ADMINISTRATOR, given=lists)
def switch_checks_off(visitor, world):
    visitor.form(pk=world.site.pk).send(off=["numbers", "dates"])
    assert CheckSettings.objects.get().off == ["numbers", "dates"]


@posted(
    SETTING.format("home/appearance") + "preview/",
    SETTING.format("news/checksettings") + "preview/",
    may=NOBODY,
    refused="404",
    given=lists,
)
def preview_a_setting_that_has_no_preview(visitor, world):
    visitor.post(pk=world.site.pk)


reads("a way to the setting of a site", "cms/settings/<slug:app_name>/<slug:model_name>/")


@posted("cms/identity/", may=PUBLISHING, given=lists)
def say_where_the_office_is(visitor, world):
    words = {"en-address": "1 Sample Road", "zh-hans-address": "示例路1号"}
    shown = visitor.form(holding="stamp").send(**words)
    seen = re.search('name="seen" value="([^"]+)"', text_of(shown))
    visitor.form(holding="stamp").send(**words, seen=seen[1] if seen else "")
    assert (home("en").address, home("zh-hans").address) == ("1 Sample Road", "示例路1号")


# Sites and languages -------------------------------------------------------------------------------------------------


@posted("cms/sites/new/", may=ONLY_ADMINISTRATOR, given=lists)
def add_a_site(visitor, world):
    visitor.form().send(hostname="cn.example.org", port="443", site_name="新闻", root_page=home("zh-hans").pk)
    assert Site.objects.get(hostname="cn.example.org").root_page.specific == home("zh-hans")


@posted("cms/sites/edit/<int:pk>/", may=ONLY_ADMINISTRATOR, given=lists)
def rename_a_site(visitor, world):
    visitor.form(pk=world.site.pk).send(site_name="新闻中心")
    site = Site.objects.get(pk=world.site.pk)
    assert (site.site_name, site.is_default_site) == ("新闻中心", True)


@posted("cms/sites/copy/<int:pk>/", elsewhere=True, may=ONLY_ADMINISTRATOR, given=lists)
def copy_a_site(visitor, world):
    visitor.form(pk=world.other.pk).send(hostname="third.example.org")
    assert Site.objects.get(hostname="third.example.org").root_page.specific == world.other.root_page


@posted("cms/sites/delete/<int:pk>/", may=ONLY_ADMINISTRATOR, given=lists)
def delete_a_site(visitor, world):
    visitor.form(pk=world.other.pk).send()
    assert Site.objects.get() == world.site


def english():
    return Locale.objects.get(language_code="en").pk


@posted("cms/locales/new/", may=NOBODY, refused="not one of the available choices", given=lists)
def add_a_third_language(visitor, world):
    visitor.form().send(language_code="fr")


@posted("cms/locales/edit/<int:pk>/", may=ONLY_ADMINISTRATOR, given=lists)
def save_a_language(visitor, world):
    answer = visitor.form(pk=english()).send()
    assert answer.status_code == 302
    assert Locale.objects.count() == 2


@posted("cms/locales/copy/<int:pk>/", may=NOBODY, refused="not one of the available choices", given=lists)
def copy_a_language(visitor, world):
    visitor.form(pk=english()).send(language_code="fr")


@posted("cms/locales/delete/<int:pk>/", may=NOBODY, refused="cannot be deleted", given=lists)
def delete_a_language_in_use(visitor, world):
    visitor.form(pk=english()).send()


# Redirects -----------------------------------------------------------------------------------------------------------


@posted("cms/redirects/add/", may=ONLY_ADMINISTRATOR, given=lists)
def add_a_redirect(visitor, world):
    visitor.form().send(old_path="/旧地址/", redirect_page=home("en").pk, is_permanent="on")
    assert Redirect.objects.get(old_path="/旧地址").redirect_page.specific == home("en")


@posted("cms/redirects/<int:redirect_id>/", may=ONLY_ADMINISTRATOR, given=lists)
def change_a_redirect(visitor, world):
    visitor.form(redirect_id=world.redirect.pk).send(redirect_page=None, redirect_link="https://example.org/新/")
    assert Redirect.objects.get().redirect_link == "https://example.org/新/"


@posted("cms/redirects/<int:redirect_id>/delete/", may=ONLY_ADMINISTRATOR, given=lists)
def delete_a_redirect(visitor, world):
    visitor.form(redirect_id=world.redirect.pk).send()
    assert not Redirect.objects.exists()


TABLE = "from,to\r\n/旧/一/,https://example.org/zh/\r\n/old/two/,https://example.org/en/\r\n"


def upload_redirects(visitor):
    return visitor.form(to="/cms/redirects/import/").send(import_file=text_file(TABLE, "redirects.csv"))


@posted("cms/redirects/import/", may=ONLY_ADMINISTRATOR, given=lists)
def upload_a_table_of_redirects(visitor, world):
    assert "/old/two/" in text_of(upload_redirects(visitor))


@posted("cms/redirects/import/process/", may=ONLY_ADMINISTRATOR, given=lists)
def confirm_a_table_of_redirects(visitor, world):
    shown = fields_of(text_of(upload_redirects(visitor)))
    visitor.post({**shown, "from_index": 0, "to_index": 1, "permanent": "on"})
    assert Redirect.objects.filter(old_path__in=["/旧/一", "/old/two"], is_permanent=True).count() == 2


# Promoted results ----------------------------------------------------------------------------------------------------


def promoted(page):
    """The inline form of one result, which a browser draws by script."""
    return {
        "editors_picks-TOTAL_FORMS": 1,
        "editors_picks-0-page": page.pk,
        "editors_picks-0-description": "从这里开始",
        "editors_picks-0-ORDER": 1,
    }


@posted("cms/searchpicks/add/", may=PUBLISHING, given=lists)
def promote_a_result(visitor, world):
    visitor.form().fill(promoted(home("zh-hans"))).send(query_string="低碳")
    assert Query.objects.get(query_string="低碳").editors_picks.get().description == "从这里开始"


@posted("cms/searchpicks/<int:query_id>/", may=PUBLISHING, given=lists)
def change_a_promoted_result(visitor, world):
    visitor.form(query_id=world.query.pk).send(**{"editors_picks-0-description": "从这里开始"})
    assert SearchPromotion.objects.get().description == "从这里开始"


@posted("cms/searchpicks/<int:query_id>/delete/", may=PUBLISHING, given=lists)
def give_up_promoted_results(visitor, world):
    visitor.form(query_id=world.query.pk).send()
    assert not SearchPromotion.objects.exists()


reads("searches to choose from", "cms/searchpicks/queries/chooser/", "cms/searchpicks/queries/chooser/results/")


# Topics --------------------------------------------------------------------------------------------------------------

TOPIC = {"slug": "low-carbon", "name_en": "Low carbon", "name_zh_hans": "低碳"}


@posted("cms/snippets/news/topic/add/", may=PUBLISHING, given=lists)
def add_a_topic(visitor, world):
    visitor.form().send(**TOPIC)
    assert Topic.objects.get(slug="low-carbon").name_zh_hans == "低碳"


@posted("cms/snippets/news/topic/edit/<int:pk>/", may=PUBLISHING, given=lists)
def rename_a_topic(visitor, world):
    visitor.form(pk=world.topic.pk).send(name_zh_hans="风能")
    assert Topic.objects.get(pk=world.topic.pk).name_zh_hans == "风能"


@posted("cms/snippets/news/topic/copy/<int:pk>/", elsewhere=True, may=PUBLISHING, given=lists)
def copy_a_topic(visitor, world):
    visitor.form(pk=world.topic.pk).send(**TOPIC)
    assert Topic.objects.count() == 2


@posted("cms/snippets/news/topic/delete/<int:pk>/", may=PUBLISHING, given=lists)
def delete_a_topic(visitor, world):
    visitor.form(pk=world.topic.pk).send()
    assert not Topic.objects.exists()


@posted("cms/bulk/news/topic/delete/", may=PUBLISHING, given=lists)
def delete_many_topics(visitor, world):
    visitor.done_to_some(visitor.form(query={"id": world.topic.pk}).send())
    assert not Topic.objects.exists()


# Glossary ------------------------------------------------------------------------------------------------------------

TERM = {"english": "tide", "chinese": "潮", "kind": "term", "chinese_forbidden": "朝"}


@posted("cms/glossary/add/", may=REVIEWING, given=lists)
def add_a_term(visitor, world):
    visitor.form().send(**TERM)
    assert GlossaryTerm.objects.get(english="tide").chinese_forbidden == "朝"


@posted("cms/glossary/edit/<int:pk>/", may=REVIEWING, given=lists)
def change_a_term(visitor, world):
    visitor.form(pk=world.term.pk).send(note="new")
    assert GlossaryTerm.objects.get().note == "new"


@posted("cms/glossary/delete/<int:pk>/", may=PUBLISHING, given=lists)
def delete_a_term(visitor, world):
    visitor.form(pk=world.term.pk).send()
    assert not GlossaryTerm.objects.exists()


@posted("cms/bulk/news/glossaryterm/delete/", may=PUBLISHING, given=lists)
def delete_many_terms(visitor, world):
    visitor.done_to_some(visitor.form(query={"id": world.term.pk}).send())
    assert not GlossaryTerm.objects.exists()


@posted("cms/glossary/history/<int:pk>/revisions/<int:revision_id>/revert/", may=REVIEWING, given=lists)
def go_back_to_what_a_term_was(visitor, world):
    old = world.term.latest_revision
    GlossaryTerm.objects.update(note="a slip")
    visitor.form(pk=world.term.pk, revision_id=old.pk).send()
    assert GlossaryTerm.objects.get().note == "old"


def upload_terms(visitor):
    table = text_file("english,chinese,note\r\nlow-carbon,低碳,\r\ntide,潮,new", "terms.csv")
    return visitor.form(to="/cms/glossary/import/").send(file=table)


@posted("cms/glossary/import/", may=REVIEWING, given=lists)
def import_a_table_of_terms(visitor, world):
    visitor.post(fields_of(text_of(upload_terms(visitor)), holding="packed"))
    assert GlossaryTerm.objects.get(english="tide").note == "new"
    assert GlossaryTerm.objects.get(english="low-carbon").note == ""


# Links in a text -----------------------------------------------------------------------------------------------------

LINK = "cms/choose-{}-link/"


@posted(LINK.format("external"), may=STAFF)
def link_to_another_site(visitor, world):
    answer = visitor.form().send(
        **{"external-link-chooser-url": "https://example.org/", "external-link-chooser-link_text": "示例"}
    )
    assert answer.json()["result"]["url"] == "https://example.org/"


@posted(LINK.format("email"), may=STAFF)
def link_to_an_address_of_mail(visitor, world):
    answer = visitor.form().send(
        **{"email-link-chooser-email_address": "press@example.org", "email-link-chooser-link_text": "新闻处"}
    )
    assert answer.json()["result"]["url"] == "mailto:press@example.org"


@posted(LINK.format("phone"), may=STAFF)
def link_to_a_telephone(visitor, world):
    answer = visitor.form().send(
        **{"phone-link-chooser-phone_number": "+86 10 0000 0000", "phone-link-chooser-link_text": "新闻处"}
    )
    assert answer.json()["result"]["url"].startswith("tel:")


@posted(LINK.format("anchor"), may=STAFF)
def link_within_a_page(visitor, world):
    answer = visitor.form().send(**{"anchor-link-chooser-url": "notes", "anchor-link-chooser-link_text": "注"})
    assert answer.json()["result"]["url"] == "#notes"
