from .base import *
from .base import MIDDLEWARE, SITE_URL, STORAGES, env

DEBUG = False
SECRET_KEY = env("SECRET_KEY")  # no default: a site must not start with a key that is public
CSRF_TRUSTED_ORIGINS = [SITE_URL]

MIDDLEWARE.insert(2, "whitenoise.middleware.WhiteNoiseMiddleware")  # static files need no other server
STORAGES["staticfiles"] = {"BACKEND": "newsroom.static_files.JoinedStaticFilesStorage"}

SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
}
