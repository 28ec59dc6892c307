"""The recording on the first screen of README.md: half a minute in a real browser, on a demo. `make recording`.

A wrong 亿 is shown where it stands and put right, both languages are approved and released as one act, and a reader who
changes the language stays where they were. What is clicked is clicked; the pointer and the captions are drawn on top.
"""

import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

import django
from PIL import Image, ImageDraw
from playwright.sync_api import expect, sync_playwright

from tests.demo_site import DemoSite
from tests.find_browser import ARGUMENTS, find
from tests.slip import MENDED, RIGHT_FIGURE, SLIP, Slip

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "images"
VIEW, CAPTION, SCALE = {"width": 960, "height": 600}, {"width": 960, "height": 54}, 1.5
SEEN = {"viewport": VIEW, "device_scale_factor": SCALE, "reduced_motion": "reduce"}
LARGEST = 2_000_000
"""Bytes of a recording: it is on the first page that anybody loads."""

WORDS = {
    "en": {
        "slip": "The English says 120 million. The translator writes 12亿, ten times as many.",
        "seen": "While it is still being typed, both texts are compared, and the slip is named.",
        "right": "The translator puts the figure right: 1.2亿.",
        "comma": "A comma of the wrong width is mended by a click.",
        "submit": "Nothing is open any more: off to the reviewers.",
        "texts": "Whoever approves reads both texts side by side.",
        "approve": "The publisher approves the English, then the Chinese. Still nothing is public.",
        "release": "Released as one act: both languages are public, or neither.",
        "read": "A reader opens the English and reads on …",
        "switch": "… changes to Chinese, and stays at the same paragraph.",
    },
    "zh-hans": {
        "slip": "英文为120 million，译者写成12亿，相差十倍。",
        "seen": "尚未保存，系统已比对两种文本，当场指出数字有误。",
        "right": "译者改为1.2亿。",
        "comma": "半角逗号，点一下即可改正。",
        "submit": "核对无误，送审。",
        "texts": "审稿时，中英文逐段并列。",
        "approve": "签发人先后签发英文稿和中文稿，此时读者仍看不到。",
        "release": "双语同时发布：要么都发，要么都不发。",
        "read": "读者打开英文版，读到一半……",
        "switch": "……切换到中文，仍停在同一段。",
    },
}
SCROLL = """(element, way) => {
    let box = element.parentElement;
    while (box && !/auto|scroll/.test(getComputedStyle(box).overflowY)) box = box.parentElement;
    (box || document.scrollingElement).scrollBy({ top: way, behavior: "instant" });
}"""
"""In the admin the window stands still and a part of the page is scrolled."""
PAINTED = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
POINTER = [(0, 0), (0, 17), (4, 13.5), (7, 20), (9.6, 18.9), (6.7, 12.5), (12, 12.2)]


class Film:
    """Frames of one page at a time, each with how long it is shown; a pointer and a caption are drawn on them."""

    def __init__(self, browser, language):
        self.language = language
        self.captions = browser.new_page(viewport=CAPTION, device_scale_factor=SCALE)
        self.page = self.view = self.caption = self.marked = None
        self.pointer = (VIEW["width"] * 0.6, VIEW["height"] * 0.75)
        self.frames, self.durations = [], []

    def say(self, name):
        words = WORDS[self.language][name]
        style = (
            "margin:0;height:54px;display:grid;place-items:center;background:#12372a;color:#fff;"
            "font:600 19px/1.2 'Noto Sans CJK SC',sans-serif"
        )
        self.captions.set_content(f'<body lang={self.language} style="{style}">{words}')
        self.caption = Image.open(BytesIO(self.captions.screenshot())).convert("RGB")

    def look(self, seconds):
        """The page as it is now; beside `marked`, a locator, a bar is drawn."""
        self.page.evaluate(PAINTED)
        self.view = Image.open(BytesIO(self.page.screenshot(caret="initial"))).convert("RGB")
        if self.marked:
            box = {name: size * SCALE for name, size in self.marked.bounding_box().items()}
            bar = (box["x"] - 30, box["y"], box["x"] - 22, box["y"] + box["height"])
            ImageDraw.Draw(self.view).rectangle(bar, fill="#c2410c")
        self.keep(seconds)

    def keep(self, seconds, pressed=False):
        """What was last seen of the page, with the pointer where it is now."""
        frame = Image.new("RGB", (self.view.width, self.view.height + self.caption.height))
        frame.paste(self.view)
        frame.paste(self.caption, (0, self.view.height))
        draw, (x, y) = ImageDraw.Draw(frame), (place * SCALE for place in self.pointer)
        if pressed:
            draw.ellipse((x - 21, y - 21, x + 21, y + 21), outline="#c2410c", width=5)
        shape = [(x + right * SCALE, y + down * SCALE) for right, down in POINTER]
        draw.polygon(shape, fill="#111", outline="#fff", width=2)
        self.frames.append(frame)
        self.durations.append(round(seconds * 1000))

    def click(self, target, shows, seconds=1.0):
        """Go there, press, and look at what has become of it once `shows`, a locator, is there."""
        box = target.bounding_box()
        (left, top), steps = self.pointer, 6
        right, down = box["x"] + box["width"] * 0.6, box["y"] + box["height"] * 0.6
        for step in range(1, steps + 1):
            part = step / steps * (2 - step / steps)
            self.pointer = (left + (right - left) * part, top + (down - top) * part)
            self.keep(0.06)
        self.keep(0.25, pressed=True)
        self.page.mouse.click(*self.pointer)  # where it is drawn, and without scrolling to it
        expect(shows).to_be_visible()
        self.page.wait_for_load_state("networkidle")
        self.page.wait_for_timeout(500)  # what slides or fades in is there
        if seconds:
            self.look(seconds)

    def write(self, words):
        for number, character in enumerate(words, 1):
            self.page.keyboard.insert_text(character)
            if number % 2 == 0 or number == len(words):
                self.look(0.14)

    def put(self, target, top):
        """Scroll until `target` stands that far below the upper edge."""
        target.evaluate(SCROLL, target.bounding_box()["y"] - top)
        self.page.wait_for_timeout(200)

    def scroll(self, target, top, seconds):
        """The same, looked at on the way and then for that long."""
        far = target.bounding_box()["y"]
        for step in range(1, 5):
            self.put(target, far + (top - far) * step / 4)
            self.look(0.07 if step < 4 else seconds)

    def save(self, path):
        self.frames[0].save(
            path,
            save_all=True,
            append_images=self.frames[1:],
            duration=self.durations,
            loop=0,
            quality=90,
            method=4,
            minimize_size=True,
            allow_mixed=True,
        )


def main():
    django.setup()
    with tempfile.TemporaryDirectory(prefix="newsroom-recording-") as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=ARGUMENTS)
        built = Path(folder) / "built"
        DemoSite(built).manage("demo", "--no-serve")
        for language, short in (("en", "en"), ("zh-hans", "zh")):
            site = DemoSite(shutil.copytree(built, Path(folder) / short))
            film = Film(browser, language)
            with site.serve():
                play(film, browser, site, Slip(site))
            path = FOLDER / f"recording-{short}.webp"
            film.save(path)
            size, seconds = path.stat().st_size, sum(film.durations) / 1000
            print(f"{path.name}: {len(film.frames)} frames, {seconds:.1f} s, {size:,} bytes")
            assert size < LARGEST


def play(film, browser, site, slip):
    from tests.people import Person  # which needs Django set up

    lin, wei, petra = (Person(browser, site, name, film.language, **SEEN) for name in ("lin", "wei", "petra"))
    for person in (lin, petra):
        person.page.context.add_cookies([{"name": "wagtail_sidebar_collapsed", "value": "1", "url": site.url}])
    translate(film, lin, slip)
    for language in ("English", "Chinese"):  # the first of two reviews
        wei.page.goto(slip.release)
        wei.step("Approve %(language)s", language=language)
    publish(film, petra, slip)
    read(film, browser, f"{site.url}/en/{slip.path}")


def translate(film, lin, slip):
    film.page = page = lin.page
    page.goto(slip.translation, wait_until="networkidle")
    lin.press("Next open paragraph")
    field = page.locator(".js-translation-editor textarea")
    expect(field).to_be_focused()
    paragraph = page.locator(".js-translation-editor [data-segment]", has=page.locator("textarea"))
    page.wait_for_timeout(500)  # the editor brings the field into view
    film.put(paragraph, 190)
    film.say("slip")
    film.look(1.6)
    film.write(SLIP)
    expect(paragraph.locator("[data-note=typing]")).to_contain_text(RIGHT_FIGURE[0])
    film.say("seen")
    film.look(3.2)

    film.say("right")
    wrong, right = RIGHT_FIGURE
    at = SLIP.index(wrong)
    field.evaluate("(field, [from, to]) => field.setSelectionRange(from, to)", [at, at + len(wrong)])
    film.look(0.7)
    film.write(right)
    expect(paragraph.locator("[data-note=typing]")).not_to_contain_text(wrong)
    film.look(1.0)
    paragraph = page.locator(f"#{paragraph.get_attribute('id')}")  # the field by which it was found closes
    field.press("Enter")
    found = paragraph.locator("[data-note=findings]")
    expect(found).to_be_visible()
    page.wait_for_load_state("networkidle")
    film.say("comma")
    film.look(0.8)
    film.click(found.get_by_role("button", name=lin.say("Fix it")), paragraph.get_by_text(MENDED), seconds=0)
    film.put(paragraph, 190)
    film.look(1.5)
    film.say("submit")
    film.click(page.get_by_role("button", name=lin.say("Submit for review")), page.locator(".messages .success"))


def publish(film, petra, slip):
    film.page = page = petra.page
    page.goto(slip.release, wait_until="networkidle")
    film.say("texts")
    film.look(0.8)
    film.scroll(page.locator("#texts"), top=24, seconds=2.4)
    film.put(page.locator(".w-slim-header"), 60)
    film.say("approve")
    film.look(0.8)
    approvals = [petra.say("Sign off %(language)s", language=language) for language in ("English", "Chinese")]
    english, chinese, release, correct = (
        page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first
        for name in (*approvals, petra.say("Release both now"), petra.say("Correct"))
    )
    film.click(english, chinese)
    film.click(chinese, release)
    film.say("release")
    film.click(release, correct, seconds=2.2)


def read(film, browser, address):
    film.page = page = browser.new_page(**SEEN)
    page.goto(address, wait_until="networkidle")
    film.say("read")
    film.look(1.2)
    block = page.locator(".prose > .block").nth(2).get_attribute("id")
    film.marked = page.locator(f"#{block}")  # of that name in either language
    film.scroll(film.marked, top=90, seconds=1.6)
    film.say("switch")
    film.click(
        page.get_by_role("link", name="中文", exact=True).locator("visible=true"),
        page.locator("[lang=zh-Hans] body"),
        3.5,
    )


if __name__ == "__main__":
    sys.exit(main())
