"""A reader's site in a real browser: without script, without other hosts, and what the one script adds."""

import gzip
import re
from urllib.request import urlopen

import pytest
from django.conf import settings
from playwright.sync_api import expect

from newsroom.static_files import joined

ARTICLE = "news/ten-measures-for-ports/"
PATHS = ["", "news/", ARTICLE, f"{ARTICLE}bilingual/", "partners/", "partners/example-harbour-institute/", "about/"]


@pytest.fixture
def reader(browser, demo_site):
    """Open a page as a new reader; fails at the end if anything was asked of another host or anything went wrong."""
    contexts, troubles = [], []

    def note(request):
        if not request.url.startswith((demo_site.url, "data:")):
            troubles.append(request.url)

    def reader(path, **options):
        context = browser.new_context(base_url=demo_site.url, **options)
        contexts.append(context)
        page = context.new_page()
        page.on("request", note)
        page.on("pageerror", lambda error: troubles.append(str(error)))
        page.on("console", lambda message: troubles.append(message.text) if message.type == "error" else None)
        page.goto(path)
        return page

    yield reader
    for context in contexts:
        context.close()
    assert troubles == []


@pytest.mark.parametrize(
    ("language", "script"),
    [
        ("en", True),
        *(
            pytest.param(*case, marks=pytest.mark.full)
            for case in [("en", False), ("zh-hans", True), ("zh-hans", False)]
        ),
    ],
)
def test_nothing_is_asked_of_another_host(reader, language, script):
    page = reader(f"/{language}/", java_script_enabled=script)
    for path in PATHS:
        page.goto(f"/{language}/{path}", wait_until="networkidle")
        page.mouse.wheel(0, 20000)
        expect(page.locator("h1").first).to_be_attached()


@pytest.mark.full
def test_everything_can_be_reached_without_script(reader):
    page = reader("/en/", java_script_enabled=False)
    page.get_by_role("link", name="News", exact=True).click()
    page.get_by_role("link", name="Ports", exact=True).click()
    page.get_by_role("link", name="Forum publishes ten measures for low-carbon ports").first.click()
    page.get_by_role("link", name="中文", exact=True).click()
    expect(page).to_have_url(re.compile(f"/zh-hans/{ARTICLE}$"))
    page.get_by_role("link", name="中英对照").click()
    expect(page.get_by_text("The forum published ten measures")).to_be_visible()
    expect(page.get_by_role("button", name="A+")).to_have_count(0)
    expect(page.get_by_role("button", name="复制链接")).to_have_count(0)


@pytest.mark.parametrize("path", [ARTICLE, pytest.param(f"{ARTICLE}bilingual/", marks=pytest.mark.full)])
def test_the_switcher_lands_on_the_block_being_read(reader, path):
    page = reader(f"/en/{path}", viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    page.get_by_role("heading", name="The trial at three terminals").evaluate("(heading) => heading.scrollIntoView()")
    top = "[...document.querySelectorAll(\"[id^='b-']\")].find((b) => b.getBoundingClientRect().bottom > 80).id"
    block = page.evaluate(top)
    switch = page.get_by_role("link", name="中文", exact=True).bounding_box()
    page.mouse.click(switch["x"] + switch["width"] / 2, switch["y"] + switch["height"] / 2)  # without scrolling to it
    page.wait_for_url(re.compile(f"/zh-hans/{path}#{block}$"))
    page.wait_for_function(f"Math.abs(document.getElementById('{block}').getBoundingClientRect().top) < 90")


TOP = "[...document.querySelectorAll(\"[id^='b-']\")].find((b) => b.getBoundingClientRect().bottom > 80).id"


@pytest.mark.parametrize("width", [1280, pytest.param(375, marks=pytest.mark.full)])
@pytest.mark.parametrize(
    ("code", "both", "one"),
    [pytest.param("en", "Side by side", "One language", marks=pytest.mark.full), ("zh-hans", "对照", "单语")],
)
def test_the_block_is_kept_between_one_language_and_both(reader, code, both, one, width):
    page = reader(f"/{code}/{ARTICLE}", viewport={"width": width, "height": 800}, reduced_motion="reduce")
    page.locator(".prose .block-heading").nth(1).evaluate("(heading) => heading.scrollIntoView()")
    block = page.evaluate(TOP)
    for name, below in ((both, "bilingual/"), (one, "")):
        link = page.locator(".switcher").get_by_role("link", name=name, exact=True).bounding_box()
        page.mouse.click(link["x"] + link["width"] / 2, link["y"] + link["height"] / 2)  # without scrolling to it
        page.wait_for_url(re.compile(f"/{code}/{ARTICLE}{below}#{block}$"))
        page.wait_for_function(f"Math.abs(document.getElementById('{block}').getBoundingClientRect().top) < 90")
    assert page.context.cookies() == []  # nobody has chosen a language


EDGES = """() => {
  const canvas = new OffscreenCanvas(1, 1).getContext('2d', { willReadFrequently: true });
  const luminance = (colour) => {
    canvas.fillStyle = colour;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const background = (element) => {
    const colour = getComputedStyle(element).backgroundColor;
    return colour === 'rgba(0, 0, 0, 0)' && element.parentElement ? background(element.parentElement) : colour;
  };
  return [...document.querySelectorAll('input, button, select, textarea')]
    .filter((element) => element.checkVisibility() && parseFloat(getComputedStyle(element).borderTopWidth))
    .map((element) => {
      const style = getComputedStyle(element);
      const [light, dark] = [luminance(style.borderTopColor), luminance(background(element.parentElement))]
        .sort((one, other) => other - one);
      return [element.outerHTML.slice(0, 60), (light + 0.05) / (dark + 0.05)];
    });
}"""
"""[[what, contrast of its edge with what it stands on]] of all that can be typed in or pressed."""


@pytest.mark.parametrize(
    ("language", "path", "scheme"),
    [
        ("en", ARTICLE, "light"),
        ("zh-hans", "search/?q=x", "dark"),
        pytest.param("en", ARTICLE, "dark", marks=pytest.mark.full),
        pytest.param("zh-hans", "search/?q=x", "light", marks=pytest.mark.full),
    ],
)
def test_fields_and_buttons_have_an_edge(reader, language, path, scheme):
    page = reader(f"/{language}/{path}", color_scheme=scheme, permissions=["clipboard-read"])
    found = page.evaluate(EDGES)
    assert len(found) >= 2
    assert not [what for what, contrast in found if contrast < 3]


@pytest.mark.full
def test_the_choice_of_language_is_remembered_for_the_front_door_alone(reader):
    page = reader("/en/", locale="en-GB")
    assert page.context.cookies() == []
    page.get_by_role("link", name="中文", exact=True).click()
    expect(page).to_have_url(re.compile("/zh-hans/$"))
    page.goto("/")
    expect(page).to_have_url(re.compile("/zh-hans/$"))
    page.goto("/en/news/")
    expect(page).to_have_url(re.compile("/en/news/$"))


def test_larger_type_is_remembered_without_a_cookie(reader):
    page = reader(f"/en/{ARTICLE}")
    size = "parseFloat(getComputedStyle(document.querySelector('.prose p')).fontSize)"
    before = page.evaluate(size)
    page.get_by_role("button", name="A++ Largest type").click()
    assert page.evaluate(size) > before * 1.25
    page.goto("/zh-hans/")
    assert page.evaluate("document.documentElement.dataset.type") == "2"
    expect(page.get_by_role("button", name="A++ 特大字号")).to_have_attribute("aria-pressed", "true")
    assert page.context.cookies() == []


@pytest.mark.full
def test_the_layout_holds_at_the_largest_type_on_a_small_phone(reader):
    page = reader("/en/", viewport={"width": 320, "height": 640})
    page.get_by_role("button", name="A++ Largest type").click()
    for language in ("en", "zh-hans"):
        for path in PATHS:
            page.goto(f"/{language}/{path}")
            assert page.evaluate("document.documentElement.scrollWidth") <= 320, (language, path)


def test_copying_the_link_and_the_text(reader):
    page = reader(f"/zh-hans/{ARTICLE}", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="复制链接").click()
    expect(page.get_by_role("button", name="已复制")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(f"/zh-hans/{ARTICLE}")
    page.get_by_role("button", name="复制全文").click()
    page.wait_for_function("navigator.clipboard.readText().then((text) => text.length > 400)")
    text = page.evaluate("navigator.clipboard.readText()")
    assert text.startswith("深圳国际低碳城论坛发布港口低碳行动十条")
    assert "来源：灯塔湾电力公司" in text
    assert f"/zh-hans/{ARTICLE}" in text.splitlines()[-1]


def test_print_has_both_titles_and_no_navigation(reader):
    page = reader(f"/en/{ARTICLE}")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", name="Forum publishes ten measures for low-carbon ports")).to_be_visible()
    expect(page.get_by_text("深圳国际低碳城论坛发布港口低碳行动十条")).to_be_visible()
    expect(page.get_by_text("Source: Lantern Bay Power Company")).to_be_visible()
    expect(page.locator(".print-only", has_text=f"/en/{ARTICLE}")).to_be_visible()
    for name in ("Main menu", "Language"):
        expect(page.get_by_role("navigation", name=name)).to_have_count(0)
    expect(page.locator(".share")).to_be_hidden()


@pytest.mark.parametrize(
    "path",
    [*(pytest.param(path, marks=pytest.mark.full) for path in (ARTICLE, "news/?year=2026")), f"{ARTICLE}bilingual/"],
)
@pytest.mark.parametrize("scheme", ["light", pytest.param("dark", marks=pytest.mark.full)])
def test_the_current_section_is_seen_in_forced_colours(reader, path, scheme):
    page = reader(f"/zh-hans/{path}", forced_colors="active", color_scheme=scheme)
    current = page.locator(".menu [aria-current]")
    expect(current).to_have_css("text-decoration-line", "underline")
    expect(current).to_have_css("border-bottom-width", "3px")
    expect(page.locator(".menu a:not([aria-current])").first).to_have_css("border-bottom-width", "0px")


def test_the_skip_link_is_the_first_stop_and_leads_to_the_content(reader):
    page = reader("/en/news/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_pages_are_light(demo_site):
    """Over the wire, gzipped: HTML and style of any article under 20 kB; the one script, as it is, under 5 kB."""
    static = settings.PROJECT_DIR / "static" / "newsroom"
    assert len((static / "site.js").read_bytes()) < 5000
    css = len(gzip.compress(joined(static / "site.css").encode(), 6))
    sitemap = urlopen(f"{demo_site.url}/sitemap-pages.xml").read().decode()
    articles = re.findall(r"<loc>(\S+/news/\S+)</loc>", sitemap)
    assert len(articles) > 20
    for article in articles:
        html = len(gzip.compress(urlopen(article).read(), 6))
        assert html + css < 20_000, article


@pytest.mark.parametrize("path", PATHS[:4])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_little_of_a_page_is_white_space(demo_site, language, path):
    """Indentation, and the lines that tags of templates leave, are less than an eighth of what is sent."""
    html = urlopen(f"{demo_site.url}/{language}/{path}").read()
    assert sum(map(len, re.findall(rb"\s{2,}", html))) < len(html) / 8
