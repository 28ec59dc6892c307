"""A picture's way in the browser: its words, its approval, what takes its place, and how it is taken down."""

import json
import re
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from PIL import Image
from playwright.sync_api import expect

from .test_scenarios import CLICKS


def section(person, locale):
    found = person.page.request.get(
        f"{person.site.url}/cms/api/main/pages/?type=news.NewsIndexPage&locale={locale}"
    ).json()
    return next(item["id"] for item in found["items"] if item["meta"]["type"] == "news.NewsIndexPage")


def choose(person, name):
    """A picture of the library for the lead, by its title."""
    page = person.page
    chooser = page.locator("#id_lead_image-chooser")
    if "blank" not in chooser.get_attribute("class"):
        chooser.locator(".chosen button").first.click()
    offered = "#id_lead_image-chooser [data-chooser-action-choose], [data-tippy-root] [data-chooser-action-choose]"
    page.locator(offered).locator("visible=true").first.click()
    page.locator(".modal-body [name=q]").fill(name)
    page.locator(".modal-body a.image-choice", has_text=name).first.click()
    expect(page.locator(".modal-body")).to_have_count(0)


OTHERS = """
import json
from django.contrib.auth import get_user_model
from home.images import CustomImage
from news.demo.review import as_old_news, work_through
from news.models import ArticlePage, NewsIndexPage
made = []
for number, state in enumerate(["old", "old", "scheduled"]):
    owner = get_user_model().objects.get(username="ella")
    words = {{"title": f"Pier {{number}} {name}", "summary": f"Pier {{number}} is open."}}
    picture = CustomImage.objects.get(title="Pier {name}")
    page = ArticlePage(**words, body=[("paragraph", "<p>It is open.</p>")], lead_image=picture, live=False, owner=owner)
    NewsIndexPage.objects.get(locale__language_code="en").add_child(instance=page)
    page.save_revision(user=owner)
    texts = {{words["title"]: f"码头{{number}}", words["summary"]: f"码头{{number}}开放。"}}
    texts |= {{"It is open.": "开放。", "A pier": "一座码头"}}
    as_old_news(page, texts) if state == "old" else work_through(page, texts, state)
    made.append(page.slug)
print(json.dumps(made))
"""


def answer(url):
    """(status, text) that a guest gets."""
    try:
        with urlopen(url) as response:
            return response.status, response.read().decode("utf-8", "replace")
    except HTTPError as refusal:
        return refusal.code, refusal.read().decode("utf-8", "replace")


def pictures_of(site, slug, language="en"):
    """[address of a rendition] on a public page."""
    status, html = answer(f"{site.url}/{language}/news/{slug}/")
    assert status == 200
    lead = re.search(r"<figure>.*?</figure>", html, re.DOTALL)
    return sorted(set(re.findall(r"/media/[^\s\"]+", lead[0]))) if lead else []


def upload(person, file, title):
    """Into the library, with the English words alone."""
    page = person.page
    page.goto(f"{person.site.url}/cms/images/add/")
    page.set_input_files("input[type=file]", file)
    page.locator("[name=title]").fill(title)
    page.locator("[name=alt_en]").fill("A pier")
    page.locator("form[enctype] [type=submit]").first.click()
    page.wait_for_url("**/cms/images/")
    found = page.request.get(f"{person.site.url}/cms/images/?q={title}").text()
    return int(re.search(r"/cms/images/(\d+)/", found)[1])


@pytest.mark.nightly
@pytest.mark.parametrize("language", ["zh-hans", pytest.param("en", marks=pytest.mark.nightly)])
def test_from_upload_to_its_end(sit_down, demo_site, tmp_path, language):
    name = f"way {language}"
    for file, colour in (("old.png", "teal"), ("new.png", "maroon")):
        Image.new("RGB", (1400, 800), colour).save(tmp_path / file)

    # ella knows no Chinese: she uploads the picture, and writes with it
    ella = sit_down("ella", language)
    old = upload(ella, tmp_path / "old.png", f"Pier {name}")
    page = ella.page
    page.goto(f"{ella.site.url}/cms/pages/add/news/articlepage/{section(ella, 'en')}/")
    page.locator("[name=title]").fill(f"A pier {name}")
    page.locator("[name=summary]").fill("The pier is open.")
    choose(ella, f"Pier {name}")
    expect(page.locator("[name=lead_image_alt]")).to_have_value("A pier")
    page.locator(".c-sf-add-button").first.click()
    page.get_by_role("option", name=ella.say("Paragraph")).first.click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type("People walk on it.")
    expect(page.locator("[name=body-0-value]")).to_have_value(re.compile("walk"))
    ella.submit_in_the_page_editor()
    release = page.url

    # lin writes what it shows in Chinese; it is checked, approved and released
    lin = sit_down("lin", language)
    lin.from_the_desk(f"A pier {name}")
    lin.translate([f"码头{language}", "码头开放。", "一座码头", "人们在上面行走。"])
    lin.press("Submit for review")
    expect(lin.page.locator(".review-bar")).to_contain_text(lin.stage("In first review", "初审"))
    for username, verb in (("wei", "Approve %(language)s"), ("petra", "Sign off %(language)s")):
        person = sit_down(username, language)
        for spoken in ("English", "Chinese"):
            person.page.goto(release)
            person.step(verb, language=spoken)
    petra = person
    petra.page.goto(release)
    petra.step("Release both now")
    slug = re.search(r"/en/news/([\w-]+)/", petra.page.content())[1]
    assert 'alt="A pier"' in answer(f"{demo_site.url}/en/news/{slug}/")[1]
    assert 'alt="一座码头"' in answer(f"{demo_site.url}/zh-hans/news/{slug}/")[1]
    made = demo_site.manage("shell", "-v0", "-c", OTHERS.format(name=name))
    second, third, scheduled = json.loads(made.strip().splitlines()[-1])
    shown = pictures_of(demo_site, slug)
    assert shown and {answer(demo_site.url + url)[0] for url in shown} == {200}
    assert answer(f"{demo_site.url}/en/news/{scheduled}/")[0] == 404

    # another picture takes its place in three releases, by one act
    new = upload(ella, tmp_path / "new.png", f"Better {name}")
    page.goto(f"{ella.site.url}/cms/images/{old}/")
    ella.clicks = petra.clicks = 0
    ella.press("Replace…")
    page.get_by_label(f"Pier 2 {name}").uncheck()
    ella.click(page.locator("[data-chooser-action-choose]").locator("visible=true").first)
    page.locator(".modal-body [name=q]").fill(f"Better {name}")
    ella.click(page.locator(".modal-body a.image-choice", has_text=f"Better {name}").first)
    expect(page.locator(".modal-body")).to_have_count(0)
    ella.press("Propose it")
    page.wait_for_url("**/cms/files/replacements/*/")
    assert pictures_of(demo_site, slug) == shown
    ella.shot(f"replacement-{language}")
    petra.page.goto(f"{petra.site.url}/cms/")
    petra.click(petra.page.locator(f".desk a[href='{page.url.removeprefix(petra.site.url)}']"))
    petra.press("Agree and replace")
    expect(petra.page.locator(".messages .success")).to_be_visible()
    assert ella.clicks + petra.clicks == int(CLICKS["i"])
    for other in (slug, second, third):
        for spoken in ("en", "zh-hans"):
            now = pictures_of(demo_site, other, spoken)
            assert now and not set(now) & set(shown)
            assert {answer(demo_site.url + url)[0] for url in now} == {200}
    assert 'alt="A pier"' in answer(f"{demo_site.url}/en/news/{slug}/")[1]
    assert {answer(demo_site.url + url)[0] for url in shown} == {404}
    feed = answer(f"{demo_site.url}/en/news/feed/")[1]
    assert not [url for url in shown if url in feed]

    # for its rights it is taken down everywhere, and where the former one waits for its day that goes too
    petra.page.goto(f"{petra.site.url}/cms/files/image/{new}/take-down/")
    petra.page.locator("[name=reason]").fill("The agency called.")
    petra.page.locator(".file-form [type=submit]").click()
    expect(petra.page.locator(".messages .success")).to_be_visible()
    for other in (slug, second, third):
        assert pictures_of(demo_site, other) == []
    assert {answer(demo_site.url + url)[0] for url in now} == {410}
    petra.page.goto(f"{petra.site.url}/cms/files/image/{old}/take-down/")
    expect(petra.page.locator(".file-uses li")).to_have_count(1)
    petra.page.locator("[name=reason]").fill("That one, too.")
    petra.page.locator(".file-form [type=submit]").click()
    expect(petra.page.locator(".messages .success")).to_be_visible()
    assert {answer(demo_site.url + url)[0] for url in shown} == {410}
    demo_site.manage("shell", "-v0", "-c", SCHEDULED.format(slug=scheduled))


SCHEDULED = """
from news.models import ArticlePage
from news.pair.pair import pair_of
pair = pair_of(ArticlePage.objects.get(slug="{slug}", locale__language_code="en"))
assert pair.release.release_at
for version in pair.versions.values():
    assert version.is_pending and version.at(version.approved_revision).lead_image is None
"""


@pytest.mark.full
@pytest.mark.parametrize("language", ["zh-hans", pytest.param("en", marks=pytest.mark.nightly)])
def test_what_the_library_says_stands_in_the_page_until_somebody_says_otherwise(sit_down, language):
    ella = sit_down("ella", language)
    page = ella.page
    page.goto(f"{ella.site.url}/cms/pages/add/news/articlepage/{section(ella, 'en')}/")
    alt, caption = page.locator("[name=lead_image_alt]"), page.locator("[name=lead_image_caption]")
    choose(ella, "Demo: bridge")
    expect(alt).not_to_have_value("")
    said = alt.input_value()
    assert said.isascii(), said  # the words of the page's language, not of the admin's
    choose(ella, "Demo: tram")
    expect(alt).not_to_have_value(said)
    alt.fill("Trams of my own")
    choose(ella, "Demo: bridge")
    page.wait_for_load_state("networkidle")
    expect(alt).to_have_value("Trams of my own")
    expect(caption).to_be_visible()
    page.evaluate("onbeforeunload = null")
