import os
import tempfile
from pathlib import Path

os.environ["ENV_FILE"] = ""  # for the processes that tests start, too: what somebody set up here is none of theirs

from .base import *
from .base import DATABASES, INSTALLED_APPS, told

INSTALLED_APPS += ["django_migration_linter", "news.tests.briefings"]
DEMO_ALLOWED = True
DEBUG = False
SECOND_FACTOR = "offered"
SECRET_KEY = "only-for-tests"  # noqa: S105
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
SITE_URL = WAGTAILADMIN_BASE_URL = "http://testserver"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
VAR_DIR = Path(tempfile.mkdtemp(prefix="newsroom-test-var-"))
MEDIA_ROOT = Path(tempfile.mkdtemp(prefix="newsroom-test-media-"))
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["NAME"] = ":memory:"
told.refuse()
