"""What every deployment shares. `dev`, `test` and `production` differ from it in a few lines each.

Every value an operator may change comes from the environment and is described in docs/operators.md.
"""

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from newsroom import __version__

from . import environment, networks, time_zone
from .environment import BASE_DIR as BASE_DIR

PROJECT_DIR = BASE_DIR / "site" / "newsroom"

env = environ.Env()
environment.read()

VAR_DIR = BASE_DIR / env("VAR_DIR", default="var")
"""Everything that a running site writes on this machine: database, cache, media, collected static files."""
VAR_DIR.mkdir(parents=True, exist_ok=True)

VERSION = __version__

SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])

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
    "news.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "newsroom.middleware.BrowserPolicyMiddleware",
    "home.middleware.LanguageMiddleware",
    "home.middleware.NullCharacterMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "home.middleware.AdminLanguageMiddleware",
    "news.admin.middleware.RefusalMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "home.redirecting.RedirectMiddleware",
    "home.uploads.UploadMiddleware",
    "home.middleware.HalfCharacterMiddleware",
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

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'newsroom.sqlite3'}")}
DATABASES["default"].setdefault("CONN_MAX_AGE", 60)
DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    if DATABASES["default"]["NAME"] != ":memory:":
        DATABASES["default"]["NAME"] = str(BASE_DIR / DATABASES["default"]["NAME"])  # wherever a command is started
    # Stock settings lose 83 of 100 publishes when four processes write at once ("database is locked"): a deferred
    # transaction that upgrades from reading to writing fails at once, whatever the timeout. IMMEDIATE queues instead.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
            "PRAGMA journal_size_limit=27103364; PRAGMA cache_size=-20000"
        ),
    }
else:
    # A page is read from the tables of all its types at once. PostgreSQL takes that for a query worth compiling, for
    # half a second, where tables have not been analysed yet.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# On files, so that all processes of this machine see one cache: what one forgets, all forget.
CACHES = {"default": env.cache("CACHE_URL", default=f"filecache://{VAR_DIR / 'cache'}")}
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

vars().update(env.email("EMAIL_URL", default="consolemail://"))
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL", default="newsroom@localhost")

NOTICE_ROBOTS = env.list("NOTICE_ROBOTS", default=[])
"""Group robots that are told of releases: `wecom=https://...`, `dingtalk=https://...|secret`, `feishu=...`."""
NOTICE_ROBOT_PRIVATE_HOSTS = [host.lower() for host in env.list("NOTICE_ROBOT_PRIVATE_HOSTS", default=[])]
"""Of the robots' hosts, those that may be at a private address, such as a relay in one's own network."""
NOTICE_ROBOT_LANGUAGE = env("NOTICE_ROBOT_LANGUAGE", default="zh-hans")

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
TIME_ZONE = time_zone.known(env("TIME_ZONE", default="Asia/Shanghai"))
"""The site's one clock: the office's, as everybody types and reads it."""
TIME_ZONE_NAME_EN = env("TIME_ZONE_NAME_EN", default="")
TIME_ZONE_NAME_ZH = env("TIME_ZONE_NAME_ZH", default="")

# Files ---------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [PROJECT_DIR / "static"]

MEDIA_URL = env("MEDIA_URL", default="/media/")
if not MEDIA_URL.startswith("/") or not MEDIA_URL.strip("/"):
    raise ImproperlyConfigured("MEDIA_URL is a path of this site, such as /media/: each file is served by permission.")
MEDIA_ROOT = BASE_DIR / env("MEDIA_ROOT", default=str(VAR_DIR / "media"))
MEDIA_ACCEL = env("MEDIA_ACCEL", default="")
"""Where nginx keeps MEDIA_ROOT for what we let through, such as /protected-media/; empty: files are sent from here."""
STORAGES = {
    "default": {"BACKEND": "home.storage.MediaStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

FILE_UPLOAD_HANDLERS = [
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "home.uploads.UploadHandler",
]
DATA_UPLOAD_MAX_NUMBER_FIELDS = 100_000  # the page editor sends five for a paragraph, one for every cell of a table
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024  # of words; files have their own limits

HEALTH_NETWORKS = networks.known(env.list("HEALTH_NETWORKS", default=["127.0.0.0/8", "::1/128"]))
"""From where `/readyz` tells what is wrong; others get the bare word."""

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
SESSION_COOKIE_HTTPONLY = True

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Releases ------------------------------------------------------------------------------------------------------------

REVIEW_STAGES = env.int("REVIEW_STAGES", default=2)
"""How many reviews a version passes, by as many people: one, two or three."""
if REVIEW_STAGES not in (1, 2, 3):
    raise ImproperlyConfigured("REVIEW_STAGES is 1, 2 or 3.")
PLAIN_PAGES_ARE_RELEASED = env.bool("PLAIN_PAGES_ARE_RELEASED", default=True)
"""Whether plain pages, too, go public as a pair. Without it publishers publish each by itself."""

WAGTAIL_FINISH_WORKFLOW_ACTION = "news.release.finish.finish_workflow"
# An update may be under review while what was approved before it is released.
WAGTAIL_WORKFLOW_CANCEL_ON_PUBLISH = False

# Wagtail -------------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = _("Newsroom")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_USER_LOGIN_FORM = "home.upstream.login.TranslatedLoginForm"
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
