"""Pages as Wagtail's editor and explorer have them: added, saved, copied, moved, locked, taken down."""

from django.db.models import QuerySet
from django.test import override_settings
from wagtail.models import Page, PageViewRestriction
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from home.languages import CHINESE, ENGLISH
from home.models import HomePage, StandardPage
from news.models import ArticlePage, NewsIndexPage, PartnerIndexPage, PartnerPage, Topic
from news.tests.pairs import locale
from news.tests.scene import BOTH, Scene

from .files import stored_image
from .register import (
    AUTHORS_OF_ENGLISH,
    CHINESE_AUTHORS,
    EDITORS_OF_CHINESE,
    EDITORS_OF_ENGLISH,
    NOBODY,
    ONLY_ADMINISTRATOR,
    PUBLISHING,
    posted,
    reads,
)

BODY = nested_form_data({"body": streamfield([("paragraph", rich_text("<p>论坛于 7 日开幕。</p>"))])})
EMPTY = nested_form_data({"body": streamfield([])})
TEXT = {"body": rich_text("<p>论坛于 7 日开幕。</p>")}


def peopled():
    """A Scene whose people are all there before anything is undone."""
    scene = Scene()
    assert all([scene.author, scene.translator, scene.reviewer, scene.second, scene.publisher])
    return scene


def drafted():
    """An article somebody else is writing, and its translation."""
    scene = peopled()
    scene.submit()
    scene.reject()
    scene.plain = StandardPage(title="About us", slug="about", body="<p>We are.</p>", owner=scene.author, live=False)
    home("en").add_child(instance=scene.plain)
    scene.plain.save_revision(user=scene.author)
    return scene


def live():
    return peopled().both_live()


def home(code):
    return HomePage.objects.get(locale__language_code=code)


def section(model=NewsIndexPage, language=ENGLISH):
    return model.objects.get(locale=locale(language))


def newest(page):
    return Page.objects.get(pk=page.pk).get_latest_revision_as_object()


# Adding --------------------------------------------------------------------------------------------------------------

ADD = "cms/pages/add/{}/<int:parent_page_id>/"


def added(model, title):
    page = model.objects.filter(draft_title=title).earliest("pk")  # the other is its translation
    assert not page.live
    assert page.latest_revision
    return page


@posted(ADD.format("news/articlepage"), may=AUTHORS_OF_ENGLISH, given=drafted)
def write_an_article(visitor, scene):
    topic = Topic.objects.create(slug="wind", name_en="Wind", name_zh_hans="风")
    image = stored_image()
    form = visitor.form(parent_page_id=section().pk)
    form.fill(BODY).fill(nested_form_data({"article_topics": inline_formset([{"topic": topic.pk, "ORDER": "1"}])}))
    form.send(title="A week of wind", summary="Wind, all week.", slug="", lead_image=image.pk)
    page = added(ArticlePage, "A week of wind")
    assert (page.owner, page.slug, page.lead_image) == (visitor.user, "a-week-of-wind", image)
    assert page.article_topics.get().topic == topic


@posted(ADD.format("news/articlepage"), may=PUBLISHING | {CHINESE_AUTHORS}, given=drafted)
def write_an_article_in_chinese_and_submit_it(visitor, scene):
    form = visitor.form(parent_page_id=section(language=CHINESE).pk)
    form.fill(BODY).send(**{"title": "刮风的一周", "summary": "风。", "slug": "", "action-submit": "Submit"})
    page = added(ArticlePage, "刮风的一周")
    assert page.slug.isascii()
    assert page.workflow_in_progress


@posted(ADD.format("news/partnerpage"), may=AUTHORS_OF_ENGLISH, given=drafted)
def add_a_partner(visitor, scene):
    form = visitor.form(parent_page_id=section(PartnerIndexPage).pk)
    former = nested_form_data(
        {"former_names": inline_formset([{"name": "Wind Office", "until": "2001", "ORDER": "1"}])}
    )
    form.fill(EMPTY).fill(former).send(title="Institute of Wind", summary="It measures wind.", kind="institute")
    page = added(PartnerPage, "Institute of Wind")
    assert (page.kind, page.former_names.get().name) == ("institute", "Wind Office")


@posted(ADD.format("home/standardpage"), may=AUTHORS_OF_ENGLISH, given=drafted)
def add_a_plain_page(visitor, scene):
    form = visitor.form(parent_page_id=home("en").pk)
    form.fill(TEXT).send(title="Contact", introduction="Write to us.", slug="contact")
    assert added(StandardPage, "Contact").slug == "contact"


@posted(
    *(ADD.format(f"news/{name}") for name in ("newsindexpage", "partnerindexpage")),
    may=NOBODY,
    refused="may not do this",
    given=drafted,
)
def add_a_second_section(visitor, scene):
    """Each language has one of each."""
    visitor.form(parent_page_id=home("en").pk).send(title="Archive", slug="archive")


@posted(ADD.format("home/homepage"), may=ONLY_ADMINISTRATOR, given=drafted)
def add_a_front_page(visitor, scene):
    form = visitor.form(parent_page_id=Page.get_first_root_node().pk)
    form.send(title="Second site", slug="second", organisation="Another organisation")
    assert added(HomePage, "Second site").organisation == "Another organisation"


PREVIEWS = {
    "home/homepage": (Page.get_first_root_node, ONLY_ADMINISTRATOR, {"organisation": "Another organisation"}),
    "home/standardpage": (lambda: home("en"), AUTHORS_OF_ENGLISH, TEXT),
    "news/articlepage": (section, AUTHORS_OF_ENGLISH, {**BODY, "summary": "Wind."}),
    "news/partnerpage": (
        lambda: section(PartnerIndexPage),
        AUTHORS_OF_ENGLISH,
        {**EMPTY, "summary": "Wind.", "kind": "institute"},
    ),
}


@posted(
    *(f"{ADD.format(f'news/{name}')}preview/" for name in ("newsindexpage", "partnerindexpage")),
    may=AUTHORS_OF_ENGLISH,
    given=drafted,
)
def preview_a_second_section(visitor, scene):
    """Wagtail shows what it would not add."""
    assert visitor.post({"title": "Archive", "slug": "archive"}, parent_page_id=home("en").pk).json()["is_valid"]


def preview_before_it_is_saved(visitor, scene):
    parent, _may, words = PREVIEWS["/".join(visitor.address.split("/")[3:5])]
    add = visitor.url(parent_page_id=parent().pk).removesuffix("preview/")
    form = visitor.form(to=add).fill(words)
    answer = form.send(to=f"{add}preview/", title="Wind over the hills", slug="wind").json()
    assert answer["is_valid"]
    assert "Wind over the hills" in visitor.client.get(f"{add}preview/").content.decode()


def choose_where_to_add_one(visitor, scene):
    app, name = visitor.address.split("/")[3:]
    parent = PREVIEWS[f"{app}/{name}"][0]()
    answer = visitor.post({"parent_page": parent.pk})
    assert answer["Location"] == f"/cms/pages/add/{app}/{name}/{parent.pk}/"


for name, (_parent, may, _words) in PREVIEWS.items():
    posted(f"{ADD.format(name)}preview/", may=may, given=drafted)(preview_before_it_is_saved)
    posted(f"cms/pages/create/{name}", may=may, given=drafted)(choose_where_to_add_one)


@posted(
    "cms/pages/create/news/newsindexpage",
    "cms/pages/create/news/partnerindexpage",
    may=NOBODY,
    refused="cannot create",
    given=drafted,
)
def choose_where_to_add_a_second_section(visitor, scene):
    visitor.post({"parent_page": home("en").pk})


# Editing -------------------------------------------------------------------------------------------------------------

EDIT = "cms/pages/<int:page_id>/edit/"


@posted(EDIT, may=EDITORS_OF_ENGLISH, given=drafted)
def save_an_article(visitor, scene):
    form = visitor.form(page_id=scene.page.pk)
    form.fill(BODY).send(title="A week of wind")
    assert newest(scene.page).title == "A week of wind"
    assert newest(scene.page).latest_revision.user == visitor.user


@posted(EDIT, may=EDITORS_OF_ENGLISH, given=drafted)
def submit_an_article(visitor, scene):
    form = visitor.form(page_id=scene.page.pk)
    form.fill(BODY).send(**{"action-submit": "Submit"})
    assert Page.objects.get(pk=scene.page.pk).workflow_in_progress


@posted(EDIT, may=EDITORS_OF_ENGLISH, given=drafted)
def press_publish_although_it_is_not_offered(visitor, scene):
    """Wagtail saves the draft, and says no more than that."""
    form = visitor.form(page_id=scene.page.pk)
    form.fill(BODY).send(**{"title": "A week of wind", "action-publish": "Publish"})
    assert newest(scene.page).title == "A week of wind"
    assert not Page.objects.get(pk=scene.page.pk).live


@posted(EDIT, may=EDITORS_OF_ENGLISH, given=drafted)
def remark_on_an_article(visitor, scene):
    form = visitor.form(page_id=scene.page.pk)
    comment = {"text": "谁说的？", "contentpath": "summary", "position": "", "id": "", "deleted": "", "resolved": ""}
    form.fill(BODY).fill(nested_form_data({"comments": inline_formset([{**comment, "replies": inline_formset([])}])}))
    form.send()
    assert scene.page.wagtail_admin_comments.get().text == "谁说的？"


@posted(EDIT, may=EDITORS_OF_ENGLISH, given=drafted)
def save_a_plain_page(visitor, scene):
    visitor.form(page_id=scene.plain.pk).fill(TEXT).send(title="About all of us")
    assert newest(scene.plain).title == "About all of us"


@posted(EDIT, may=EDITORS_OF_CHINESE, given=drafted)
def save_a_section(visitor, scene):
    page = section(language=CHINESE)
    visitor.form(page_id=page.pk).send(title="新闻动态")
    assert newest(page).title == "新闻动态"


@posted(EDIT, may=EDITORS_OF_CHINESE, given=drafted)
def save_the_front_page_whose_publish_button_is_gone(visitor, scene):
    form = visitor.form(page_id=home("zh-hans").pk)
    form.send(**{"introduction": "本站发布新闻。", "action-publish": "Publish"})
    assert newest(home("zh-hans")).introduction == "本站发布新闻。"
    assert home("zh-hans").introduction == ""


@posted(EDIT, may=EDITORS_OF_ENGLISH, given=live)
def save_an_update_of_what_is_live(visitor, scene):
    visitor.form(page_id=scene.page.pk).fill(BODY).send(summary="Wind instead.")
    assert newest(scene.page).summary == "Wind instead."
    assert ArticlePage.objects.get(pk=scene.page.pk).summary == scene.page.summary


@posted("cms/pages/<int:page_id>/edit/preview/", may=EDITORS_OF_ENGLISH, given=drafted)
def preview_while_it_is_edited(visitor, scene):
    url = visitor.url(page_id=scene.page.pk)
    form = visitor.form(to=url.removesuffix("preview/")).fill(BODY)
    assert form.send(to=url, title="Wind over the hills").json()["is_valid"]
    assert "Wind over the hills" in visitor.client.get(url).content.decode()


@posted("cms/pages/<int:page_id>/revisions/<int:revision_id>/revert/", may=EDITORS_OF_ENGLISH, given=drafted)
def go_back_to_an_old_revision(visitor, scene):
    scene.edit(title="A slip")
    old = scene.page.revisions.order_by("pk").first()
    form = visitor.form(page_id=scene.page.pk, revision_id=old.pk)
    form.fill(BODY).send()
    assert newest(scene.page).title == scene.page.title


@posted("cms/pages/<int:page_id>/revisions/<int:revision_id>/unschedule/", may=PUBLISHING, given=drafted)
@override_settings(PLAIN_PAGES_ARE_RELEASED=False)
def take_back_a_schedule_of_a_page_without_a_release(visitor, scene):
    revision = scene.plain.latest_revision
    type(revision).objects.filter(pk=revision.pk).update(approved_go_live_at="2099-01-01T00:00Z")
    visitor.form(page_id=scene.plain.pk, revision_id=revision.pk).send()
    revision.refresh_from_db()
    assert revision.approved_go_live_at is None


# Around an editor ----------------------------------------------------------------------------------------------------


@posted("cms/pages/<int:page_id>/lock/", may=PUBLISHING, given=drafted)
def lock_a_page(visitor, scene):
    visitor.post(page_id=scene.page.pk)
    assert Page.objects.get(pk=scene.page.pk).locked_by == visitor.user


@posted("cms/pages/<int:page_id>/unlock/", may=PUBLISHING, given=drafted)
def unlock_a_page_that_somebody_else_locked(visitor, scene):
    Page.objects.filter(pk=scene.page.pk).update(locked=True, locked_by=scene.publisher)
    visitor.post(page_id=scene.page.pk)
    assert not Page.objects.get(pk=scene.page.pk).locked


PRIVATE = {"restriction_type": PageViewRestriction.PASSWORD, "password": "secret"}


@posted("cms/pages/<int:page_id>/privacy/", may=NOBODY, refused="both languages at once", given=live)
def hide_what_is_live(visitor, scene):
    """It leads to the step of the release, which sets both."""
    visitor.post(PRIVATE, page_id=scene.page.pk)


@posted("cms/pages/<int:page_id>/privacy/", may=PUBLISHING, given=drafted)
@override_settings(PLAIN_PAGES_ARE_RELEASED=False)
def hide_a_page_without_a_release(visitor, scene):
    visitor.form(page_id=scene.plain.pk).send(**PRIVATE)
    assert PageViewRestriction.objects.get().page.specific == scene.plain


@posted("cms/pages/<int:page_id>/privacy/", may=NOBODY, refused="both languages at once", given=drafted)
def hide_a_front_page(visitor, scene):
    visitor.post(PRIVATE, page_id=home("en").pk)


@posted("cms/pages/<int:page_id>/privacy/", may=NOBODY, refused="what is released", given=live)
def hide_what_stands_above_what_is_live(visitor, scene):
    visitor.form(page_id=section(language=CHINESE).pk).send(**PRIVATE)


def hidden():
    """As an earlier version let it happen."""
    scene = live()
    rows = [PageViewRestriction(page=section(language=language), restriction_type="login") for language in BOTH]
    QuerySet(PageViewRestriction).bulk_create(rows)
    return scene


@posted("cms/pages/<int:page_id>/privacy/", may=PUBLISHING, given=hidden)
def open_what_stands_above_what_is_live(visitor, scene):
    visitor.form(page_id=section().pk).send(restriction_type="none")
    assert not PageViewRestriction.objects.exists()


reads("a way to the history", "cms/pages/<int:page_id>/revisions/")
