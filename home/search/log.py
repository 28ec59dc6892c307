"""What readers search for and do not find, so that editors can write it, name it or promote it."""

import re
from datetime import timedelta

from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F

from home import clock
from home.languages import Language

from .analysis import fold
from .models import Search

KEPT = timedelta(days=180)
A_DAY = 2000
"""Different searches noted in a day: whoever sends more fills the log, not the disk."""
PERSONAL = re.compile(r"@|\d[\d\s-]{6,}")
"""What may be somebody's address or number is not noted."""


def note(words: str, language: Language, found: int) -> None:
    """Count a search in a language that found so many pages. Never fails: a reader waits."""
    words = " ".join(fold(words).split())[:80]
    if settings.READ_ONLY or not words or PERSONAL.search(words):
        return
    today = clock.day()
    try:
        with transaction.atomic():
            noted = Search.objects.filter(words=words, language=language.code, day=today)
            if noted.update(times=F("times") + 1, found=found):
                return
            count = Search.objects.filter(day=today).count()
            if count == 0:
                Search.objects.filter(day__lt=today - KEPT).delete()
            if count < A_DAY:
                Search.objects.bulk_create(
                    [Search(words=words, language=language.code, day=today, found=found)], ignore_conflicts=True
                )
    except DatabaseError:
        pass  # a reader's answer does not wait for the log
