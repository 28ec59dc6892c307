"""Answers which public pages show a file, from what is written down with each revision."""

from collections.abc import Iterable, Iterator

from django.contrib.auth.models import User
from django.db.models import Q, QuerySet
from wagtail.models import Page

from home.files import FilePolicy, LibraryFile
from news.models import Approval, FileUse

from .uses import NAMED, uses_of

NEWEST = 20
"""Revisions whose pages are looked at for whether somebody works with one."""


class NewsFilePolicy(FilePolicy):
    def pages_showing(self, file: LibraryFile) -> Iterator[QuerySet[Page]]:
        yield Page.objects.live().filter(live_revision__in=uses_of(file).values("revision"))
        yield from super().pages_showing(file)

    def documents_of(self, page: Page) -> set[int]:
        shown = FileUse.objects.filter(revision=page.live_revision_id).exclude(document=None)
        return set(shown.values_list("document_id", flat=True)) or super().documents_of(page)

    def was_withdrawn(self, files: Iterable[LibraryFile]) -> bool:
        uses = Q(pk__in=[])
        for file in files:
            uses |= Q(**{NAMED[type(file)]: file.pk})
        shown = FileUse.objects.filter(uses).values("revision")
        approvals = Approval.objects.filter(revision__in=shown, release__withdrawn_at__isnull=False)
        found = approvals.values_list("language", "release__withdrawn_languages").distinct()
        return any(language in withdrawn for language, withdrawn in found)

    def is_worked_with(self, file: LibraryFile, user: User) -> bool:
        shown = uses_of(file).order_by("-revision").values_list("revision__object_id", flat=True)[:NEWEST]
        pages = Page.objects.filter(pk__in={int(key) for key in shown})
        return any(
            page.permissions_for_user(user).can_edit() or page.get_parent().permissions_for_user(user).can_add_subpage()
            for page in pages.specific()
        )
