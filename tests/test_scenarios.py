"""An editor's way through a release, as each role, in both admin languages, on the demo. The clicks are counted.

How many each scenario takes stands in docs/developers.md, and is held here.
"""

import json
import re
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from django.conf import settings
from playwright.sync_api import expect

from news.demo.build import PASSWORD

WORDS = {
    "en": ("Tide gauge {}", "The harbour measures the tide.", "The gauge recorded 1,200 tides in 2026."),
    "zh-hans": ("潮位计{}", "港口测量潮位。", "2026年，潮位计共记录1200次潮汐。"),
}
MAKE = """
import json
from news.models import ArticlePage, NewsIndexPage
from django.contrib.auth import get_user_model
made = {{}}
for name, (title, summary, text, author) in json.loads({given!r}).items():
    code = name.split()[1]
    owner = get_user_model().objects.get(username=author)
    page = ArticlePage(title=title, summary=summary, body=[("paragraph", f"<p>{{text}}</p>")], live=False, owner=owner)
    NewsIndexPage.objects.get(locale__language_code=code).add_child(instance=page)
    page.save_revision(user=owner)
    made[name] = [page.pk, page.slug]
print(json.dumps(made))
"""
CLICKS = dict(
    re.findall(r"^\| \((\w)\) .*\| (\d+) \|$", (settings.BASE_DIR / "docs" / "developers.md").read_text(), re.MULTILINE)
)


@pytest.fixture(scope="session")
def drafts(demo_site):
    """{"a en en": (page, slug)}: a draft for each scenario, language of the original, language of the admin."""
    given = {}
    for scenario in "abcdefghjklmnop":
        for admin in ("en", "zh-hans"):
            code = "zh-hans" if scenario == "b" else "en"
            title, summary, text = WORDS[code]
            given[f"{scenario} {code} {admin}"] = (
                title.format(f"{scenario}-{admin}"),
                summary,
                text,
                "chen" if code == "zh-hans" else "ella",
            )
    made = demo_site.manage("shell", "-v0", "-c", MAKE.format(given=json.dumps(given)))
    return json.loads(made.strip().splitlines()[-1])


class Story:
    """One scenario: its draft, its people, their clicks."""

    def __init__(self, name, admin, sit_down, site, drafts):
        code = "zh-hans" if name == "b" else "en"
        self.admin, self.sit_down, self.site = admin, sit_down, site
        self.page_id, self.slug = drafts[f"{name} {code} {admin}"]
        self.people = {}
        self.title = WORDS[code][0].format(f"{name}-{admin}")
        self.chinese = ("潮位计" + f"{name}-{admin}", *WORDS["zh-hans"][1:])

    def __getattr__(self, username):
        if username not in self.people:
            self.people[username] = self.sit_down(username, self.admin)
        return self.people[username]

    def is_public(self, language):
        try:
            return urlopen(f"{self.site.url}/{language}/news/{self.slug}/").status == 200
        except HTTPError as answer:
            assert answer.code in (404, 410)
            return False

    def read(self, language):
        return urlopen(f"{self.site.url}/{language}/news/{self.slug}/").read().decode()

    @property
    def clicks(self):
        return sum(person.clicks for person in self.people.values())

    def count_from_here(self):
        for person in self.people.values():
            person.clicks = 0

    # Parts that several scenarios share ------------------------------------------------------------------------------

    def submit(self, author):
        author.page.goto(f"{self.site.url}/cms/pages/{self.page_id}/edit/")
        author.submit_in_the_page_editor()

    def translate(self):
        self.lin.from_the_desk(self.title)
        self.lin.translate(self.chinese)
        self.lin.press("Submit for review")
        expect(self.lin.page.locator(".review-bar")).to_contain_text(self.lin.stage("In first review", "初审"))

    def review(self, person, verb, *languages):
        person.from_the_desk(self.title)
        for language in languages:
            person.step(verb, language=language)

    def both_approved(self):
        self.submit(self.ella)
        self.translate()
        self.review(self.wei, "Approve %(language)s", "English", "Chinese")
        self.review(self.petra, "Sign off %(language)s", "English", "Chinese")


def told_in(language, other=pytest.mark.nightly):
    """In this language of the admin; at night, or among the longest tests, in the other as well."""
    [also] = {"en", "zh-hans"} - {language}
    return pytest.mark.parametrize("story", [language, pytest.param(also, marks=other)], indirect=True)


@pytest.fixture
def story(request, sit_down, demo_site, drafts):
    name = request.node.originalname.removeprefix("test_")[0]
    story = Story(name, request.param, sit_down, demo_site, drafts)
    yield story
    assert str(story.clicks) == CLICKS.get(name), f"({name}) takes {story.clicks} clicks"


@told_in("en")
def test_a_english_original_from_draft_to_both_live(story):
    story.both_approved()
    assert not story.is_public("en")
    story.petra.step("Release both now")
    assert "1,200 tides" in story.read("en")
    assert "1200次潮汐" in story.read("zh-hans")
    assert story.clicks <= 12


@pytest.mark.full
@told_in("zh-hans")
def test_b_chinese_original_adapted_into_english(story):
    story.submit(story.chen)
    theo = story.theo
    theo.from_the_desk(story.title)
    theo.press("Adapt: edit the translation as a page")
    title, summary, text = WORDS["en"]
    theo.page.wait_for_load_state("networkidle")
    theo.page.locator("[name=title]").fill(title.format(f"b-{story.admin}"))
    theo.page.locator("[name=summary]").fill(summary)
    theo.page.locator(".public-DraftEditor-content").first.click()
    theo.page.keyboard.press("Control+A")
    theo.page.keyboard.type(text)
    expect(theo.page.locator(".public-DraftEditor-content").first).to_have_text(text)
    theo.page.wait_for_timeout(1000)  # as a person would: the rich text editor hands its text on a moment later
    theo.submit_in_the_page_editor()
    story.review(story.wei, "Approve %(language)s", "Chinese", "English")
    story.review(story.petra, "Sign off %(language)s", "Chinese", "English")
    story.petra.step("Release both now")
    assert "1,200 tides" in story.read("en")
    assert "1200次潮汐" in story.read("zh-hans")


@pytest.mark.nightly
@told_in("en")
def test_c_english_first_the_chinese_later(story):
    story.submit(story.ella)
    story.review(story.wei, "Approve %(language)s", "English")
    story.review(story.petra, "Sign off %(language)s", "English")
    form = {"Reason": "The news is today's.", "Translation due": "2030-01-01"}
    story.petra.step("%(language)s first, or only", form, language="English")
    assert (story.is_public("en"), story.is_public("zh-hans")) == (True, False)
    story.translate()
    story.review(story.wei, "Approve %(language)s", "Chinese")
    story.review(story.petra, "Sign off %(language)s", "Chinese")
    story.petra.step("Release %(language)s now", language="Chinese")
    assert story.is_public("zh-hans")


@pytest.mark.full
@told_in("zh-hans")
def test_d_embargo(story):
    story.both_approved()
    story.petra.step("Schedule", {"Release at": "2035-05-01T09:00"})
    expect(story.petra.page.locator(".release-state", has_text="2035")).to_be_visible()
    story.site.manage("release_due")
    assert not story.is_public("en")
    moment = "from django.utils import timezone; from news.models import *"
    key = f"ArticlePage.objects.get(pk={story.page_id}).translation_key"
    change = f"Release.objects.filter(translation_key={key}).update(release_at=timezone.now())"
    story.site.manage("shell", "-v0", "-c", f"{moment}; {change}")
    story.site.manage("release_due")
    assert story.is_public("en")
    assert story.is_public("zh-hans")


@pytest.mark.full
@told_in("en")
def test_e_a_figure_corrected_in_both_languages_on_one_screen(story):
    story.both_approved()
    story.petra.step("Release both now")
    story.count_from_here()
    rosa = story.rosa
    rosa.page.goto(story.petra.page.url)
    rosa.press("Correct")
    rosa.page.locator("[name=en-2]").fill("The gauge recorded 1,300 tides in 2026.")
    rosa.page.locator("[name=zh-hans-2]").fill("2026年，潮位计共记录1300次潮汐。")
    rosa.page.get_by_label(rosa.say("Note to English readers")).fill("The number of tides was wrong.")
    rosa.page.get_by_label(rosa.say("Note to Chinese readers")).fill("潮汐次数有误，现予更正。")
    rosa.press("Save and ask for approval")
    expect(rosa.page.get_by_text(rosa.say("The correction waits for somebody else to approve it."))).to_be_visible()
    assert "1,300" not in story.read("en")
    story.wei.page.goto(rosa.page.url)
    story.wei.step("Approve the correction")
    story.petra.page.reload()
    story.petra.step("Release both now")
    english, chinese = story.read("en"), story.read("zh-hans")
    assert "1,300 tides" in english
    assert "1,200" not in english
    assert "The number of tides was wrong." in english
    assert "1300次" in chinese
    assert "潮汐次数有误" in chinese


@pytest.mark.nightly
@told_in("zh-hans")
def test_f_two_people_in_one_translation(story):
    story.submit(story.ella)
    lin, wei = story.lin, story.wei
    lin.from_the_desk(story.title)
    wei.page.goto(lin.page.url)
    for person, words in ((wei, "魏的标题"), (lin, "林的标题")):
        person.press("Next open paragraph")
        person.page.locator(".js-translation-editor textarea").fill(words)
        person.page.locator(".js-translation-editor textarea").press("Enter")
        expect(person.page.locator("[data-path=title]")).to_contain_text(words)
    conflict = lin.page.get_by_role("alert")
    expect(conflict).to_contain_text("魏的标题")
    expect(conflict).to_contain_text(lin.say("Not saved: %s has saved other words since you opened this page:")[-6:])

    # the connection fails, then the session ends: the words are still there
    wei.page.reload()
    expect(wei.page.locator("[data-path=title]")).to_contain_text("魏的标题")
    lin.press("Save mine instead")
    expect(lin.page.get_by_role("alert")).to_have_count(0)  # the page is drawn anew
    expect(lin.page.locator("[data-path=title]")).to_contain_text("林的标题")
    lin.press("Next open paragraph")
    lin.page.context.set_offline(True)
    lin.page.locator(".js-translation-editor textarea").fill("断网时写的摘要")
    lin.page.locator(".js-translation-editor textarea").press("Enter")
    expect(lin.page.get_by_text(lin.say("Not saved: there is no connection."))).to_be_visible()
    lin.page.context.set_offline(False)
    lin.press("Save again")
    expect(lin.page.get_by_role("alert")).to_have_count(0)
    expect(lin.page.locator("[data-path=summary]")).to_contain_text("断网时写的摘要")
    lin.press("Next open paragraph")
    lin.page.context.clear_cookies(name="sessionid")
    lin.page.locator(".js-translation-editor textarea").fill("退出登录后写的正文")
    lin.page.locator(".js-translation-editor textarea").press("Enter")
    expect(lin.page.get_by_text(lin.say("Not saved: you have been signed out."))).to_be_visible()
    address = lin.page.url
    lin.page.goto(f"{story.site.url}/cms/login/")
    lin.page.fill("[name=username]", "lin")
    lin.page.fill("[name=password]", PASSWORD)
    lin.page.press("[name=password]", "Enter")
    lin.page.wait_for_url("**/cms/")
    lin.page.goto(address)
    expect(lin.page.get_by_text("退出登录后写的正文")).to_be_visible()
    lin.press("Go on with it")
    lin.page.locator(".js-translation-editor textarea").press("Enter")
    lin.press("Submit for review")
    expect(lin.page.locator(".review-bar")).to_contain_text(lin.stage("In first review", "初审"))


@pytest.mark.full
@told_in("en")
def test_g_returned_for_changes_and_mended(story):
    story.submit(story.ella)
    story.wei.from_the_desk(story.title)
    story.wei.step("Return for changes", {"Remark": "Which harbour?"})
    ella = story.ella
    ella.from_the_desk(story.title)
    expect(ella.page.get_by_text("Which harbour?").first).to_be_visible()
    ella.click(
        ella.page.locator("#version-en").locator("xpath=..").get_by_role("link", name=ella.say("Open in the editor"))
    )
    ella.page.locator("[name=summary]").fill("The old harbour measures the tide.")
    ella.submit_in_the_page_editor()
    story.review(story.wei, "Approve %(language)s", "English")
    expect(story.wei.page.get_by_text("The old harbour measures the tide.").first).to_be_visible()


@pytest.mark.full
@told_in("zh-hans")
def test_h_urgent_release_at_night_on_a_phone_reviewed_after(story):
    phone = story.sit_down("petra", story.admin, viewport={"width": 375, "height": 700}, is_mobile=True)
    story.people["petra"] = phone
    phone.from_the_list(story.title)
    assert phone.page.evaluate("document.documentElement.scrollWidth") <= 375
    form = {"Reason": "A storm warning.", "Your password, once more": PASSWORD}
    phone.step("Urgent release")
    expect(phone.page.get_by_text("urgently", exact=False).or_(phone.page.get_by_text("即将紧急发布"))).to_be_visible()
    phone.step("Urgent release", form)
    assert (story.is_public("en"), story.is_public("zh-hans")) == (True, False)
    story.wei.from_the_list(story.title)  # ten stand on the desk, and other tests leave theirs there
    story.wei.step("Reviewed after release")
    assert story.clicks <= 6


@pytest.mark.full
@told_in("en", other=pytest.mark.full)
def test_m_a_notice_in_english_alone(story):
    ella, petra = story.ella, story.petra
    ella.page.goto(f"{story.site.url}/cms/pages/{story.page_id}/edit/")
    field = ella.page.locator("[name=languages]")
    field.select_option(label=ella.say("In %(language)s only", language="English"))
    ella.clicks += 1
    ella.shot("languages")
    ella.submit_in_the_page_editor()
    expect(ella.page.get_by_text(ella.say("None: it stays in one language."))).to_be_visible()
    expect(ella.page.get_by_text(ella.say("To be released in this language alone"))).to_be_visible()
    story.lin.page.goto(f"{story.site.url}/cms/")
    expect(story.lin.page.locator(".desk")).not_to_contain_text(story.title)
    story.review(story.wei, "Approve %(language)s", "English")
    story.review(petra, "Sign off %(language)s", "English")
    petra.step("Release %(language)s only", language="English")
    petra.shot("released-alone")
    assert (story.is_public("en"), story.is_public("zh-hans")) == (True, False)
    with pytest.raises(HTTPError) as answer:
        story.read("zh-hans")
    assert "仅" in answer.value.read().decode()
    assert "1,200 tides" in story.read("en")
