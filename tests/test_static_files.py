"""What is written in several style sheets reaches a reader in one."""

import gzip
import re

import pytest
from django.conf import settings
from django.core.files.storage import FileSystemStorage

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
