"""What an SQL statement reads and writes, as Django writes it."""

import pytest
from django.db.models import Exists, OuterRef, Q
from wagtail.models import Page, Site

from home.front.statements import Statement, conditions, main_table, table_written, tables_read
from news.models import ArticlePage, ArticlePartner, PartnerPage


def sql_of(queryset):
    return queryset.query.sql_with_params()


def identified(queryset):
    """{column: values} of what every row that is asked for has."""
    sql, params = sql_of(queryset)
    return {condition.column: condition.values(list(params)) for condition in conditions(sql)}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("queryset", "expected"),
    [
        (lambda: Page.objects.filter(slug="a"), {"slug": ["a"]}),
        (lambda: Page.objects.filter(slug__in=["a", "b"], live=True), {"slug": ["a", "b"]}),
        (lambda: Page.objects.filter(live=True, depth__gt=2, pk=7).order_by("path")[:1], {"id": [7]}),
        (lambda: ArticlePage.objects.filter(pk=7).select_related("locale"), {"page_ptr_id": [7]}),
        (lambda: Page.objects.exclude(pk=7), {}),
        (lambda: Page.objects.filter(Q(pk=7) | Q(live=True)), {}),
        (lambda: Page.objects.filter(~Q(slug="a"), live=True), {}),
        (lambda: Page.objects.filter(pk__gte=7), {}),
        (lambda: Page.objects.filter(Exists(Page.objects.filter(slug="a"))), {}),
        (lambda: Page.objects.filter(pk__in=ArticlePartner.objects.filter(partner=7).values("page")), {}),
        (lambda: Page.objects.filter(Exists(Page.objects.filter(pk=OuterRef("pk"))), pk__in=[3, 4]), {"id": [3, 4]}),
    ],
)  # fmt: skip
def test_a_query_tells_which_rows_it_asks_for(queryset, expected):
    assert identified(queryset()) == expected


@pytest.mark.django_db
def test_the_table_that_is_selected_from_comes_first():
    assert main_table(sql_of(ArticlePartner.objects.filter(partner__slug="a"))[0]) == "news_articlepartner"
    assert main_table(sql_of(PartnerPage.objects.filter(slug="a"))[0]) == "news_partnerpage"
    assert main_table(sql_of(Site.objects.select_related("root_page"))[0]) == "wagtailcore_site"
    assert tables_read(sql_of(Site.objects.select_related("root_page"))[0]) == {"wagtailcore_site", "wagtailcore_page"}
    assert main_table('SELECT COUNT(*) FROM (SELECT 1 AS a FROM "t" LIMIT 3) subquery') == ""


@pytest.mark.parametrize(
    ("sql", "table"),
    [
        ('INSERT INTO "t" ("a") VALUES (%s)', "t"),
        ('INSERT OR IGNORE INTO "t" ("a") VALUES (%s)', "t"),
        ('UPDATE "t" SET "a" = %s', "t"),
        ("UPDATE t SET a = 1", "t"),
        ("DELETE FROM t", "t"),
        ('DELETE FROM "t" WHERE "t"."id" IN (%s)', "t"),
        ('SELECT "t"."a" FROM "t"', ""),
        ("SAVEPOINT x", ""),
    ],
)
def test_a_statement_tells_what_it_writes(sql, table):
    assert table_written(sql) == table


def test_an_insert_tells_its_rows():
    two = Statement('INSERT INTO "t" ("a", "b") VALUES (%s, %s), (%s, %s) RETURNING "t"."id"', [1, 2, 3, 4])
    assert two.rows_inserted() == [{"a": 1, "b": 2}, {"a": 3, "b": 4}]
    unnested = Statement(
        'INSERT INTO "t" ("a", "b") SELECT * FROM UNNEST((%s)::int[], (%s)::text[])', [[1, 3], ["x", "y"]]
    )
    assert unnested.rows_inserted() == [{"a": 1, "b": "x"}, {"a": 3, "b": "y"}]
    defaults = Statement('INSERT INTO "t" ("a", "b", "c") VALUES (%s, DEFAULT, %s), (%s, %s, DEFAULT)', [1, 2, 3, 4])
    assert defaults.rows_inserted() == [{"a": 1, "c": 2}, {"a": 3, "b": 4}]
    assert Statement('INSERT INTO "t" ("a") VALUES (now())', []).rows_inserted() is None
    assert Statement('INSERT INTO "t" ("a") SELECT "b" FROM "u" WHERE "c" = %s', [1]).rows_inserted() is None
    assert Statement('INSERT INTO "t" ("a") VALUES (%s)', None).rows_inserted() is None, "many times, unseen"


def test_an_update_tells_its_rows_and_columns():
    update = Statement('UPDATE "t" SET "a" = %s, "b" = ("t"."b" + %s) WHERE "t"."id" IN (%s, %s)', [1, 2, 3, 4])
    assert update.columns_set() == {"a", "b"}
    assert update.rows_concerned("t") == ('SELECT * FROM "t" WHERE "t"."id" IN (%s, %s)', [3, 4])
    nested = Statement('UPDATE "t" SET "a" = (SELECT 1 FROM "u" WHERE "u"."x" = %s) WHERE "t"."id" = %s', [1, 2])
    assert nested.rows_concerned("t") == ('SELECT * FROM "t" WHERE "t"."id" = %s', [2])
    assert Statement('UPDATE "t" SET "a" = %s', [1]).rows_concerned("t") is None, "all of them"
    assert Statement("UPDATE t SET numchild=numchild+1 WHERE path = %s", ["1"]).columns_set() == {"numchild"}
