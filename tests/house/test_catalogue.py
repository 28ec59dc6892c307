"""The interface in Chinese: complete, in the terms of the house, and without changing Wagtail's own words."""

import os
import re
import shutil
import site
import subprocess
import sys
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext, pgettext

CATALOGUE = settings.BASE_DIR / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
ENTRIES = polib.pofile(str(CATALOGUE))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]")

# Words that Wagtail or Django have too, and that we say differently on purpose, everywhere.
SAID_DIFFERENTLY = {"Approve", "Document", "Image", "Page not found", "Text"}
SAID_DIFFERENTLY |= {"name", "slug"}


def forms(entry):
    return [entry.msgstr] if not entry.msgid_plural else list(entry.msgstr_plural.values())


def placeholders(entry):
    return set(PLACEHOLDER.findall(entry.msgid_plural or entry.msgid))


TEXTS = [(entry, text) for entry in ENTRIES for text in forms(entry)]


def test_nothing_is_empty_or_fuzzy():
    unfinished = [*ENTRIES.untranslated_entries(), *ENTRIES.fuzzy_entries(), *ENTRIES.obsolete_entries()]
    assert [entry.msgid for entry in unfinished] == []


def test_placeholders_survive():
    assert [text for entry, text in TEXTS if set(PLACEHOLDER.findall(text)) != placeholders(entry)] == []


LATIN_MARK = re.compile(r"[\u4e00-\u9fff][,;?!:]|[,;?!](?=[\u4e00-\u9fff])|[\u4e00-\u9fff]\.$")


def test_punctuation_is_chinese():
    assert [text for _entry, text in TEXTS if LATIN_MARK.search(text)] == []


def test_the_catalogue_is_found():
    """`zh_hans` as a folder name would be passed over on Linux."""
    with translation.override("zh-hans"):
        assert gettext("Submit for review") == "送审"


def test_wagtails_words_are_left_alone():
    """A message of ours replaces the same message everywhere in the admin."""
    ours = {entry.msgid: entry.msgstr for entry in ENTRIES if not entry.msgctxt}
    changed = set()
    for packages in site.getsitepackages():
        for root in ("wagtail", "wagtail_localize", "django"):
            for path in (Path(packages) / root).glob("**/zh_Hans/LC_MESSAGES/django.po"):
                for entry in polib.pofile(str(path)):
                    if not entry.msgctxt and entry.msgstr and ours.get(entry.msgid, entry.msgstr) != entry.msgstr:
                        changed.add(entry.msgid)
    assert changed == SAID_DIFFERENTLY


UPSTREAM = settings.BASE_DIR / "locale" / "upstream" / "zh_Hans" / "LC_MESSAGES"


def packages(domain, language="zh_Hans", roots=("wagtail", "wagtail_localize")):
    for folder in site.getsitepackages():
        for root in roots:
            yield from (Path(folder) / root).glob(f"**/{language}/LC_MESSAGES/{domain}.po")


def keys_of(entries):
    return {(entry.msgctxt, entry.msgid) for entry in entries}


def translated(paths):
    return {key for path in paths for key in keys_of(polib.pofile(str(path)).translated_entries())}


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_we_translate_for_upstream_is_still_missing_there(domain):
    """Remove the entries that this names: Wagtail has them now."""
    ours = keys_of(polib.pofile(str(UPSTREAM / f"{domain}.po")))
    assert ours & translated(packages(domain)) == set()


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_nothing_that_upstream_says_is_left_untranslated(domain):
    said = {key for path in packages(domain, "en") for key in keys_of(polib.pofile(str(path)))}
    ours = [UPSTREAM / f"{domain}.po", *([CATALOGUE] if domain == "django" else [])]  # a page's script reads one domain
    assert len(said) > 40
    assert said - translated([*packages(domain), *ours]) == set()


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_placeholders_survive_in_what_we_translate_for_upstream(domain):
    for entry in polib.pofile(str(UPSTREAM / f"{domain}.po")):
        for text in forms(entry):
            assert text, entry.msgid
            assert set(PLACEHOLDER.findall(text)) <= placeholders(entry)


DJANGOS = ("django/conf", "django/contrib/auth")
"""What of Django speaks in the admin: its forms, and passwords."""
HOUSE_WORDS = settings.BASE_DIR / "locale" / "words"
NEVER_SAID = re.compile(r"moderation|\bworkflow\b|提交审核|工作流", re.IGNORECASE)


@pytest.mark.parametrize("domain", ["django", "djangojs"])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_what_wagtail_says_is_said_in_our_words(language, domain):
    """One state has one name everywhere. An entry that upstream has no more falls back to its words: remove it."""
    paths = [*packages(domain, "en"), *packages(domain, "en", DJANGOS)]
    said = {key for path in paths for key in keys_of(polib.pofile(str(path)))}
    entries = polib.pofile(str(HOUSE_WORDS / language / "LC_MESSAGES" / f"{domain}.po"))
    assert {("", entry.msgid) for entry in entries} <= {(context or "", msgid) for context, msgid in said}
    for entry in entries:
        for text in forms(entry):
            assert text
            assert not NEVER_SAID.search(PLACEHOLDER.sub("", re.sub(r"{\w+}", "", text)))
            assert placeholders(entry) >= set(PLACEHOLDER.findall(text))


@pytest.mark.parametrize("domain", ["django", "djangojs"])
def test_what_is_said_anew_in_english_is_in_chinese_too(domain):
    english, chinese = (
        keys_of(polib.pofile(str(HOUSE_WORDS / code / "LC_MESSAGES" / f"{domain}.po"))) for code in ("en", "zh_Hans")
    )
    assert english <= chinese


NOT_SAID_BY_OTHERS = re.compile("你(?!们)|帐号|对不起|文档|：[ \u00a0]|[\u4e00-\u9fff]: ")
NEVER_SHOWN = re.compile("Wagtail|Django|Referrer-Policy|Designates|Set password")
"""Messages of developers' pages, and those of Django's own admin, which there is none of here."""


@pytest.mark.parametrize("roots", [("wagtail", "wagtail_localize"), DJANGOS])
def test_what_others_say_is_said_as_we_do(roots):
    """So that one screen does not say 您 and 你, nor call one thing by two names, nor have blanks after a colon."""
    found, read = set(), 0
    with translation.override("zh-hans"):
        for entry in (entry for path in packages("django", roots=roots) for entry in polib.pofile(str(path))):
            if NEVER_SHOWN.search(entry.msgid) or entry.obsolete:
                continue
            said = gettext(entry.msgid)
            if entry.msgid_plural:
                said = ngettext(entry.msgid, entry.msgid_plural, 2)
            elif entry.msgctxt:
                said = pgettext(entry.msgctxt, entry.msgid)
            read += 1
            found |= {entry.msgid} if NOT_SAID_BY_OTHERS.search(said) else set()
    assert read > 100
    assert found == set()


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("en", ["in review", "live · changes pending", "Drafting"]),
        ("zh-hans", ["审核中", "已发布 · 有待发布的修改", "撰写中"]),
    ],
)
def test_states_have_one_name(code, said):
    with translation.override(code):
        assert [gettext(words) for words in ("in moderation", "live + draft", "Draft")] == said


TERMS = {"news release": "新闻稿", "Submit for review": "送审", "topic": "主题", "source": "来源"}


def test_terms():
    assert {english: ENTRIES.find(english).msgstr for english in TERMS} == TERMS


NOT_SAID = re.compile("发行|释放|提交工作流|片段|批准|拒绝|四眼|陈旧|债务|桌面")


def test_words_we_do_not_say():
    assert [text for _entry, text in TEXTS if NOT_SAID.search(text)] == []


def test_the_catalogue_holds_what_the_code_says(tmp_path):
    """Extracted anew from a copy of the tree, the set of messages is the same."""
    if shutil.which("xgettext") is None:
        if os.environ.get("CI"):
            pytest.fail("install gettext")
        pytest.skip("needs gettext")
    for name in ("home", "news", "site", "locale"):
        shutil.copytree(settings.BASE_DIR / name, tmp_path / name)
    shutil.copy(settings.BASE_DIR / "manage.py", tmp_path)
    command = ["makemessages", "--locale", "zh_Hans", "--no-obsolete", "--no-location", "--verbosity", "0"]
    environment = {"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var")}
    subprocess.run([sys.executable, "manage.py", *command], cwd=tmp_path, env=environment, check=True)
    extracted = polib.pofile(str(tmp_path / CATALOGUE.relative_to(settings.BASE_DIR)))
    assert {entry.msgid for entry in extracted} == {entry.msgid for entry in ENTRIES}
