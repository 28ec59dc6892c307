"""The demo as a reader of a live site meets it: our own error pages instead of Django's technical ones."""

from newsroom.settings.dev import *  # noqa: F403
from newsroom.settings.dev import MIDDLEWARE

DEBUG = False
MIDDLEWARE.insert(1, "whitenoise.middleware.WhiteNoiseMiddleware")  # runserver itself serves these with DEBUG only
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True
