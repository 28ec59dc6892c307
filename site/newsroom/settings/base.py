"""What every deployment shares. `dev`, `test` and `production` differ from it in a few lines each.

Every value an operator may change comes from the environment and is described in docs/operators.md.
"""

import os
from typing import Any

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from newsroom import __version__

from . import databases, environment
from .environment import BASE_DIR as BASE_DIR
from .register import Told

PROJECT_DIR = BASE_DIR / "site" / "newsroom"

told = Told(names_in_file=environment.read(), environment=os.environ)
"""Each module that a process may be started with ends by `told.refuse()`."""

VAR_DIR = told.make("VAR_DIR", BASE_DIR / told["VAR_DIR"])
"""Everything that a running site writes on this machine: database, cache, media, collected static files."""

VERSION = __version__

SECRET_KEY = told["SECRET_KEY"]
SITE_URL = told["SITE_URL"]
ALLOWED_HOSTS = told["ALLOWED_HOSTS"]

INSTALLED_APPS = [
    "news",
    "home",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.redirects",
    "wagtail.contrib.search_promotions",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "newsroom.middleware.BrowserPolicyMiddleware",
    "news.health.HealthMiddleware",
    "news.metrics.MetricsMiddleware",
    "home.proxies.ProxyMiddleware",
    "newsroom.logs.LogMiddleware",
    "home.front.middleware.FrontMiddleware",
    "home.replica.ReplicaMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "home.middleware.KeptMiddleware",
    "home.middleware.LanguageMiddleware",
    "home.middleware.NullCharacterMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "home.reading.ReadOnlyMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "home.accounts.middleware.AccountMiddleware",
    "home.middleware.AdminLanguageMiddleware",
    "news.admin.middleware.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.redirecting.RedirectMiddleware",
    "home.uploads.UploadMiddleware",
    "home.middleware.HalfCharacterMiddleware",
    "home.middleware.NextMiddleware",
    "news.admin.once.OnceMiddleware",
]

ROOT_URLCONF = "newsroom.urls"
WSGI_APPLICATION = "newsroom.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PROJECT_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

# Database ------------------------------------------------------------------------------------------------------------

FILE = {"ENGINE": databases.SQLITE, "NAME": str(VAR_DIR / "newsroom.sqlite3")}
DATABASES = {"default": databases.asked(told["DATABASE_URL"] or FILE, BASE_DIR, told["READ_ONLY"])}
DATABASE_ROUTERS = []
if told["DATABASE_REPLICA_URL"]:
    DATABASES["replica"] = databases.following(told["DATABASE_REPLICA_URL"])
    DATABASE_ROUTERS = ["home.replica.ReplicaRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# On files, so that all processes of this machine see one cache: what one forgets, all forget.
CACHES = {"default": told["CACHE_URL"] or {"BACKEND": "home.caching.FileCache", "LOCATION": str(VAR_DIR / "cache")}}
FRONT_DIR = told["FRONT_DIR"] and BASE_DIR / told["FRONT_DIR"]
"""Where readers' pages are stored for the web server, see home.front. None: nowhere."""
FRONT_NODE = told["FRONT_NODE"]
"""What this machine is called among those that store pages of one database; empty: it is the only one."""
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

vars().update(told["EMAIL_URL"])
EMAIL_TIMEOUT = told["EMAIL_TIMEOUT"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = told["DEFAULT_FROM_EMAIL"]

NOTICE_ROBOTS = told["NOTICE_ROBOTS"]
"""Group robots that are told of releases: `wecom=https://...`, `dingtalk=https://...|secret`, `feishu=...`."""
NOTICE_ROBOT_PRIVATE_HOSTS = [host.lower() for host in told["NOTICE_ROBOT_PRIVATE_HOSTS"]]
"""Of the robots' hosts, those that may be at a private address, such as a relay in one's own network."""
NOTICE_ROBOT_LANGUAGE = told["NOTICE_ROBOT_LANGUAGE"]

# Languages -----------------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "en"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en", "English"), ("zh-hans", "简体中文")]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
WAGTAIL_I18N_ENABLED = True
USE_I18N = True
LOCALE_PATHS = [
    BASE_DIR / "locale",
    BASE_DIR / "locale" / "words",  # what Wagtail says of states and steps, in the words of the house
    BASE_DIR / "locale" / "upstream",  # what Wagtail lacks in Chinese
]
FORMAT_MODULE_PATH = ["newsroom.formats"]

USE_TZ = True
TIME_ZONE = told["TIME_ZONE"]
"""The site's one clock: the office's, as everybody types and reads it."""
TIME_ZONE_NAME_EN = told["TIME_ZONE_NAME_EN"]
TIME_ZONE_NAME_ZH = told["TIME_ZONE_NAME_ZH"]

# Files ---------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [PROJECT_DIR / "static"]

MEDIA_URL = told["MEDIA_URL"]
MEDIA_ROOT = BASE_DIR / (told["MEDIA_ROOT"] or VAR_DIR / "media")
MEDIA_ACCEL = told["MEDIA_ACCEL"]
"""Where nginx keeps MEDIA_ROOT for what we let through, such as /protected-media/; empty: files are sent from here."""
MEDIA_STORAGE = told["MEDIA_STORAGE"]
"""The bucket in which uploads lie in place of MEDIA_ROOT; empty: none."""
STORAGES = {
    "default": (
        {"BACKEND": "home.bucket.BucketStorage", "OPTIONS": MEDIA_STORAGE}
        if MEDIA_STORAGE
        else {"BACKEND": "home.storage.MediaStorage"}
    ),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "home.uploads.UploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100_000  # the page editor sends five for a paragraph, one for every cell of a table
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024  # of words; files have their own limits

HEALTH_NETWORKS = told["HEALTH_NETWORKS"]
"""From where `/readyz` tells what is wrong; others get the bare word."""

TRUSTED_PROXIES = told["TRUSTED_PROXIES"]
"""Who is believed in saying who asks, by which scheme, and under which name of the request."""

READ_ONLY = told["READ_ONLY"]
"""Nothing is written: `home/reading.py`."""

DEMO_ALLOWED = False  # the demo's people share a password that anyone can read

# Safety --------------------------------------------------------------------------------------------------------------

CSRF_FAILURE_VIEW = "home.refusing.csrf_failure"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    },
}
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True  # not the token of forms, which scripts send as it is after another tab signed in

ADMIN_ALLOWED_NETS = told["ADMIN_ALLOWED_NETS"]
"""From where the admin may be reached; empty: from everywhere."""
SIGN_IN_LOG_DAYS = told["SIGN_IN_LOG_DAYS"]
SECOND_FACTOR = told["SECOND_FACTOR"]
"""Whether whoever may release or administer has to have one (`demanded`), may (`offered`), or nobody does (`off`)."""
SESSION_IDLE_MINUTES = told["SESSION_IDLE_MINUTES"]
SESSION_DAYS = told["SESSION_DAYS"]
SESSION_COOKIE_AGE = SESSION_DAYS * 24 * 60 * 60
AUTHENTICATION_BACKENDS = ["home.accounts.doors.CountingBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
] + [{"NAME": f"home.accounts.passwords.{name}"} for name in ("DressedUpPassword", "FollowedPassword")]

# Releases ------------------------------------------------------------------------------------------------------------

REVIEW_STAGES = told["REVIEW_STAGES"]
"""How many reviews a version passes, by as many people: one, two or three."""
PLAIN_PAGES_ARE_RELEASED = told["PLAIN_PAGES_ARE_RELEASED"]
"""Whether plain pages, too, go public as a pair. Without it publishers publish each by itself."""

WAGTAIL_FINISH_WORKFLOW_ACTION = "news.release.finish.finish_workflow"
# An update may be under review while what was approved before it is released.
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False

# Wagtail -------------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = _("Newsroom")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_USER_LOGIN_FORM = "home.upstream.login.TranslatedLoginForm"
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "home.accounts.doors.CountedResetForm"  # noqa: S105
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # one ASCII address, shared by both languages
TAGGIT_TAGS_FROM_STRING = "home.typed.tags_of"  # Chinese commas part tags, too
WAGTAIL_GRAVATAR_PROVIDER_URL = None  # no request leaves for another host, from the admin neither
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_USER_TIME_ZONES = [TIME_ZONE]  # one clock for everybody: the account offers none of its own
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "home.search.backend"}}

WAGTAILIMAGES_IMAGE_MODEL = "home.CustomImage"
WAGTAILIMAGES_IMAGE_FORM_BASE = "home.forms.ImageForm"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]  # no SVG: it can carry script
WAGTAILIMAGES_AVIF_QUALITY, WAGTAILIMAGES_WEBP_QUALITY, WAGTAILIMAGES_JPEG_QUALITY = 60, 78, 80
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 25_000_000

WAGTAILDOCS_DOCUMENT_FORM_BASE = "home.forms.DocumentFileForm"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []  # every document is a download

# On stock, starting the translation of a live page makes a live page with source text in the other language.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
# On stock, deleting a page deletes the record of its translation while the translation stays live.
WAGTAILLOCALIZE_DISABLE_ON_DELETE = True
