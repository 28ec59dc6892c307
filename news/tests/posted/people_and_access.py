"""People and groups, one's own account, and the ways in: login, a forgotten password, what a password hides."""

import time
from types import SimpleNamespace

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.tokens import default_token_generator
from django.core import mail
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction
from wagtail.users.models import UserProfile

from home.accounts import codes
from home.accounts.models import Factor, KnownSession, RecoveryCode
from news import jobs
from news.bootstrap import CHINESE_AUTHORS
from news.models import CalendarFeed, DailyDigest
from news.tests.pairs import article_pair, member_of

from .files import picture, stored_document
from .pages import home
from .register import ANYBODY, GUEST, NOBODY, ONLY_ADMINISTRATOR, STAFF, posted, reads
from .visitor import Refusal

NEW_PASSWORD = "vTq7-luhe-9931"
SECRET = codes.new_secret()


def newcomer():
    """Somebody with a small role."""
    user = member_of(
        CHINESE_AUTHORS, username="newcomer", email="newcomer@example.org", first_name="Lin", last_name="Lu"
    )
    return SimpleNamespace(user=user)


def users():
    return get_user_model().objects


# People --------------------------------------------------------------------------------------------------------------


@posted("cms/users/new/", may=ONLY_ADMINISTRATOR, given=newcomer)
def add_a_person(visitor, world):
    group = Group.objects.get(name=CHINESE_AUTHORS)
    fields = {"username": "wei", "email": "wei@example.org", "first_name": "伟", "last_name": "王"}
    passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    visitor.form().send(**fields, **passwords, groups=[group.pk])
    user = users().get(username="wei")
    assert (user.last_name, user.groups.get()) == ("王", group)
    assert user.check_password(NEW_PASSWORD)


@posted("cms/users/edit/<int:pk>/", may=ONLY_ADMINISTRATOR, given=newcomer)
def change_a_person(visitor, world):
    visitor.form(pk=world.user.pk).send(last_name="林", is_active=None)
    user = users().get(pk=world.user.pk)
    assert (user.last_name, user.is_active) == ("林", False)
    assert user.check_password("secret")


@posted("cms/users/copy/<int:pk>/", elsewhere=True, may=ONLY_ADMINISTRATOR, given=newcomer)
def copy_a_person(visitor, world):
    passwords = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    visitor.form(pk=world.user.pk).send(username="second", **passwords)
    assert users().get(username="second").groups.get().name == CHINESE_AUTHORS


@posted("cms/users/delete/<int:pk>/", may=ONLY_ADMINISTRATOR, given=newcomer)
def delete_a_person(visitor, world):
    visitor.form(pk=world.user.pk).send()
    assert not users().filter(pk=world.user.pk).exists()


BULK = "cms/bulk/auth/user/{}/"


@posted(BULK.format("delete"), may=ONLY_ADMINISTRATOR, given=newcomer)
def delete_many_people(visitor, world):
    visitor.form(query={"id": world.user.pk}).send()
    assert not users().filter(pk=world.user.pk).exists()


@posted(BULK.format("assign_role"), may=ONLY_ADMINISTRATOR, given=newcomer)
def give_many_people_a_role(visitor, world):
    visitor.form(query={"id": world.user.pk}).send(role=Group.objects.get(name="Publishers").pk)
    assert world.user.groups.filter(name="Publishers").exists()


@posted(BULK.format("set_active_state"), may=ONLY_ADMINISTRATOR, given=newcomer)
def shut_many_people_out(visitor, world):
    visitor.form(query={"id": world.user.pk}).send(mark_as_active="False")
    assert not users().get(pk=world.user.pk).is_active


# Groups --------------------------------------------------------------------------------------------------------------


@posted("cms/groups/new/", may=ONLY_ADMINISTRATOR, given=newcomer)
def add_a_group_that_may_write_and_upload(visitor, world):
    form = visitor.form()
    form.fill({"page_permissions-TOTAL_FORMS": 1, "page_permissions-0-page": home("en").pk})
    form.fill({"page_permissions-0-permissions": ["add_page"]})
    form.send(name="实习生")
    assert Group.objects.get(name="实习生").page_permissions.get().page.specific == home("en")


@posted("cms/groups/edit/<int:pk>/", may=ONLY_ADMINISTRATOR, given=newcomer)
def rename_a_group(visitor, world):
    group = Group.objects.get(name=CHINESE_AUTHORS)
    rights = group.permissions.count(), group.page_permissions.count(), group.collection_permissions.count()
    visitor.form(pk=group.pk).send(name="中文作者")
    group = Group.objects.get(name="中文作者")
    assert rights == (group.permissions.count(), group.page_permissions.count(), group.collection_permissions.count())


@posted("cms/groups/delete/<int:pk>/", may=ONLY_ADMINISTRATOR, given=newcomer)
def delete_a_group(visitor, world):
    visitor.form(pk=Group.objects.get(name=CHINESE_AUTHORS).pk).send()
    assert not Group.objects.filter(name=CHINESE_AUTHORS).exists()


# Oneself -------------------------------------------------------------------------------------------------------------


@posted("cms/account/", may=STAFF, given=newcomer)
def change_every_panel_of_ones_account(visitor, world):
    visitor.form().send(
        **{
            "name_email-first_name": "青",
            "name_email-last_name": "山",
            "name_email-email": "qing@example.org",
            "name_email-current_password": "secret",
            "avatar-avatar": picture("me.png"),
            "locale-preferred_language": "zh-hans",
            "locale-current_time_zone": "Asia/Shanghai",
            "digest-hour": "18",
            "theme-theme": "dark",
            "password-old_password": "secret",
            "password-new_password1": NEW_PASSWORD,
            "password-new_password2": NEW_PASSWORD,
        }
    )
    user = users().get(pk=visitor.user.pk)
    profile = UserProfile.objects.get(user=user)
    assert (user.last_name, user.email) == ("山", "qing@example.org")
    assert (profile.preferred_language, profile.theme) == ("zh-hans", "dark")
    assert profile.avatar
    assert DailyDigest.objects.get(user=user).hour == 18
    assert user.check_password(NEW_PASSWORD)


FACTOR = "cms/second-factor/"


def code_now(secret):
    return codes.code_at(secret, int(time.time()) // 30)


def with_an_app(visitor, step=0):
    """Somebody with a second factor, in a session that has given it."""
    user = visitor.user or users().get(username="newcomer")
    factor = Factor.objects.create(user=user, kind="app", name="Phone", secret=codes.seal(SECRET), last_step=step)
    KnownSession.objects.filter(user=user).update(confirmed=timezone.now())
    return factor


@posted(f"{FACTOR}mine/app/", may=STAFF, given=newcomer)
def add_an_app_with_codes(visitor, world):
    form = visitor.form()
    form.send(name="手机", code=code_now(codes.unseal(form.fields["key"])), password="secret")
    assert Factor.objects.get(user=visitor.user).name == "手机"
    assert RecoveryCode.objects.filter(user=visitor.user).count() == codes.HOW_MANY


@posted(f"{FACTOR}mine/passkey/", may=NOBODY, given=newcomer, refused="404")
def add_a_passkey(visitor, world):
    """To a page that came over http no browser gives one; tests/test_passkeys.py has a browser."""
    visitor.post({"name": "Key", "answer": "{}", "password": "secret"})


@posted(f"{FACTOR}mine/codes/", may=STAFF, given=newcomer)
def make_new_recovery_codes(visitor, world):
    with_an_app(visitor)
    visitor.form().send(password="secret")
    assert RecoveryCode.objects.filter(user=visitor.user).count() == codes.HOW_MANY


@posted(f"{FACTOR}mine/<int:pk>/remove/", may=STAFF, given=newcomer)
def remove_a_second_factor(visitor, world):
    visitor.form(pk=with_an_app(visitor).pk).send(password="secret")
    assert not Factor.objects.filter(user=visitor.user).exists()


@posted(FACTOR, may=STAFF, given=newcomer)
def give_the_second_factor(visitor, world):
    with_an_app(visitor)
    KnownSession.objects.update(confirmed=None)
    visitor.form(holding="code").send(code=code_now(SECRET))
    assert KnownSession.objects.get(user=visitor.user).confirmed


@posted("cms/account/sessions/", may=STAFF, given=newcomer)
def end_all_other_sessions(visitor, world):
    other = KnownSession.objects.create(user=visitor.user or world.user)
    visitor.form().send(end=str(other.pk))
    assert not KnownSession.objects.filter(pk=other.pk).exists()


@posted("cms/users/<int:pk>/sessions/", may=ONLY_ADMINISTRATOR, given=newcomer)
def end_the_sessions_of_another(visitor, world):
    KnownSession.objects.create(user=world.user)
    visitor.form(pk=world.user.pk).send(end="")
    assert not KnownSession.objects.filter(user=world.user).exists()


@posted("cms/calendar/subscribe/", may=STAFF, given=newcomer)
def make_an_address_of_the_calendar(visitor, world):
    visitor.form(holding="password").send(name="手机", password="secret")
    assert CalendarFeed.objects.get(user=visitor.user).name == "手机"


reads("one's second factors", f"{FACTOR}mine/")


@posted("cms/dismissibles/", may=STAFF, given=newcomer)
def dismiss_a_hint(visitor, world):
    visitor.send(visitor.client.patch, visitor.url(), {"a-hint": True}, content_type="application/json")
    assert UserProfile.objects.get(user=visitor.user).dismissibles == {"a-hint": True}


@posted("cms/logout/", may=STAFF, given=newcomer)
def leave(visitor, world):
    try:
        visitor.post()
    except Refusal:  # the way out leads to the login, as a refusal does
        if visitor.role == GUEST:
            raise
    assert "_auth_user_id" not in visitor.client.session


# The ways in ---------------------------------------------------------------------------------------------------------


@posted("cms/login/", may=ANYBODY, given=newcomer)
def come_in(visitor, world):
    visitor.client.logout()
    answer = visitor.form().send(username="newcomer", password="secret")
    assert answer["Location"] == "/cms/"
    assert visitor.client.session["_auth_user_id"] == str(world.user.pk)


@posted("cms/password_reset/", may=ANYBODY, given=newcomer)
def ask_for_another_password(visitor, world):
    visitor.form().send(email="newcomer@example.org")
    jobs.work()
    assert mail.outbox[-1].to == ["newcomer@example.org"]
    assert "/cms/password_reset/confirm/" in mail.outbox[-1].body


@posted("cms/password_reset/confirm/<uidb64>/<token>/", may=ANYBODY, given=newcomer)
def set_another_password(visitor, world):
    uid = urlsafe_base64_encode(force_bytes(world.user.pk))
    url = visitor.url(uidb64=uid, token=default_token_generator.make_token(world.user))
    shown = visitor.client.get(url)["Location"]
    visitor.form(to=shown).send(new_password1=NEW_PASSWORD, new_password2=NEW_PASSWORD)
    assert users().get(pk=world.user.pk).check_password(NEW_PASSWORD)


def hidden():
    """The English front page and a collection, each behind a password; what that holds is public in Chinese."""
    private = {"restriction_type": "password", "password": "open"}
    document = stored_document(collection=Collection.get_first_root_node().add_child(name="Board"))
    collection = CollectionViewRestriction.objects.create(collection=document.collection, **private)
    article_pair(body=[("document", {"document": document, "title": "Call"})], text=("Call", "征稿"))
    [page] = QuerySet(PageViewRestriction).bulk_create(
        [PageViewRestriction(page=home("en"), **private)]
    )  # past the gate
    return SimpleNamespace(page=page, collection=collection, document=document)


@posted("en/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/", may=ANYBODY, given=hidden)
def open_a_page_by_its_password(visitor, world):
    form = visitor.form(to="/en/", holding="password")
    url = visitor.url(page_view_restriction_id=world.page.pk, page_id=home("en").pk)
    form.send(to=url, password="open")
    assert visitor.client.get("/en/").status_code == 200
    assert world.page.pk in visitor.client.session["passed_page_view_restrictions"]


@posted("documents/authenticate_with_password/<int:restriction_id>/", may=ANYBODY, given=hidden)
def open_a_document_by_its_password(visitor, world):
    form = visitor.form(to=world.document.url, holding="password")
    form.send(to=visitor.url(restriction_id=world.collection.pk), password="open")
    assert visitor.client.get(world.document.url, follow=True).getvalue().startswith(b"%PDF")


@posted("en/_util/login/", may=ANYBODY, given=newcomer)
def come_in_to_read(visitor, world):
    visitor.client.logout()
    visitor.form().send(username="newcomer", password="secret")
    assert visitor.client.session["_auth_user_id"] == str(world.user.pk)
