"""What the site asks others for: the database, mail, the search index, and whether it answers by its own address."""

import shutil
import smtplib
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import get_connection
from django.db import DatabaseError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.template.defaultfilters import filesizeformat
from modelsearch.index import get_indexed_models
from wagtail.search.models import IndexEntry

from home import http_client
from home.replica import REPLICA, lag
from home.search.build import is_current
from news.models import Reason, Release, ReleaseSummary
from news.notices import failures
from news.notices.advice import ADVICE, differs_from_account
from news.notices.robot_address import parse
from news.release.summaries import differences

from . import room, schema
from .diagnosis import Diagnosis, mend, note, well

SECONDS = 10
MOST = 64 * 1024
FAR = 16 * 1024 * 1024
"""Bytes, of which a replica may be behind for a moment."""
LOOKED_AT = 100
MANY_MARKED = 500
TOOLS = ("pg_dump", "pg_restore", "psql")


def newer() -> Iterator[Diagnosis]:
    names = schema.newer()
    if names:
        yield mend(
            "migrations",
            f"the database is of a newer version than this one, which does not know {', '.join(names)}",
            "Install that version, or restore a backup from before it.",
        )


def database() -> Iterator[Diagnosis]:
    number = ".".join(map(str, connection.get_database_version()))
    recorder = MigrationRecorder(connection)
    if not settings.READ_ONLY and recorder.has_table():
        try:
            with transaction.atomic():  # no row has that key
                recorder.migration_qs.filter(pk=0).update(app="")
        except DatabaseError as error:
            yield mend("database", f"it takes nothing that is written: {error}", "Let this account write to it.")
    if connection.vendor == "sqlite":
        yield from sqlite(number)
        return
    yield well("database", f"PostgreSQL {number}, {connection.settings_dict['NAME']}")
    missing = [tool for tool in TOOLS if shutil.which(tool) is None]
    if missing:
        do = "apt-get install postgresql-client, of the server's version or newer."
        yield mend("backups", f"{', '.join(missing)} of PostgreSQL are missing, without which there is none", do)


def replica() -> Iterator[Diagnosis]:
    if REPLICA not in settings.DATABASES:
        return
    do = "Look at that server, or write another DATABASE_REPLICA_URL; the first database answers meanwhile."
    try:
        behind = lag()
    except DatabaseError as error:
        yield mend("replica", f"it does not answer: {str(error).strip()}", do)
        return
    if behind is None:
        yield mend("replica", "DATABASE_REPLICA_URL is no replica of DATABASE_URL, and is not read", do)
    elif behind > FAR:
        yield note("replica", f"it is {filesizeformat(behind)} behind, and hardly read", do)
    else:
        yield well("replica", f"it follows, {filesizeformat(behind)} behind")


def sqlite(number: str) -> Iterator[Diagnosis]:
    name = next(map(str, room.database_files()), connection.settings_dict["NAME"])
    with connection.cursor() as cursor:
        [journal] = cursor.execute("PRAGMA journal_mode").fetchone()
        found = [row[0] for row in cursor.execute("PRAGMA quick_check(3)").fetchall()]
    if found != ["ok"]:
        do = "Stop web and worker, keep a copy of the file, and restore a backup: docs/operators.md, Backup."
        yield mend("database", f"{name} is damaged: {'; '.join(found)}", do)
    elif journal != "wal" and not settings.READ_ONLY and room.database_files():
        do = "Put it on a disk of this machine: no network drive can have it."
        yield mend("database", f"{name} does not take WAL as its journal, but {journal}; writers will fail", do)
    else:
        yield well("database", f"SQLite {number}, {name}, in order")


def mail() -> Iterator[Diagnosis]:
    """It connects and signs in, and sends nothing."""
    if settings.READ_ONLY:
        return
    kind = settings.EMAIL_BACKEND.rpartition(".")[0].rpartition(".")[2]
    if kind != "smtp":
        said = {
            "console": "notices are printed and not sent",
            "dummy": "notices are dropped",
            "filebased": "notices are written into a folder",
        }.get(kind, f"notices go to {settings.EMAIL_BACKEND}")
        yield note("mail", said, "Write EMAIL_URL, such as smtp+tls://user:password@host:587.")
        return
    where = f"{settings.EMAIL_HOST}:{settings.EMAIL_PORT}"
    try:
        server = get_connection()
        server.open()
        server.close()
    except (OSError, http_client.RequestFailed, smtplib.SMTPException) as error:
        failure = failures.of(error)
        said = " ".join(filter(None, (str(failure.reason.label), failure.said)))
        yield mend("mail", f"{where} does not let us in: {said}", str(ADVICE[failure.reason]))
        return
    if differs_from_account():
        said = f"the sender is {settings.DEFAULT_FROM_EMAIL}, and the account {settings.EMAIL_HOST_USER}"
        yield note("mail", said, str(ADVICE[Reason.SENDER]))
    signed = f" as {settings.EMAIL_HOST_USER}" if settings.EMAIL_HOST_USER else ", without a name"
    yield well("mail", f"{where} lets us in{signed}")
    if settings.DEFAULT_FROM_EMAIL.rstrip(">").endswith("@localhost"):
        do = "Write DEFAULT_FROM_EMAIL, such as newsroom@news.example."
        yield mend("mail", f"the sender is {settings.DEFAULT_FROM_EMAIL}, which most servers refuse", do)


def robots() -> Iterator[Diagnosis]:
    kinds = [parse(entry).kind for entry in settings.NOTICE_ROBOTS]
    yield well("robots", f"{', '.join(kinds)}; they are not asked" if kinds else "none are told (NOTICE_ROBOTS)")


def search() -> Iterator[Diagnosis]:
    do = "Run manage.py build_search_index."
    if not is_current():
        yield mend("search", "the index is missing, or another version's", do)
        return
    there = IndexEntry.objects.count()
    wanted = sum(model.get_indexed_objects().count() for model in get_indexed_models())
    if there == wanted:
        yield well("search", f"the index has all {wanted} texts")
    else:
        yield mend("search", f"the index has {there} texts of {wanted}", do)


def summaries() -> Iterator[Diagnosis]:
    """What the lists go by: whether each release has one, and those of the newest are true."""
    do = "Run manage.py rebuild_summaries; --check says what differs."
    missing = Release.objects.filter(summary=None).count()
    newest = list(Release.objects.exclude(summary=None).order_by("-pk").values_list("pk", flat=True)[:LOOKED_AT])
    wrong = [str(release.pk) for release, _found in differences(newest)]
    marked = ReleaseSummary.objects.filter(dirty=True).count()
    if missing:
        yield mend("summaries", f"{missing} releases have none, and stand in no list", do)
    if wrong:
        yield mend("summaries", f"the lists say of releases {', '.join(wrong)} what is not true", do)
    if marked > MANY_MARKED:
        yield note(
            "summaries", f"{marked} are to be made anew", "The worker does so by the minute, or the same command."
        )
    if not (missing or wrong):
        yield well("summaries", f"each release has one, and of the newest {len(newest)} none is wrong")


def site() -> Iterator[Diagnosis]:
    """As a reader comes, through whatever stands in front."""
    do = "Look at the web server in front, its certificate and the name's address; see /livez in docs/operators.md."
    try:
        live = asked("/livez")
        ready = asked("/readyz")
    except http_client.RequestFailed as error:
        yield mend("site", f"{settings.SITE_URL} does not answer: {error}", do)
        return
    if live.status != 200 or b'"live"' not in live.body:
        yield mend("site", f"{settings.SITE_URL}/livez answers {live.status}, and not as Newsroom does", do)
    elif b'"faults"' in ready.body:
        yield mend(
            "site",
            "what is wrong is told to everybody: the web server in front says of no request whose it is",
            "Let it set X-Forwarded-Proto, and let nothing else reach gunicorn: docs/operators.md, Is it well?",
        )
    else:
        yield well("site", f"{settings.SITE_URL} answers")


def asked(path: str) -> http_client.Answer:
    address = http_client.WebAddress(settings.SITE_URL + path)
    host = urlsplit(settings.SITE_URL).hostname or ""
    return http_client.ask("GET", address, None, {}, http_client.Deadline(SECONDS), MOST, {host})
