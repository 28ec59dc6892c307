"""Nothing is released below what is not public; and a release above another one. Rule 22."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import PageViewRestriction

from home import gate
from home.gate import Refused
from home.languages import CHINESE, ENGLISH
from news.admin.steps import offers_of_release
from news.pair.pair import pair_of, release_of
from news.pair.readiness import ready
from news.release import withdrawal
from news.release.address import change_address
from news.release.privacy import restrict
from news.release.publishing import release_both, release_imported, urgent
from news.release.schedule import release_due, schedule

from .doors import refused
from .pairs import hide, member_of
from .scene import BOTH, Scene, moment
from .test_above import fresh, home, plain, section

pytestmark = pytest.mark.django_db
LOGIN = PageViewRestriction.LOGIN

# A plain page that was released, above another one -------------------------------------------------------------------


@pytest.fixture
def nested():
    parent, in_chinese = plain(home(), "About", "关于")
    return parent, in_chinese, *plain(parent, "Team", "团队")


def test_a_release_above_another_is_neither_withdrawn_nor_renamed_nor_hidden(client, nested):
    publisher = member_of("Publishers")
    release = release_of(nested[0])
    for act in (
        lambda: withdrawal.withdraw(release, publisher, "A reason."),
        lambda: withdrawal.withdraw(release, publisher, "A reason.", [CHINESE]),
        lambda: change_address(release, publisher, "us"),
        lambda: restrict(release, publisher, LOGIN),
    ):
        assert refused(act)
    assert all(fresh(page).live and fresh(page).url_path == page.url_path for page in nested)
    client.force_login(publisher)
    shown = client.get(reverse("newsroom_releases:release", args=[release.pk])).content.decode()
    assert "withdraw-" not in shown
    assert "change_address-" not in shown
    assert "“Team”" in shown


def test_once_what_is_below_is_withdrawn_the_address_stays_and_the_rest_goes(nested):
    publisher = member_of("Publishers")
    withdrawal.withdraw(release_of(nested[2]), publisher, "A reason.")
    assert refused(lambda: change_address(release_of(nested[0]), publisher, "us"))
    offered = {offer.name for offer in offers_of_release(pair_of(fresh(nested[0])), publisher)}
    assert "withdraw" in offered
    assert "change_address" not in offered
    withdrawal.withdraw(release_of(nested[0]), publisher, "A reason.")
    assert not fresh(nested[0]).live


# Nothing is released below what is not -------------------------------------------------------------------------------


def below_a_draft():
    parent, _in_chinese = plain(home(), "About", "关于", live=False)
    child, version = plain(parent, "Team", "团队", live=False)
    return parent, child, version


def test_below_a_draft_nothing_is_released(client):
    parent, child, _version = below_a_draft()
    with pytest.raises(Refused, match="“About”"):
        release_imported(release_of(child), "test")
    assert not fresh(child).live
    release_imported(release_of(parent), "test")
    release_imported(release_of(child), "test")
    assert fresh(child).live


def hide_one(language):
    return lambda: hide(section(language))


def take_one_down(language):
    return lambda: unpublish(section(language))


def unpublish(page):
    """Past its release: an earlier version let it happen."""
    with gate.opened(page.translation_key):
        page.unpublish()


AMISS = {
    "English hidden": (hide_one(ENGLISH), "News"),
    "Chinese hidden": (hide_one(CHINESE), "新闻"),
    "home hidden": (lambda: hide(home(CHINESE)), "新闻中心"),
    "English not public": (take_one_down(ENGLISH), "News"),
    "Chinese not public": (take_one_down(CHINESE), "新闻"),
}


@pytest.mark.parametrize("name", AMISS)
def test_below_what_is_not_public_in_both_nothing_is_released(client, name):
    scene = Scene().both_approved()
    make, title = AMISS[name]
    make()
    with pytest.raises(Refused, match=f"“{title}”"):
        release_both(scene.release, scene.publisher)
    assert not scene.live_titles()
    assert ready(scene.pair) == []
    client.force_login(scene.publisher)
    shown = client.get(reverse("newsroom_releases:release", args=[scene.release.pk])).content.decode()
    assert f"“{title}”" in shown
    assert "Release both now" not in shown


def test_what_is_private_in_both_languages_may_be_released():
    scene = Scene().both_approved()
    for language in BOTH:
        hide(section(language))
    release_both(scene.release, scene.publisher)
    assert len(scene.live_titles()) == 2


def test_a_moment_is_missed_and_the_reason_told(mailoutbox, settings):
    scene = Scene().both_approved()
    schedule(scene.release, moment(seconds=60), scene.publisher)
    type(scene.publisher).objects.filter(pk=scene.publisher.pk).update(email="publisher@example.org")
    hide(section(CHINESE))
    scene.release.__class__.objects.filter(pk=scene.release.pk).update(release_at=timezone.now())
    done, missed, failed = release_due()
    assert (done, missed, failed) == ([], [scene.release], [])
    call_command("release_due")
    call_command("send_notices")
    assert not scene.live_titles()
    assert any("“新闻”" in letter.body for letter in mailoutbox)


def test_urgently_neither(client):
    scene = Scene().both_approved()
    unpublish(section(CHINESE))
    scene.edit(title="An update")
    assert refused(lambda: urgent(scene.release, [ENGLISH, CHINESE], scene.publisher, "Now.", "secret"))
    assert not scene.live_titles()
