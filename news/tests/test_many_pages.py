"""Which pages are private is read without a walk through the tree for each page, whatever the database was told."""

import pytest
from django.db import connection
from django.db.models import QuerySet
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from home.files import closed
from home.images import CustomImage
from home.languages import CHINESE, ENGLISH
from home.models import HomePage
from home.visibility import private, restricted
from news.models import ArticlePage, NewsIndexPage

from .pairs import article_pair, hide, locale, partner_pair, plain

pytestmark = pytest.mark.django_db


def put(restrictions):
    """Past whatever guards them: for what readers get of it."""
    QuerySet(PageViewRestriction).bulk_create(restrictions)


def told():
    """As an administrator of the database does, or PostgreSQL by itself."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def gone_through(queryset):
    """What the database goes through from one end to the other, beside the restrictions, of which there are few."""
    said = queryset.explain().splitlines()
    return [line for line in said if " SCAN " in line and "viewrestriction" not in line]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL says its plans otherwise")
@pytest.mark.parametrize("is_told", [False, True])
@pytest.mark.parametrize("number", [0, 3])
def test_the_tree_is_gone_through_once_not_for_each_page(is_told, number):
    pages = [article_pair(title=(f"News {count}", f"新闻{count}"))[0] for count in range(6)]
    for page in pages[:number]:
        hide(page)
    if is_told:
        told()
    for condition in (restricted(), private()):
        for model in (Page, ArticlePage):
            assert len(gone_through(model.objects.filter(~condition))) == 1
    assert len(gone_through(CustomImage.objects.filter(closed()))) == 1


def test_the_paths_are_read_once_for_a_sitemap(client, django_assert_max_num_queries):
    for count in range(3):
        article_pair(title=(f"News {count}", f"新闻{count}"))
    client.get("/sitemap.xml")
    with django_assert_max_num_queries(6) as queries:
        assert client.get("/sitemap.xml").status_code == 200
    assert sum("pageviewrestriction" in query["sql"] for query in queries.captured_queries) == 1


@pytest.mark.parametrize("kind", ["login", "password", "groups"])
def test_both_say_the_same_as_wagtail(kind):
    english, chinese = article_pair()
    partner_pair()
    above, below = plain("Above", live=True), plain("Beside", live=True)
    deep = plain("Deep", parent=above, live=True)
    hide(english, kind)
    put([PageViewRestriction(page=above, restriction_type=kind)])
    public = set(Page.objects.public().values_list("pk", flat=True))
    for condition in (restricted(), private()):
        assert set(Page.objects.filter(~condition).values_list("pk", flat=True)) == public
        assert set(Page.objects.filter(condition).values_list("pk", flat=True)) >= {english.pk, above.pk, deep.pk}
        assert set(ArticlePage.objects.filter(~condition)) == {chinese}
    assert below.pk in public


def test_a_path_that_another_begins_with_is_no_path_above():
    """Of siblings the paths are of one length; the first characters of a path alone say nothing."""
    homes = [HomePage.objects.get(locale=locale(language)) for language in (ENGLISH, CHINESE)]
    hide(homes[0])
    hidden = Page.objects.filter(restricted(), path__startswith=homes[1].path)
    assert not hidden.exists()
    assert Page.objects.filter(restricted()).count() == Page.objects.filter(path__startswith=homes[0].path).count()
    assert Page.objects.filter(private()).count() == Page.objects.filter(restricted()).count()


def test_without_any_nothing_is_private():
    article_pair()
    assert not Page.objects.filter(private()).exists()
    assert not Page.objects.filter(restricted()).exists()


def test_more_than_a_database_takes_in_one_condition():
    """SQLite takes a thousand of what is joined by OR."""
    section = NewsIndexPage.objects.get(locale=locale(ENGLISH))
    english, _chinese = article_pair()
    rows = [
        Page(
            title=f"P{at}",
            slug=f"p{at}",
            path=Page._get_path(section.path, section.depth + 1, at + 900),
            depth=section.depth + 1,
            url_path=f"{section.url_path}p{at}/",
            locale=section.locale,
            content_type=english.content_type,
        )
        for at in range(1200)
    ]
    made = Page.objects.bulk_create(rows)
    put(PageViewRestriction(page=page) for page in made)
    assert Page.objects.filter(private()).count() == len(rows)


def test_a_closed_collection():
    root = Collection.get_first_root_node()
    within = root.add_child(instance=Collection(name="Closed"))
    deeper = within.add_child(instance=Collection(name="Deeper"))
    CollectionViewRestriction.objects.create(collection=within, restriction_type="login")
    found = {
        collection.name: Collection.objects.filter(closed("path"), pk=collection.pk).exists()
        for collection in (root, within, deeper)
    }
    assert found == {"Root": False, "Closed": True, "Deeper": True}
