"""What people do with the two libraries in the state machine: upload, change, replace, agree, take down, delete."""

from django.core.files.base import ContentFile
from hypothesis import strategies as st
from hypothesis.stateful import rule
from wagtail.documents.models import Document
from wagtail.images.tests.utils import get_test_image_file

from home.images import CustomImage
from home.models import TakenDown
from news.models import Replacement
from news.release.library import is_standing
from news.release.replacing import agree, drop, propose, stamp_of
from news.release.taking_down import take_down

from .newsroom_releases import Releases
from .newsroom_steps import people, reviewers
from .scene import BOTH

libraries = st.sampled_from(["pictures", "documents"])


class Files(Releases):
    def written(self, file, who):
        """Whoever puts it somewhere has chosen it, for both languages."""
        for language in BOTH:
            self.pen.by[language.code, file.file_hash] = who

    def upload(self, name):
        self.pen.number += 1
        number = self.pen.number
        if name == "pictures":
            words = {"alt_en": "Waves", "alt_zh_hans": "波浪"}
            made = CustomImage.objects.create(title="Waves", file=get_test_image_file(size=(8, 12 + number)), **words)
        else:
            content = ContentFile(f"%PDF-1 upload {number}".encode(), f"upload-{number}.pdf")
            made = Document.objects.create(title="Report", file=content)
        made.get_file_hash()
        getattr(self.library, name).append(made)
        self.taken["upload"] += 1
        return made

    def used(self, name, turn):
        """One of those that the release shows, if it shows any."""
        found = [file for file in getattr(self.library, name) if file.uses.exists()]
        return found[turn % len(found)] if found else None

    @rule(who=people, name=libraries, turn=st.integers(0, 5), agreeing=reviewers, kept=st.booleans())
    def replace(self, who, name="pictures", turn=0, agreeing="publisher", kept=False):
        """Proposed by one, and agreed to by another; or left for somebody else."""
        old = self.used(name, turn)
        if old is None:
            return
        new, mine = self.upload(name), self.user(who)
        if self.attempt(propose, old, new, mine, [self.scene.release]):
            self.written(new, who)
            if not kept:
                self.agree_to_a_replacement(agreeing)

    @rule(who=people)
    def agree_to_a_replacement(self, who):
        for it in Replacement.objects.filter(ended_at=None):
            if self.attempt(agree, it, self.user(who), stamp_of(it), name="agree to a replacement"):
                assert it.opened_by != self.user(who)

    @rule(who=people)
    def give_a_replacement_up(self, who):
        for it in Replacement.objects.filter(ended_at=None):
            self.attempt(drop, it, self.user(who), name="drop a replacement")

    @rule(who=reviewers, name=libraries, turn=st.integers(0, 5), sure=st.booleans())
    def take_a_file_down(self, who, name, turn, sure):
        file = self.used(name, turn) if sure else None
        if file is not None and self.attempt(take_down, file, self.user(who), "No licence."):
            getattr(self.library, name).remove(file)
            self.upload(name)
            assert TakenDown.objects.count()

    @rule(name=libraries, turn=st.integers(0, 5), deleted=st.booleans())
    def change_or_delete_what_stands(self, name, turn, deleted):
        """Refused whoever asks: the ORM knows nobody."""
        file = self.used(name, turn)
        if file is None or not is_standing(file):
            return
        file.refresh_from_db()
        if not deleted:
            file.file = get_test_image_file() if name == "pictures" else ContentFile(b"%PDF-1 other", "other.pdf")
        assert not self.attempt(file.delete if deleted else file.save)
        self.taken["refused to change a file"] += 1
        file.refresh_from_db()
