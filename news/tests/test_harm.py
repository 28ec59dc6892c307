"""What somebody does in bad intent, what is seen of it afterwards, and how it is undone: docs/security.md, played."""

from io import StringIO
from urllib.parse import urlencode

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from wagtail.models import PageLogEntry

from home.accounts.models import AccountLine, Factor, KnownSession
from home.languages import CHINESE, ENGLISH
from news import jobs
from news.models import Event, Notice
from news.release.schedule import schedule

from .moments import due, public
from .pairs import member_of
from .posted.visitor import fields_of
from .scene import BOTH, TEXT, Scene, moment
from .test_second_factor import code_of, given, now, set_up, sign_in  # noqa: F401  (one is a fixture)

pytestmark = pytest.mark.django_db
ELSEWHERE, OFFICE = {"REMOTE_ADDR": "203.0.113.9"}, {"REMOTE_ADDR": "198.51.100.7"}
LOG, ACCOUNT, SESSIONS, FACTORS = (
    "/cms/reports/sign-ins/",
    "/cms/account/",
    "/cms/account/sessions/",
    "/cms/second-factor/mine/",
)


def knock(name, password, where):
    return Client().post("/cms/login/", {"username": name, "password": password}, **where).status_code


def browser(user, where, password="secret"):
    client = Client(**where)
    assert client.post("/cms/login/", {"username": user.username, "password": password}).status_code == 302
    return client


def is_in(client):
    return client.get("/cms/").status_code == 200


def boss():
    client = Client()
    client.force_login(get_user_model().objects.create_superuser("boss", "boss@example.org", "secret"))
    return client


def said(**of):
    """The sign-in log, oldest first."""
    return list(AccountLine.objects.filter(**of).order_by("pk").values_list("kind", flat=True))


def press(client, scene, name, language="", **fields):
    """A button of the release's page, where it is shown or not."""
    url = reverse("newsroom_releases:act", args=[scene.release.pk, name])
    return client.post(url, scene.form(name, language, **fields))


def change_account(client, user, **changed):
    """What an administrator saves of it."""
    url = f"/cms/users/edit/{user.pk}/"
    fields = fields_of(client.get(url).content.decode(), "username")
    sent = {**fields, "email": f"{user.username}@example.org", **changed, "groups": [g.pk for g in user.groups.all()]}
    assert client.post(url, {name: value for name, value in sent.items() if value}).status_code == 302
    user.refresh_from_db()


def test_brute_force_meets_a_shut_door_that_an_administrator_opens():
    lin, wei = (member_of("Publishers", username=name) for name in ("lin", "wei"))
    at_work = browser(lin, OFFICE)
    assert [knock("lin", f"guess {number}", ELSEWHERE) for number in range(6)] == [200] * 4 + [429] * 2
    assert knock("lin", "secret", ELSEWHERE) == 429, "the right one is no better then"
    guessed = [knock(f"name {number}", "secret", ELSEWHERE) for number in range(22)]
    assert (guessed.count(200), guessed[-1]) == (19, 429), "25 from one address"
    assert knock("wei", "secret", ELSEWHERE) == 429
    assert knock("wei", "secret", OFFICE) == 302, "others go on"
    assert is_in(at_work), "and so does who was in"
    assert knock("lin", "secret", OFFICE) == 429, "this is what it costs"

    assert said(name="lin") == ["signed_in", *["refused"] * 5, "throttled"]
    assert not AccountLine.objects.filter(name__startswith="name ").exists(), "what is typed may be a password"
    shown = boss().get(f"{LOG}?address=203.0.113.9").content.decode()
    assert shown.count("Shut for a while") > 1 and "198.51.100.7" not in shown.partition("<table")[2]

    call_command("unlock_sign_in", "lin", stdout=StringIO())
    assert knock("lin", "secret", OFFICE) == 302
    assert knock("lin", "secret", ELSEWHERE) == 429
    assert said(name="lin")[-2:] == ["unlocked", "signed_in"]
    assert wei.is_active


@pytest.mark.parametrize("end", ["by signing out", "by ending all others", "by an administrator"])
def test_a_stolen_session_gets_no_account_and_is_ended(end):
    lin = member_of("Publishers", username="lin", email="lin@example.org")
    mine, thief = browser(lin, OFFICE), Client(**ELSEWHERE)
    thief.cookies["sessionid"] = mine.cookies["sessionid"].value
    assert is_in(thief), "whoever has the cookie is taken for its owner"

    fields = {
        name: value
        for name, value in fields_of(thief.get(ACCOUNT).content.decode(), "name_email-email").items()
        if value
    }
    theirs = {**fields, "name_email-email": "thief@example.net"}
    assert thief.post(ACCOUNT, theirs).status_code == 200, "a new password would be sent there"
    words = {"password-new_password1": "vTq7-luhe-9931", "password-new_password2": "vTq7-luhe-9931"}
    guesses = [
        thief.post(ACCOUNT, {**fields, **words, "password-old_password": f"guess {n}"}).status_code for n in range(4)
    ]
    guesses += [
        thief.post(ACCOUNT, {**theirs, "name_email-current_password": f"guess {n}"}).status_code for n in (4, 5)
    ]
    assert guesses == [200, 200, 200, 200, 429, 429], "one count, whichever field they try"
    thief.post(f"{FACTORS}app/", {"name": "Mine", "code": "123456", "password": "guess"})
    lin.refresh_from_db()
    assert (lin.email, lin.check_password("secret"), Factor.objects.count()) == ("lin@example.org", True, 0)

    if end == "by signing out":
        mine.post("/cms/logout/")
    elif end == "by ending all others":
        mine.post(SESSIONS)
    else:
        boss().post(f"/cms/users/{lin.pk}/sessions/")
    assert not is_in(thief)
    assert is_in(mine) is (end == "by ending all others")
    lines = AccountLine.objects.filter(user=lin, door="identity")
    assert [(line.kind, line.address) for line in lines.order_by("pk")] == [
        *[("refused", ELSEWHERE["REMOTE_ADDR"])] * 5,
        ("throttled", ELSEWHERE["REMOTE_ADDR"]),
    ]
    assert not AccountLine.objects.filter(kind__in=["password_changed", "factor_added", "rights_changed"]).exists()


def test_with_the_password_the_address_is_changed_and_written_down():
    lin = member_of("Publishers", username="lin", email="lin@example.org")
    client = browser(lin, OFFICE)
    fields = {
        name: value
        for name, value in fields_of(client.get(ACCOUNT).content.decode(), "name_email-email").items()
        if value
    }
    assert client.post(ACCOUNT, {**fields, "name_email-first_name": "Lin"}).status_code == 302, "a name needs none"
    sent = {**fields, "name_email-email": "new@example.org", "name_email-current_password": "secret"}
    assert client.post(ACCOUNT, sent).status_code == 302
    lin.refresh_from_db()
    assert lin.email == "new@example.org"
    assert AccountLine.objects.get(kind="rights_changed").about == {"email": "lin@example.org → new@example.org"}
    assert "new@example.org" in boss().get(f"{LOG}?name=lin").content.decode()


def test_a_lost_phone_opens_nothing_once_its_owner_has_been_here(now):  # noqa: F811
    lin = member_of("Publishers", username="lin", email="lin@example.org")
    phone = sign_in()
    secret, kept = set_up(phone)
    now.later()
    desk = sign_in()
    assert given(desk, kept[0]).status_code == 302
    desk.post(SESSIONS)
    assert (is_in(phone), is_in(desk)) == (False, True)
    assert desk.post(f"{FACTORS}{Factor.objects.get().pk}/remove/", {"password": "secret"}).status_code == 302
    now.later()
    new, _codes = set_up(desk)
    now.later()
    finder = sign_in()
    assert [given(finder, code).status_code for code in (code_of(secret), kept[0], kept[1])] == [200] * 3
    assert not is_in(finder), "whoever has the phone and the password, too"
    assert given(sign_in(), code_of(new)).status_code == 302
    told = [kind for kind in said(user=lin) if kind not in ("signed_in", "codes_made")]
    assert told == [
        "factor_added", "recovered", "sessions_ended", "factor_removed", "factor_added", *["refused"] * 3, "confirmed",
    ]  # fmt: skip


def test_a_leaver_is_out_and_what_was_approved_goes_on():
    scene = Scene().both_approved()
    leaver = scene.publisher
    leaver.email = "leaver@example.org"
    leaver.save(update_fields=["email"])
    schedule(scene.release, moment(minutes=10), leaver)
    at_home = browser(leaver, ELSEWHERE)
    change_account(boss(), leaver, is_active=None)
    assert not leaver.is_active
    assert not is_in(at_home)
    assert knock(leaver.username, "secret", ELSEWHERE) == 200
    Client().post("/cms/password_reset/", {"email": leaver.email}, **ELSEWHERE)
    jobs.work()
    assert mail.outbox == []
    assert said(name=leaver.username) == ["signed_in", "sessions_ended", "rights_changed", "refused", "reset_asked"]
    ended = AccountLine.objects.get(kind="rights_changed", user=leaver)
    assert (ended.by_name, ended.about["active"]) == ("boss", False)
    assert due(scene) == (True, False), "two people have read it"
    assert len(scene.live_titles()) == 2


def test_who_has_a_translators_password_changes_nothing_that_readers_get(client):
    scene = Scene().both_live()
    lin = scene.translator
    shown = {language: public(client, scene, language) for language in BOTH}
    thief = browser(lin, ELSEWHERE)
    localized = scene.translation.localized
    segment = localized.source.stringsegment_set.order_by("order")[2]
    url = reverse("wagtail_localize:edit_string_translation", args=[localized.pk, segment.pk])
    typed = {"content_type": "application/x-www-form-urlencoded"}
    assert thief.put(url, urlencode({"value": "论坛取消。"}), **typed).status_code in (200, 201)
    assert press(thief, scene, "submit", CHINESE.code).status_code == 302
    for step, fields in (
        ("approve", {"language": CHINESE.code}),
        ("release", {}),
        ("withdraw", {"reason": "Because.", "languages": [CHINESE.code]}),
        ("urgent", {"reason": "Because.", "languages": [CHINESE.code], "password": "secret"}),
    ):
        assert press(thief, scene, step, **fields).status_code == 422, step
    assert {language: public(client, scene, language) for language in BOTH} == shown

    came = AccountLine.objects.get(kind="signed_in", user=lin)
    assert came.address == ELSEWHERE["REMOTE_ADDR"]
    assert "论坛取消。" in " ".join(html for _path, html in scene.translation.texts), "as a draft"
    change_account(boss(), lin, password1="vTq7-luhe-9931", password2="vTq7-luhe-9931")
    assert not is_in(thief)
    assert knock("translator", "secret", ELSEWHERE) == 200
    assert said(user=lin) == ["signed_in", "rights_changed", "password_changed", "sessions_ended", "refused"]
    mine = browser(lin, OFFICE, "vTq7-luhe-9931")
    assert (
        press(browser(scene.reviewer, OFFICE), scene, "return", CHINESE.code, comment="Not his words.").status_code
        == 302
    )
    assert mine.put(url, urlencode({"value": TEXT[1]}), **typed).status_code == 200
    assert "论坛取消。" not in " ".join(html for _path, html in scene.translation.texts)
    reviews = PageLogEntry.objects.filter(page=scene.translation.page.pk, action__startswith="wagtail.workflow")
    told = [(line.action, line.user) for line in reviews.order_by("-pk")[:2]]
    assert told == [("wagtail.workflow.reject", scene.reviewer), ("wagtail.workflow.start", lin)]
    assert {language: public(client, scene, language) for language in BOTH} == shown


def test_a_rogue_publisher_is_named_and_another_takes_it_down(client):
    good, scene = Scene("partner").both_live(), Scene()
    vars(scene).update(author=good.author, publisher=good.publisher)
    rogue, other = good.publisher, member_of("Publishers", username="other")
    shown = {language: public(client, good, language) for language in BOTH}
    theirs = browser(rogue, ELSEWHERE)
    page = scene.page
    for step, fields in (
        ("freeze", {}),
        ("urgent", {"reason": "A storm.", "languages": [ENGLISH.code], "password": "secret"}),
    ):
        assert press(theirs, scene, step, **fields).status_code == 302
    assert list(scene.live_titles()) == ["en"]
    assert press(theirs, good, "withdraw", reason="Wrong.", languages=["en", "zh-hans"]).status_code == 302
    assert client.get(good.page.url).status_code == 410

    assert scene.actions(scene.original)[-2:] == ["approve_urgently", "release_urgently"]
    told = Notice.objects.filter(event=Event.URGENT)
    assert {"other", "author"} <= {notice.recipient.username for notice in told}
    assert "A storm." in browser(other, OFFICE).get(f"/cms/releases/{scene.release.pk}/").content.decode()
    change_account(boss(), rogue, is_active=None)
    assert not is_in(theirs)
    assert not KnownSession.objects.filter(user=rogue).exists()

    at_work = browser(other, OFFICE)
    assert press(at_work, scene, "withdraw", reason="Nobody had read it.", languages=["en"]).status_code == 302
    assert client.get(scene.fresh(scene.original).url or page.url).status_code in (404, 410)
    assert (
        press(at_work, good, "propose_return", reason="It was right.", languages=["en", "zh-hans"]).status_code == 302
    )
    assert press(at_work, good, "agree_to_return").status_code != 200 and client.get(good.page.url).status_code == 410
    assert press(browser(good.reviewer, OFFICE), good, "agree_to_return").status_code == 302
    assert {language: public(client, good, language) for language in BOTH} == shown
    assert good.actions(good.original)[-4:] == ["withdraw", "propose_return", "agree_to_return", "bring_back"]


def test_a_preview_is_for_who_may_read_it_and_kept_by_no_one(client):
    scene = Scene().both_approved()
    scene.edit(title="Canary", user=scene.publisher)
    chinese, english = scene.translation.page.pk, scene.original.page.pk
    revision = scene.fresh(scene.original).latest_revision_id
    paths = [f"/cms/pages/{english}/view_draft/", f"/cms/pages/{english}/revisions/{revision}/view/"]
    inside, beside = browser(scene.publisher, OFFICE), browser(member_of("Chinese authors", username="beside"), OFFICE)
    for path in paths:
        answer = inside.get(path)
        assert "Canary" in answer.content.decode()
        assert "no-store" in answer["Cache-Control"] and "private" in answer["Cache-Control"]
        assert answer["X-Frame-Options"] in ("DENY", "SAMEORIGIN")
        for other in (client, beside):
            refused = other.get(path)
            assert (refused.status_code, "Canary" in refused.content.decode()) == (302, False)
    assert client.get(f"/cms/pages/{chinese}/view_draft/").status_code == 302
    assert "Disallow: /cms/" in client.get("/robots.txt").content.decode()
