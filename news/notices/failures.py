"""Why something was not sent: whether that is the server's doing, the message's or ours, and when it is tried again."""

import smtplib
import ssl
from dataclasses import dataclass
from datetime import timedelta
from secrets import SystemRandom

from home import http_client
from home.characters import one_line
from news.models import Reason

LONGEST = 300
"""Characters of what a server says."""
AUTHENTICATION = {454, 530, 534, 535, 538}
"""RFC 4954."""
GOODBYE = 421
PERMANENT = 500
REFUSALS = 5
"""After so many nothing is tried any more."""
FIRST = timedelta(minutes=1)
FIRST_OF_REFUSALS = timedelta(hours=1)
LONGEST_WAIT = timedelta(days=1)
LONGEST_WAIT_FOR_SERVER = timedelta(hours=1)
"""One attempt an hour is no burden, and whoever waits for a server that is back does not wait for a day."""
JITTER = 0.2
"""So much of a wait is left to chance, so that not everybody comes at one moment."""

OF_A_MESSAGE = {Reason.CONTENT, Reason.UNWRITTEN}
OF_A_PERSON = {Reason.ADDRESS, Reason.POSTPONED}


class NotTaken(Exception):
    """A robot answered with an error. What it said is left out: it may repeat the address with its key."""

    def __init__(self, said: str, is_for_now: bool = False) -> None:
        super().__init__(said)
        self.reason = Reason.POSTPONED if is_for_now else Reason.CONTENT


@dataclass(frozen=True)
class Failure:
    reason: Reason
    said: str = ""

    @property
    def is_outage(self) -> bool:
        """Whether nobody else would get anything now either, as the server is away or our settings are wrong."""
        return self.reason not in OF_A_MESSAGE | OF_A_PERSON

    @property
    def is_refusal(self) -> bool:
        """Whether it counts: after REFUSALS of them it is given up."""
        return self.reason in OF_A_MESSAGE or self.reason == Reason.ADDRESS

    def wait(self, times: int) -> timedelta:
        """Until the next attempt, when it has failed so many times."""
        first = FIRST_OF_REFUSALS if self.is_refusal else FIRST
        longest = LONGEST_WAIT_FOR_SERVER if self.is_outage else LONGEST_WAIT
        doubled = min(first * 2 ** min(times - 1, 20), longest)
        return doubled * (1 - JITTER * SystemRandom().random())

    def __str__(self) -> str:
        return f"{self.reason.value}: {self.said}" if self.said else self.reason.value


def of(error: Exception) -> Failure:
    """What an error in sending says. Nothing of it holds a password or the key of a robot."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        [(code, said), *_others] = error.recipients.values()
        return of_answer(code, said, Reason.ADDRESS)
    if isinstance(error, smtplib.SMTPSenderRefused):
        is_sender = error.smtp_code not in AUTHENTICATION | {GOODBYE}
        return of_answer(error.smtp_code, error.smtp_error, Reason.SENDER) if is_sender else answered(error)
    if isinstance(error, smtplib.SMTPAuthenticationError):
        return Failure(Reason.SIGN_IN, words(error.smtp_code, error.smtp_error))
    if isinstance(error, smtplib.SMTPResponseException):
        return answered(error)
    if isinstance(error, smtplib.SMTPNotSupportedError):
        lacks = str(error)
        return Failure(
            Reason.TLS if "STARTTLS" in lacks else Reason.SIGN_IN if "AUTH" in lacks else Reason.ADDRESS, lacks
        )
    if isinstance(error, smtplib.SMTPServerDisconnected):
        return Failure(Reason.BROKEN, cut(str(error)))
    if isinstance(error, smtplib.SMTPException):  # no way to sign in that both know
        return Failure(Reason.SIGN_IN, cut(str(error)))
    return of_connection(error)


def answered(error: smtplib.SMTPResponseException) -> Failure:
    default = Reason.CONTENT if isinstance(error, smtplib.SMTPDataError) else Reason.BROKEN
    return of_answer(error.smtp_code, error.smtp_error, default)


def of_answer(code: int, said: bytes | str, refused: Reason) -> Failure:
    told = words(code, said)
    if code in AUTHENTICATION:
        return Failure(Reason.SIGN_IN, told)
    if code == GOODBYE:
        return Failure(Reason.BROKEN, told)
    # A sender who is not taken now is nobody else's either: that is no matter of one person.
    is_for_now = code < PERMANENT and refused not in (Reason.SENDER, Reason.BROKEN)
    return Failure(Reason.POSTPONED if is_for_now else refused, told)


def of_connection(error: Exception) -> Failure:
    if isinstance(error, NotTaken):
        return Failure(error.reason, str(error))
    if isinstance(error, http_client.NoSuchHost):
        return Failure(Reason.NO_HOST)
    if isinstance(error, http_client.TookTooLong):
        reason = Reason.NO_HOST if "name system" in str(error) else Reason.SILENT
        return Failure(reason, str(error))
    if isinstance(error, http_client.RequestFailed):
        said = str(error)
        reason = Reason.SILENT if "TimeoutError" in said else Reason.TLS if "certificate" in said else Reason.CLOSED
        return Failure(reason, cut(said))
    if isinstance(error, ssl.SSLCertVerificationError):
        return Failure(Reason.TLS, cut(error.verify_message))
    if isinstance(error, ssl.SSLError):
        return Failure(Reason.TLS, cut(error.reason or str(error)))
    if isinstance(error, TimeoutError):
        return Failure(Reason.SILENT)
    if isinstance(error, OSError):
        return Failure(Reason.CLOSED, type(error).__name__)
    if isinstance(error, ValueError) and "address" in str(error):
        return Failure(Reason.ADDRESS, cut(str(error)))
    return Failure(Reason.UNWRITTEN, cut(f"{type(error).__name__}: {error}"))


def words(code: int, said: bytes | str) -> str:
    text = said.decode(errors="replace") if isinstance(said, bytes) else said
    return cut(f"{code} {text}")


def cut(said: str) -> str:
    return one_line(said)[:LONGEST]
