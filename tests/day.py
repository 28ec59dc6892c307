"""One release and the people who work on it at once, for `tests/test_day*.py`: what they are refused is counted."""

import json
from urllib.error import HTTPError
from urllib.request import urlopen

from playwright.sync_api import expect

from news.demo.build import PASSWORD

LANGUAGES = {"ella": "en", "lin": "zh-hans", "rosa": "en", "wei": "zh-hans", "petra": "zh-hans"}
LANGUAGES |= {"admin": "en", "mei": "zh-hans"}
PRIVATE = "behind a password"
"""What readers get of a version that is public for whoever knows the word alone."""
TEXTS = [
    ("The harbour measures the tide.", "港口测量潮位。"),
    ("The gauge recorded 1,200 tides in 2026.", "2026年，潮位计共记录1200次潮汐。"),
]
NEXT = {
    "ClaimedLock": ("a reviewer can take it over on the release's page", "审核人可在稿件页接手修改"),
    "FrozenLock": ("wait until then, or ask them to let others write again", "请届时再改，或请其解除冻结"),
    "CorrectionLock": ("Give the correction up to change it", "如需改动，请先放弃更正"),
    "Claimed": ("Wait until they are done, or take it over", "请等候修改完毕，或接手修改"),
    "ShownOtherwise": ("Read it, then confirm again", "请阅读后再次确认"),
    "NotOfferedAnyMore": ("see below what it waits for", "请在下方查看尚待何事"),
    "DecidedMeanwhile": ("see on the release's page where it stands now", "请在稿件页查看当前状态"),
    "NothingToAgreeTo": ("Read it once more", "请重新阅读"),
    "OtherLanguageToo": ("or confirm that it is right as it stands", "或确认其无误"),
    "CorrectionOpen": ("Approve it, or give it up, before you begin another", "请先审核通过或放弃该更正"),
    "NotPublic": ("nothing can be corrected or withdrawn", "无法更正或撤稿"),
    "IdentityNotConfirmed": ("asks once more who you are", "此操作须再次确认您的身份"),
    "AmendmentOpen": ("Agree to it, or give it up, before you write another", "请先确认或放弃，再另行改稿"),
    "HeldAlready": ("has put this on hold already", "已将本稿暂缓发布"),
    "Held": ("Nothing of it goes out until a publisher lifts that", "签发人解除之前，任何语种都不发布"),
    "NoAmendment": ("somebody has agreed to it, or given it up, meanwhile", "其间已有人确认或放弃"),
    "NobodyBringsBack": ("Nobody proposes to bring this back any more", "已没有待同意的恢复发布"),
    "NotAPublisher": ("with the right to publish in both languages", "只有具备双语发布权限的签发人"),
    "SignedOut": ("you have been signed out", "您已退出登录"),
    "OpenParagraphs": ("paragraphs are not translated yet", "个段落未翻译"),
}
"""What a refusal or a lock says that one should do, in both languages of the admin."""
MAKE = """
import json
from django.contrib.auth import get_user_model
from news.demo.review import work_through
from news.models import ArticlePage, NewsIndexPage
from news.pair.pair import pair_of
(english, chinese), texts, state = json.loads({given!r})
ella = get_user_model().objects.get(username="ella")
body = [("paragraph", f"<p>{{texts[1][0]}}</p>")]
page = ArticlePage(title=english, summary=texts[0][0], body=body, live=False, owner=ella)
NewsIndexPage.objects.get(locale__language_code="en").add_child(instance=page)
page.save_revision(user=ella)
if state:
    work_through(page, dict([(english, chinese), *texts]), state)
pair = pair_of(page)
print(json.dumps([page.pk, pair.translation.page and pair.translation.page.pk, pair.release.pk, page.slug]))
"""

MAKE_PLACES = """
import json
from django.contrib.auth.models import Group, User
from home.models import HomePage, StandardPage
from news.demo.review import as_old_news
from news.pair.pair import pair_of
mei = User.objects.create_user("mei", "mei@newsroom.example", {password!r}, first_name="梅", last_name="样本")
mei.groups.set(Group.objects.filter(name="Chinese translators"))
def make(english, chinese):
    page = StandardPage(title=english, introduction="", body=f"<p>{{english}}.</p>", live=False)
    HomePage.objects.get(locale__language_code="en").add_child(instance=page)
    page.save_revision()
    as_old_news(page, {{english: chinese, f"{{english}}.": f"{{chinese}}。"}})
    return pair_of(page)
moved, target = make("Pilot station", "引航站"), make("Port office", "港务办公室")
print(json.dumps({{
    "english": moved.original.page.pk,
    "chinese": moved.translation.page.pk,
    "target": target.original.page.pk,
    "addresses": [page.url for page in moved.pages],
}}))
"""


class Day:
    """One release, those who work on it, and what they are refused."""

    def __init__(self, site, sit_down):
        self.site, self.sit_down = site, sit_down
        self.people, self.refusals, self.failures = {}, [], []
        self.public = {"en": None, "zh-hans": None}

    def __getattr__(self, name):
        if name not in LANGUAGES:
            raise AttributeError(name)
        if name not in self.people:
            self.people[name] = self.sit_down(name, LANGUAGES[name])
            self.people[name].page.on("response", self.note_failure)
        return self.people[name]

    def note_failure(self, response):
        if response.status >= 500:
            self.failures.append(response.url)

    def begin(self, titles, state=""):
        made = self.site.manage("shell", "-v0", "-c", MAKE.format(given=json.dumps([titles, TEXTS, state])))
        self.page, self.translation, self.number, self.slug = json.loads(made.strip().splitlines()[-1])
        self.url = f"{self.site.url}/cms/releases/{self.number}/"

    def make_places(self):
        """Two plain pages, public in both languages, and Mei, who translates: the one is to move below the other."""
        made = self.site.manage("shell", "-v0", "-c", MAKE_PLACES.format(password=PASSWORD))
        return json.loads(made.strip().splitlines()[-1])

    # What everybody sees ---------------------------------------------------------------------------------------------

    def look(self):
        """What readers of each language get is what was approved for them: the words, or nothing."""
        for language, words in self.public.items():
            try:
                html = urlopen(f"{self.site.url}/{language}/news/{self.slug}/").read().decode()
            except HTTPError as answer:
                assert answer.code in (404, 410)
                html = None
            assert (html is None) == (words is None), language
            if words == PRIVATE:
                assert "<form" in html
                assert not any(text[language != "en"] in html for text in TEXTS), language
            else:
                assert words is None or words in html, language

    def now_public(self, english, chinese):
        self.public = {"en": english, "zh-hans": chinese}
        self.look()

    def is_told(self, person, step, refusal, typed=""):
        """Somebody is refused at a step; `typed` is in its field, or beside it, still."""
        said = person.page.get_by_text(NEXT[refusal][person.language != "en"]).locator("visible=true").first
        expect(said).to_be_visible()
        person.shot(f"day-{person.username}-{refusal}")
        fields = person.page.locator("textarea, input").locator("visible=true")
        written = [*fields.evaluate_all("fields => fields.map((field) => field.value)"), person.page.inner_text("body")]
        assert any(typed in words for words in written)
        self.refusals.append((person.username, step, refusal))
        self.look()

    def leads_on(self, address):
        """Whether readers of an old address get the page where it stands now."""
        with urlopen(f"{self.site.url}{address}") as answer:
            return answer.status == 200 and answer.url != f"{self.site.url}{address}"

    def let_the_moment_pass(self):
        change = "Release.objects.filter(pk={}, release_at__isnull=False).update(release_at=timezone.now())"
        given = "from django.utils import timezone; from news.models import Release; "
        self.site.manage("shell", "-v0", "-c", given + change.format(self.number))
        self.site.manage("release_due")

    # What they do ----------------------------------------------------------------------------------------------------

    def open_release(self, *people):
        for person in people:
            person.page.goto(self.url)

    def open_editor(self, *people, language="en"):
        for person in people:
            person.page.goto(f"{self.site.url}/cms/pages/{self.page if language == 'en' else self.translation}/edit/")
            person.page.wait_for_load_state("networkidle")
            person.page.wait_for_timeout(2500)  # as a person would: what is typed at once is taken for what was there

    def open_amendment(self, *people):
        for person in people:
            self.open_release(person)
            person.press("Amend")

    def amend(self, person, english, chinese):
        """Other summaries, as somebody ordered; with the page as it has stood open."""
        person.page.locator("[name=en-1]").fill(english)
        person.page.locator("[name=zh-hans-1]").fill(chinese)
        person.page.get_by_label(person.say("Ordered by")).fill("王部长")
        person.click(person.page.get_by_label(person.say("By telephone")))
        self.send(person, "Save and ask for a yes")

    def name_acting(self, person, deputy):
        """Until somebody ends it."""
        person.page.goto(f"{self.site.url}/cms/people/")
        form = person.page.locator("section[aria-labelledby=acting]")
        form.get_by_label(person.say("Who")).select_option(
            form.locator("option", has_text=deputy).get_attribute("value")
        )
        form.get_by_label(person.say("Begins")).fill("2026-11-01T09:00")
        form.get_by_label(person.say("Ends")).fill("2035-12-01T09:00")
        person.press("Name an acting publisher")

    def set_privacy(self, person, who, password=""):
        """With the page as it has stood open."""
        form = person.page.locator(
            "details", has=person.page.locator("summary", has_text=person.say("Set who may read it"))
        ).last
        person.click(form.locator("summary").first)
        form.get_by_label(person.say(who), exact=True).check()
        form.get_by_label(person.say("Password for readers")).fill(password)
        self.send(person, "Set who may read it")

    def close_account(self, person, name):
        person.page.goto(f"{self.site.url}/cms/users/")
        person.click(person.page.get_by_role("link", name=name).first)
        person.page.locator("[name=is_active]").uncheck()
        person.press("Save")
        expect(person.page.locator(".messages .success")).to_be_visible()

    def leave(self, person):
        """Let the browser go, whatever is typed."""
        person.page.evaluate("onbeforeunload = null")
        person.page.goto("about:blank")

    def write_summary(self, person, words, is_saved=True):
        """In the page editor, which saves by itself."""
        person.page.locator("[name=summary]").fill(words)
        if is_saved:
            expect(person.page.locator(".w-autosave-indicator__state--saved")).to_be_visible()

    def save_draft(self, person, answer):
        """Over what another has saved, should Wagtail have heard of it by now and ask."""
        label, answer = person.say("Save draft"), person.page.get_by_text(answer)
        dialog = person.page.get_by_role("dialog").get_by_role("button", name=label)
        person.click(person.page.locator("footer").get_by_role("button", name=label))
        expect(answer.or_(dialog).locator("visible=true").first).to_be_visible()
        if dialog.locator("visible=true").count():
            person.click(dialog)
        expect(answer).to_be_visible()

    def write_paragraph(self, person, path, words):
        """In the translation editor, where Enter saves."""
        paragraph = person.page.locator(f"[data-path={path}]")
        if not paragraph.locator("textarea").count():
            person.click(paragraph.locator(":scope > ul button"))
        paragraph.locator("textarea").fill(words)
        paragraph.locator("textarea").press("Enter")

    def is_saved(self, person, path, words):
        expect(person.page.locator(f"[data-path={path}].complete")).to_contain_text(words)

    def send(self, person, words, times=1, **details):
        """A button, with the page as it has stood open: it may be refused."""
        button = person.page.locator("form button", has_text=person.say(words, **details)).locator("visible=true").last
        if times == 1:
            with person.page.expect_navigation():
                button.click()
        else:  # each click gives up the answer to the one before
            with person.page.expect_response(lambda answer: answer.request.method == "GET" and answer.ok):
                button.click(click_count=times)
        person.page.wait_for_load_state("networkidle")

    def submit(self, person):
        self.open_editor(person)
        person.submit_in_the_page_editor()

    def approve(self, person, verb, *languages):
        self.open_release(person)
        for language in languages:
            person.step(verb, language=language)

    def fill(self, person, form):
        for label, value in form.items():
            person.page.locator("details[open], .correct").get_by_label(person.say(label)).fill(value)

    def open_step(self, person, words, language=""):
        place = person.page.locator(f"section[aria-labelledby=version-{language}]" if language else "body")
        person.click(place.locator("summary", has_text=person.say(words)).locator("visible=true").first)
