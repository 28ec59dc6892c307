"""Passkeys: what a browser is asked, and whether its answer is right (WebAuthn, by fido2)."""

import base64
import json
import struct
from typing import Any

from django.contrib.auth.models import User
from django.http import HttpRequest
from django.http.request import split_domain_port
from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from home.proxies import address_of

from .models import Factor

ASKED = "passkey_asked"
"""In the session: what the browser was asked last. It is good for one answer."""
WRONG = (ValueError, LookupError, TypeError, AttributeError, RuntimeError, struct.error)
"""What comes of an answer that no browser gives."""


def host_of(request: HttpRequest) -> str:
    return split_domain_port(request.get_host())[0]


def are_possible(request: HttpRequest) -> bool:
    """Browsers give none to an IP address, nor to a page that came over http; to `localhost` they do."""
    host = host_of(request)
    if address_of(host.strip("[]")) is not None:
        return False
    return request.is_secure() or host == "localhost" or host.endswith(".localhost")


def server(request: HttpRequest) -> Fido2Server:
    here = f"{request.scheme}://{request.get_host()}"
    site = PublicKeyCredentialRpEntity(id=host_of(request), name=host_of(request))
    return Fido2Server(site, verify_origin=lambda origin: origin == here)


def of(user: User) -> list[tuple[Factor, AttestedCredentialData]]:
    factors = Factor.objects.filter(user=user, kind=Factor.Kind.PASSKEY)
    return [(factor, AttestedCredentialData(base64.b64decode(factor.secret))) for factor in factors]


def ask_for_new(request: HttpRequest, user: User) -> dict[str, Any]:
    person = PublicKeyCredentialUserEntity(
        id=str(user.pk).encode(), name=user.get_username(), display_name=user.get_full_name() or user.get_username()
    )
    options, request.session[ASKED] = server(request).register_begin(
        person,
        [passkey for _factor, passkey in of(user)],
        resident_key_requirement=ResidentKeyRequirement.DISCOURAGED,
        user_verification=UserVerificationRequirement.PREFERRED,
    )
    return dict(options)


def read_new(request: HttpRequest, answer: str) -> str | None:
    """What is to be kept of a new passkey."""
    try:
        made = server(request).register_complete(request.session.pop(ASKED), json.loads(answer))
        return base64.b64encode(bytes(made.credential_data or b"")).decode()
    except WRONG:
        return None


def ask(request: HttpRequest, user: User) -> dict[str, Any]:
    passkeys = [passkey for _factor, passkey in of(user)]
    options, request.session[ASKED] = server(request).authenticate_begin(
        passkeys, user_verification=UserVerificationRequirement.PREFERRED
    )
    return dict(options)


def read(request: HttpRequest, user: User, answer: str) -> Factor | None:
    known = of(user)
    try:
        used = server(request).authenticate_complete(
            request.session.pop(ASKED), [passkey for _factor, passkey in known], json.loads(answer)
        )
    except WRONG:
        return None
    return next(factor for factor, passkey in known if passkey.credential_id == used.credential_id)
