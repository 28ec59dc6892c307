"""The address of a calendar: for whom it opens, what else it tells nobody, and how it is made and ended."""

from datetime import timedelta
from ipaddress import ip_network

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.utils import timezone

from home.accounts.models import AccountLine
from news.models import CalendarFeed
from news.release.schedule import schedule

from .pairs import member_of
from .scene import Scene, moment
from .test_calendar_feed import events, read, subscribed

pytestmark = pytest.mark.django_db
PAGE = "/cms/calendar/subscribe/"
SECRETLY = {"Cache-Control": "private, no-store", "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex"}


class TestRights:
    def test_are_those_of_its_owner_now(self):
        scene = Scene().both_approved()
        schedule(scene.release, moment(hours=2), scene.publisher)
        user = member_of("English authors", username="another")
        address = subscribed(user)
        assert len(events(address)) == 1
        user.groups.get().page_permissions.all().delete()
        assert events(address) == []
        user.groups.clear()
        assert Client().get(address).status_code == 404, "who has no admin has no calendar"

    @pytest.mark.parametrize("end", ["deactivated", "in bulk", "password", "ended"])
    def test_end_with_the_account_with_the_password_and_by_its_owner(self, client, end):
        user = member_of("Publishers", username="lin", last_login=timezone.now())
        address = subscribed(user)
        read(address)
        if end == "deactivated":
            user.is_active = False
            user.save()
        elif end == "in bulk":
            User.objects.filter(pk=user.pk).update(is_active=False)
        elif end == "password":
            user.set_password("vTq7-luhe-9931")
            user.save()
        else:
            client.force_login(user)
            client.post(PAGE, {"end": CalendarFeed.objects.get().pk})
        assert Client().get(address).status_code == 404
        User.objects.filter(pk=user.pk).update(is_active=True)
        assert Client().get(address).status_code == 404, "it does not come back with the account"
        assert AccountLine.objects.filter(kind="feed_ended", user=user).count() == 1


class TestAddress:
    def test_every_failure_is_the_same(self):
        user = member_of("Publishers", username="lin")
        address = subscribed(user)
        answers = [Client(enforce_csrf_checks=True).post(address), Client().put(address), Client().delete(address)]
        for wrong in ("x", "0" * 43, address.split("/")[-1][:-5], "%F0%9F%98%80", "a b", "é" * 500, "subscribe"):
            answers += [Client().get(f"/cms/calendar/{wrong}.ics")]
        CalendarFeed.objects.update(revoked_at=timezone.now())
        answers += [Client().get(address), Client().head(address)]
        for answer in answers:
            assert answer.status_code == 404
            assert {name: answer[name] for name in SECRETLY} == SECRETLY
        assert {answer.content for answer in answers if answer.request["REQUEST_METHOD"] != "HEAD"} == {
            answers[0].content
        }

    def test_opens_without_a_session_and_makes_none(self):
        answer = Client().get(subscribed(member_of("Publishers", username="lin")))
        assert answer.status_code == 200
        assert {name: answer[name] for name in SECRETLY} == SECRETLY
        assert not answer.cookies

    def test_is_open_where_the_admin_is(self, settings):
        address = subscribed(member_of("Publishers", username="lin"))
        settings.ADMIN_ALLOWED_NETS = [ip_network("10.0.0.0/8")]
        assert Client().get(address, REMOTE_ADDR="192.0.2.1").status_code == 403
        assert Client().get(address[:-9] + "x.ics", REMOTE_ADDR="192.0.2.1").status_code == 403
        assert Client().get(address, REMOTE_ADDR="10.1.1.1").status_code == 200

    def test_a_browser_that_is_half_signed_in_is_led_nowhere_with_it(self, settings):
        settings.SECOND_FACTOR = "demanded"
        user = member_of("Publishers", username="lin")
        address, client = subscribed(user), Client()
        client.post("/cms/login/", {"username": "lin", "password": "secret"})
        assert client.get("/cms/").status_code == 302
        assert client.get(address).status_code == 200

    def test_is_known_by_its_hash_alone(self):
        token = subscribed(member_of("Publishers", username="lin")).split("/")[-1][:-4]
        assert len(token) == 43
        for model in (CalendarFeed, AccountLine):
            assert token not in str(list(model.objects.values()))

    def test_says_when_it_was_read_but_not_at_every_look(self):
        address = subscribed(member_of("Publishers", username="lin"))
        read(address)
        first = CalendarFeed.objects.get().last_read_at
        read(address)
        assert CalendarFeed.objects.get().last_read_at == first
        CalendarFeed.objects.update(last_read_at=moment(hours=-1))
        read(address)
        assert timezone.now() - CalendarFeed.objects.get().last_read_at < timedelta(minutes=1)


class TestPage:
    @pytest.fixture
    def lin(self, client):
        user = member_of("Publishers", username="lin")
        client.force_login(user)
        return user

    def make(self, client, **fields):
        return client.post(PAGE, {"name": "Phone", "password": "secret", **fields})

    def test_shows_an_address_once(self, client, lin):
        answer = self.make(client)
        made = answer.context["made"]
        assert made in answer.content.decode()
        assert "no-store" in answer["Cache-Control"]
        assert answer["Referrer-Policy"] == "no-referrer"
        assert read(made.removeprefix("https://testserver").replace("http://testserver", ""))
        again = client.get(PAGE).content.decode()
        assert "Phone" in again and made.split("/")[-1] not in again
        assert "One secret address" in client.get("/cms/account/").content.decode()
        assert AccountLine.objects.get(kind="feed_made").user == lin

    def test_asks_for_the_password(self, client, lin):
        assert "The password is not right." in self.make(client, password="guess").content.decode()
        assert "This field is required." in self.make(client, name="").content.decode()
        assert not CalendarFeed.objects.exists()

    def test_takes_ten(self, client, lin):
        for _one in range(10):
            self.make(client)
        assert "end one first" in self.make(client).content.decode()
        assert CalendarFeed.objects.count() == 10

    @pytest.mark.parametrize("key", ["{}", "0", "x", "99999999999999999999", "-1"])
    def test_ends_none_of_anothers(self, client, lin, key):
        subscribed(member_of("Publishers", username="other"))
        assert client.post(PAGE, {"end": key.format(CalendarFeed.objects.get().pk)}).status_code == 302
        assert CalendarFeed.objects.get().revoked_at is None
