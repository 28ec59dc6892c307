"""Pictures and documents in a release, for tests of what becomes of them."""

from django.core.files.base import ContentFile
from PIL import Image as PillowImage
from wagtail.documents import get_document_model
from wagtail_localize.models import OverridableSegment, SegmentOverride

from home.images import CustomImage
from news.pair.face import Face
from news.translation.parts import PartKind
from news.translation.sync import fill_numbered

from .pairs import member_of
from .posted.files import picture
from .scene import BOTH, WORDS, Scene


def image(title="Waves", colour=(30, 120, 60, 128), **fields):
    words = {"alt_en": f"{title} at the shore", "alt_zh_hans": "岸边的风景", **fields}
    made = CustomImage(title=title, file=picture(f"{title}.png", colour), **words)
    made._set_image_file_metadata()
    made.save()
    return made


def paper(title="Plan", text=b"The plan", name="plan.txt"):
    made = get_document_model()(title=title, file=ContentFile(text, name))
    made._set_document_file_metadata()
    made.save()
    return made


def body(picture, document, words=WORDS[2][0]):
    return [
        ("paragraph", f'<p>{words} <a linktype="document" id="{document.pk}">The plan</a></p>'),
        ("image", {"image": picture, "alt": "Waves at sea", "caption": "", "decorative": False}),
        ("document", {"document": document, "title": "All of it"}),
    ]


SAID = [
    ("The plan", "方案"),
    ("Waves at sea", "海上的波浪"),
    ("All of it", "全文"),
    ("Waves at the shore", "岸边的风景"),
    ("Own at the shore", "岸边的风景"),
]


class Library(Scene):
    """A release with a lead image, the same picture in its text, and a document in two places."""

    def put_in_place(self, picture):
        """A lead image of the translation's own."""
        context = OverridableSegment.objects.get(context__path="lead_image").context
        SegmentOverride.objects.create(
            locale=self.translation.page.locale,
            context=context,
            data_json=str(picture.pk),
            last_translated_by=self.translator,
        )

    def draft(self):
        self.waves, self.plan = image(), paper()
        words = WORDS[2][BOTH.index(self.language)]
        self.edit(lead_image=self.waves, body=body(self.waves, self.plan, words))
        return self

    def fill(self, words=None, user=None):
        texts = {}
        for number, paragraph in enumerate(self.translation.paragraphs):
            texts[number] = paragraph.source
            for english, chinese in [*WORDS, *SAID]:
                texts[number] = texts[number].replace(english, chinese)
        fill_numbered(self.translation.localized, texts, user or self.translator)

    def draft_with(self, logo):
        """A profile that shows it, by the same people."""
        self.edit(logo=logo)
        return self

    def another_publisher(self):
        return member_of("Publishers", username="another")

    def approved(self):
        return self.draft().both_approved()

    def live(self):
        return self.draft().both_live()


def public_files(scene):
    """{code of the language: keys of what readers get}"""
    found = {}
    for version in scene.pair.versions.values():
        if version.is_live:
            page = scene.fresh(version)
            parts = Face.of(page).parts.values()
            found[version.language.code] = {
                (part.kind, part.value["key"]) for part in parts if part.kind in (PartKind.PICTURE, PartKind.DOCUMENT)
            }
    return found


__all__ = ["Library", "PillowImage", "body", "image", "paper", "picture", "public_files"]
