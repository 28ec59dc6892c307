"""Both languages of an article beside each other, block by block."""

from collections.abc import Sequence
from typing import TypeAlias

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.blocks import StreamValue

from home import routing
from home.languages import current_language, language_versions, other_language
from home.renditions import with_renditions
from news.models.released import models_with


@require_safe
def bilingual(request: HttpRequest, slug: str) -> HttpResponse:
    """404 unless both versions are live and public."""
    here = current_language()
    article = routing.find(f"news/{slug}", here)
    is_readable = isinstance(article, tuple(models_with("parallel")))
    if article is None or not is_readable or other_language(here) not in language_versions(article):
        raise Http404
    other = routing.find(f"news/{slug}", other_language(here))
    if other is None:
        raise Http404
    with_renditions([image for version in (article, other) for image, _place in version.pictures()])
    context = {"article": article, "other": other, "rows": rows(article.body, other.body)}
    return render(request, "news/bilingual.html", context)


Block: TypeAlias = StreamValue.StreamChild


def rows(left: Sequence[Block], right: Sequence[Block]) -> list[tuple[Block | None, Block | None]]:
    """Blocks keep their id in a translation, whatever stands between them.

    A block that only the right side has comes after the one that it follows there.
    """
    on_the_left = {block.id for block in left}
    following: dict[str | None, list[Block]] = {}
    after = None
    for block in right:
        if block.id in on_the_left:
            after = block.id
        else:
            following.setdefault(after, []).append(block)
    by_id = {block.id: block for block in right}
    found: list[tuple[Block | None, Block | None]] = [(None, block) for block in following.get(None, [])]
    for block in left:
        found.append((block, by_id.get(block.id)))
        found += [(None, extra) for extra in following.get(block.id, [])]
    return found
