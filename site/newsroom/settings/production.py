from .base import *
from .base import AUTH_PASSWORD_VALIDATORS, MIDDLEWARE, SITE_URL, STORAGES, VERSION, told

DEBUG = False
CSRF_TRUSTED_ORIGINS = [SITE_URL]
for validator in AUTH_PASSWORD_VALIDATORS:
    if validator["NAME"].endswith(".MinimumLengthValidator"):
        validator["OPTIONS"] = {"min_length": 12}

LANGUAGE = "home.middleware.LanguageMiddleware"
# Static files need no other server.
MIDDLEWARE.insert(MIDDLEWARE.index(LANGUAGE), "whitenoise.middleware.WhiteNoiseMiddleware")
STORAGES["staticfiles"] = {"BACKEND": "newsroom.static_files.JoinedStaticFilesStorage"}

IS_HTTPS = SITE_URL.startswith("https:")
SECURE_SSL_REDIRECT = told["SECURE_SSL_REDIRECT"]
SECURE_HSTS_SECONDS = told["SECURE_HSTS_SECONDS"] if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS  # else nobody could sign in

CHATTER = ("PIL", "asyncio", "boto3", "botocore", "django_tasks", "environ", "urllib3")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "newsroom.logs.RequestFilter"}},
    "formatters": {"plain": {"()": "newsroom.logs.PlainFormatter"}, "json": {"()": "newsroom.logs.JsonFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "filters": ["request"], "formatter": told["LOG_FORMAT"]}
    },
    "loggers": {
        **{name: {"level": "WARNING"} for name in CHATTER},
        "django.request": {"level": "ERROR"},  # what was not found stands in its own line
    },
    "root": {"handlers": ["console"], "level": told["LOG_LEVEL"]},
}

told.refuse(in_production=True)

if told["SENTRY_DSN"]:
    from newsroom import sentry

    sentry.begin(told["SENTRY_DSN"], VERSION)
