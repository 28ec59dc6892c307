"""What the library says of a picture or a document, for the fields beside its chooser."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe
from wagtail.documents import get_document_model
from wagtail.models import Page
from wagtail.permissions import policy_registry

from home.images import CustomImage
from home.languages import language_of
from news.models.pictured import OF_DOCUMENT, OF_PICTURE, library_words

from .access import StaffRequest

KINDS: dict[str, tuple[type[Any], tuple[str, ...]]] = {
    "image": (CustomImage, OF_PICTURE),
    "document": (get_document_model(), OF_DOCUMENT),
}


@require_safe
def words(request: StaffRequest, page_id: int) -> HttpResponse:
    """`?kind=`, image or document; `chosen=` and `former=`, keys of what was chosen now and before.

    Answers {`chosen` or `former`: {noun: words}} in the language of a page: the one that is edited, or the one under
    which another is made. What somebody may not choose says nothing to them.
    """
    language = language_of(get_object_or_404(Page.objects.select_related("locale"), pk=page_id))
    if request.GET.get("kind") not in KINDS:
        raise Http404
    model, nouns = KINDS[request.GET["kind"]]
    asked = {name: request.GET.get(name, "") for name in ("chosen", "former")}
    keys = [key for key in asked.values() if key.isascii() and key.isdecimal() and len(key) < 19]
    policy = policy_registry.get_by_type(model)
    choosable = policy.instances_user_has_any_permission_for(request.user, ["choose", "add", "change"])
    found = choosable.filter(pk__in=keys).in_bulk() if keys else {}
    return JsonResponse(
        {
            name: {noun: library_words(found[int(key)], noun, language) for noun in nouns}
            for name, key in asked.items()
            if key in keys and int(key) in found
        }
    )
