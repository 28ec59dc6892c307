"""The pictures of README.md, README.zh.md and docs/, taken anew from a demo of its own: `make screenshots`."""

import sys
import tempfile
from pathlib import Path

import django
from PIL import Image
from playwright.sync_api import sync_playwright

from tests.demo_site import DemoSite
from tests.find_browser import ARGUMENTS, find
from tests.slip import SLIP, Slip

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "images"
ARTICLE = "news/shenzhen-california-centre-opens/"


def main():
    django.setup()
    with tempfile.TemporaryDirectory(prefix="newsroom-screenshots-") as folder, sync_playwright() as playwright:
        site = DemoSite(Path(folder))
        site.manage("demo", "--no-serve")
        slip = Slip(site, is_filled=True)
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        with site.serve():
            readers(browser, site)
            for language, short in (("en", "en"), ("zh-hans", "zh")):
                editors(browser, site, language, short)
                slips(browser, site, slip, language, short)


def readers(browser, site):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    for name, path in {
        "front-en": "en/",
        "article-zh": f"zh-hans/{ARTICLE}",
        "bilingual": f"en/{ARTICLE}bilingual/",
    }.items():
        page.goto(f"{site.url}/{path}", wait_until="networkidle")
        keep(page, name)


def editors(browser, site, language, short):
    from tests.people import Person  # which needs Django set up

    petra, lin, ella = (Person(browser, site, name, language) for name in ("petra", "lin", "ella"))
    petra.page.goto(f"{site.url}/cms/", wait_until="networkidle")
    keep(petra.page, f"desk-{short}")

    lin.from_the_desk("Call for papers")
    lin.press("Next open paragraph")
    lin.page.wait_for_load_state("networkidle")
    keep(lin.page, f"translation-{short}")

    ella.from_the_desk("Mangrove count")
    ella.page.get_by_role("link", name=ella.say("Open in the editor")).first.click()
    ella.page.wait_for_load_state("networkidle")
    ella.page.locator("footer [data-w-dropdown-target=toggle]").first.click()
    keep(ella.page, f"editor-{short}")

    petra.from_the_list("Lantern Bay's night buses go electric")
    keep(petra.page, f"release-{short}")
    petra.press("Preview both drafts")
    petra.page.wait_for_load_state("networkidle")
    keep(petra.page, f"preview-{short}")

    petra.from_the_list("Forum to meet in Shenzhen in June 2027")
    keep(petra.page, f"findings-{short}")
    petra.press("Glossary")
    petra.page.wait_for_load_state("networkidle")
    keep(petra.page, f"glossary-{short}")

    petra.from_the_list("Forum publishes ten measures for low-carbon ports")
    petra.press("Correct")
    petra.page.locator("#find").fill("14")
    keep(petra.page, f"correct-{short}")


def slips(browser, site, slip, language, short):
    """For the first screen of README.md, twice as sharp: a slip in the editor, and both texts in which it is marked."""
    from tests.people import Person

    view = {"viewport": {"width": 960, "height": 2000}, "device_scale_factor": 2}
    lin = Person(browser, site, "lin", language, **view)
    lin.page.context.add_cookies([{"name": "wagtail_sidebar_collapsed", "value": "1", "url": site.url}])
    lin.page.goto(slip.translation, wait_until="networkidle")
    paragraph = lin.page.locator("[data-segment]", has_text=SLIP)
    paragraph.locator("[data-note=findings]").wait_for()
    keep(lin.page, f"slip-{short}", paragraph)

    lin.page.goto(slip.release, wait_until="networkidle")
    keep(lin.page, f"side-by-side-{short}", lin.page.locator("section", has=lin.page.locator("#texts")))


def keep(page, name, part=None):
    """A picture in 256 colours, a quarter of the bytes: of what is in view, or of a part of it."""
    page.wait_for_timeout(500)  # what slides or fades in is there
    path = FOLDER / f"{name}.png"
    (part or page).screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(256, dither=Image.Dither.NONE).save(path, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
