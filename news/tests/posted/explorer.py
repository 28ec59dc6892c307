"""Pages as the explorer has them: copied, moved, deleted, taken down, one or many at once; and the API behind it."""

from types import SimpleNamespace

from django.test import override_settings
from wagtail.models import Page

from home.languages import CHINESE
from home.models import StandardPage
from news.models import ArticlePage, PartnerIndexPage
from news.pair.pair import pair_of
from news.release.withdrawal import withdraw
from news.tests.pairs import plain

from .pages import drafted, home, live, peopled, section
from .register import (
    EDITORS_OF_ENGLISH,
    NOBODY,
    ONLY_ADMINISTRATOR,
    PUBLISHING,
    REVIEWING,
    posted,
)

SHUT = "release"
JSON = "application/json"


def exists(page):
    return Page.objects.filter(pk=page.pk).exists()


def parent_of(page):
    return Page.objects.get(pk=page.pk).get_parent()


def below(scene):
    """A plain page that another may go below, and that may be taken away."""
    page = StandardPage(title="Press office", slug="press", body="<p>.</p>", owner=scene.author, live=False)
    home("en").add_child(instance=page)
    return page


def withdrawn():
    scene = live()
    withdraw(scene.release, scene.publisher, "A figure was wrong.")
    scene.page = scene.fresh(scene.original)
    return scene


def released():
    """Two plain pages, public in both languages."""
    peopled()
    target, page = (plain(title, live=True) for title in ("Office", "Press"))
    return SimpleNamespace(target=target, page=page, pages=pair_of(page).pages)


# One -----------------------------------------------------------------------------------------------------------------


@posted("cms/pages/<int:page_id>/copy/", may=PUBLISHING, given=drafted)
def copy_an_article(visitor, scene):
    form = visitor.form(page_id=scene.page.pk)
    form.send(new_title="A week of wind", new_slug="wind", new_parent_page=section().pk)
    copy = ArticlePage.objects.get(slug="wind")
    assert not copy.live
    assert copy.translation_key != scene.page.translation_key


@posted("cms/pages/<int:page_id>/copy/", may=NOBODY, refused=SHUT, given=drafted)
def copy_an_article_as_an_alias(visitor, scene):
    form = visitor.form(page_id=scene.page.pk)
    form.send(new_title="Wind", new_slug="wind", new_parent_page=section().pk, alias="on")


@posted("cms/pages/<int:page_id>/delete/", may=EDITORS_OF_ENGLISH, given=drafted)
def delete_a_draft(visitor, scene):
    visitor.form(page_id=scene.plain.pk).send()
    assert not exists(scene.plain)


@posted("cms/pages/<int:page_id>/delete/", may=NOBODY, refused="may not do this", given=live)
def delete_what_is_live(visitor, scene):
    visitor.form(page_id=scene.page.pk).send()


@posted("cms/pages/<int:page_id>/delete/", may=REVIEWING, given=withdrawn)
def delete_what_was_withdrawn(visitor, scene):
    """With its other version, by who may delete that."""
    translation = scene.translation.page
    visitor.form(page_id=scene.page.pk).send()
    assert not exists(scene.page)
    assert not exists(translation)


@posted("cms/pages/<int:page_id>/unpublish/", may=NOBODY, refused="may not do this", given=live)
def unpublish_what_is_live(visitor, scene):
    visitor.post(page_id=scene.page.pk)


@posted("cms/pages/<int:page_id>/convert_alias/", may=NOBODY, refused="404", given=drafted)
def convert_what_is_no_alias(visitor, scene):
    """No page of ours can be one."""
    visitor.post(page_id=scene.page.pk)


@posted("cms/pages/<int:page_to_move_id>/move/", may=EDITORS_OF_ENGLISH, given=drafted)
def choose_where_to_move_a_page(visitor, scene):
    target = below(scene)
    answer = visitor.form(page_to_move_id=scene.plain.pk).send(new_parent_page=target.pk)
    assert answer["Location"].endswith(f"/move/{target.pk}/confirm/")


CONFIRM = "cms/pages/<int:page_to_move_id>/move/<int:destination_id>/confirm/"


@posted(CONFIRM, may=PUBLISHING, given=drafted)
def move_a_page(visitor, scene):
    target = below(scene)
    visitor.form(page_to_move_id=scene.plain.pk, destination_id=target.pk).send()
    assert parent_of(scene.plain).specific == target


@posted(CONFIRM, may=PUBLISHING, given=released)
def move_what_is_public(visitor, world):
    """Both versions, as a publisher's act."""
    visitor.form(page_to_move_id=world.page.pk, destination_id=world.target.pk).send()
    assert {parent_of(page).slug for page in world.pages} == {"office"}


@posted(CONFIRM, may=NOBODY, refused="already in use", given=drafted)
def move_a_page_into_the_other_language(visitor, scene):
    visitor.post(page_to_move_id=scene.page.pk, destination_id=section(language=CHINESE).pk)


@posted("cms/pages/<int:page_to_move_id>/set_position/", may=PUBLISHING, given=drafted)
def put_pages_in_another_order(visitor, scene):
    first = below(scene)
    for title in ("Wind", "Rain"):
        first.add_child(instance=StandardPage(title=title, slug=title.lower(), body="<p>.</p>", live=False))
    visitor.post(page_to_move_id=Page.objects.get(slug="rain").pk, query={"position": 0})
    assert [page.title for page in Page.objects.child_of(first)] == ["Rain", "Wind"]


@posted("cms/pages/<int:page_to_move_id>/set_position/", may=NOBODY, refused="may not do this", given=drafted)
def put_sections_in_another_order(visitor, scene):
    visitor.post(page_to_move_id=section(PartnerIndexPage).pk, query={"position": 0})


# Many ----------------------------------------------------------------------------------------------------------------

BULK = "cms/bulk/wagtailcore/page/{}/"


def bulk(visitor, page, **filled):
    """Sends the form of a bulk action."""
    visitor.done_to_some(visitor.form(query={"id": page.pk}).send(**filled))


@posted(BULK.format("delete"), may=EDITORS_OF_ENGLISH, given=drafted)
def delete_many_drafts(visitor, scene):
    bulk(visitor, scene.plain)
    assert not exists(scene.plain)


@posted(BULK.format("delete"), may=REVIEWING, given=withdrawn)
def delete_many_that_were_withdrawn(visitor, scene):
    translation = scene.translation.page
    bulk(visitor, scene.page)
    assert not exists(scene.page)
    assert not exists(translation)


@posted(BULK.format("move"), may=PUBLISHING, given=released)
def move_many_that_are_public(visitor, world):
    bulk(visitor, world.page, chooser=world.target.pk)
    assert {parent_of(page).slug for page in world.pages} == {"office"}


@posted(BULK.format("move"), may=PUBLISHING, given=drafted)
def move_many(visitor, scene):
    target = below(scene)
    bulk(visitor, scene.plain, chooser=target.pk)
    assert parent_of(scene.plain).specific == target


@posted(BULK.format("publish"), may=PUBLISHING, given=drafted)
@override_settings(PLAIN_PAGES_ARE_RELEASED=False)
def publish_many_without_a_release(visitor, scene):
    bulk(visitor, scene.plain)
    assert Page.objects.get(pk=scene.plain.pk).live


@posted(BULK.format("publish"), may=NOBODY, refused="0 pages", given=drafted)
def publish_many_drafts(visitor, scene):
    bulk(visitor, scene.page)


@posted(BULK.format("unpublish"), may=NOBODY, refused="0 pages", given=live)
def unpublish_many(visitor, scene):
    bulk(visitor, scene.page)


# The API -------------------------------------------------------------------------------------------------------------

API = "cms/api/main/^pages/<int:pk>/action/{}/"


def call(visitor, page, **data):
    return visitor.send(
        visitor.client.post, visitor.url(pk=page.pk).replace("^", ""), data, headers={"Accept": JSON}, content_type=JSON
    )


@posted(API.format("copy"), may=PUBLISHING, given=drafted)
def copy_by_the_api(visitor, scene):
    call(visitor, scene.page, slug="wind", title="A week of wind", keep_live=False)
    assert not ArticlePage.objects.get(slug="wind").live


@posted(API.format("delete"), may=EDITORS_OF_ENGLISH, given=drafted)
def delete_by_the_api(visitor, scene):
    call(visitor, scene.plain)
    assert not exists(scene.plain)


@posted(API.format("move"), may=PUBLISHING, given=drafted)
def move_by_the_api(visitor, scene):
    target = below(scene)
    call(visitor, scene.plain, destination_page_id=target.pk, position="last-child")
    assert parent_of(scene.plain).specific == target


@posted(API.format("publish"), may=NOBODY, refused="permission", given=drafted)
def publish_by_the_api(visitor, scene):
    call(visitor, scene.page)


@posted(API.format("unpublish"), may=NOBODY, refused="permission", given=live)
def unpublish_by_the_api(visitor, scene):
    call(visitor, scene.page)


@posted(API.format("create_alias"), may=NOBODY, refused="permission", given=drafted)
def make_an_alias_by_the_api(visitor, scene):
    call(visitor, scene.page, destination_page_id=section().pk, update_slug="wind")


@posted(API.format("convert_alias"), may=NOBODY, refused="alias", given=drafted)
def convert_what_is_no_alias_by_the_api(visitor, scene):
    call(visitor, scene.page)


@posted(API.format("copy_for_translation"), may=ONLY_ADMINISTRATOR, given=drafted)
def copy_for_translation_by_the_api(visitor, scene):
    call(visitor, scene.plain, locale="zh-hans")
    assert not StandardPage.objects.get(locale__language_code="zh-hans").live


@posted(API.format("revert_to_page_revision"), may=EDITORS_OF_ENGLISH, given=drafted)
def go_back_to_an_old_revision_by_the_api(visitor, scene):
    scene.edit(title="A slip")
    call(visitor, scene.page, revision_id=scene.page.revisions.order_by("pk").first().pk)
    assert Page.objects.get(pk=scene.page.pk).get_latest_revision_as_object().title == scene.page.title
