"""What `upgrade` refuses before it has changed anything."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from news.doctor import packages, room
from news.management import upgrading
from news.management.commands import upgrade as command
from news.models import Release

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folders(settings, tmp_path):
    settings.VAR_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "media"


def refused(**options):
    with pytest.raises(CommandError) as error:
        call_command("upgrade", verbosity=0, stdout=StringIO(), **options)
    return str(error.value)


@pytest.mark.parametrize("check", [True, False])
@pytest.mark.parametrize("app", ["news", "wagtailcore"])
def test_an_older_version_on_a_newer_database(check, app):
    MigrationRecorder(connection).record_applied(app, "9999_later")
    assert f"does not know {app}.9999_later" in refused(check=check)


def test_what_another_program_has_applied_is_its_own():
    MigrationRecorder(connection).record_applied("somebody_elses", "9999_later")
    call_command("upgrade", check=True, stdout=StringIO())


def lock(folder, monkeypatch, text):
    path = folder / "lock.txt"
    path.write_text(text)
    found = packages.others(path)
    monkeypatch.setattr(packages, "others", lambda _lock: found)
    return found


def test_packages_of_an_earlier_version(tmp_path, monkeypatch):
    django = packages.version("django")
    text = f"django==9{django} \\\n    --hash=sha256:00\nno-such-package==1.0 \\\nwagtail==0.1 \\\n"
    behind, ahead = lock(tmp_path, monkeypatch, text)
    assert behind == [f"django {django} (9{django})", "no-such-package is missing (1.0)"]
    assert [words.partition(" ")[0] for words in ahead] == ["wagtail"]
    assert "run “make setup” first" in refused()


def test_packages_that_are_not_for_this_machine_or_newer_hold_nothing_up(tmp_path, monkeypatch):
    django = packages.version("django")
    text = (
        f"no-such-package==1.0 ; sys_platform == 'win32' \\\nwagtail==0.1 \\\ndjango=={django} \\\ndjango==99.0 ; x\n"
    )
    assert lock(tmp_path, monkeypatch, text)[0] == []
    upgrading.require_that_it_fits()


def test_this_tree_is_installed_as_it_is_locked(settings):
    assert packages.pinned(settings.BASE_DIR / "requirements.txt")["django"][1]
    assert packages.others(settings.BASE_DIR / "requirements.txt")[0] == []


def test_a_disk_without_room_for_a_backup(monkeypatch, tmp_path):
    assert Release.objects.update(addresses_known=False)
    monkeypatch.setattr(room, "free", lambda folder: 999)
    monkeypatch.setattr(room, "of_backup", lambda: 123_456_789)
    said = refused()
    assert "takes up to 117.7\xa0MB" in said
    assert "has room for 999\xa0bytes" in said
    assert Release.objects.filter(addresses_known=False)
    assert not (tmp_path / "backups").exists()
    call_command("upgrade", backup=False, verbosity=0, stdout=StringIO())
    assert not Release.objects.filter(addresses_known=False)


@pytest.mark.parametrize("fault", ["", "none are collected"])
def test_static_files_are_collected_where_they_are_not_this_versions(monkeypatch, fault):
    called = []
    monkeypatch.setattr(command.static_files, "fault", lambda: fault)
    monkeypatch.setattr(command, "call_command", lambda name, **options: called.append(name))
    call_command("upgrade", verbosity=0, stdout=StringIO())
    assert called == ["migrate", "bootstrap", *(["collectstatic"] if fault else [])]


def test_a_folder_that_is_not_made_yet_has_the_room_of_the_one_above(tmp_path):
    assert room.free(tmp_path / "not" / "yet") == room.free(tmp_path) > 0


def test_the_files_of_a_database_are_found(monkeypatch, tmp_path):
    (tmp_path / "a b.sqlite3-wal").write_bytes(b"12")
    (tmp_path / "a b.sqlite3").write_bytes(b"345")
    monkeypatch.setattr(connection, "vendor", "sqlite")
    for name in (str(tmp_path / "a b.sqlite3"), f"{(tmp_path / 'a b.sqlite3').as_uri()}?mode=ro"):
        monkeypatch.setitem(connection.settings_dict, "NAME", name)
        assert [Path(path).name for path in room.database_files()] == ["a b.sqlite3", "a b.sqlite3-wal"]
        assert room.of_database() == 5
