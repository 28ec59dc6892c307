"""Answers for stored files: pictures under MEDIA_URL, documents under the address of their release.

Whoever may have one gets it from here or, by MEDIA_ACCEL, from nginx. Originals of pictures are for the admin alone.
"""

from datetime import timedelta
from itertools import chain
from pathlib import PurePosixPath
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db.models import Case, F, When
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from django.views.defaults import page_not_found
from wagtail.documents import get_document_model
from wagtail.documents.models import AbstractDocument
from wagtail.documents.wagtail_hooks import check_view_restrictions
from wagtail.models import Page
from wagtail.users.models import UserProfile

from home import attachments, files
from home.characters import one_line
from home.files import Access, LibraryFile
from home.images import CustomImage, Rendition
from home.languages import current_language, language_of
from home.models import MovedFile
from home.outage import AWAY, unavailable
from home.replaced import Families
from home.sending import send
from home.storage import StorageAway, holds, uploads

Document = get_document_model()
TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}
FRESH = "public, max-age=60, must-revalidate"
"""A picture that is taken down is gone from caches within the minute."""
OURS = "private, no-store"
LEADS_ON = timedelta(days=365)
"""How long the names of before lead to those of today."""
LONGEST = 255
HIGHEST = 2**63
"""No key of a row is as high."""


@require_safe
def media(request: HttpRequest, name: str) -> HttpResponseBase:
    """`/media/...`: renditions, by who may see the pages that show them; everything else for the admin."""
    if "\0" in name or len(name) > LONGEST:
        return missing(request)
    rendition = find_rendition(name)
    if rendition is not None:
        return picture(request, rendition)
    return for_the_admin(request, name) or lead_on(request, name) or missing(request)


def find_rendition(name: str) -> Rendition | None:
    rows = Rendition.objects.filter(file=name).select_related("image__collection", "image__taken_down")
    found = rows.annotate(is_closed=files.closed("image__collection__path")).first()
    if found is not None:
        found.image.is_closed = found.is_closed
    return found


def picture(request: HttpRequest, rendition: Rendition) -> HttpResponseBase:
    access = files.access_to(request, rendition.image)
    return hand_over(request, rendition.file, access, FRESH) if access.is_given else refused(request, access)


def for_the_admin(request: HttpRequest, name: str) -> HttpResponseBase | None:
    """Originals, documents and portraits, for who may see them there."""
    if not files.works_here(request.user):
        return None
    file: LibraryFile | None = (
        CustomImage.objects.filter(file=name).first() or Document.objects.filter(file=name).first()
    )
    if file is not None:
        return hand_over(request, file.file, Access.THIS_READER) if files.may_see_in_admin(request.user, file) else None
    profile = UserProfile.objects.filter(avatar=name).first()
    return hand_over(request, profile.avatar, Access.THIS_READER) if profile else None


def lead_on(request: HttpRequest, name: str) -> HttpResponseBase | None:
    """From a name of before to today's, for whoever may have that."""
    moved = (
        MovedFile.objects.filter(old_name=name, at__gte=timezone.now() - LEADS_ON).exclude(name=F("old_name")).first()
    )
    if moved is None:
        return None
    access = Access.NOBODY
    rendition = find_rendition(moved.name)
    if rendition is not None:
        access = files.access_to(request, rendition.image)
    elif document := Document.objects.filter(file=moved.name).first():
        return to_its_page(request, document)
    elif files.works_here(request.user) and for_the_admin(request, moved.name) is not None:
        access = Access.THIS_READER
    if not access.is_given:
        return refused(request, access)
    answer = HttpResponsePermanentRedirect(settings.MEDIA_URL + quote(moved.name))
    answer["Cache-Control"] = FRESH if access is Access.EVERYBODY else OURS
    return answer


@require_safe
def document(request: HttpRequest, key: UUID, number: int, file_name: str) -> HttpResponseBase:
    """What a page leads to today, by whichever document of the family it was asked for."""
    family = Families([number]).of(number) if number < HIGHEST else set()
    page = Page.objects.live().filter(translation_key=key, locale__language_code=current_language().code).first()
    shown = files.policy.documents_of(page) & family if page is not None else set()
    current = number if number in shown else max(shown, default=None)
    if page is not None and current is not None:
        found = Document.objects.select_related("collection", "taken_down").annotate(is_closed=files.closed())
        file = found.filter(pk=current).first()
        access = files.access_to(request, file, [Page.objects.filter(pk=page.pk)]) if file else Access.NOBODY
        if file is not None and access is Access.NOBODY and file.is_closed:
            barrier = check_view_restrictions(file, request)
            if barrier is not None:
                return barrier  # its password is asked for
    else:
        file = Document.objects.filter(pk=number).first() if family else None
        access = files.access_to(request, file, []) if file else Access.NOBODY
        if access is Access.NOBODY and withdrawn(key, family):
            access = Access.GONE
    if file is None or not access.is_given:
        return refused(request, access)
    if file_name != file.filename:
        answer = redirect(attachments.address(key, number, file.filename, current_language()))
        answer["Cache-Control"] = "no-cache" if access is Access.EVERYBODY else OURS
        return answer
    return hand_over(request, file.file, access, "no-cache", file.content_type, file.filename)


def withdrawn(key: UUID, family: set[int]) -> bool:
    """Whether the release that led there was taken down, in the language asked for."""
    code = current_language().code
    page = Page.objects.filter(translation_key=key, locale__language_code=code, live=False).first()
    if page is None or not getattr(page.specific, "withdrawn_at", None):
        return False
    return files.policy.was_withdrawn(Document.objects.filter(pk__in=family))


def to_its_page(request: HttpRequest, document: AbstractDocument) -> HttpResponseBase:
    """From the library's address to that of a page, for whoever may read one; else the refusal."""
    family = Families([document.pk]).of(document.pk)
    access = Access.NOBODY
    found = Document.objects.select_related("collection", "taken_down").annotate(is_closed=files.closed())
    for file in found.filter(pk__in=family).order_by(Case(When(pk=document.pk, then=0), default=1), "-pk"):
        if files.is_taken_down(file):
            access = Access.GONE
            continue
        for page in chain.from_iterable(files.policy.pages_showing(file)):
            if files.as_reader(request, file, [Page.objects.filter(pk=page.pk)]).is_given:
                number = attachments.numbers_of(page).of(file.pk)
                return led_to(attachments.address(page.translation_key, number, file.filename, language_of(page)))
    return refused(request, access if access is Access.GONE else files.access_to(request, document))


def led_to(url: str) -> HttpResponse:
    answer = redirect(url)
    answer["Cache-Control"] = OURS
    return answer


@require_safe
def library_document(request: HttpRequest, number: int, file_name: str = "") -> HttpResponseBase:
    """In place of Wagtail's own answer, which says nothing of caches and spells a Chinese name in pinyin."""
    document = Document.objects.filter(pk=number).first() if number < HIGHEST else None
    if document is None:
        return missing(request)
    barrier = check_view_restrictions(document, request)
    if barrier is not None:
        return barrier  # its password is asked for
    if files.may_see_in_admin(request.user, document):
        return hand_over(request, document.file, Access.THIS_READER, OURS, document.content_type, document.filename)
    return to_its_page(request, document)


def of_the_library(document: AbstractDocument, request: HttpRequest) -> HttpResponseBase | None:
    """Before Wagtail serves a document, at whatever spelling of its address: never to a guest."""
    return None if files.may_see_in_admin(request.user, document) else library_document(request, document.pk)


def hand_over(
    request: HttpRequest,
    file: FieldFile,
    access: Access,
    caching: str = OURS,
    content_type: str = "",
    download: str = "",
) -> HttpResponseBase:
    name = file.name or ""
    if not holds(file):
        return missing(request)
    content_type = content_type or TYPES.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
    if not download and content_type not in TYPES.values():
        download = PurePosixPath(name).name
    answer: HttpResponseBase
    if settings.MEDIA_ACCEL:
        answer = HttpResponse(content_type=content_type)
        answer["X-Accel-Redirect"] = f"{settings.MEDIA_ACCEL.rstrip('/')}/{quote(name)}"
    else:
        try:
            answer = send(request, uploads(), name, content_type, access is Access.EVERYBODY)
        except FileNotFoundError:
            return missing(request)
        except StorageAway:
            return unavailable(request, AWAY)
    if download:
        answer["Content-Disposition"] = content_disposition_header(True, one_line(download))
    answer["Cache-Control"] = caching if access is Access.EVERYBODY else OURS
    answer["Content-Security-Policy"] = "default-src 'none'"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer


def refused(request: HttpRequest, access: Access) -> HttpResponse:
    if access is not Access.GONE:
        return missing(request)
    answer = render(request, "file_gone.html", status=410)
    answer["X-Robots-Tag"] = "noindex"
    answer["Cache-Control"] = OURS
    return answer


def missing(request: HttpRequest) -> HttpResponse:
    """Not to be kept: what is not public today may be tomorrow."""
    answer = page_not_found(request, Http404())
    answer["Cache-Control"] = OURS
    return answer
