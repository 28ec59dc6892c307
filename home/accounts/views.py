"""The pages of the second factor and of one's sessions, at `/cms/second-factor/`.

They are for whoever has given their password; what more they may do, each says.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import segno
from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from wagtail.admin import messages

from home.browser import is_here

from . import codes, factors, passkeys
from .doors import confirm
from .models import AccountLine, Door, Factor
from .speaking import in_language_of
from .throttle import Attempt

ONWARD = "second_factor_onward"
"""In the session: where who adds their first factor wanted to go."""
HALF_AN_HOUR = 30 * 60
View = Callable[..., HttpResponseBase]


def of_a_person(view: View) -> View:
    """For whoever has signed in, `request.person`, wholly or with a factor still to come; in their language."""

    @wraps(view)
    def for_person(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not factors.are_offered():
            raise Http404
        request.is_half = getattr(request, "half", None) is not None
        request.person = request.half if request.is_half else request.user
        if not request.person.is_authenticated:
            return redirect_to_login(request.get_full_path(), reverse("wagtailadmin_login"))
        with in_language_of(request.person):
            return view(request, *args, **kwargs)

    return login_not_required(never_cache(sensitive_post_parameters()(for_person)))


def of_a_whole_person(view: View) -> View:
    """Not for who has a factor and has not given it."""

    @of_a_person
    def for_whole_person(request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.is_half and factors.factors_of(request.person):
            return redirect("second_factor")
        return view(request, *args, **kwargs)

    return for_whole_person


class CodeForm(forms.Form):
    code = forms.CharField(
        label=gettext_lazy("Code of your app, or a recovery code"),
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autofocus": "", "spellcheck": "false"}),
    )


class ConfirmedForm(forms.Form):
    """What changes how somebody signs in asks for their password."""

    password = forms.CharField(
        label=gettext_lazy("Your password, once more"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, person: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not confirm(self.person, password, by_code=False):
            raise forms.ValidationError(_("The password is not right."))
        return password


class NewFactorForm(ConfirmedForm):
    name = forms.CharField(label=gettext_lazy("What you call it"), max_length=60)
    field_order = ["name", "code", "password"]


class AppForm(NewFactorForm):
    key = forms.CharField(widget=forms.HiddenInput)
    code = forms.CharField(
        label=gettext_lazy("The code that the app shows now"),
        max_length=10,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )


class PasskeyForm(NewFactorForm):
    answer = forms.CharField(widget=forms.HiddenInput)


def shown(request: Any, template: str, title: str, **context: Any) -> HttpResponse:
    is_outside = request.is_half or not request.user.has_perm("wagtailadmin.access_admin")
    layout = f"home/accounts/{'outside' if is_outside else 'inside'}.html"
    told = {"layout": layout, "title": title, "person": request.person, "passkeys": passkeys.are_possible(request)}
    return render(request, f"home/accounts/{template}.html", {**told, **context})


def onward(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next", "")
    return asked if is_here(request, asked) else reverse("wagtailadmin_home")


@of_a_person
def give(request: Any) -> HttpResponseBase:
    """Whoever has given their password gives the second factor."""
    if not request.is_half:
        return redirect(onward(request))
    if not factors.factors_of(request.person):
        request.session[ONWARD] = onward(request)
        return redirect("second_factor_overview")
    form = CodeForm(request.POST if "code" in request.POST else None)
    if request.method == "POST":
        if "answer" in request.POST:
            is_right = by_passkey(request)
        else:
            is_right = form.is_valid() and factors.confirm_by_code(request.person, form.cleaned_data["code"])
        if is_right:
            factors.mark_confirmed(request.person, request.half_session)
            request.session.cycle_key()
            return redirect(onward(request))
        if form.is_valid() or not form.is_bound:
            messages.error(request, _("That was not right. Each code can be used once."))
    has_passkey = bool(factors.factors_of(request.person, Factor.Kind.PASSKEY)) and passkeys.are_possible(request)
    options = passkeys.ask(request, request.person) if has_passkey else None
    return shown(request, "give", _("Second factor"), form=form, options=options, next=onward(request))


def by_passkey(request: Any) -> bool:
    attempt = Attempt(Door.CODE, request.person.get_username(), request.person)
    factor = passkeys.read(request, request.person, request.POST["answer"])
    if factor is None:
        attempt.failed()
        return False
    attempt.succeeded(AccountLine.Kind.CONFIRMED)
    Factor.objects.filter(pk=factor.pk).update(used=timezone.now())
    return True


@of_a_whole_person
def overview(request: Any) -> HttpResponseBase:
    found = factors.factors_of(request.person)
    told = {
        "factors": found,
        "is_demanded": factors.must(request.person),
        "is_needed": factors.needs_all(request.person),
    }
    return shown(request, "overview", _("Second factor"), **told)


@of_a_whole_person
def add_app(request: Any) -> HttpResponseBase:
    """Each form has a key of its own, so that of two that are open each takes the codes of the picture it shows."""
    secret = codes.unseal(request.POST.get("key", ""), HALF_AN_HOUR)
    if request.method == "POST" and secret is None:
        messages.warning(request, _("This page was open for too long. Read the picture below, it is a new one."))
        return redirect("second_factor_app")
    secret = secret or codes.new_secret()
    form = AppForm(request.person, request.POST or None, initial={"name": _("Phone"), "key": codes.seal(secret)})
    if form.is_valid():
        step = codes.step_of(secret, form.cleaned_data["code"])
        if step is not None:
            return add_once(request, form.cleaned_data["name"], secret, step)
        form.add_error("code", _("That is not its code now. Look whether the phone's clock is right."))
    picture = codes.address_of(secret, request.person.get_username(), request.get_host())
    image = segno.make(picture, error="m").svg_data_uri(scale=4, border=4, dark="#000", light="#fff")
    return shown(request, "app", _("Add an app with codes"), form=form, image=image, secret=secret)


@transaction.atomic
def add_once(request: Any, name: str, secret: str, step: int) -> HttpResponseBase:
    """Twice, each would take the same code once."""
    factors.lock(request.person)
    if factors.has_app(request.person, secret):
        messages.warning(request, _("This app is added already, from another page."))
        return redirect("second_factor_overview")
    return added(request, Factor.Kind.APP, name, codes.seal(secret), step)


@of_a_whole_person
def add_passkey(request: Any) -> HttpResponseBase:
    if not passkeys.are_possible(request):
        raise Http404
    form = PasskeyForm(request.person, request.POST or None, initial={"name": _("This device")})
    if form.is_valid():
        secret = passkeys.read_new(request, form.cleaned_data["answer"])
        if secret is not None:
            return added(request, Factor.Kind.PASSKEY, form.cleaned_data["name"], secret)
        form.add_error(None, _("The passkey was not made. Try it once more."))
    options = passkeys.ask_for_new(request, request.person)
    return shown(request, "passkey", _("Add a passkey"), form=form, options=options)


def added(request: Any, kind: str, name: str, secret: str, last_step: int = 0) -> HttpResponseBase:
    made = factors.add(request.person, kind, name, secret, request.known_session, last_step)
    request.session.cycle_key()
    if made:
        further = request.session.pop(ONWARD, reverse("wagtailadmin_home"))
        return shown(request, "recovery", _("Recovery codes"), codes=made, onward=further)
    messages.success(request, _("“%(name)s” is added.") % {"name": name})
    return redirect("second_factor_overview")


@of_a_whole_person
def new_codes(request: Any) -> HttpResponseBase:
    if not factors.factors_of(request.person):
        raise Http404
    form = ConfirmedForm(request.person, request.POST or None)
    if form.is_valid():
        made = factors.make_recovery_codes(request.person)
        return shown(request, "recovery", _("Recovery codes"), codes=made, onward=reverse("wagtailadmin_home"))
    words = _("New recovery codes take the place of those you have.")
    return shown(request, "confirm", _("New recovery codes"), form=form, words=words)


@of_a_whole_person
def remove(request: Any, pk: int) -> HttpResponseBase:
    factor = next((factor for factor in factors.factors_of(request.person) if factor.pk == pk), None)
    if factor is None:
        raise Http404
    form = ConfirmedForm(request.person, request.POST or None)
    is_needed = factors.needs_all(request.person)
    if is_needed or form.is_valid():
        if is_needed or not factors.remove_own(request.person, factor):
            words = _(
                "Nothing is removed. Who may release or administer here keeps one second factor at least: add another,"
                " then remove “%(name)s”."
            )
            messages.error(request, words % {"name": factor.name})
        else:
            messages.success(request, _("“%(name)s” is removed.") % {"name": factor.name})
        return redirect("second_factor_overview")
    words = _("“%(name)s” will no longer be asked for when you sign in.") % {"name": factor.name}
    return shown(request, "confirm", _("Remove a second factor"), form=form, words=words)
