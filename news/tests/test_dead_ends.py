"""Nobody is left: rule 31. It warns and refuses nothing."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import Workflow

from news import bootstrap
from news.bootstrap import FINAL, FIRST
from news.models import ReviewRule
from news.pair.dead_ends import dead_ends, matching
from news.release.acting import end_acting, name_acting
from news.release.schedule import schedule
from news.release.submission import submit

from .pairs import member_of
from .scene import CHINESE, ENGLISH, Scene, moment

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    return Scene()


def found(scene):
    return [(end.version.language, end.stage) for end in dead_ends(scene.pair)]


def act(client, scene, user, name, **data):
    client.force_login(user)
    url = reverse("newsroom_releases:act", args=[scene.release.pk, name])
    return client.post(url, scene.form(name, **data), follow=True)


def staffed(scene):
    """A whole office."""
    assert scene.author
    assert scene.translator
    assert scene.reviewer
    assert scene.publisher


def test_a_whole_office_has_none(scene):
    staffed(scene)
    assert found(scene) == []
    scene.submit()
    assert found(scene) == []
    scene.approve()
    scene.translate()
    assert found(scene) == []


def test_one_publisher_who_is_the_author(client, scene):
    scene.author = member_of("English authors", "Publishers", username="author")
    assert scene.reviewer
    assert found(scene) == [(ENGLISH, FINAL)]
    html = act(client, scene, scene.author, "submit", language="en").content.decode()
    assert "Nobody is left for “Final review” of the English version." in html
    assert "wrote part of it" in html
    assert scene.original.task is not None  # it warns, and refuses nothing
    # they may sign off the Chinese, which somebody else writes
    assert found(scene) == [(ENGLISH, FINAL)]


def test_two_stages_and_one_person_in_both_groups(scene):
    assert scene.author
    both = member_of("Bilingual reviewers", "Publishers", username="both")
    assert found(scene) == [(ENGLISH, FINAL), (CHINESE, FINAL)]
    scene.submit()
    scene.act(scene.original, both, "approve")
    assert found(scene) == [(ENGLISH, FINAL), (CHINESE, FINAL)]
    member_of("Publishers", username="publisher")
    assert found(scene) == []


def test_deactivated_accounts_do_not_count(scene):
    staffed(scene)
    scene.submit()
    scene.publisher.is_active = False
    scene.publisher.save()
    [english, chinese] = dead_ends(scene.pair)
    assert (english.stage, chinese.stage) == (FINAL, FINAL)
    assert "Nobody active is in its groups" in str(english)


def test_who_may_not_enter_the_admin_does_not_count(scene):
    staffed(scene)
    group = Group.objects.get(name="Publishers")
    group.permissions.remove(group.permissions.get(codename="access_admin"))
    assert found(scene) == [(ENGLISH, FINAL), (CHINESE, FINAL)]


def test_a_translation_written_by_the_only_reviewer(scene):
    staffed(scene)
    scene.original_approved()
    scene.fill(user=scene.reviewer)
    assert found(scene) == [(CHINESE, FIRST)]
    submit(scene.translation.page, scene.reviewer)
    assert found(scene) == [(CHINESE, FIRST)]
    assert scene.second
    assert found(scene) == []


def test_who_decided_at_an_earlier_stage_is_not_left_for_a_later_one(scene):
    assert scene.author
    assert scene.reviewer
    only = member_of("Bilingual reviewers", "Publishers", username="only")
    assert found(scene) == []
    scene.submit()
    scene.act(scene.original, only, "approve")
    assert found(scene) == [(ENGLISH, FINAL)]


def test_who_corrects_at_the_last_stage_may_still_sign_off(scene):
    staffed(scene)
    scene.submit()
    scene.act(scene.original, scene.reviewer, "approve")
    scene.edit(user=scene.publisher, summary="Clean air, for a week in the whole city.")
    assert found(scene) == []


def test_the_moment_is_named(client, scene):
    staffed(scene)
    scene.submit()
    scene.reviewer.is_active = False
    scene.reviewer.save()
    answer = act(client, scene, scene.publisher, "schedule", at="2035-05-01T09:00")
    assert "2035" in str(dead_ends(scene.pair)[0])
    html = answer.content.decode()
    assert "nobody is left for “First review” of the English version" in html
    assert html.count("nobody is left for “First review” of the English version") == 2  # said, and on the page


def test_a_moment_that_has_passed_is_not(scene):
    staffed(scene)
    schedule(scene.release, moment(hours=1), scene.publisher)
    scene.release.__class__.objects.filter(pk=scene.release.pk).update(release_at=moment(hours=-1))
    scene.publisher.is_active = False
    scene.publisher.save()
    assert str(dead_ends(scene.pair)[0]).startswith("Nobody is left")


def test_in_one_language_the_other_is_not_asked(client, scene):
    assert scene.author
    assert found(scene)
    act(client, scene, scene.author, "one_language")
    assert {language for language, _stage in found(scene)} == {ENGLISH}


def test_they_follow_the_rules_of_the_page(scene):
    assert scene.author
    assert scene.publisher
    assert found(scene) == [(ENGLISH, FIRST), (CHINESE, FIRST)]
    one = Workflow.objects.get(name=bootstrap.OFFERED[1])
    ReviewRule.objects.create(page_type="news.ArticlePage", workflow=one)
    assert found(scene) == []


def test_from_the_editor_it_is_said_as_well(client, scene):
    from .pairs import article_form

    client.force_login(scene.author)
    page = scene.page
    form = article_form(title=page.title, slug=page.slug, **{"action-submit": "on"})
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, follow=True)
    assert "Nobody is left for “First review”" in "".join(str(message) for message in answer.context["messages"])


@pytest.mark.parametrize(
    ("able", "covered"),
    [
        ([{1}, {1}], 1),
        ([{1, 2}, {1}], 2),
        ([{1}, {1, 2}, {2, 3}], 3),
        ([{1, 2}, {1, 2}, {1, 2}], 2),
        ([set(), {1}], 1),
        ([], 0),
    ],
)
def test_as_many_stages_as_can_be_have_a_person_each(able, covered):
    taken = matching(able)
    assert len(taken) == covered
    assert all(person in able[stage] for person, stage in taken.items())


def test_who_stands_in_for_a_publisher_counts(scene):
    staffed(scene)
    boss = get_user_model().objects.create_superuser("boss")
    scene.publisher.is_active = False
    scene.publisher.save()
    scene.submit()
    assert found(scene) == [(ENGLISH, FINAL), (CHINESE, FINAL)]
    acting = name_acting(boss, scene.second, moment(hours=-1), moment(hours=1))
    assert found(scene) == []
    end_acting(boss, acting.pk)
    assert found(scene) == [(ENGLISH, FINAL), (CHINESE, FINAL)]
    name_acting(boss, scene.translator, moment(hours=1), moment(hours=2))
    assert found(scene) == [(ENGLISH, FINAL), (CHINESE, FINAL)]
    name_acting(boss, scene.translator, moment(hours=-1), moment(hours=2))
    assert found(scene) == [], "one in each language"
