"""Many who try at the same moment, each in a process of its own, on a database of its own.

python -m news.tests.sign_in_process

Prints what became of how many, as JSON.
"""

import json
import os
import sys
from collections import Counter
from contextlib import suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
AT_ONCE = 16


def main():
    from django.contrib.auth import get_user_model

    from home.accounts import codes, factors
    from home.accounts.models import Factor

    user = get_user_model().objects.create_user("lin", password="secret")
    secret = codes.new_secret()
    Factor.objects.create(user=user, kind="app", name="Phone", secret=codes.seal(secret))
    code = codes.code_at(secret, int(codes.time.time()) // codes.SECONDS)
    told = {
        "passwords": at_once(try_password),
        "codes": at_once(lambda: try_code(user)),
        "the right code": at_once(lambda: factors.is_right(user, code) or "refused"),
    }
    print(json.dumps(told))


def try_password():
    from django.contrib.auth import authenticate
    from django.contrib.auth.models import User

    return tried(User, "check_password", lambda: authenticate(None, username="lin", password="no"))


def try_code(user):
    from home.accounts import factors

    return tried(factors, "is_right", lambda: factors.confirm_by_code(user, "none"))


def tried(owner, name, act):
    """Whether what was typed was looked at, by a function of a module or class."""
    from home.accounts.throttle import Throttled

    stock, looks = getattr(owner, name), []
    setattr(owner, name, lambda *given: looks.append(given) or stock(*given))
    with suppress(Throttled):
        act()
    return "looked at" if looks else "shut out"


def at_once(act):
    """{what `act()` answers: in how many processes}; all of them set out together."""
    from django.db import connection

    connection.close()
    (wait, go), (hear, say) = os.pipe(), os.pipe()
    children = []
    for _number in range(AT_ONCE):
        child = os.fork()
        if child == 0:
            os.close(go)
            connection.ensure_connection()
            os.write(say, b"ready\n")
            os.read(wait, 1)  # until nobody holds the other end
            os.write(say, f"{act()}\n".encode())
            os._exit(0)
        children.append(child)
    os.close(say)
    with os.fdopen(hear) as answers:
        assert [answers.readline() for _child in children] == ["ready\n"] * AT_ONCE
        os.close(go)
        found = Counter(answers.read().splitlines())
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * AT_ONCE
    return found


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.dev")

    import django

    django.setup()
    main()
