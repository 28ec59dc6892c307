"""What is written shuts the doors of the pages that show it, whoever writes it; what is read is noted."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from wagtail.models import Locale, Page, Site

from home import gate
from home.front import changes, following, meanings, recording, tags
from home.images import CustomImage
from home.models import Appearance
from news import front
from news.models import ArticlePage, ArticleTopic, Topic
from news.models.article import on_topic
from news.release.publishing import release_both

from .libraries import image
from .scene import Scene

pytestmark = pytest.mark.django_db


class Doors:
    """In place of a store: the doors that are shut."""

    def __init__(self):
        self.shut, self.opened = {}, []

    def close(self, name, found):
        self.shut.setdefault(name, set()).update(found)

    def open(self, name, found):
        assert self.shut.pop(name) == found
        self.opened.append(set(found))

    def asked(self):
        """What has been shut since this was asked last."""
        found = set().union(*self.shut.values())
        self.shut.clear()
        connection.front_change = None
        return found


@pytest.fixture(autouse=True)
def register(monkeypatch):
    known = {}
    for module in (following, changes, recording):
        monkeypatch.setattr(module, "REGISTER", known)
    meanings.follow_all()
    front.install()
    return known


@pytest.fixture
def doors():
    found = Doors()
    with connection.execute_wrapper(changes.watch(found)):
        yield found
    connection.front_change = None


@pytest.fixture
def scene():
    """Live in both languages, on a topic."""
    scene = Scene().both_live()
    topic = Topic.objects.create(name_en="Ports", name_zh_hans="港口", slug="ports")
    scene.topic = topic
    ArticleTopic.objects.create(page=scene.page, topic=topic, locale=scene.page.locale, translation_key=uuid4())
    return scene


def key(scene):
    return tags.of_release(scene.page.translation_key)


# Changes --------------------------------------------------------------------------------------------------------------


def test_a_draft_concerns_no_list(doors):
    scene = Scene()
    assert scene.page
    found = doors.asked()
    assert key(scene) in found
    assert not found & {tags.PAGES, tags.EVERYTHING}
    scene.edit(title="Another title of the draft")
    assert not doors.asked(), "of its row nothing has changed that readers could see"


def test_a_release_concerns_what_lists_it_and_where_it_stands(doors):
    scene = Scene().both_approved()
    doors.asked()
    release_both(scene.release, scene.publisher)
    found = doors.asked()
    assert {key(scene), tags.PAGES, tags.of_slug(scene.page.slug)} <= found
    assert tags.EVERYTHING not in found


def test_other_words_are_no_other_standing(doors, scene):
    doors.asked()
    page = ArticlePage.objects.get(pk=scene.page.pk)
    with gate.opened(page.translation_key):
        page.summary = "Other words"
        page.save()
    found = doors.asked()
    assert {key(scene), tags.PAGES} <= found
    assert on_topic(scene.topic.pk) not in found
    with gate.opened(page.translation_key):
        page.live = False
        page.save()
    assert on_topic(scene.topic.pk) in doors.asked(), "what shows it as related has to do without it"


def test_another_topic_is_another_standing(doors, scene):
    other = Topic.objects.create(name_en="Trams", name_zh_hans="电车", slug="trams")
    doors.asked()
    ArticleTopic.objects.filter(page=scene.page).update(topic=other)
    assert {key(scene), on_topic(other.pk), on_topic(scene.topic.pk)} <= doors.asked()


def test_a_further_topic_is_another_standing(doors, scene):
    """The row is not there yet when it is asked what depends on it."""
    other = Topic.objects.create(name_en="Trams", name_zh_hans="电车", slug="trams")
    doors.asked()
    ArticleTopic.objects.create(page=scene.page, topic=other, locale=scene.page.locale, translation_key=uuid4())
    found = doors.asked()
    assert on_topic(other.pk) in found
    assert on_topic(scene.topic.pk) not in found, "there it stands as before"


@pytest.mark.parametrize(
    "write",
    [
        lambda picture: picture.save(),
        lambda picture: CustomImage.objects.filter(title=picture.title).update(alt_en=picture.alt_en),
        lambda picture: CustomImage.objects.bulk_update([picture], ["alt_en"]),
        lambda picture: sql("UPDATE home_customimage SET alt_en = %s WHERE id = %s", [picture.alt_en, picture.pk]),
        lambda picture: CustomImage.objects.filter(pk=picture.pk).delete(),
        lambda picture: sql("DELETE FROM home_customimage WHERE title = %s", [picture.title]),
    ],
    ids=["save", "update", "bulk_update", "sql", "delete", "delete by sql"],
)
def test_every_way_to_write_is_seen(doors, write):
    picture, other = image("Waves"), image("Dunes")
    doors.asked()
    picture.alt_en = "Other words"
    write(picture)
    found = doors.asked()
    assert tags.of_image(picture.pk) in found
    assert tags.of_image(other.pk) not in found


def sql(words, params):
    with connection.cursor() as cursor:
        cursor.execute(words, params)


def test_what_is_not_understood_concerns_everything(doors):
    image()
    for words in ("UPDATE home_customimage SET alt_en = 'x'", "DELETE FROM home_rendition"):
        doors.asked()
        sql(words, [])
        assert doors.asked() == {tags.EVERYTHING}


def test_what_nobody_sees_concerns_nothing(doors, scene):
    doors.asked()
    Page.objects.filter(pk=scene.page.pk).update(locked=True, draft_title="Another")
    picture = image()
    doors.asked()
    picture.save()
    CustomImage.objects.filter(pk=picture.pk).update(title=picture.title)
    User.objects.create_user("somebody")
    assert doors.asked() == set()


@pytest.mark.parametrize(
    "write",
    [
        lambda: Appearance.objects.create(site=Site.objects.get(), notice_en="Closed", notice_zh_hans="闭馆"),
        lambda: Topic.objects.create(name_en="Trams", name_zh_hans="电车", slug="trams"),
        lambda: Locale.objects.filter(language_code="en").update(language_code="en-gb"),
        lambda: Site.objects.update_or_create(is_default_site=True, defaults={"site_name": "Another"}),
    ],
)
def test_what_stands_around_all_pages_concerns_everything(doors, write):
    write()
    assert tags.EVERYTHING in doors.asked()


def test_a_rollback_opens_what_it_has_shut(doors):
    picture = image()
    doors.asked()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        CustomImage.objects.filter(pk=picture.pk).update(alt_en="Never")
        assert doors.shut
        raise ZeroDivisionError
    CustomImage.objects.filter(pk=picture.pk).update(alt_en="Then")
    assert doors.opened == [{tags.of_image(picture.pk)}]
    assert len(doors.shut) == 1


# What is read ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def noted(doors):
    """The tags of what a function reads."""

    def read(function):
        with recording.recording() as found:
            function()
        return found

    return read


def test_what_reads_a_list_depends_on_all_pages(noted):
    for pages in (
        ArticlePage.objects.live(),
        Page.objects.filter(title="x"),
        Page.objects.exclude(slug="x"),
        Page.objects.filter(live=True).values("pk"),
        ArticleTopic.objects.filter(page__slug="x"),
    ):
        assert tags.PAGES in noted(lambda pages=pages: list(pages)).tags, pages.query


def test_what_asks_for_a_page_depends_on_that_page_though_it_is_not_there(noted):
    assert noted(lambda: Page.objects.filter(slug="nothing", live=True).first()).tags == {tags.of_slug("nothing")}
    assert noted(lambda: Page.objects.filter(pk=99999).exists()).tags == {tags.of_page(99999)}
    absent = uuid4()
    assert noted(lambda: ArticlePage.objects.filter(translation_key=absent).first()).tags == {tags.of_release(absent)}


def test_a_list_may_be_narrowed(noted):
    def read():
        with recording.narrowed("some"):
            list(ArticlePage.objects.live())

    assert noted(read).tags == {"some"}


def test_what_has_read_a_table_that_nobody_follows_is_not_stored(noted):
    assert noted(lambda: User.objects.exists()).unknown == {"auth_user"}
    assert noted(lambda: Site.objects.exists()).unknown == set()


def test_what_shows_very_many_depends_on_all_pages():
    with recording.recording() as found:
        for _number in range(recording.MANY + 1):
            recording.note(recording.Recording({tags.of_release(uuid4())}))
    assert found.all_tags() == {tags.EVERYTHING, tags.PAGES}
