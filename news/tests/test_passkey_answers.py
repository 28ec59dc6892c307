"""What is sent in place of a passkey, and where there can be none."""

import hashlib
import json
import struct

import pytest
from django.test import RequestFactory
from fido2 import cbor
from fido2.utils import websafe_encode

from home.accounts import passkeys
from home.accounts.models import Factor

from .pairs import member_of

HOST, HERE = {"HTTP_HOST": "localhost"}, "http://localhost"
ADD, GIVE = "/cms/second-factor/mine/passkey/", "/cms/second-factor/"


@pytest.mark.parametrize(
    ("host", "is_possible"),
    [
        ("press.example", True),
        ("press.example:8443", True),
        ("192.0.2.7", False),
        ("192.0.2.7:8443", False),
        ("[2001:db8::1]", False),
        ("[2001:db8::1]:8443", False),
        ("[::1]", False),
    ],
)
def test_browsers_give_none_to_an_address_of_numbers(settings, host, is_possible):
    settings.ALLOWED_HOSTS = ["*"]
    request = RequestFactory().get("/", headers={"Host": host}, secure=True)
    assert passkeys.are_possible(request) is is_possible


@pytest.fixture
def somebody(client, settings, db):
    settings.ALLOWED_HOSTS = ["localhost"]
    user = member_of("Bilingual reviewers", username="lin")
    assert client.post("/cms/login/", {"username": "lin", "password": "secret"}, **HOST).status_code == 302
    client.user = user
    return client


def answer(of, challenge, **parts):
    client = json.dumps({"type": of, "challenge": challenge, "origin": HERE}).encode()
    told = {"clientDataJSON": client, **parts}
    response = {name: websafe_encode(value) for name, value in told.items()}
    return json.dumps({"id": "YWJjZA", "rawId": "YWJjZA", "type": "public-key", "response": response})


def told(key=None, flags=1):
    """Of a device: whose page asked, that somebody was there, and a key where one is made."""
    begun = hashlib.sha256(b"localhost").digest() + bytes([flags]) + struct.pack(">I", 1)
    return begun if key is None else begun + bytes(16) + struct.pack(">H", 4) + b"abcd" + cbor.encode(key)


def asked(client):
    return client.session[passkeys.ASKED]["challenge"]


WORDS = {
    "nested": lambda _challenge: "[" * 100_000,
    "nested in it": lambda challenge: answer("webauthn.create", challenge, attestationObject=b"\x81" * 50_000),
    "half a number": lambda challenge: answer("webauthn.create", challenge, attestationObject=b"\xa1\x1b\xff"),
    "empty": lambda challenge: answer("webauthn.create", challenge, attestationObject=b""),
    "of another": lambda _challenge: answer("webauthn.create", "YWJj", attestationObject=b""),
}


@pytest.mark.parametrize("what", WORDS)
def test_what_no_device_answers_makes_no_passkey(somebody, what):
    assert somebody.get(ADD, **HOST).status_code == 200
    sent = {"name": "Key", "password": "secret", "answer": WORDS[what](asked(somebody))}
    page = somebody.post(ADD, sent, **HOST)
    assert page.status_code == 200 and "The passkey was not made" in page.content.decode()
    assert not Factor.objects.exists()


@pytest.mark.parametrize("key", [{1: 2, 3: -999}, {3: "x"}, {1: 2, 3: -7, -1: 1, -2: b"x" * 32, -3: b"y" * 32}])
def test_what_signs_as_nobody_can_check_opens_nothing(somebody, key):
    somebody.get(ADD, **HOST)
    made = cbor.encode({"fmt": "none", "attStmt": {}, "authData": told(key, flags=0x41)})
    sent = answer("webauthn.create", asked(somebody), attestationObject=made)
    somebody.post(ADD, {"name": "Key", "password": "secret", "answer": sent}, **HOST)
    assert Factor.objects.count() == 1
    somebody.post("/cms/logout/", **HOST)
    somebody.post("/cms/login/", {"username": "lin", "password": "secret"}, **HOST)
    somebody.get(GIVE, **HOST)
    sent = answer("webauthn.get", asked(somebody), authenticatorData=told(), signature=b"abc")
    page = somebody.post(GIVE, {"answer": sent}, **HOST)
    assert page.status_code == 200 and "That was not right" in page.content.decode()
    assert somebody.get("/cms/", **HOST).status_code == 302
