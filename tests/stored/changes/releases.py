"""What becomes of releases: out, corrected, withdrawn, elsewhere, hidden, deleted."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.actions.delete_page import DeletePageAction

from home.languages import CHINESE, ENGLISH
from news.demo.database import PASSWORD
from news.demo.review import approve, person, translate
from news.models import (
    ArticlePage,
    ArticlePartner,
    ArticleTopic,
    NewsIndexPage,
    Release,
    Topic,
)
from news.models.release import Mode
from news.pair.pair import pair_of
from news.release.address import change_address
from news.release.amending import agree_to_amendment, amend
from news.release.correction import correct, drop_correction
from news.release.embargo import break_embargo
from news.release.privacy import restrict
from news.release.publishing import release_both, release_imported, review_afterwards, urgent
from news.release.review import no_update_needed
from news.release.schedule import release_due, schedule
from news.release.stopping import hold, lift
from news.release.submission import submit, translate_after_all
from news.release.withdrawal import withdraw
from news.tests.libraries import image

from .ways import (
    BOTH,
    ROOFS,
    admin,
    again,
    article,
    corrected,
    having,
    kind,
    new_article,
    partner,
    petra,
    release_of,
    titled,
    with_words_of_its_own,
)

ALONE, EMBARGOED = "first-wind-technicians-qualify", "harbour-shore-power-agreement"

# Releases -------------------------------------------------------------------------------------------------------------


@kind("a draft is written, translated and approved: nothing public")
def drafted():
    new_article("count-one", "ready")


@kind("both languages are released")
def released():
    release_both(release_of(article("count-one")), petra())


@kind("one language is released, its translation owed")
def released_alone():
    new_article("count-two", "half")


@kind("the late translation is released")
def released_late():
    translation = pair_of(article("count-two")).translation
    submit(translation.existing_page, person("lin"))
    approve(translation.existing_page)
    release_both(release_of(article("count-two")), petra())


@kind("one language for good")
def for_good():
    release = Release.objects.filter(mode=Mode.SINGLE).exclude(due=None).first()
    release.due = None
    release.save()


@kind("a release goes out at its moment")
def at_its_moment():
    page = new_article("count-three", "ready")
    schedule(release_of(page), timezone.now() + timedelta(hours=1), petra())
    done, _missed, failed = release_due(timezone.now() + timedelta(hours=2))
    assert done and not failed


@kind("an urgent release")
def in_a_hurry():
    page = new_article("count-four", "ready")
    urgent(release_of(page), BOTH, petra(), "A storm.", "newsroom", when="now", confirmed=True)


@kind("and somebody else has read it")
def read_afterwards():
    review_afterwards(release_of(article("count-four")), person("rosa"))


@kind("what waits for its moment is stopped, goes on, and is amended: nothing public")
def amended():
    waiting = release_of(article(EMBARGOED))
    hold(waiting, petra(), "The date is wrong.")
    lift(waiting, petra())
    amend(waiting, person("rosa"), {ENGLISH: {0: "Shore power"}, CHINESE: {0: "岸电协议"}}, "Wang", "telephone")
    agree_to_amendment(release_of(article(EMBARGOED)), person("wei"))


@kind("an embargo is broken")
def out_early():
    break_embargo(release_of(article(EMBARGOED)), petra(), "It is known already.", PASSWORD)


@kind("what was in one language alone is translated after all")
def translated_after_all():
    alone = article(ALONE)
    translate_after_all(release_of(alone), admin())
    with_words_of_its_own(pair_of(article(ALONE)))


@kind("an update that the other language does not need")
def updated_in_one():
    draft = article("shenzhen-california-centre-opens").get_latest_revision_as_object()
    draft.summary = f"{draft.summary} It is open."
    draft.save_revision(user=admin(), log_action=True)
    submit(draft, admin())
    approve(draft)
    no_update_needed(pair_of(draft).translation.existing_page, petra())
    release_both(release_of(draft), petra())


@kind("an old release is imported")
def imported():
    index = NewsIndexPage.objects.get(locale__language_code="en")
    page = ArticlePage(title="An old report", summary="Old.", slug="an-old-report", live=False)
    index.add_child(instance=page)
    page.save_revision()
    translate(page, {"An old report": "一份旧报告", "Old.": "旧闻。"}, None)
    release_imported(release_of(page), "import", datetime(2014, 3, 4, tzinfo=UTC))


@kind("the only news of a year is withdrawn")
def out_of_its_year():
    withdraw(release_of(article("an-old-report")), petra(), "Wrong.")


# Corrections ----------------------------------------------------------------------------------------------------------


@kind("a correction with a note to readers")
def noted():
    corrected(article(ROOFS), "correction", texts=titled("Factory roofs, one year on, corrected", "屋顶一年之后更正"))


@kind("a minor edit of one language")
def minor():
    corrected(
        article("trams-return-to-port-placeholder"), "minor", texts={CHINESE: {0: "时隔54年有轨电车重返占位港市"}}
    )


@kind("an update with another date")
def dated():
    corrected(article("forum-2018-joint-statement"), "update", having(date=timezone.now() - timedelta(days=9)))


@kind("a correction is given up: nothing public")
def given_up():
    correct(release_of(article(ROOFS)), admin(), "minor", texts=titled("Roofs, never corrected", "从未更正"))
    drop_correction(release_of(article(ROOFS)), admin())


@kind("another topic")
def of_topics():
    def change(page):
        page.article_topics.add(ArticleTopic(topic=Topic.objects.order_by("slug").first(), locale=page.locale))

    corrected(article("lantern-bay-last-diesel-bus"), "minor", change)


@kind("other partners")
def of_partners():
    def change(page):
        page.article_partners.set([ArticlePartner(partner=partner("example-tide"), locale=page.locale)])

    corrected(article("mangroves-return-to-lantern-bay"), "minor", change)


@kind("another lead image")
def pictured():
    taken = image("Kingfisher", (10, 90, 160, 255))
    corrected(article(ROOFS), "minor", having(lead_image=taken))


# Withdrawal, address, privacy -----------------------------------------------------------------------------------------


@kind("both languages are withdrawn")
def withdrawn():
    withdraw(release_of(article("count-one")), petra(), "Wrong.")


@kind("what was withdrawn comes back")
def returned():
    again(article("count-one"))


@kind("one language is withdrawn")
def withdrawn_in_one():
    withdraw(release_of(article("ten-measures-for-ports")), petra(), "Wrong.", [CHINESE])


@kind("that language comes back")
def returned_in_one():
    again(article("ten-measures-for-ports"))


@kind("another address")
def addressed():
    change_address(release_of(article("battery-test-bench-opens")), petra(), "test-bench-opens")


@kind("private")
def private():
    restrict(release_of(article("rooftop-gardens-survey")), petra(), "login")


@kind("for everybody again")
def open_to_all():
    restrict(release_of(article("rooftop-gardens-survey")), petra(), "none")


@kind("private by a password")
def behind_a_password():
    restrict(release_of(partner("example-tide")), petra(), "password", "open sesame")


@kind("private for some")
def for_some():
    restrict(release_of(article("rooftop-gardens-survey")), petra(), "groups", groups=Group.objects.all()[:1])


@kind("withdrawn, then deleted")
def deleted():
    withdraw(release_of(article("count-three")), petra(), "Wrong.")
    DeletePageAction(article("count-three"), user=petra()).execute()


@kind("another release stands where one was withdrawn and deleted")
def in_its_place():
    release_both(release_of(new_article("count-three", "ready")), petra())
