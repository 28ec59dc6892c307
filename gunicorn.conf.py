"""gunicorn reads this where it is started in the checkout."""

import logging
import os
import subprocess
import sys

forwarded_allow_ips = ""  # whom to believe is the site's to say: TRUSTED_PROXIES

LOOK = (
    "from newsroom.settings import environment; environment.prepare('newsroom.settings.production'); "
    "from django.conf import settings; settings.DEBUG"
)


def on_starting(server):
    """Settings that are wrong are told once, before there is a worker to tell them. By a process of its own, so that
    the environment stays as it was: a reload reads the file anew."""
    from home.keyed import KeylessFilter  # only now the checkout is where Python looks

    for name in ("gunicorn.access", "gunicorn.error"):
        logging.getLogger(name).addFilter(KeylessFilter())
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    looked = subprocess.run([sys.executable, "-c", LOOK], env=environment)  # noqa: S603  (our own words)
    if looked.returncode:
        raise SystemExit(looked.returncode)
