"""Notices that did not reach anybody by mail."""

from django.contrib.auth import get_user_model
from django.utils import timezone

from news.models import Event, Notice, Reason

from .register import PUBLISHING, STAFF, posted


def undelivered():
    """A notice for everybody who has an account, refused."""
    now = timezone.now()
    for user in get_user_model().objects.all():
        Notice.objects.create(
            event=Event.SITE_WORDS,
            about="one",
            path="/cms/",
            recipient=user,
            failing_since=now,
            next_at=now,
            reason=Reason.ADDRESS,
        )


@posted("cms/notices/try-again/", may=PUBLISHING, given=undelivered)
def send_what_did_not_arrive_again(visitor, world):
    visitor.post()
    assert not Notice.objects.exclude(next_at=None).exists()


@posted("cms/notices/read/", may=STAFF, given=undelivered)
def read_on_the_desk_what_did_not_arrive(visitor, world):
    visitor.post()
    assert not Notice.objects.filter(recipient=visitor.user, sent_at=None).exists()
