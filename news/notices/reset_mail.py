"""Mail with new passwords is sent by whoever does the work nobody waits for: tried again where mail is away."""

from uuid import uuid4

from django.utils.translation import gettext_lazy as _

from home.accounts import reset_mail
from news import jobs

KIND = "reset_mail"


def ask(keys: list[int]) -> None:
    """Also where there is no such account, so that it takes as long."""
    jobs.ask(KIND, uuid4(), {"accounts": keys, "about": "–"})


@jobs.job(KIND, _("Password reset mail"))
def run(run: jobs.Run) -> None:
    keys = run.data["accounts"]
    for number in range(run.done, len(keys)):
        reset_mail.send(keys[number])
        run.tell(number + 1, len(keys))


def install() -> None:
    reset_mail.set_later(ask)
