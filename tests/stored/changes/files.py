"""Partners, topics, pictures and documents."""

from wagtail.documents import get_document_model

from home.renaming import rename
from home.renditions import SLOTS
from news.models import Topic
from news.pair.showings import showings_of
from news.release.publishing import release_both
from news.release.replacing import agree, propose
from news.release.taking_down import take_down
from news.release.withdrawal import withdraw
from news.tests.libraries import image, paper

from .ways import ROOFS, admin, again, article, corrected, having, kind, new_article, partner, petra, release_of, titled

# Partners and topics --------------------------------------------------------------------------------------------------


@kind("a partner is renamed")
def partner_renamed():
    corrected(partner("lantern-bay-power"), "minor", texts=titled("Lantern Bay Power and Light", "灯塔湾电力照明公司"))


@kind("a partner of another kind, founded in another year")
def partner_of_another_kind():
    corrected(partner("sample-ridge-solar"), "minor", having(kind="company", founded=1999))


@kind("a partner is withdrawn")
def partner_withdrawn():
    withdraw(release_of(partner("example-harbour-institute")), petra(), "Wrong.")


@kind("that partner comes back")
def partner_returned():
    again(partner("example-harbour-institute"))


@kind("a topic is made")
def topic_made():
    Topic.objects.create(slug="fresh", name_en="Fresh", name_zh_hans="新鲜")


@kind("a topic is renamed")
def topic_renamed():
    topic = Topic.objects.filter(named_by__isnull=False).first()
    topic.name_en, topic.name_zh_hans = "Water and rain", "水与雨"
    topic.save()


@kind("a topic has another address")
def topic_addressed():
    topic = Topic.objects.filter(named_by__isnull=False).last()
    topic.slug = "elsewhere"
    topic.save()


@kind("a topic that nothing is about is deleted")
def topic_deleted():
    Topic.objects.get(slug="fresh").delete()


@kind("a partner bore its former name until another year")
def partner_had_another_name():
    def change(page):
        [former] = page.former_names.all()
        former.until = 1999
        page.former_names = [former]

    corrected(partner("lantern-bay-transport-bureau"), "minor", change)


# Files ----------------------------------------------------------------------------------------------------------------


def shown_image():
    return article("call-for-papers-2027").lead_image or article("ten-measures-for-ports").lead_image


@kind("a picture is replaced in every release")
def replaced():
    old, new = article(ROOFS).lead_image, image("Heron", (160, 90, 10, 255))
    assert propose_for(old, new).rows.filter(refusal="").exclude(done_at=None).exists()


def propose_for(old, new):
    it = propose(old, new, admin(), [showing.release for showing in showings_of(old)])
    return agree(it, petra())


@kind("a picture is taken down")
def taken_down():
    take_down(article(ROOFS).lead_image, petra(), "Its rights have ended.")


@kind("words of a picture in the library")
def picture_described():
    shown = shown_image()
    shown.alt_en, shown.caption_en, shown.credit_en, shown.credit_zh_hans = "Other words", "Another", "Somebody", "某人"
    shown.save()


@kind("the logo of a partner is taken down")
def logo_taken_down():
    take_down(partner("sample-ridge-solar").logo, petra(), "Its rights have ended.")


@kind("pictures and documents that nothing shows are deleted")
def unshown():
    image("Nowhere", (1, 2, 3, 255)).delete()
    paper("Nowhere", name="nowhere.txt").delete()


@kind("renditions are lost, and drawn again")
def drawn_again():
    shown_image().renditions.all().delete()


@kind("renditions are made")
def drawn():
    shown_image().get_renditions(*SLOTS["lead"].specs)


@kind("a document is shown")
def documented():
    page = new_article("count-five", "ready", blocks=[("document", {"document": paper(), "title": "The plan"})])
    release_both(release_of(page), petra())


@kind("a document is replaced")
def document_replaced():
    old = get_document_model().objects.get(title="Plan")
    propose_for(old, paper("Plan, second edition", b"Another plan", "second.txt"))


@kind("a document is called otherwise in the library")
def document_renamed():
    shown = get_document_model().objects.get(title="Plan, second edition")
    shown.title = "Plan, as it stands"
    shown.save()


@kind("a document is taken down")
def document_taken_down():
    take_down(get_document_model().objects.get(title="Plan, as it stands"), petra(), "An error.")


@kind("files have other names, as after an upgrade")
def renamed():
    rename(shown_image())
    for rendition in shown_image().renditions.all():
        rename(rendition)
