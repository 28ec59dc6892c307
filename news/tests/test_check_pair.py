import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from news.management.commands.document_checks import PAGES, page_of, path_of


@pytest.fixture
def files(tmp_path):
    def write(english, chinese):
        for name, text in (("en", english), ("zh", chinese)):
            (tmp_path / name).write_bytes(text if isinstance(text, bytes) else text.encode())
        return {"en": tmp_path / "en", "zh": tmp_path / "zh"}

    return write


def said(**options):
    out = StringIO()
    call_command("check_pair", stdout=out, **options)
    return out.getvalue().splitlines()


def test_each_line_is_an_object_with_places_in_both_texts(files):
    lines = said(json=True, **files("It saved 12 million yuan.\nFine.\n", "节约1.2亿元。\n很好。\n"))
    first, second = map(json.loads, lines)
    assert second == {"line": 2, "findings": []}
    [finding] = first["findings"]
    assert (finding["check"], finding["level"]) == ("numbers", "W")
    [[start, end]] = finding["zh"]
    assert "节约1.2亿元。"[start:end].startswith("1.2亿")
    assert finding["en"]
    assert "1.2亿" in finding["message"]


def test_what_does_not_belong_together_is_named(files):
    with pytest.raises(CommandError, match=r"2 lines, .* has 1:"):
        said(**files("a\nb\n", "一\n"))
    with pytest.raises(CommandError, match="not UTF-8"):
        said(**files("a\n", b"\xd6\xd0\n"))
    with pytest.raises(CommandError, match="cannot be read"):
        said(en=files("a", "b")["en"].with_name("nothing"), zh=files("a", "b")["zh"])
    assert said(**files("", "")) == []


@pytest.mark.parametrize("language", PAGES)
def test_the_manual_of_the_checks_is_what_they_say(language):
    assert path_of(language).read_text() == page_of(language), "Run `manage.py document_checks`."
