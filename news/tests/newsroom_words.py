"""What people write in the state machine: never the same twice, so that all of it has its author."""

import json
import re
from copy import copy
from datetime import UTC, datetime, timedelta

from django.contrib.auth.models import User
from django.core.files.base import ContentFile
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file

from home.images import CustomImage
from home.models import HomePage
from home.renditions import SLOTS
from news.models import ArticleTopic, Topic

from .pairs import locale

WORD = re.compile(r"harbou?r ([a-j]+)\.")
TOKEN = re.compile(
    r"harbou?r ([a-j]+)\.|example\.org/([a-j]+)/|\"file\": \"(\w{40})\"|(2001-[\dT:-]+Z)|article_topics\.([\w-]{36})"
)
"""Whatever is known by its author, as a Face has it."""
LINKED, PICTURED, ATTACHED = (f"0000000{number}-0000-4000-8000-000000000000" for number in (1, 2, 3))
"""Keys of the blocks that each text begins with."""
TEXTS = ["title", "summary", "words", "link", "inner link", "picture", "document", "another block", "one block less"]
SHARED = {"article": ["date", "lead_image", "article_topics"], "partner": ["website", "logo"]}
"""Fields that both languages have in common."""
AT_FIRST = datetime(2001, 1, 1, tzinfo=UTC)


class Library:
    """What there is before the first release: to choose from, and who administers accounts."""

    def __init__(self):
        words = {"alt_en": "Waves", "alt_zh_hans": "波浪"}
        self.pictures = [
            CustomImage.objects.create(title="Waves", file=get_test_image_file(size=(8, height)), **words)
            for height in (8, 9, 10, 11)
        ]
        for picture in self.pictures:
            picture.get_file_hash()
            picture.get_renditions(*{spec for slot in SLOTS.values() for spec in slot.specs})
        self.documents = [
            Document.objects.create(title="Report", file=ContentFile(f"%PDF-1 {name}".encode(), f"{name}.pdf"))
            for name in "abc"
        ]
        for document in self.documents:
            document.get_file_hash()
        self.topics = [Topic.objects.create(slug=name, name_en=name, name_zh_hans=name) for name in "ab"]
        self.places = list(HomePage.objects.values_list("pk", flat=True))
        self.boss = User.objects.create_superuser("boss")

    def copy(self):
        """What is uploaded and taken down in one walk is not there in the next."""
        copied = copy(self)
        copied.pictures, copied.documents = list(self.pictures), list(self.documents)
        return copied


class Pen:
    """Somebody's pen; each method takes the language that is written in and who writes."""

    def __init__(self, library):
        self.library = library
        self.number = 0
        self.by = {}
        """{(code of a language, what somebody wrote): who wrote it last}"""

    def letters(self, language, who):
        """Figures would have to agree."""
        self.number += 1
        made = str(self.number).translate(str.maketrans("0123456789", "abcdefghij"))
        self.by[language.code, made] = who
        return made

    def words(self, language, who):
        return f"harbour {self.letters(language, who)}."

    def address(self, language, who):
        return f"https://example.org/{self.letters(language, who)}/"

    def rewritten(self, html, language, who):
        """The same marks around other words."""
        if not WORD.search(html):
            return self.words(language, who)
        return WORD.sub(lambda _found: self.words(language, who), html)

    def chosen(self, language, who, among, but=None):
        """Another picture or document than `but`, by turns."""
        self.number += 1
        turn = self.number % len(among)
        made = next(found for found in among[turn:] + among[:turn] if found.pk != but)
        self.by[language.code, made.file_hash] = who
        return made

    def body(self, language, who):
        library = self.library
        outer, inner = self.words(language, who), self.words(language, who)
        outer = f'<a href="{self.address(language, who)}">{outer}</a>'
        inner = f'<a linktype="page" id="{library.places[0]}">{inner}</a>'
        picture = {
            "image": self.chosen(language, who, library.pictures).pk,
            "decorative": True,
            "alt": "",
            "caption": "",
        }
        document = {"document": self.chosen(language, who, library.documents).pk, "title": self.words(language, who)}
        return json.dumps(
            [
                {"id": LINKED, "type": "paragraph", "value": f"<p>{self.words(language, who)} {outer} {inner}</p>"},
                {"id": PICTURED, "type": "image", "value": picture},
                {"id": ATTACHED, "type": "document", "value": document},
            ]
        )

    def changed(self, page, what, language, who):
        """{field: value} where one of TEXTS or SHARED is changed in the newest draft of a page."""
        match what:
            case "title" | "summary":
                return {what: self.words(language, who)}
            case "date":
                self.number += 1
                moment = AT_FIRST + timedelta(hours=self.number)
                self.by[language.code, moment.isoformat().replace("+00:00", "Z")] = who
                return {what: moment}
            case "website":
                return {what: self.address(language, who)}
            case "lead_image" | "logo":
                return {what: self.chosen(language, who, self.library.pictures, but=getattr(page, f"{what}_id"))}
            case "article_topics":
                return {what: self.topics(language, who)}
        return {"body": self.body_changed(page, what, language, who)}

    def topics(self, language, who):
        """One, or both in either order."""
        self.number += 1
        rows = [ArticleTopic(topic=topic, locale=locale(language)) for topic in self.library.topics]
        for row in rows:
            self.by[language.code, str(row.translation_key)] = who
        return rows[:: (-1) ** self.number][: 1 + self.number // 2 % 2]

    def body_changed(self, page, what, language, who):
        blocks = {block["id"]: block for block in json.loads(page.get_latest_revision().content["body"])}
        text = blocks[LINKED]["value"]
        picture, document = (blocks[key]["value"] if key in blocks else None for key in (PICTURED, ATTACHED))
        match what:
            case "words":
                blocks[LINKED]["value"] = self.rewritten(text, language, who)
            case "link":
                blocks[LINKED]["value"] = re.sub(r'(?<=href=")[^"]+', self.address(language, who), text)
            case "inner link":
                now = int(re.search(r'id="(\d+)', text)[1])
                other = next(place for place in self.library.places if place != now)
                blocks[LINKED]["value"] = text.replace(f'id="{now}"', f'id="{other}"')
            case "picture" if picture is None:  # it was taken down
                image = self.chosen(language, who, self.library.pictures).pk
                value = {"image": image, "alt": self.words(language, who), "caption": "", "decorative": False}
                blocks[PICTURED] = {"id": PICTURED, "type": "image", "value": value}
            case "document" if document is None:
                paper = self.chosen(language, who, self.library.documents).pk
                value = {"document": paper, "title": self.words(language, who)}
                blocks[ATTACHED] = {"id": ATTACHED, "type": "document", "value": value}
            case "picture":
                picture["image"] = self.chosen(language, who, self.library.pictures, but=picture["image"]).pk
            case "document":
                document["document"] = self.chosen(language, who, self.library.documents, but=document["document"]).pk
            case "another block":
                words = self.words(language, who)
                key = f"{self.number + 10:08}-0000-4000-8000-000000000000"
                blocks[key] = {"id": key, "type": "paragraph", "value": f"<p>{words}</p>"}
            case "one block less":
                added = [key for key in blocks if key not in (LINKED, PICTURED, ATTACHED)]
                blocks.pop(added[0] if added else None, None)
        return json.dumps(list(blocks.values()))
