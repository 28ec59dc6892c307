"""What an operator writes is taken or refused at the start, as docs/operators.md says of each setting."""

import os
import re

import pytest
from django.conf import settings

from newsroom.settings import addresses, environment, values
from newsroom.settings.register import BEFORE, SETTINGS, Told

ROOT = settings.BASE_DIR
KEY = "kY3-8fQz_Lw5TnB0pXv9RjS2mUdC7hGaEe1oIiNcVbZtHsWq"
GOOD = {
    "SECRET_KEY": f"{KEY}xx",
    "SITE_URL": "https://news.zeitung.test",
    "ALLOWED_HOSTS": "news.zeitung.test",
}
FIRST = {"DATABASE_URL": "postgres://me:pw@db.test/news"}
BESIDE = {"DATABASE_REPLICA_URL": FIRST, "FRONT_NODE": {"FRONT_DIR": "var/front", **FIRST}, "MEDIA_STORAGE": {}}
"""What some settings need, and stand with nothing else."""
TABLE = re.search(r"^\| variable \|.*?\n\n", (ROOT / "docs" / "operators.md").read_text(), re.M | re.S)[0]
ROWS = [re.split(r"(?<!\\)\|", line)[1:-1] for line in TABLE.strip().splitlines()[2:]]
DOCUMENTED = {
    name: re.findall("`([^`]+)`", may_be)
    for names, _meaning, may_be, _default in ROWS
    for name in re.findall("`([A-Z_]+)`", names)
}


def faults(*in_file, **said):
    """In production."""
    told = Told(said, in_file)
    return [*told.faults, *told.in_production()]


def test_what_is_well_is_well():
    assert faults(**GOOD) == []


def test_the_table_names_every_setting_and_no_other():
    assert set(DOCUMENTED) == set(SETTINGS) | BEFORE
    explained = {"ENV_FILE", "SECRET_KEY", "SECURE_HSTS_SECONDS", "TIME_ZONE_NAME_EN", "TIME_ZONE_NAME_ZH"}
    assert {name for name, may_be in DOCUMENTED.items() if not may_be} <= explained


@pytest.mark.parametrize("name", sorted(set(SETTINGS) - {"SITE_URL", "ALLOWED_HOSTS"}))
def test_every_documented_value_is_taken(name, monkeypatch):
    monkeypatch.setattr(addresses, "find_spec", lambda _name: True)  # what is installed is another matter
    for value in DOCUMENTED[name]:
        assert faults(**{**GOOD, **BESIDE.get(name, {}), name: value}) == [], value


def test_the_defaults_are_those_that_are_written_there():
    for names, _meaning, _may_be, default in ROWS:
        [name, *_rest] = re.findall("`([A-Z_]+)`", names)
        [written] = re.findall(r"^ `?([^`]*)`? $", default) or [""]
        if name in SETTINGS and SETTINGS[name].default not in ("", "31536000") and "/" not in SETTINGS[name].default:
            assert SETTINGS[name].default == written or name in ("SECRET_KEY", "ALLOWED_HOSTS", "VAR_DIR"), name


WRONG = [
    ("SECRET_KEY", "", "it is empty"),
    ("SECRET_KEY", "  ", "it is empty"),
    ("SECRET_KEY", KEY[:49], "has 48 characters"),
    ("SECRET_KEY", "abab" * 20, "2 different"),
    ("SECRET_KEY", "only-for-development-on-this-machine", "for development"),
    ("SECRET_KEY", f"django-insecure-{KEY}", "for development"),
    ("SITE_URL", "", "https://"),
    ("SITE_URL", "news.zeitung.test", "does not begin with https://"),
    ("SITE_URL", "news.zeitung.test:8443", "Write the public address"),
    ("SITE_URL", "ftp://news.zeitung.test", "https://"),
    ("SITE_URL", "https://", "no host"),
    ("SITE_URL", "https://news.zeitung.test/en", "more than"),
    ("SITE_URL", "https://news.zeitung.test/?a", "more than"),
    ("SITE_URL", "https://me:pw@news.zeitung.test", "more than"),
    ("SITE_URL", "https://news.zeitung.test:port", "no address"),
    ("SITE_URL", "https://news zeitung.test", "no host"),
    ("SITE_URL", "https://新闻.test", "xn--"),
    ("SITE_URL", "http://news.zeitung.test", "SECURE_SSL_REDIRECT=off"),
    ("ALLOWED_HOSTS", "", "Write news.zeitung.test"),
    ("ALLOWED_HOSTS", " , ", "Write news.zeitung.test"),
    ("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]", "Add news.zeitung.test"),
    ("ALLOWED_HOSTS", "zeitung.test", "Add news.zeitung.test"),
    ("ALLOWED_HOSTS", "news.zeitung.test www.zeitung.test", "commas"),
    ("ALLOWED_HOSTS", "https://news.zeitung.test", "without https://"),
    ("ALLOWED_HOSTS", "news.zeitung.test:443", "port"),
    ("ALLOWED_HOSTS", "news.zeitung.test;x.test", "commas"),
    ("ALLOWED_HOSTS", "*", "Write news.zeitung.test"),
    *((name, value, "Write on or off") for name in ("SECURE_SSL_REDIRECT",) for value in ("maybe", "", "2", "ein")),
    ("PLAIN_PAGES_ARE_RELEASED", "ja", "Write on or off"),
    ("READ_ONLY", "readonly", "Write on or off"),
    ("REVIEW_STAGES", "0", "from 1 to 3"),
    ("REVIEW_STAGES", "two", "from 1 to 3"),
    ("REVIEW_STAGES", "2.0", "from 1 to 3"),
    ("REVIEW_STAGES", "", "from 1 to 3"),
    ("SECURE_HSTS_SECONDS", "-1", "from 0"),
    ("SECURE_HSTS_SECONDS", "1 year", "from 0"),
    ("EMAIL_TIMEOUT", "0", "from 1 to 300"),
    ("EMAIL_URL", "", "no address"),
    ("EMAIL_URL", "mail.zeitung.test:25", "smtp+tls://"),
    ("EMAIL_URL", "smtps://me:pw@mail.zeitung.test:465", "smtp+ssl://user:password@host:465"),
    ("EMAIL_URL", "smtp+tls://me:pw@mail.zeitung.test:465", "smtp+ssl:// with port 465"),
    ("EMAIL_URL", "smtp+ssl://me:pw@mail.zeitung.test:587", "smtp+tls:// with port 587"),
    ("EMAIL_URL", "smtp+starttls://mail.zeitung.test", "no way to send mail"),
    ("EMAIL_URL", "smtp+tls://me:p/w@mail.zeitung.test:587", "%2F"),
    ("EMAIL_URL", "smtp+tls://me@mail.zeitung.test:587", "without a password"),
    ("EMAIL_URL", "smtp+tls://mail.zeitung.test:587?ssl=1", "no options"),
    ("EMAIL_URL", "smtp://", "no host"),
    ("EMAIL_URL", "smtp://me:pw@mail.zeitung.test:465", "smtp+ssl:// with port 465"),
    ("EMAIL_URL", "smtp://me:pw@mail.zeitung.test:587", "smtp+tls:// with port 587"),
    ("EMAIL_URL", "submission://me:pw@mail.zeitung.test:587", "no way to send mail"),
    ("EMAIL_URL", "ssl://me:pw@mail.zeitung.test:465", "no way to send mail"),
    ("EMAIL_URL", "filemail://", "no folder"),
    *(
        ("DATABASE_URL", f"postgres://me:a{sign}bSECRET@db.test:5432/news", "Percent-encode")
        for sign in ("/", "#", "@", "%", "?", "[", " ", "%z0")
    ),
    ("DATABASE_URL", "postgres://me:12/SECRET@db.test/news", "Percent-encode"),
    ("DATABASE_URL", "mysql://me:pw@db.test/news", "no database that Newsroom runs on"),
    ("DATABASE_URL", "postgre://me:pw@db.test/news", "no database that Newsroom runs on"),
    ("DATABASE_URL", "postgres://me:pw@db.test", "Write its name"),
    ("DATABASE_URL", "postgres://me:pw@db.test:many/news", "neither host nor port"),
    ("DATABASE_URL", "/var/news.sqlite3", "no address"),
    ("DATABASE_URL", "sqlite://var/news.sqlite3", "no file"),
    ("DATABASE_URL", "sqlite://", "no file"),
    ("DATABASE_URL", "sqlite://:memory:", "in memory"),
    ("DATABASE_URL", "sqlite:////var/news.sqlite3?timeout=5", "no options"),
    ("DATABASE_REPLICA_URL", "sqlite:////var/news.sqlite3", "no replica of a PostgreSQL"),
    ("DATABASE_REPLICA_URL", "replica.test", "no address"),
    ("DATABASE_REPLICA_URL", "postgres://me:a/SECRET@db.test/news", "Percent-encode"),
    ("DATABASE_REPLICA_URL", "postgres://me:pw@db.test", "Write its name"),
    ("DATABASE_REPLICA_URL", "postgres://me:pw@db.test/news", "Write its DATABASE_URL"),
    ("CACHE_URL", "memcache://cache.test:11211", "no such cache any more"),
    ("CACHE_URL", "pymemcache://cache.test:11211", "no cache for Newsroom"),
    ("CACHE_URL", "dbcache://kept", "to spare"),
    ("CACHE_URL", "locmemcache://", "its own"),
    ("CACHE_URL", "dummycache://", "keeps nothing"),
    ("CACHE_URL", "filecache://var/cache", "no folder"),
    ("CACHE_URL", "/var/cache", "no address"),
    ("CACHE_URL", "redis://:a#SECRET@cache.test/0", "Percent-encode"),
    ("VAR_DIR", "", "no folder"),
    ("VAR_DIR", "~/newsroom", "Write the whole path"),
    ("VAR_DIR", "$HOME/newsroom", "Write the whole path"),
    ("MEDIA_ROOT", "~newsroom/media", "Write the whole path"),
    ("FRONT_DIR", "$HOME/front", "Write the whole path"),
    ("FRONT_NODE", "web 1", "no name of a node"),
    ("FRONT_NODE", "网-1", "no name of a node"),
    ("FRONT_NODE", "web-1", "Write FRONT_DIR beside it"),
    ("MEDIA_STORAGE", "/var/media", "no address"),
    ("MEDIA_STORAGE", "https://key:SECRET@s3.test/news-media", "no storage for uploads"),
    ("MEDIA_STORAGE", "s3://s3.test/news-media", "key and secret"),
    ("MEDIA_STORAGE", "s3://key@s3.test/news-media", "key and secret"),
    ("MEDIA_STORAGE", "s3://key:SECRET@s3.test", "no bucket"),
    ("MEDIA_STORAGE", "s3://key:SECRET@s3.test/News_Media", "no bucket"),
    ("MEDIA_STORAGE", "s3://key:SECRET@s3.test/news-media/../others", "strange character"),
    ("MEDIA_STORAGE", "s3://key:SECRET@s3.test/news-media?acl=public-read", "region and addressing"),
    ("MEDIA_STORAGE", "s3://key:SECRET@s3.test/news-media?addressing=host", "region and addressing"),
    ("MEDIA_STORAGE", "s3://key:SECRET@s3.test/news-media?region=", "region and addressing"),
    ("MEDIA_STORAGE", "s3://key:SEC/RET@s3.test/news-media", "Percent-encode"),
    ("MEDIA_URL", "https://cdn.test/media/", "no path of this site"),
    ("MEDIA_URL", "/", "no path of this site"),
    ("MEDIA_URL", "media/", "no path of this site"),
    ("MEDIA_URL", "/static/media/", "taken by the site"),
    ("MEDIA_URL", "/cms/", "taken by the site"),
    ("MEDIA_ACCEL", "protected/", "no location of nginx"),
    ("MEDIA_ACCEL", "http://127.0.0.1/protected/", "no location of nginx"),
    ("MEDIA_ACCEL", "/", "no location of nginx"),
    ("MEDIA_ACCEL", "/media", "Write another path"),
    ("MEDIA_ACCEL", "/media/inside/", "Write another path"),
    ("TIME_ZONE", "Beijing", "Did you mean Asia/Shanghai"),
    ("TIME_ZONE", "", "no time zone"),
    ("TIME_ZONE", "CST+8", "no time zone"),
    ("TIME_ZONE_NAME_EN", "our time", "in one language alone"),
    ("TIME_ZONE_NAME_ZH", "本地时间", "in one language alone"),
    ("NOTICE_ROBOTS", "slack=https://robot.test/SECRET", "entry 1 is no robot"),
    ("NOTICE_ROBOTS", "wecom=https://robot.test/x,https://robot.test/SECRET", "entry 2 is no robot"),
    ("NOTICE_ROBOTS", "wecom=ftp://robot.test/SECRET", "entry 1 is no robot"),
    ("NOTICE_ROBOTS", "wecom=https://u:SECRET@robot.test/", "entry 1 is no robot"),
    ("NOTICE_ROBOTS", "=x", "entry 1 is no robot"),
    ("NOTICE_ROBOT_LANGUAGE", "zh", "Write zh-hans or en"),
    ("NOTICE_ROBOT_PRIVATE_HOSTS", "relay.internal:8080", "port"),
    ("HEALTH_NETWORKS", "10.0.0.1/8", "no network"),
    ("HEALTH_NETWORKS", "localhost", "no network"),
    ("HEALTH_NETWORKS", "127.0.0.1,10.0.0.0/33", "'10.0.0.0/33' is no network"),
    ("LOG_FORMAT", "syslog", "Write plain or json"),
    ("TRUSTED_PROXIES", "nginx", "'nginx' is no network"),
    ("TRUSTED_PROXIES", "*", "'*' is no network"),
    ("LOG_LEVEL", "verbose", "Write DEBUG, INFO"),
    ("ADMIN_ALLOWED_NETS", "10.0.0.1/8", "'10.0.0.1/8' is no network"),
    ("ADMIN_ALLOWED_NETS", "office", "'office' is no network"),
    ("SIGN_IN_LOG_DAYS", "90", "from 183 to 36500"),
    ("SECOND_FACTOR", "on", "Write demanded, offered or off"),
    ("SECOND_FACTOR", "", "Write demanded, offered or off"),
    ("SESSION_DAYS", "0", "from 1 to 365"),
    ("SESSION_IDLE_MINUTES", "8h", "from 5 to 43200"),
    ("SENTRY_DSN", "https://sentry.zeitung.test/1", "no DSN"),
    ("SENTRY_DSN", "https://key@sentry.zeitung.test/", "no DSN"),
    ("SENTRY_DSN", "https://key:SECRET@sentry.zeitung.test/1", "no DSN"),
    ("SENTRY_DSN", "sentry+https://key@sentry.zeitung.test/1", "no DSN"),
    ("SENTRY_DSN", "key", "no address"),
    ("DEFAULT_FROM_EMAIL", "newsroom", "holds no address"),
    ("DEFAULT_FROM_EMAIL", "", "holds no address"),
]


@pytest.mark.parametrize(("name", "value", "words"), WRONG)
def test_what_is_wrong_is_refused_in_a_sentence(name, value, words):
    [fault] = faults(**{**GOOD, name: value})
    assert words in fault
    assert re.search(r"\bWrite\b|Leave out|Percent-encode|Add|needs the package", fault)
    assert "SECRET" not in fault.removeprefix("SECRET_KEY")
    assert fault.startswith(name) or (words == "in one language alone" and fault.startswith("TIME_ZONE_NAME_"))


def test_every_setting_but_those_that_are_free_words_has_something_wrong():
    assert set(SETTINGS) == {name for name, _value, _words in WRONG}


def test_all_of_it_is_told_at_once():
    told = faults("SITE_ULR", "PGPASSFILE", "SSL_CERT_FILE", SECRET_KEY="x", REVIEW_STAGES="4", MEDIA_ROOT="~")
    assert [fault.partition(":")[0] for fault in told] == [
        "SITE_ULR", "MEDIA_ROOT", "REVIEW_STAGES", "SECRET_KEY", "SITE_URL", "ALLOWED_HOSTS",
    ]  # fmt: skip
    assert "Did you mean SITE_URL?" in told[0]


@pytest.mark.parametrize(
    ("wrote", "meant"),
    [
        ("SECRETKEY", "SECRET_KEY"),
        ("allowed_hosts", "ALLOWED_HOSTS"),
        ("DJANGO_SETTING_MODULE", "DJANGO_SETTINGS_MODULE"),
    ],
)
def test_a_misspelt_name_of_the_file_is_refused(wrote, meant):
    [fault] = faults(wrote, **GOOD)
    assert f"Did you mean {meant}?" in fault
    assert faults(**GOOD, **{wrote: "x"}) == []  # the environment has names of others


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("ALLOWED_HOSTS", " news.zeitung.test , www.zeitung.test,", ["news.zeitung.test", "www.zeitung.test"]),
        ("SITE_URL", "https://News.Zeitung.test/", "https://news.zeitung.test"),
        ("SECURE_SSL_REDIRECT", " OFF ", False),
        ("MEDIA_URL", "/uploads", "/uploads/"),
        ("LOG_LEVEL", "warning", "WARNING"),
    ],
)
def test_what_can_mean_one_thing_is_taken(name, value, read):
    assert faults(**{**GOOD, name: value}) == []
    assert Told({name: value})[name] == read


@pytest.mark.parametrize("host", ["news.zeitung.test", ".zeitung.test", ".news.zeitung.test", "NEWS.zeitung.test"])
def test_the_host_of_the_site_is_among_those_that_are_answered(host):
    assert faults(**{**GOOD, "ALLOWED_HOSTS": f"other.test,{host}"}) == []
    assert faults(**{**GOOD, "ALLOWED_HOSTS": host, "SITE_URL": "https://news.zeitung.test:8443"}) == []


def test_http_is_for_who_says_so():
    said = {**GOOD, "SITE_URL": "http://news.zeitung.test", "SECURE_SSL_REDIRECT": "no"}
    assert faults(**said) == []


@pytest.mark.parametrize(
    ("text", "host", "password"),
    [
        ("postgres://me:p%2Fa%23b%40c%25d@db.test:6432/news", "db.test", "p/a#b@c%d"),
        ("postgres://me%40here:a:b+c@db.test/news", "db.test", "a:b+c"),
        ("postgresql://me@/news", "", ""),
    ],
)
def test_a_password_is_what_was_meant(text, host, password):
    found = addresses.database(text)
    assert (found["ENGINE"], found["NAME"]) == ("django.db.backends.postgresql", "news")
    assert (found["HOST"], found["PASSWORD"]) == (host, password)


@pytest.mark.parametrize(
    ("text", "port", "tls", "ssl"),
    [
        ("smtp+tls://me:p%2Fw@mail.test:587", 587, True, False),
        ("smtp+ssl://me:pw@mail.test:465", 465, False, True),
        ("smtp+ssl://me@here.test:pw@mail.test", 465, False, True),
        ("smtp://mail.test", 25, False, False),
    ],
)
def test_mail_is_sent_as_its_address_looks(text, port, tls, ssl):
    found = addresses.email(text)
    assert (found["EMAIL_HOST"], found["EMAIL_PORT"]) == ("mail.test", port)
    assert found["EMAIL_BACKEND"] == "home.smtp.EmailBackend"
    assert (found.get("EMAIL_USE_TLS", False), found.get("EMAIL_USE_SSL", False)) == (tls, ssl)


def test_a_package_that_is_missing_is_named(monkeypatch):
    monkeypatch.setattr(addresses, "find_spec", lambda _name: None)
    for name, url, package in (
        ("CACHE_URL", "redis://cache.test/1", "redis"),
        ("DATABASE_URL", "postgres://db.test/news", "psycopg"),
        ("MEDIA_STORAGE", "s3://key:secret@s3.test/news-media", "django-storages[s3]"),
        ("SENTRY_DSN", "https://key@sentry.test/1", "sentry-sdk"),
    ):
        [fault] = faults(**{**GOOD, name: url})
        assert f"needs the package {package}" in fault


def test_a_file_is_read_to_the_names_it_has(tmp_path, monkeypatch):
    (tmp_path / "some.env").write_text("export QUITE_NEW_1='a'\nQUITE_NEW_2=b # c\n")
    monkeypatch.setenv("ENV_FILE", str(tmp_path / "some.env"))
    monkeypatch.setenv("QUITE_NEW_1", "first")
    monkeypatch.setenv("QUITE_NEW_2", "")
    monkeypatch.delenv("QUITE_NEW_2")
    try:
        assert environment.read() == ["QUITE_NEW_1", "QUITE_NEW_2"]
        assert (os.environ["QUITE_NEW_1"], os.environ["QUITE_NEW_2"]) == ("first", "b")
    finally:
        os.environ.pop("QUITE_NEW_2", None)


def test_the_key_of_the_manual_is_none():
    text = (ROOT / "docs" / "operators.md").read_text()
    [key] = re.findall("^SECRET_KEY=(.*)$", text, re.M)
    [fault] = faults(**{**GOOD, "SECRET_KEY": key})
    assert "token_urlsafe" in fault and "secrets.token_urlsafe(50)" in text


def test_values_read_alone():
    assert values.listed("a, b,,c ") == ["a", "b", "c"]
    assert values.folder_or_none(" ") is None
