"""Both languages of an article beside each other, block by block."""

from collections.abc import Sequence
from typing import TypeAlias

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.blocks import StreamValue
from wagtail.models import Page

from home import routing
from home.elsewhere import Elsewhere, State, absence_of
from home.languages import Language, current_language, language_versions, other_language
from home.renditions import with_renditions
from home.views import not_found, unlisted, withdrawn
from news.models.released import models_with


@require_safe
def bilingual(request: HttpRequest, slug: str) -> HttpResponse:
    """Both versions, where both are live and public; else what there is of them."""
    path = f"news/{slug}"
    here, there = current_language(), other_language(current_language())
    article = readable(path, here)
    both_public = article is not None and there in language_versions(article)
    other = readable(path, there) if both_public else None
    if article is None or other is None:
        return unpaired(request, path, article)
    with_renditions([image for version in (article, other) for image, _place in version.pictures()])
    context = {"article": article, "other": other, "rows": rows(article.body, other.body)}
    return render(request, "news/bilingual.html", context)


def readable(path: str, language: Language) -> Page | None:
    page = routing.find(path, language)
    return page if isinstance(page, tuple(models_with("parallel"))) else None


def unpaired(request: HttpRequest, path: str, article: Page | None) -> HttpResponse:
    """404 where a version is not there, 410 where one was taken down; both name the one that is. `article`: ours."""
    here, there = current_language(), other_language(current_language())
    left = article or readable(path, there)
    gone = {language: routing.gone(path, language) for language in (here, there)}
    taken = gone[here] or gone[there]
    if left is None:
        return withdrawn(request, taken, path, "bilingual/") if taken else not_found(request, Http404())
    state = State.WITHDRAWN if gone[there] else absence_of(left)
    address = f"{there.home_url}{path}/"
    switch = Elsewhere(address, state) if left is article else Elsewhere(left.url)
    context = {"left": left, "switch": switch, "for_good": state == State.NEVER}
    if taken is None:
        return unlisted(render(request, "unpaired.html", context, status=404))
    context |= {"withdrawn_at": taken.at, "said_as": taken.said_as, "is_ours": gone[here] is not None}
    return unlisted(render(request, "410.html", context, status=410))


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
