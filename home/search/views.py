from collections.abc import Container
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Locale

from home.asked import number, one, year_of
from home.chrome import chrome_of
from home.languages import Language, current_language, other_language
from home.views import not_found
from home.visibility import private

from . import log
from .analysis import MAX_QUERY, terms_of
from .base import WINDOW
from .find import PageSearch, groups, parts_that_are_found, promoted, titles

PAGE_SIZE = 20
BESIDE = 3
"""How many of each other group are shown beside the articles."""
SUGGESTIONS = 8
MAIN = "articles"


def asked(request: HttpRequest) -> str:
    """`?q=`, tidied, its first MAX_QUERY characters."""
    return " ".join(request.GET.get("q", "").replace("\0", " ").split())[:MAX_QUERY]


def locale_of(language: Language) -> Locale:
    home = chrome_of(language).home
    return home.locale if home else Locale.objects.get(language_code=language.code)


def suggestions(words: str, language: Language) -> list[str]:
    """Titles of released pages, and what other apps add by the hook `newsroom_suggestions`."""
    others = [found for suggest in hooks.get_hooks("newsroom_suggestions") for found in suggest(words, language)]
    begun = titles(words, locale_of(language), SUGGESTIONS, private()) if words else []
    return list(dict.fromkeys([*others, *begun]))[:SUGGESTIONS]


@dataclass(frozen=True)
class Narrowing:
    """How the results are narrowed, and after which page's key they go on. 404 for what names nothing."""

    group: str
    year: int | None
    after: int | None

    @classmethod
    def asked(cls, request: HttpRequest, kinds: Container[str]) -> Self:
        group, year, after = (one(request, name) for name in ("in", "year", "after"))
        made = cls(group, year_of(year), number(after))
        if (group and group not in kinds) or (year and not made.year) or (after and not made.after):
            raise Http404
        return made


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=`, narrowed by `in` (a group) and `year`; to go on, `after` (a page's key).

    Where a group or a year has no results, this is said, and all are shown.
    """
    kinds = groups()
    try:
        narrowing = Narrowing.asked(request, kinds)
    except Http404 as refusal:
        return not_found(request, refusal)
    words, here = asked(request), current_language()
    chosen, year = narrowing.group, narrowing.year
    kept = {"q": words, "in": chosen, "year": year}
    context = {
        "words": words,
        "is_search": True,
        "asked_group": chosen,
        "asked_year": year,
        "switch_query": urlencode({name: value for name, value in kept.items() if value or name == "q"}),
    }
    if terms_of(words):
        locale, unless = locale_of(here), private()
        asked_for = PageSearch(words, unless)
        found = {name: asked_for.find(model, locale) for name, model in kinds.items()}
        count = sum(each.count for each in found.values())
        nothing = bool(chosen) and not found[chosen].count
        chosen = "" if nothing else chosen
        main = chosen or MAIN
        narrowed = asked_for.find(kinds[main], locale, year) if year else found[main]
        if year and not narrowed.count:
            nothing, year, narrowed = True, None, found[main]
        after = narrowing.after if narrowing.after in narrowed.ranked else None
        hits, follows = narrowed.part(after, PAGE_SIZE)
        beside = []
        if not chosen and not after and not year:
            beside = [
                (name, each, each.part(None, BESIDE)[0]) for name, each in found.items() if name != main and each.count
            ]
        there = other_language(here)
        locale_there = locale_of(there)
        elsewhere = asked_for.counts(locale_there)
        if not after:
            log.note(words, here, count)
        context |= {
            "main": main,
            "found": found[main],
            "narrowed": narrowed,
            "chosen": chosen,
            "year": year,
            "nothing": nothing and count,
            "is_later": after is not None,
            "hits": hits,
            "follows": follows,
            "beside": beside,
            "count": count,
            "shown": narrowed.count if chosen or year else count,
            "more": narrowed.more if chosen or year else any(each.more for each in found.values()),
            "promoted": [] if after or chosen or year else promoted(words, locale, unless),
            "there": there,
            "count_there": sum(min(count, WINDOW) for count in elsewhere),
            "more_there": any(count > WINDOW for count in elsewhere),
        }
        if not count:
            context["parts"] = parts_that_are_found(words, locale, unless)
    context["suggestions"] = suggestions("", here)
    response = render(request, "search.html", context)
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, max_age=60)
    return response


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """{"suggestions": [text, ...]} for what is being typed."""
    words = asked(request)
    response = JsonResponse({"suggestions": suggestions(words, current_language()) if words else []})
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, max_age=60)
    return response
