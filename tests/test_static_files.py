"""What is written in several style sheets reaches a reader in one."""

import gzip
import os
import re

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

from news.doctor import static_files
from newsroom.static_files import JoinedStaticFilesStorage, joined

SOURCE = settings.PROJECT_DIR / "static" / "newsroom"
LAYERS = [path.stem for path in SOURCE.glob("*.css") if path.name != "site.css"]


@pytest.fixture
def collected(tmp_path):
    """The storage after collectstatic, with the readers' styles alone."""
    names = [f"newsroom/{path.name}" for path in SOURCE.glob("*.css")]
    storage, source = JoinedStaticFilesStorage(tmp_path), FileSystemStorage(SOURCE.parent)
    for name in names:
        storage.save(name, source.open(name))
    outcome = storage.post_process({name: (source, name) for name in names})
    assert [processed for *_names, processed in outcome if isinstance(processed, Exception)] == []
    return storage


def test_a_reader_asks_for_one_style_sheet(collected):
    name = collected.stored_name("newsroom/site.css")
    text = collected.open(name).read().decode()
    assert "@import" not in text
    assert re.findall(r"^@layer (\w+) \{$", text, re.MULTILINE)[-1] == "print"
    assert text.count("{") == text.count("}")
    assert text == gzip.decompress(collected.open(f"{name}.gz").read()).decode() == joined(SOURCE / "site.css")


@pytest.mark.parametrize("layer", LAYERS)
def test_every_sheet_is_a_layer_of_its_name(layer):
    assert f"@layer {layer} {{\n" in joined(SOURCE / "site.css")


def test_what_was_collected_before_is_told_from_what_is_there_now(tmp_path, monkeypatch):
    source, collected = FileSystemStorage(tmp_path / "source"), JoinedStaticFilesStorage(tmp_path / "collected")
    monkeypatch.setattr(static_files, "staticfiles_storage", collected)
    sources = (tmp_path / "source").iterdir
    monkeypatch.setattr(static_files, "sources", lambda: ((path.name, source) for path in sorted(sources())))
    (tmp_path / "source").mkdir()
    sheet = tmp_path / "source" / "a.css"
    sheet.write_text("a {}")
    assert static_files.fault() == "none are collected"
    collected.save("a.css", source.open("a.css"))
    list(collected.post_process({"a.css": (source, "a.css")}))
    assert static_files.fault() == ""
    os.utime(sheet, (sheet.stat().st_mtime + 60,) * 2)
    assert static_files.fault() == "a.css is newer than what is collected"
    os.utime(sheet, (1, 1))
    (tmp_path / "source" / "b.js").write_text("1")
    os.utime(tmp_path / "source" / "b.js", (1, 1))
    assert static_files.fault() == "b.js is newer than what is collected"
