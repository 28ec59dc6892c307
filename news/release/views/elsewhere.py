"""Where some words stand in public: asked after a figure was corrected or a term changed."""

from django.shortcuts import render

from home.locales import language_of
from news.release.elsewhere import AT_MOST, holders
from news.release.pair import release_of

from .page import may_read

LONGEST = 200


def elsewhere(request):
    """`?words=`: released pages, in both languages, that hold them as they are written."""
    words = request.GET.get("words", "").replace("\0", "")[:LONGEST]
    found = [
        {"holder": holder, "release": release_of(holder.page), "language": language_of(holder.page)}
        for holder in holders(words)
        if may_read(holder.page, request.user)
    ]
    return render(request, "news/admin/elsewhere.html", {"words": words, "found": found, "most": AT_MOST})
