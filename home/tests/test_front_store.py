"""Stored pages: kept where the web server looks, and gone before they are old."""

import gzip
import os
import resource
import signal
import threading
import time
from datetime import date

import pytest

from home.front.store import Store, Unforgotten

TODAY = date(2026, 11, 18)
FILE = "en/news/index.html"


def a_store(folder, looks=None, code="a"):
    return Store(folder, lambda: looks or {}, lambda: TODAY, lambda: code)


@pytest.fixture
def store(tmp_path):
    return a_store(tmp_path / "front")


def put(store, file=FILE, tags=("everything", "pages"), body=b"words", ticket=None, look="pages"):
    return store.put(ticket or store.ticket(), look, file, set(tags), body)


def found(store, file=FILE, day=TODAY):
    """What the web server would send; None if it would ask."""
    mark = store.current / day.isoformat() / file
    return gzip.decompress(mark.with_name(f"{mark.name}.gz").read_bytes()) if mark.is_file() else None


def test_what_is_stored_is_found(store):
    assert found(store) is None
    assert put(store)
    assert found(store) == b"words"
    assert (store.current / TODAY.isoformat() / FILE).stat().st_size == 0, "one form is kept, and a mark"


def test_what_depends_on_a_change_goes_and_nothing_else(store):
    put(store, "en/a/index.html", {"everything", "image 1"})
    put(store, "en/b/index.html", {"everything", "image 2"})
    assert store.forget({"image 1", "image 9"}) == 1
    assert found(store, "en/a/index.html") is None
    assert found(store, "en/b/index.html") == b"words"
    assert store.forget({"everything"}) == -1
    assert found(store, "en/b/index.html") is None


@pytest.mark.parametrize("tags", [{"image 1"}, {"everything"}])
def test_what_was_read_before_a_change_is_not_stored_after_it(store, tags):
    ticket = store.ticket()
    store.forget(tags)
    assert not put(store, tags={"everything", "image 1"}, ticket=ticket)
    assert put(store, tags={"everything", "image 1"})


def test_a_change_of_something_else_does_not_keep_it_out(store):
    ticket = store.ticket()
    store.forget({"image 2"})
    assert put(store, tags={"everything", "image 1"}, ticket=ticket)


@pytest.mark.parametrize("tags", [{"image 1"}, {"everything"}])
def test_nothing_is_stored_from_before_the_commit_until_after_it(store, tags):
    put(store, tags={"everything", "image 1"})
    store.close("change", tags)
    assert found(store) is None
    begun = store.ticket()
    assert not put(store, tags={"everything", "image 1"}), "still with what was there before"
    store.open("change", tags)
    assert not put(store, tags={"everything", "image 1"}, ticket=begun), "it may have been read before the commit"
    assert put(store, tags={"everything", "image 1"})


def test_a_door_opens_for_its_own_change_alone(store):
    store.close("one", {"image 1"})
    store.close("other", {"image 1"})
    store.open("one", {"image 1"})
    assert not put(store, tags={"everything", "image 1"})
    store.open("other", {"image 1"})
    assert put(store, tags={"everything", "image 1"})


def test_doors_stay_shut_when_everything_is_forgotten_meanwhile(store):
    store.close("change", {"image 1"})
    store.forget({"everything"})
    assert not put(store, tags={"everything", "image 1"})


def test_a_door_that_nobody_opens_opens_in_the_end(store, monkeypatch):
    monkeypatch.setattr("home.front.tables.LEASE", -1)
    store.close("of a process that was killed", {"image 1"})
    assert put(store, tags={"everything", "image 1"})


def test_a_newer_file_looks_newer_though_it_comes_in_the_same_second(store):
    stamps = []
    for _turn in range(3):
        put(store)
        stamps.append((store.current / TODAY.isoformat() / f"{FILE}.gz").stat().st_mtime)
        store.forget({"pages"})
    assert stamps == sorted(set(stamps)), "else a browser is told that what it has is still right"


def test_each_day_has_its_look(tmp_path):
    day, other = date(2026, 12, 1), date(2026, 11, 30)
    store = a_store(tmp_path, {day: "grey"})
    put(store, body=b"in colour")
    assert (found(store, day=other), found(store, day=day)) == (b"in colour", None)
    put(store, body=b"in grey", look="grey")
    assert (found(store, day=other), found(store, day=day)) == (b"in colour", b"in grey")


def test_other_templates_or_settings_make_everything_anew(tmp_path):
    before = a_store(tmp_path, code="before")
    put(before)
    after = a_store(tmp_path, code="after")
    assert found(before) == b"words"
    after.ticket()
    assert found(before) is None
    assert not put(before), "a process that still runs the old ones stores nothing more"
    assert put(after)
    assert a_store(tmp_path, code="after").ticket() and found(after) == b"words"


def test_a_lost_folder_costs_speed_alone(store, tmp_path):
    put(store)
    (tmp_path / "front" / "current").unlink()
    assert found(store) is None
    assert put(store)


def test_damaged_state_gives_everything_up(store, tmp_path):
    put(store)
    (tmp_path / "front" / "state.sqlite3").write_bytes(b"nothing of the kind" * 100)
    (tmp_path / "front" / "state.sqlite3-wal").unlink(missing_ok=True)
    again = a_store(tmp_path / "front")
    assert again.forget({"image 7"}) == -1
    assert found(again) is None
    assert put(again), "and it is begun anew"


def test_who_has_stored_before_a_damage_stores_after_it(store, tmp_path):
    put(store)
    former = a_store(tmp_path / "front", code="a")
    put(former)
    former.code = lambda: "by now"
    index = tmp_path / "front" / "current" / "index.sqlite3"
    index.write_bytes(b"nothing of the kind" * 1000)
    index.with_name("index.sqlite3-wal").unlink()
    a_store(tmp_path / "front").forget({"pages"})
    assert found(store) is None
    assert not put(former), "its code is not what there is now"
    assert put(store)
    assert found(store) == b"words"


def test_what_cannot_be_forgotten_is_not_changed(store, monkeypatch):
    put(store)
    monkeypatch.setattr("home.front.store.turn", fails)
    store.forget({"image 7"})
    assert found(store) is None
    put(store)
    monkeypatch.setattr("pathlib.Path.unlink", fails)
    with pytest.raises(Unforgotten):
        store.forget({"image 7"})


def fails(*args, **kwargs):
    raise OSError("no")


def test_on_a_full_disk_nothing_is_torn_and_pages_still_go(store):
    put(store)
    child = os.fork()
    if not child:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        try:
            put(store, "en/other/index.html")
        except Exception:
            store.forget({"pages"})
            os._exit(0)
        os._exit(1)
    assert os.waitpid(child, 0)[1] == 0, "it was not stored, and whoever asked is told so"
    assert found(store) is None
    assert found(store, "en/other/index.html") is None


def followed(folder):
    return Store(folder, lambda: {}, lambda: TODAY, lambda: "a", is_followed=True)


def found_by_the_second(store):
    here = store.folder / "held" / str(int(time.time())) / TODAY.isoformat() / FILE
    return here.is_file()


def test_one_of_several_nodes_stores_and_finds_while_it_is_held(tmp_path):
    store = followed(tmp_path / "front")
    assert not put(store), "nobody follows yet"
    store.hold(time.time() + 9)
    assert put(store) and found_by_the_second(store)
    store.hold(0)
    assert not put(store, "en/other/index.html") and not found_by_the_second(store)
    assert found(store) == b"words", "it lies there and nobody is led to it"


def test_a_lease_runs_out_though_nobody_does_anything(tmp_path):
    store = followed(tmp_path / "front")
    store.hold(time.time() + 2)
    ticket = store.ticket()
    assert put(store, ticket=ticket)
    time.sleep(2.1)
    assert not put(store, ticket=ticket) and not found_by_the_second(store)


def test_seconds_that_were_promised_before_are_taken_back(tmp_path):
    """Where the clock was set back, or the lease is shorter than was thought."""
    store = followed(tmp_path / "front")
    store.hold(time.time() + 30)
    now = int(time.time())
    store.hold(time.time() + 3)
    assert {int(link.name) - now for link in (store.folder / "held").iterdir()} <= {0, 1, 2, 3}


def test_many_at_once_leave_what_is_right(store):
    """Whoever renders while a value changes stores the new one or nothing."""
    value, wrong = [0], []

    def render():
        for _turn in range(40):
            ticket = store.ticket()
            seen = value[0]
            put(store, tags={"everything", "value"}, body=str(seen).encode(), ticket=ticket)

    def change():
        for number in range(1, 41):
            store.close(f"{number}", {"value"})
            value[0] = number
            store.open(f"{number}", {"value"})
            there = found(store)
            if there is not None and int(there) < number:
                wrong.append((there, number))

    threads = [threading.Thread(target=work) for work in (render, render, change)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
