"""Run in a process of its own, on a database that other processes use at the same moment.

python -m news.tests.release_process STEP [ARGUMENT]
"""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def prepare(number):
    """That many releases, approved in both languages and due. Prints their keys and paths."""
    from django.contrib.auth import get_user_model
    from django.utils import timezone

    from news.models import Approval, Release
    from news.release.approvals import write
    from news.release.schedule import schedule
    from news.release.submission import start_translating
    from news.translation.drafts import save_draft

    from .pairs import member_of
    from .scene import Scene, moment

    publisher = member_of("Publishers", username="publisher")
    author = get_user_model().objects.create_user("author")
    for _count in range(int(number)):
        scene = Scene()
        scene.author = scene.translator = author
        start_translating(scene.page, author)
        scene.fill()
        translated = save_draft(scene.translation.localized, author)
        pair = scene.pair
        approval = write(pair.original, pair.original.page.latest_revision, publisher)
        write(pair.translation, translated, publisher, counterpart=approval.revision)
        schedule(pair.release, moment(hours=1), publisher)
        print(pair.release.pk, scene.page.slug, flush=True)
    Approval.objects.update(approved_at=timezone.now() - timedelta(hours=2))
    Release.objects.exclude(release_at=None).update(release_at=timezone.now() - timedelta(hours=1))


def half():
    """Release what is due, and stop for good between the two languages."""
    from news.release import publishing as module
    from news.release.schedule import release_due

    real = module.publish_revision

    def stops(version, *arguments):
        if not version.is_original:
            print("half", flush=True)
            time.sleep(600)
        return real(version, *arguments)

    module.publish_revision = stops
    release_due()


def break_one():
    """Make what was approved of the first release that is due unreadable."""
    from news.models import Approval

    due = Approval.objects.filter(language="zh-hans").exclude(release__release_at=None)
    approval = due.order_by("release_id").first()
    Approval.objects.filter(pk=approval.pk).update(face={})


def release_one_by_one():
    from django.contrib.auth import get_user_model

    from news.models import Release
    from news.release.publishing import release_both

    publisher = get_user_model().objects.get(username="publisher")
    for found in Release.objects.exclude(release_at=None).order_by("pk"):
        release_both(found, publisher)
        time.sleep(0.05)


def report():
    """A line a release, without sections: how many versions are live, how many lines of it stand in their trails."""
    from wagtail.models import Page, PageLogEntry

    from news.models import Release
    from news.release.sections import section_pages

    sections = section_pages().values("translation_key")
    for found in Release.objects.exclude(translation_key__in=sections).order_by("pk"):
        pages = Page.objects.filter(translation_key=found.translation_key)
        logged = PageLogEntry.objects.filter(page__in=pages, action="newsroom.release").count()
        print(pages.filter(live=True).count(), logged, found.failures)


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT), str(ROOT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings.dev")

    import django

    django.setup()
    globals()[sys.argv[1]](*sys.argv[2:])
