"""What somebody leaves behind, who stands in for a publisher, and who is on duty."""

from types import SimpleNamespace

from home import clock
from news.models import ActingPublisher, Assignment, Duty
from news.release.acting import name_acting, put_on_duty
from news.release.assignment import hand_over
from news.tests.pairs import member_of
from news.tests.scene import moment

from .pages import peopled
from .register import ONLY_ADMINISTRATOR, PUBLISHING, posted, reads

PEOPLE = "cms/people/"


def busy():
    """A reviewer with work in hand, who is on duty and stands in for a publisher."""
    scene = peopled()
    leaver = member_of("Bilingual reviewers", username="leaver", first_name="丽")
    hand_over(scene.release, scene.original.language, leaver, leaver)
    acting = name_acting(scene.publisher, leaver, moment(hours=-1), moment(hours=1))
    duty = put_on_duty(scene.publisher, leaver, clock.day(), clock.day())
    return SimpleNamespace(
        leaver=leaver, heir=member_of("Bilingual reviewers", username="heir"), acting=acting, duty=duty
    )


@posted(f"{PEOPLE}<int:user_id>/hand-over/", may=ONLY_ADMINISTRATOR, given=busy)
def hand_everything_over(visitor, world):
    visitor.form(user_id=world.leaver.pk).send(person=world.heir.pk)
    assert Assignment.objects.get().user == world.heir


@posted(f"{PEOPLE}acting/", may=PUBLISHING, given=busy)
def name_an_acting_publisher(visitor, world):
    form = visitor.form(to=f"/{PEOPLE}", holding="acting-person")
    moments = {"acting-starts_at": "2030-01-05T09:00", "acting-ends_at": "2030-01-06T18:00"}
    form.send(to=visitor.url(), **{"acting-person": world.heir.pk, "acting-reason": "出差", **moments})
    assert ActingPublisher.objects.get(user=world.heir).reason == "出差"


@posted(f"{PEOPLE}acting/<int:key>/end/", may=PUBLISHING, given=busy)
def end_it_early(visitor, world):
    visitor.post(key=world.acting.pk)
    assert not ActingPublisher.objects.in_force().exists()


@posted(f"{PEOPLE}duty/", may=PUBLISHING, given=busy)
def put_somebody_on_duty(visitor, world):
    form = visitor.form(to=f"/{PEOPLE}", holding="duty-person")
    form.send(to=visitor.url(), **{"duty-person": world.heir.pk, "duty-first": "2030-01-05", "duty-last": ""})
    assert str(Duty.objects.get(user=world.heir).last) == "2030-01-05"


@posted(f"{PEOPLE}duty/<int:key>/end/", may=PUBLISHING, given=busy)
def take_somebody_off_duty(visitor, world):
    visitor.post(key=world.duty.pk)
    assert not Duty.objects.exists()


reads("who is on duty and who stands in", PEOPLE)
