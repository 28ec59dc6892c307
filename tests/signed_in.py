"""Somebody who is signed in, in a site's own environment, as if by password and second factor.

python -m tests.signed_in USERNAME prints the key of the session; with --new, of an administrator of that name.
"""

import sys


def session_of(user):
    """The key of a session in which nobody has done anything for some hours."""
    from datetime import timedelta

    from django.contrib.auth import login
    from django.contrib.sessions.backends.cached_db import SessionStore
    from django.http import HttpRequest
    from django.utils import timezone

    from home.accounts.models import KnownSession

    request, now = HttpRequest(), timezone.now()
    request.session = SessionStore()
    login(request, user)
    request.session.save()
    KnownSession.objects.filter(user=user).update(confirmed=now, seen=now - timedelta(hours=7))
    return request.session.session_key


def main():
    import django

    django.setup()

    from django.contrib.auth.models import User

    name, *options = sys.argv[1:]
    users = User.objects
    user = users.create_superuser(name, f"{name}@news.example", "secret") if options else users.get(username=name)
    print(session_of(user))


if __name__ == "__main__":
    main()
