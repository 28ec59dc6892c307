"""What a click costs, in queries: each figure is held here, and grows with nothing that it must not grow with."""

from io import BytesIO

import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from PIL import Image as PillowImage

from home.images import CustomImage
from news import jobs
from news.models import ArticlePage, ArticlePartner, ArticleTopic, NewsIndexPage, Topic
from news.pair import pair as pairs
from news.translation.texts import texts_of

from .pairs import article_pair, locale, partner_pair
from .scene import CHINESE, ENGLISH, Scene

pytestmark = pytest.mark.django_db
PARAGRAPHS = 30
TABLE = {
    "caption": "Emissions avoided",
    "columns": [{"type": "text", "heading": "City"}, {"type": "text", "heading": "Tonnes"}],
    "rows": [{"values": [f"City {number}", f"{number} tonnes"]} for number in range(1, 6)],
}


@pytest.fixture(autouse=True)
def known_types(db):
    """What a process asks once is asked before anything is counted, whichever test comes first."""
    ContentType.objects.get_for_models(*apps.get_models())


@pytest.fixture
def long():
    """A release as long as a real one: thirty paragraphs and a table."""
    scene = Scene()
    page = scene.page
    page.body = [*paragraphs(), ("table", page.body.stream_block.child_blocks["table"].to_python(TABLE))]
    page.save()
    page.save_revision(user=scene.author)
    return scene


def paragraphs():
    return [("paragraph", f"<p>Paragraph {number} of the article.</p>") for number in range(PARAGRAPHS)]


@pytest.fixture
def scene():
    """A release like a real one: thirty paragraphs with a link, a table, pictures, partners and topics."""
    scene = Scene()
    page = scene.page
    blocks = page.body.stream_block.child_blocks
    link = ("paragraph", '<p>See <a href="https://example.org/report">the report</a>.</p>')
    picture = blocks["image"].to_python(
        {"image": image("In the text").pk, "alt": "A harbour", "caption": "", "decorative": False}
    )
    page.body = [*paragraphs(), link, ("table", blocks["table"].to_python(TABLE)), ("image", picture)]
    page.lead_image = image("At the head")
    partners = [
        partner_pair(title=(f"Institute {number}", f"研究院{number}"), live=[ENGLISH, CHINESE][: 2 - number % 2])[0]
        for number in range(3)
    ]
    page.article_partners = [ArticlePartner(partner=partner, locale=page.locale) for partner in partners]
    page.article_topics = [ArticleTopic(topic=topic, locale=page.locale) for topic in topics()]
    page.save()
    page.save_revision(user=scene.author)
    return scene


def image(title):
    file = BytesIO()
    PillowImage.new("RGB", (64, 48)).save(file, "PNG")
    words = {"alt_en": "A harbour", "alt_zh_hans": "港口"}
    return CustomImage.objects.create(title=title, file=ContentFile(file.getvalue(), name="a.png"), **words)


def topics():
    names = {"ports": ("Ports", "港口"), "rails": ("Rails", "铁路")}
    return [Topic.objects.create(slug=slug, name_en=en, name_zh_hans=zh) for slug, (en, zh) in names.items()]


@pytest.fixture
def pairs_read(monkeypatch):
    """How many Pairs are built while a test runs."""
    built = []
    original = pairs.Pair.__init__

    def counted(self, *arguments, **options):
        built.append(self)
        original(self, *arguments, **options)

    monkeypatch.setattr(pairs.Pair, "__init__", counted)
    return built


@pytest.fixture
def checks_run(monkeypatch):
    from news import checks

    runs = []
    original = checks.run

    def counted(*arguments, **options):
        runs.append(arguments)
        return original(*arguments, **options)

    monkeypatch.setattr(checks, "run", counted)
    return runs


def translate(scene):
    source = scene.translation.localized.source.as_instance()
    scene.fill({text: f"译文：{text}" for _path, text in texts_of(source)})


def act(client, scene, user, name, **data):
    client.force_login(user)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, name])
    return client.post(url, scene.form(name, **data))


def get(client, user, name, *arguments):
    client.force_login(user)
    return client.get(reverse(name, args=arguments))


@pytest.mark.parametrize(("which", "at_most"), [("long", 400), ("scene", 554)])
def test_submitting_an_original(request, client, which, at_most, django_assert_max_num_queries):
    scene = request.getfixturevalue(which)
    client.force_login(scene.author)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "submit"])
    with django_assert_max_num_queries(at_most):
        assert client.post(url, {"submit-language": "en"}).status_code == 302
    assert scene.translation.localized is not None


@pytest.mark.parametrize("which", ["long", "scene"])
def test_approving(request, client, which, django_assert_max_num_queries, pairs_read, checks_run):
    scene = request.getfixturevalue(which)
    scene.submit()
    scene.approve()
    translate(scene)
    scene.submit(scene.translation)
    for user in (scene.reviewer, scene.publisher):
        get(client, user, "newsroom_releases:releases")
        url = reverse("newsroom_releases:act", args=[scene.release.pk, "approve"])
        form = scene.form("approve", language="zh-hans")
        pairs_read.clear()
        checks_run.clear()
        with django_assert_max_num_queries(135):
            answer = client.post(url, form)
        assert answer.status_code == 302
        assert len(pairs_read) <= 3
        assert len(checks_run) <= 1
    assert scene.translation.is_pending


@pytest.mark.parametrize(("which", "at_most"), [("long", 159), ("scene", 326)])
def test_releasing_both(request, client, which, at_most, django_assert_max_num_queries, pairs_read):
    """What the second takes more is Wagtail's publishing of inlines and pictures: see bench/release_cost.py."""
    scene = request.getfixturevalue(which)
    scene.submit()
    scene.approve()
    translate(scene)
    scene.submit(scene.translation)
    scene.approve(scene.translation)
    jobs.work()  # the pictures are drawn
    get(client, scene.publisher, "newsroom_releases:releases")
    url = reverse("newsroom_releases:act", args=[scene.release.pk, "release"])
    form = scene.form("release")
    pairs_read.clear()
    with django_assert_max_num_queries(at_most):
        assert client.post(url, form).status_code == 302
    assert len(pairs_read) <= 3
    assert all(version.is_live for version in scene.pair.versions.values())


@pytest.mark.full
def test_the_release_page(client, scene, django_assert_max_num_queries):
    """At each of its stages, for whoever looks at it."""

    def release():
        assert act(client, scene, scene.publisher, "release").status_code == 302

    ways = [
        lambda: None,
        scene.submit,
        scene.approve,
        lambda: (translate(scene), scene.submit(scene.translation)),
        lambda: scene.approve(scene.translation),
        release,
    ]
    url = reverse("newsroom_releases:release", args=[scene.release.pk])
    for way in ways:
        way()
        for user in (scene.publisher, scene.reviewer, scene.translator, scene.author):
            get(client, user, "newsroom_releases:release", scene.release.pk)
            with django_assert_max_num_queries(54):
                answer = client.get(url)
                assert answer.status_code == 200
    assert scene.live_titles()


def test_the_translation_editor(client, scene, django_assert_max_num_queries):
    scene.submit()
    scene.approve()
    get(client, scene.translator, "wagtailadmin_pages:edit", scene.translation.page.pk)
    with django_assert_max_num_queries(260):  # with the sign-in, which writes its session down
        answer = get(client, scene.translator, "wagtailadmin_pages:edit", scene.translation.page.pk)
    assert answer.status_code == 200


@pytest.mark.full
def test_the_list_of_releases_costs_five_queries_at_any_size(client):
    """Beside what every page of the admin asks, whatever is looked for."""
    scene = Scene().both_approved()

    def asked(name, query=""):
        client.force_login(scene.publisher)
        address = reverse(name) + query
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(address)
        assert answer.status_code == 200
        return len(queries), answer

    shell = asked("wagtailadmin_account")[0]
    few = asked("newsroom_releases:releases")[0]
    for number in range(12):
        article_pair(title=(f"News {number}", f"新闻{number}"), live=[ENGLISH], translated=bool(number % 2))
    for _number in range(2):
        Scene().by_people_of(scene).submit()
    spent, answer = asked("newsroom_releases:releases")
    assert answer.content.decode().count("<tr") > 12
    assert spent == few
    assert spent <= shell + 5
    narrowed = f"?state=in_review&author={scene.author.pk}&own=own&ordering=title_en&moment_from=2020-01-01"
    assert asked("newsroom_releases:releases", narrowed)[0] <= shell + 5
    assert asked("newsroom_releases:releases", "?q=News")[0] <= shell + 6


@pytest.mark.full
def test_the_explorer_over_many_children(client, django_assert_max_num_queries):
    """As localize by itself: two queries a row, for what it offers to translate, and none of ours for a row."""
    scene = Scene()
    scene.submit()
    index = NewsIndexPage.objects.get(locale=locale(ENGLISH))
    for number in range(60):
        page = ArticlePage(title=f"News {number}", summary="News.", live=False, owner=scene.author)
        index.add_child(instance=page)
        page.save_revision(user=scene.author)
    get(client, scene.publisher, "wagtailadmin_explore", index.pk)
    with django_assert_max_num_queries(132) as spent:
        answer = client.get(reverse("wagtailadmin_explore", args=[index.pk]))
    assert answer.status_code == 200
    assert sum("news_release" in query["sql"] for query in spent) <= 4, (
        "of the section itself, and of how all its pages stand"
    )


def test_the_feed_fetches_the_pictures_of_all_entries_at_once(client):
    picture = image("In the text")
    block = ArticlePage.body.field.stream_block.child_blocks["image"]
    asked = []
    for number in range(4):
        value = block.to_python({"image": picture.pk, "alt": "A harbour", "caption": "", "decorative": False})
        article_pair(title=(f"News {number}", f"新闻{number}"), body=[("image", value)], live=[ENGLISH])
        client.get("/en/news/feed/")
        with CaptureQueriesContext(connection) as queries:
            html = client.get("/en/news/feed/").content.decode()
        assert html.count("&lt;picture&gt;") == number + 1
        asked.append(sum('FROM "home_rendition"' in query["sql"] for query in queries.captured_queries))
    assert asked == [1, 1, 1, 1]
