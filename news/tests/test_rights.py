"""Rights that expire: publishers see them on the desk, and hear of them once."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from home.images import CustomImage
from news.models import Event, Notice

from .libraries import Library

pytestmark = pytest.mark.django_db


@pytest.mark.full
def test_publishers_see_them_and_hear_of_them_once(client):
    scene = Library().live()
    scene.publisher  # noqa: B018  (somebody to be told)
    day = timezone.localdate() + timedelta(days=29)
    CustomImage.objects.filter(pk=scene.waves.pk).update(rights_expire_on=day)
    for _time in range(2):
        call_command("send_notices")
    notices = Notice.objects.filter(event=Event.RIGHTS)
    assert [notice.recipient for notice in notices] == [scene.publisher]
    client.force_login(scene.publisher)
    edit = reverse("wagtailimages:edit", args=[scene.waves.pk])
    assert edit in client.get(reverse("wagtailadmin_home")).content.decode()
    html = client.get(edit).content.decode()
    assert "Take down…" in html and "Replace…" in html
    client.force_login(scene.reviewer)
    assert edit not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_later_or_unused_ones_are_nobodys_concern():
    scene = Library().draft()
    CustomImage.objects.update(rights_expire_on=timezone.localdate())
    call_command("send_notices")
    scene.submit()
    CustomImage.objects.update(rights_expire_on=timezone.localdate() + timedelta(days=31))
    call_command("send_notices")
    assert not Notice.objects.filter(event=Event.RIGHTS).exists()
