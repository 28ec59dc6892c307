"""The settings that are addresses: what would be misread is refused before it is read.

They hold passwords, so that no refusal repeats them.
"""

import re
from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

import environ

ENCODE = (
    "its user or password holds a character that an address cannot. "
    "Percent-encode both: %2F for /, %23 for #, %40 for @, %25 for %, %3F for ?"
)
NEVER = re.compile(r"[/?#\[\]\s\\]|%(?![0-9a-fA-F]{2})")
"""What ends the user and password of an address, or is read as something else."""
POSTGRESQL = ("postgres", "postgresql")
REDIS = ("redis", "rediss")
BUCKET_OPTIONS = ("region", "addressing")
SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtp+ssl": 465}
REDIS_SECONDS = 1
"""In which Redis has to answer: a reader waits."""


def parts_of(text: str, example: str) -> SplitResult:
    said = text.strip()
    scheme, mark, rest = said.partition("://")
    if not mark or not scheme:
        raise ValueError(f"no address. Write one such as {example}.")
    before, at, _behind = rest.rpartition("@")
    user, _colon, password = before.partition(":")
    if at and (NEVER.search(user) or NEVER.search(password) or "@" in password):
        raise ValueError(f"{ENCODE}.")
    try:
        parts = urlsplit(said)
        parts.port  # noqa: B018  (a property that raises)
    except ValueError:
        raise ValueError(f"neither host nor port can be read. Write an address such as {example}.") from None
    if parts.fragment or "#" in said:
        raise ValueError("a # ends an address. Write %23 for it.")
    return parts


def database(text: str) -> dict[str, Any]:
    """Django's entry for it; nothing for SQLite in VAR_DIR."""
    if not text.strip():
        return {}
    if text.strip() == "sqlite://:memory:":
        return {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}
    parts = parts_of(text, "postgres://user:password@host:5432/name or sqlite:////path/file")
    if parts.scheme == "sqlite":
        return sqlite(parts)
    if parts.scheme not in POSTGRESQL:
        raise ValueError(f"{parts.scheme}:// is no database that Newsroom runs on. Write postgres:// or sqlite:///.")
    if not parts.path.strip("/"):
        raise ValueError("no database is named. Write its name behind the host: postgres://user:password@host/name.")
    if find_spec("psycopg") is None:
        raise ValueError("PostgreSQL needs the package psycopg, which make setup installs.")
    found: dict[str, Any] = environ.Env.db_url_config(text.strip())
    return found


def replica(text: str) -> dict[str, Any]:
    """Django's entry for it; nothing where there is none."""
    if not text.strip():
        return {}
    example = "postgres://user:password@host:5432/name"
    if (scheme := parts_of(text, example).scheme) not in POSTGRESQL:
        raise ValueError(f"{scheme}:// is no replica of a PostgreSQL. Write {example}.")
    return database(text)


def sqlite(parts: SplitResult) -> dict[str, Any]:
    if parts.netloc or not parts.path.strip("/") or parts.path.endswith("/"):
        raise ValueError(
            "no file is named. Write sqlite:// and then the path, which begins with /: sqlite:////path/file."
        )
    if parts.query:
        raise ValueError("SQLite takes no options here. Leave out what begins with ?.")
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": unquote(parts.path[1:])}


def cache(text: str) -> dict[str, Any]:
    """Django's entry for it; nothing for files in VAR_DIR."""
    if not text.strip():
        return {}
    parts = parts_of(text, "filecache:///path or redis://host:6379/0")
    if parts.scheme == "filecache":
        if parts.netloc or not parts.path.strip("/"):
            raise ValueError(
                "no folder is named. Write filecache:// and then its path: filecache:///var/cache/newsroom."
            )
        return {"BACKEND": "home.caching.FileCache", "LOCATION": unquote(parts.path)}
    if parts.scheme in REDIS:
        return redis(parts)
    why = {
        "memcache": "Django has no such cache any more. ",
        "dbcache": "it would ask the database that it is to spare. ",
        "locmemcache": "each process would have its own, and none hears what another one forgets. ",
        "dummycache": "it keeps nothing. ",
    }
    raise ValueError(
        f"{parts.scheme}:// is no cache for Newsroom: {why.get(parts.scheme, '')}"
        "Write filecache:///path, or redis://host:6379/0, which several machines can share."
    )


def redis(parts: SplitResult) -> dict[str, Any]:
    if find_spec("redis") is None:
        raise ValueError(f"{parts.scheme}:// needs the package redis, which make setup installs.")
    if not parts.hostname:
        raise ValueError("no host is named. Write redis://host:6379/0.")
    if not re.fullmatch(r"/?|/\d+", parts.path):
        raise ValueError("what stands behind the host is the number of a database of Redis. Write redis://host:6379/0.")
    if parts.query:
        raise ValueError("Redis takes no options here. Leave out what begins with ?.")
    return {
        "BACKEND": "home.caching.RedisCache",
        "LOCATION": parts.geturl(),
        "OPTIONS": {"socket_timeout": REDIS_SECONDS, "socket_connect_timeout": REDIS_SECONDS},
    }


def email(text: str) -> dict[str, Any]:
    """Django's settings for mail, by their names."""
    parts = parts_of(text, "smtp+tls://user:password@host:587")
    if parts.scheme == "smtps":
        raise ValueError(
            "smtps:// would be read as STARTTLS. Write smtp+ssl://user:password@host:465 for TLS from the first byte, "
            "smtp+tls://user:password@host:587 for STARTTLS."
        )
    if parts.query:
        raise ValueError("mail takes no options here. Leave out what begins with ?.")
    if parts.scheme in SMTP_PORTS:
        if not parts.hostname or parts.path.strip("/"):
            raise ValueError("no host alone is named. Write an address such as smtp+tls://user:password@host:587.")
        if (parts.scheme, parts.port) in (("smtp+tls", 465), ("smtp+ssl", 587), ("smtp+ssl", 25)):
            raise ValueError(
                f"{parts.scheme}:// and port {parts.port} do not go together: neither side would speak first. "
                "Write smtp+ssl:// with port 465, smtp+tls:// with port 587."
            )
        if parts.scheme == "smtp" and (parts.port == 465 or (parts.port == 587 and parts.password)):
            raise ValueError(
                f"smtp:// and port {parts.port} do not go together: the password would be sent in the clear. "
                "Write smtp+ssl:// with port 465, smtp+tls:// with port 587."
            )
        if bool(parts.username) != bool(parts.password):
            raise ValueError("a user without a password would not sign in. Write both, as user:password@, or neither.")
    elif parts.scheme == "filemail":
        if parts.netloc or not parts.path.strip("/"):
            raise ValueError("no folder is named. Write filemail:// and then its path: filemail:///var/mail/newsroom.")
    elif parts.scheme not in ("consolemail", "dummymail"):
        raise ValueError(f"{parts.scheme}:// is no way to send mail. Write smtp+tls://user:password@host:587.")
    found: dict[str, Any] = environ.Env.email_url_config(text.strip())
    if parts.scheme in SMTP_PORTS:
        found["EMAIL_BACKEND"] = "home.smtp.EmailBackend"
        found["EMAIL_PORT"] = parts.port or SMTP_PORTS[parts.scheme]
    if parts.scheme == "filemail":
        found["EMAIL_FILE_PATH"] = unquote(parts.path)
    return found


def bucket(text: str) -> dict[str, str]:
    """What home.bucket needs; nothing where uploads lie on a disk."""
    if not text.strip():
        return {}
    example = "s3://key:secret@host/bucket?region=eu-central-1"
    parts = parts_of(text, example)
    if parts.scheme not in ("s3", "s3+http"):
        raise ValueError(f"{parts.scheme}:// is no storage for uploads. Write {example}.")
    if not parts.hostname or not parts.username or not parts.password:
        raise ValueError(f"host, key and secret have to stand in it. Write {example}.")
    name, _slash, folder = parts.path.strip("/").partition("/")
    if not re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", name):
        raise ValueError(f"no bucket is named behind the host. Write {example}.")
    if not re.fullmatch(r"([\w-][\w.-]*(/[\w-][\w.-]*)*)?", folder, re.ASCII):
        raise ValueError("the folder behind the bucket holds a strange character. Write letters, figures and hyphens.")
    options = parse_qsl(parts.query, keep_blank_values=True)
    said = {"region": "us-east-1", "addressing": "path", **dict(options)}
    is_region = re.fullmatch(r"[a-z0-9-]+", said["region"])
    if len(said) > len(BUCKET_OPTIONS) or said["addressing"] not in ("path", "virtual") or not is_region:
        raise ValueError(f"its options are region and addressing, which is path or virtual. Write {example}.")
    if find_spec("storages") is None or find_spec("boto3") is None:
        raise ValueError("object storage needs the package django-storages[s3], which make setup installs.")
    host = parts.netloc.rpartition("@")[2]
    return {
        "bucket_name": name,
        "location": folder,
        "endpoint_url": f"{'http' if parts.scheme == 's3+http' else 'https'}://{host}",
        "access_key": unquote(parts.username),
        "secret_key": unquote(parts.password),
        "region_name": said["region"],
        "addressing_style": said["addressing"],
    }


def sentry(text: str) -> str:
    """The address as it is; nothing where no server is told of errors."""
    if not text.strip():
        return ""
    example = "https://key@sentry.example/1"
    parts = parts_of(text, example)
    is_whole = parts.scheme in ("http", "https") and parts.username and parts.hostname
    if not is_whole or parts.password or parts.query or not re.fullmatch(r"(/[\w.-]+)*/[0-9]+", parts.path):
        raise ValueError(f"no DSN of Sentry. Write the one that its project shows, such as {example}.")
    if find_spec("sentry_sdk") is None:
        raise ValueError("Sentry needs the package sentry-sdk, which make setup installs.")
    return text.strip()
