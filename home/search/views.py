from datetime import MAXYEAR, MINYEAR
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe
from wagtail import hooks
from wagtail.models import Locale

from home.languages import Language, current_language, other_language

from . import log
from .analysis import MAX_QUERY, terms_of
from .find import PageSearch, groups, parts_that_are_found, private, promoted, titles

PAGE_SIZE = 20
BESIDE = 3
"""How many of each other group are shown beside the articles."""
SUGGESTIONS = 8
MAIN = "articles"


def asked(request: HttpRequest) -> str:
    """`?q=`, tidied, its first MAX_QUERY characters."""
    return " ".join(request.GET.get("q", "").replace("\0", " ").split())[:MAX_QUERY]


def number(text: str) -> int | None:
    """A positive integer that a database takes, or None."""
    return int(text) if text.isascii() and text.isdigit() and 0 < len(text) < 10 else None


def year_of(text: str) -> int | None:
    """A year whose first and last moment exist in every time zone, or None."""
    year = number(text)
    return year if year and MINYEAR < year < MAXYEAR else None


def locale_of(language: Language) -> Locale:
    return Locale.objects.get(language_code=language.code)


def suggestions(words: str, language: Language) -> list[str]:
    """Titles of released pages, and what other apps add by the hook `newsroom_suggestions`."""
    others = [found for suggest in hooks.get_hooks("newsroom_suggestions") for found in suggest(words, language)]
    begun = titles(words, locale_of(language), SUGGESTIONS, private()) if words else []
    return list(dict.fromkeys([*others, *begun]))[:SUGGESTIONS]


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`?q=`, narrowed by `in` (a group) and `year`; to go on, `after` (a page's key). Anything else is ignored."""
    words, here = asked(request), current_language()
    kinds = groups()
    chosen = request.GET.get("in", "")
    chosen = chosen if chosen in kinds else ""
    year, after = year_of(request.GET.get("year", "")), number(request.GET.get("after", ""))
    context = {
        "words": words,
        "is_search": True,
        "year": year,
        "chosen": chosen,
        "switch_query": urlencode({"q": words}),
    }
    if terms_of(words):
        locale, unless = locale_of(here), private()
        asked_for = PageSearch(words, unless)
        found = {name: asked_for.find(model, locale) for name, model in kinds.items()}
        main = chosen or MAIN
        narrowed = asked_for.find(kinds[main], locale, year) if year else found[main]
        hits, follows = narrowed.part(after, PAGE_SIZE)
        beside = []
        if not chosen and not after and not year:
            beside = [
                (name, each, each.part(None, BESIDE)[0]) for name, each in found.items() if name != main and each.count
            ]
        there = other_language(here)
        locale_there = locale_of(there)
        elsewhere = [asked_for.find(model, locale_there) for model in kinds.values()]
        count = sum(each.count for each in found.values())
        if not after:
            log.note(words, here, count)
        context |= {
            "main": main,
            "found": found[main],
            "narrowed": narrowed,
            "hits": hits,
            "follows": follows,
            "beside": beside,
            "count": count,
            "more": any(each.more for each in found.values()),
            "promoted": [] if after or chosen or year else promoted(words, locale, unless),
            "there": there,
            "count_there": sum(each.count for each in elsewhere),
            "more_there": any(each.more for each in elsewhere),
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
