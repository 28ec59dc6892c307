"""What takes no form although its view does not say so: posted to all the same, and nothing is written."""

import re

from news.models import CalendarFeed, Replacement

from .images_and_documents import library
from .pages import live
from .register import ADMINISTRATOR, READS, reads
from .visitor import Refusal, Visitor

RAISES = {"cms/failwhale/": "Wagtail's way to see whether errors are reported"}
reads("what the public reads", "", "robots.txt", "sitemap.xml", "sitemap-pages.xml", "news-sitemap.xml")
reads("what the public reads", "en/news/feed/", "en/news/<slug:slug>/bilingual/")
reads("what the public reads", "en/search/", "en/search/suggestions/")
reads("every page", r"en/^((?:[\w\-]+/)*)$")
reads("a document", r"documents/^(\d+)/(.*)$", "en/files/<uuid:key>/<int:number>/<str:file_name>")
reads("a stored file", "media/<path:name>", "documents/<int:number>/<str:file_name>")
reads("the menu", "cms/partners/")
reads("the calendar", "cms/calendar/", "cms/calendar/<str:token>.ics")
reads("parts of the admin", "cms/sprite/", "cms/jsi18n/", "cms/^.*/$", *RAISES)


def written_by_reading(users):
    """{address: what a POST to it did although it only reads}"""
    scene, files = live(), library()
    values = {
        "release_id": scene.release.pk,
        "translation_id": scene.translation.localized.pk,
        "page_id": scene.page.pk,
        "image_id": files.image.pk,
        "filter_spec": "width-30",
        "slug": scene.page.slug,
        "section": "en-news",
        "key": scene.page.translation_key,
        "number": files.document.pk,
        "file_name": files.document.filename,
        "name": files.image.file.name,
        "language": "en",
        "mode": "",
        "task_id": scene.release.pk,
        "app_name": "home",
        "model_name": "appearance",
        "token": CalendarFeed.objects.make(users[ADMINISTRATOR], "Phone")[1],
        "replacement_id": Replacement.objects.create(old_name="Waves", new_name="Hills").pk,
    }
    known = {
        r"en/^((?:[\w\-]+/)*)$": "en/news/",
        r"documents/^(\d+)/(.*)$": files.document.url[1:],
        "cms/^.*/$": "cms/x/",
    }
    found = {}
    for address in READS.keys() - RAISES.keys():
        url = known.get(address, address)
        url = re.sub(r"<(?:\w+:)?(\w+)>", lambda part: str(values[part[1]]), url)
        visitor = Visitor(ADMINISTRATOR, users[ADMINISTRATOR], url, {})
        try:
            visitor.post({"title": "Canary", "q": "canary", "value": "canary"})
        except Refusal as refusal:
            writes = refusal.writes
        else:
            writes = visitor.writes
        if writes:
            found[address] = writes
    return found
