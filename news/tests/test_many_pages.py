"""Which pages are private is read without a walk through the tree for each page, whatever the database was told."""

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, Page, PageViewRestriction

from home.files import closed
from home.images import CustomImage
from home.languages import CHINESE, ENGLISH
from home.models import HomePage, StandardPage
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


def rows_below(parent, kind, slugs, first):
    """Pages of a type, as rows alone: to make each as an editor does takes minutes. Paths are numbered from `first`."""
    return [
        Page(
            title=slug.upper(),
            slug=slug,
            path=Page._get_path(parent.path, parent.depth + 1, at),
            depth=parent.depth + 1,
            url_path=f"{parent.url_path}{slug}/",
            locale=parent.locale,
            content_type=kind,
        )
        for at, slug in enumerate(slugs, first)
    ]


def test_more_than_a_database_takes_in_one_condition():
    """SQLite takes a thousand of what is joined by OR."""
    section = NewsIndexPage.objects.get(locale=locale(ENGLISH))
    english, _chinese = article_pair()
    rows = rows_below(section, english.content_type, [f"p{at}" for at in range(1200)], first=900)
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


def children_of(parent, count):
    """That many plain pages, public."""
    first = StandardPage(title="C0", slug="c0", body="<p>Text.</p>")
    parent.add_child(instance=first)
    rows = rows_below(parent, first.content_type, [f"c{at}" for at in range(1, count)], first=2)
    made = Page.objects.bulk_create(rows)
    own = [field.column for field in StandardPage._meta.local_concrete_fields if not field.primary_key]
    columns = ", ".join(own)
    copied = ", ".join(f"one.{column}" for column in own)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO home_standardpage (page_ptr_id, {columns}) SELECT page.id, {copied}"
            " FROM wagtailcore_page page, home_standardpage one"
            " WHERE one.page_ptr_id = %s AND page.id BETWEEN %s AND %s",
            [first.pk, made[0].pk, made[-1].pk],
        )


@pytest.mark.full
def test_a_section_of_many_is_renamed_with_all_its_redirects_or_not_at_all(client, settings):
    settings.PLAIN_PAGES_ARE_RELEASED = False
    section = plain("Office", live=True)
    children_of(section, 1500)
    section = StandardPage.objects.get(pk=section.pk)
    old = StandardPage.objects.get(slug="c1499").url

    def rename(slug):
        section.slug = slug
        with transaction.atomic():
            section.save()
            if slug == "broken":
                raise RuntimeError("a crash before the end")

    with pytest.raises(RuntimeError):
        rename("broken")
    assert Page.objects.get(pk=section.pk).slug == "office"
    assert not Redirect.objects.exists()
    for slug in ("press", "office", "press"):  # where it comes back to, its own redirects are in the way
        rename(slug)
    assert Redirect.objects.filter(redirect_page__slug__startswith="c").count() == 2 * 1500
    answer = client.get(old)
    assert answer.status_code in (301, 302)
    assert client.get(answer.url).status_code == 200
