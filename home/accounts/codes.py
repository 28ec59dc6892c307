"""Codes of an app (TOTP, RFC 6238: six digits, SHA-1, half a minute) and recovery codes."""

import base64
import hashlib
import hmac
import secrets
import time
import unicodedata
from urllib.parse import quote

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.crypto import constant_time_compare

SECONDS, DIGITS, STEPS_ASIDE = 30, 6, 1
"""A clock may be one step ahead or behind."""
HOW_MANY, LETTERS = 10, "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike."""


def new_secret() -> str:
    return base64.b32encode(secrets.token_bytes(20)).decode()


def address_of(secret: str, account: str, site: str) -> str:
    """What an app reads off the picture."""
    label = quote(f"{site}:{account}", safe="")
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(site, safe='')}&digits={DIGITS}&period={SECONDS}"


def code_at(secret: str, step: int) -> str:
    digest = hmac.new(base64.b32decode(secret), step.to_bytes(8, "big"), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = int.from_bytes(digest[start : start + 4], "big") & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}}"


def plain(typed: str) -> str:
    """A code without what stands between its parts, and as it was meant where a Chinese keyboard writes wide."""
    return "".join(unicodedata.normalize("NFKC", typed).split())


def step_of(secret: str, typed: str, after: int = 0) -> int | None:
    """The half minute of a code, if it is one of now and later than `after`."""
    code = plain(typed)
    now = int(time.time()) // SECONDS
    for step in range(now - STEPS_ASIDE, now + STEPS_ASIDE + 1):
        if step > after and constant_time_compare(code_at(secret, step), code):
            return step
    return None


def key() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(b"home.accounts" + settings.SECRET_KEY.encode()).digest()))


def seal(secret: str) -> str:
    return key().encrypt(secret.encode()).decode()


def unseal(sealed: str, within: int | None = None) -> str | None:
    """None where SECRET_KEY has become another one, or where it was sealed more than so many seconds ago."""
    try:
        return key().decrypt(sealed.encode(), within).decode()
    except InvalidToken:
        return None


def new_recovery_codes() -> list[str]:
    """As they are shown: four times four letters, too many to be guessed, so that a plain digest keeps them."""
    parts = ["".join(secrets.choice(LETTERS) for _letter in range(4)) for _part in range(4 * HOW_MANY)]
    return ["-".join(parts[start : start + 4]) for start in range(0, len(parts), 4)]


def digest_of(code: str, user_pk: int) -> str:
    bare = "".join(letter for letter in plain(code).lower() if letter in LETTERS)
    return hashlib.sha256(f"{user_pk}:{bare}".encode()).hexdigest()
