"""The admin in the words of the house. In Chinese no English is left on the pages of a release and around them but
names, and no blank that Chinese does not have; in neither language does it speak as Wagtail does.
"""

import re
import shutil
import sqlite3
from contextlib import closing

import pytest

from tests.demo_site import DemoSite
from tests.people import Person

# What people see: texts, and what is said in attributes. Hidden markup is nobody's to read.
SEEN = """() => {
    const seen = [];
    const hidden = (element) => !element.checkVisibility({visibilityProperty: true});
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const parent = walker.currentNode.parentElement;
        if (!parent.closest("script, style, template, noscript, code, kbd, [lang|=en]") && !hidden(parent)) {
            seen.push(walker.currentNode.data);
        }
    }
    for (const name of ["title", "aria-label", "placeholder", "data-w-tooltip-content-value"]) {
        for (const element of document.querySelectorAll(`[${name}]`)) {
            if (!hidden(element) && !element.closest("[lang|=en]")) seen.push(element.getAttribute(name));
        }
    }
    return seen.concat(document.title);
}"""
BLANK = re.compile("：[ \u00a0]+\\S")
"""After a full-width colon, within a line as it is shown."""
BANNED = {
    "en": re.compile(r"moderat|workflow|snippet|wagtail|dashboard|\bpromote\b|domain\.com|\bdocument|[初复终]审", re.I),
    "zh-hans": re.compile(
        "moderat|workflow|snippet|wagtail|片段|缺失|帐号|工作流|文档|(First|Second|Final) review", re.I
    ),
}
"""What Wagtail says and we do not; and the other half of a name that is in both languages."""
DRAWN = """() => {
    const editor = document.querySelector(".js-translation-editor");
    return !editor || editor.querySelector("[data-segment]");
}"""
"""Whether our script has been through the translation editor, which is drawn after the page has loaded."""
# fmt: off
NAMES = {
    "Newsroom", "Wagtail", "English", "CSV", "XLSX", "PO", "URL", "HTML", "SEO", "ID", "ICP", "PDF",
    "JPEG", "PNG", "GIF", "WEBP", "AVIF", "WebP", "MB", "KB", "JPG", "Enter", "Ctrl", "Esc",
    "Alt", "Shift", "TBX", "Outlook", "EN", "UTF", "GB", "Gravatar", "JSON", "Markdown", "SVG", "ICO",
    # Names that columns of a table are known by.
    "en", "zh", "source", "target",
}
# fmt: on
RELEASES = "SELECT id FROM news_release ORDER BY id DESC LIMIT 5"
OTHERS = ["admin", "lin", "wei", "rosa", "theo", "chen", "ella"]
ARTICLE = "SELECT page_ptr_id FROM news_articlepage JOIN wagtailcore_page ON id = page_ptr_id WHERE {} ORDER BY id DESC"
PAGES = {
    "": None,
    "releases/": None,
    "calendar/": None,
    "calendar/?view=list": None,
    "calendar/subscribe/": None,
    "releases/{}/": RELEASES,
    "releases/{}/preview/": f"{RELEASES}, 1",
    "releases/{}/sheet/": f"{RELEASES}, 1",
    "releases/{}/correct-texts/": "SELECT max(id) FROM news_release WHERE id < 24",
    "pages/{}/": "SELECT page_ptr_id FROM news_newsindexpage UNION SELECT page_ptr_id FROM news_partnerindexpage",
    "pages/{}/edit/": f"{ARTICLE.format('NOT live')} LIMIT 4",
    "pages/{}/history/": f"{ARTICLE.format('NOT live')} LIMIT 1",
    "pages/{}/edit": f"{ARTICLE.format('live')} LIMIT 2",
    "pages/{}/edit/?": "SELECT page_ptr_id FROM news_partnerpage ORDER BY 1 DESC LIMIT 2",
    "pages/add/news/articlepage/{}/": "SELECT page_ptr_id FROM news_newsindexpage",
    "pages/add/news/partnerpage/{}/": "SELECT page_ptr_id FROM news_partnerindexpage LIMIT 1",
    "account/": None,
    "images/": None,
    "images/{}/": "SELECT id FROM home_customimage LIMIT 1",
    "documents/": None,
    "snippets/news/topic/": None,
    "glossary/": None,
    "glossary/import/": None,
    "glossary/add/": None,
    "glossary/edit/{}/": "SELECT id FROM news_glossaryterm LIMIT 1",
    "glossary/history/{}/": "SELECT id FROM news_glossaryterm LIMIT 1",
    "glossary/inspect/{}/": "SELECT id FROM news_glossaryterm LIMIT 1",
    "reports/workflow/": None,
    "reports/workflow_tasks/": None,
    "reports/aging-pages/": None,
    "reports/site-history/": None,
}
FIRST = ["", "releases/", "releases/{}/", "pages/{}/", "pages/{}/edit/"]
"""Where the roles see different things."""
WRITTEN = (
    *("news_", "home_", "wagtailcore_page", "wagtailcore_task", "wagtailcore_workflow"),
    *("wagtail_localize_string", "auth_user", "auth_group"),
)


@pytest.fixture(scope="module")
def demo(demo_folder, tmp_path_factory):
    """The demo as it was built: on the one that tests share, their writing comes and goes."""
    site = DemoSite(shutil.copytree(demo_folder, tmp_path_factory.mktemp("words") / "var"))
    with site.serve():
        yield site


@pytest.fixture(scope="module")
def database(demo):
    with closing(sqlite3.connect(f"{demo.environment['VAR_DIR']}/newsroom.sqlite3")) as connection:
        yield connection


@pytest.fixture(scope="module")
def said(database):
    """All that people have written on the site, and what they are called: {text, ...}"""
    texts = []
    tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    for table in tables:
        if table.startswith(WRITTEN):
            for row in database.execute(f'SELECT * FROM "{table}"'):
                texts += [str(value) for value in row if isinstance(value, str)]
    texts += [text.replace('\\"', '"') for text in texts if '\\"' in text]  # within the JSON of a body
    return {re.sub(r"\s+", " ", part).strip() for text in texts for part in (text, *text.split(" · "))}


def english_of(text, said):
    """What is neither Chinese nor a name nor anybody's writing."""
    text = re.sub(r"\s+", " ", text).strip()
    if text in said or is_part(text.removesuffix("…"), said) or re.search(r"https?://|@|\w/\w|\.\w{3,4}$", text):
        return None
    for run in re.findall(r"[A-Za-z][\w ,.;:'’()%&·–—-]*", text, re.ASCII):
        run = run.strip(" ,.;:()'·–—-")
        if run not in said and not is_part(run, said) and not set(re.findall(r"[A-Za-z]{2,}", run)) <= NAMES:
            return text
    return None


def is_part(text, said):
    return len(text) >= 15 and any(text in longer for longer in said)


@pytest.mark.full
def test_the_door_speaks_the_browsers_language(browser, demo, said):
    page = browser.new_context(locale="zh-CN").new_page()
    page.goto(f"{demo.url}/cms/login/")
    assert [found for text in page.evaluate(SEEN) if (found := english_of(text, said))] == []
    page.context.close()


@pytest.mark.full
@pytest.mark.parametrize("username", ["petra", *(pytest.param(name, marks=pytest.mark.nightly) for name in OTHERS)])
def test_no_english_is_left_but_names(browser, demo, database, said, username):
    person = Person(browser, demo, username, "zh-hans")
    left, blanks, banned, visited = {}, {}, {}, 0
    for address, texts in screens(person, database):
        visited += 1
        for text in texts:
            if found := english_of(text, said):
                left.setdefault(found, address)
        banned |= banned_among(texts, said, "zh-hans", address)
        shown = person.page.inner_text("body").splitlines()
        blanks |= {line.strip(): address for line in shown if BLANK.search(line) and line.strip() not in said}
    person.get_up()
    assert visited > 5
    assert left == {}
    assert blanks == {}
    assert banned == {}


@pytest.mark.full
@pytest.mark.parametrize("username", ["petra", pytest.param("admin", marks=pytest.mark.nightly)])
def test_wagtails_words_are_not_said(browser, demo, database, said, username):
    person = Person(browser, demo, username, "en")
    banned, visited = {}, 0
    for address, texts in screens(person, database):
        visited += 1
        banned |= banned_among(texts, said, "en", address)
        if person.page.locator("#wagtail-sidebar").count():  # a sheet and a preview have none
            person.page.locator("#wagtail-sidebar .emblem").wait_for()
    person.get_up()
    assert visited > 5
    assert banned == {}


def screens(person, database):
    """[(address, the texts that are seen there), ...] of what somebody may open."""
    for path, query in PAGES.items():
        if person.username != "petra" and path not in FIRST:
            continue
        for key in database.execute(query).fetchall() if query else [("",)]:
            address = f"{person.site.url}/cms/{path.format(*key)}"
            answer = person.page.goto(address, wait_until="load")
            if answer.status == 200 and not (path and person.page.url.rstrip("/").endswith("/cms")):
                person.page.wait_for_function(DRAWN)
                yield address, person.page.evaluate(SEEN)


def banned_among(texts, said, language, address):
    """{a text with words of Wagtail's: address}"""
    shown = {re.sub(r"\s+", " ", text).strip() for text in texts if BANNED[language].search(text)}
    # A stage as it is stored is somebody's writing too.
    return {text: address for text in shown if text not in said or re.search("· [初复终]审", text)}
