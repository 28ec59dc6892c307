"""What the desk and the list of releases cost with many releases: queries and CPU milliseconds beside the bare shell.

    .venv/bin/python bench/desk.py [20000]

On SQLite, in a folder that goes away again, or on the database of DATABASE_URL, which must be empty; there the CPU of
the database's own processes is not counted. The shell is the page “About”, which has nothing on it. The list may add 5
queries to it, the desk 8; more ends with an error.
"""

import os
import sys
from datetime import timedelta

from growth import Site, price, versions
from scratch import bootstrap, scratch_site

SHARES = {
    "live": 60,
    "in_review": 14,
    "drafting": 8,
    "returned": 4,
    "ready": 4,
    "scheduled": 4,
    "owed": 3,
    "stale": 3,
}
"""Of a hundred releases."""
VERSIONS = {"live": "live", "in_review": "in_review", "returned": "changes_asked", "ready": "approved"}
STEPS = {"in_review": "review", "returned": "change", "drafting": "write", "ready": "release", "scheduled": "wait"}
GROUPS = {
    "publisher": "Publishers",
    "reviewer": "Bilingual reviewers",
    "translator": "Chinese translators",
    "author": "English authors",
}
MAY_ADD = {"list": 5, "desk": 8}


def main():
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    url = os.environ.get("DATABASE_URL")
    with scratch_site(ALLOWED_HOSTS="testserver", **({"DATABASE_URL": url} if url else {})):
        from django.contrib.auth.models import Group, User
        from django.db import connection
        from django.test import Client

        bootstrap()
        print(versions(connection), flush=True)
        people = {name: User.objects.create_user(name, password=name) for name in GROUPS}
        for name, group in GROUPS.items():
            people[name].groups.add(Group.objects.get(name=group))
        site = Site()
        site.fill(2 * size)
        stand(people)
        with connection.cursor() as cursor:  # PostgreSQL does so by itself, and `upgrade` on SQLite
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")
        too_many = []
        for name, user in people.items():
            client = Client()
            client.force_login(user)
            shell = 0
            for page, path in (("shell", "/cms/about/"), ("list", "/cms/releases/"), ("desk", "/cms/")):
                status, queries, milliseconds = price(client, path)
                shell = shell or queries
                print(f"{size:7} {name:10} {page:6} {status} {queries:3} queries {milliseconds:7.1f} ms", flush=True)
                if status != 200 or queries > shell + MAY_ADD.get(page, 0):
                    too_many.append(f"{page} of the {name}")
        return "Too many queries: " + ", ".join(too_many) if too_many else 0


def stand(people):
    """Put each release somewhere, as its summary says it, and its review with it."""
    from django.utils import timezone
    from wagtail.models import Page

    from home.models import HomePage
    from news.models import ArticlePage, Release, ReleaseSummary

    now, states = timezone.now(), [state for state, share in SHARES.items() for _ in range(share)]
    above = dict(Page.objects.filter(depth__lt=4).values_list("path", "pk"))
    pages = {"en": {}, "zh-hans": {}}
    for page in ArticlePage.objects.values("pk", "path", "locale__language_code", "translation_key"):
        pages[page["locale__language_code"]][page["translation_key"]] = page["pk"], above[page["path"][:12]]
    releases = list(Release.objects.filter(translation_key__in=ArticlePage.objects.values("translation_key")))
    summaries, reviewed = [], []
    for number, release in enumerate(releases):
        state = states[number * 37 % 100]
        is_live = state in ("live", "owed", "stale")
        english, chinese = (pages[code][release.translation_key] for code in pages)
        if state == "scheduled":
            release.release_at = now + timedelta(hours=number % 900 - 20)
        if state == "owed":
            release.mode, release.due, release.languages = (
                "single",
                now.date() + timedelta(days=number % 30 - 9),
                ["en"],
            )
        facts = {
            "page_type": "news.ArticlePage",
            "original": "en",
            "state": "live" if is_live else state,
            "state_en": "live" if is_live else VERSIONS.get(state, "drafting"),
            "state_zh_hans": "live" if state in ("live", "stale") else "drafting",
            "step": STEPS.get(state, ""),
            "title_en": f"Harbour {number} opens",
            "title_zh_hans": f"第{number}号港口启用",
            "misses": True,
            "stale": state == "stale",
            "owed": state == "owed",
            "due": release.due,
            "author": people["author"],
            "since": now - timedelta(minutes=number),
            "moment": release.release_at,
        }
        facts["page_en"], facts["place_en"] = english
        facts["page_zh_hans"], facts["place_zh_hans"] = chinese
        summaries.append(ReleaseSummary(release=release, dirty=False, **facts))
        if state in ("in_review", "returned"):
            reviewed.append((english[0], state == "returned"))
    Release.objects.bulk_update(releases, ["release_at", "mode", "due", "languages"], batch_size=400)
    keys = [release.pk for release in releases]
    ReleaseSummary.objects.filter(pk__in=keys).delete()
    ReleaseSummary.objects.bulk_create(summaries, batch_size=1000)
    drafts = [summary.page_zh_hans for summary in summaries if summary.state_zh_hans == "drafting"]
    Page.objects.filter(pk__in=drafts).update(live=False)
    review(reviewed, people["author"], HomePage.objects.first().get_workflow(), now)
    Release.objects.filter(pk__in=keys).update(source_revision=1)


def review(pages, author, workflow, now):
    """[(key of a page, whether it was returned)]"""
    from django.contrib.contenttypes.models import ContentType
    from wagtail.models import Page, Revision, TaskState, WorkflowState

    from news.models import ArticlePage

    of = {
        "content_type": ContentType.objects.get_for_model(ArticlePage),
        "base_content_type": ContentType.objects.get_for_model(Page),
    }
    task, kind = workflow.tasks.first(), ContentType.objects.get_for_model(TaskState)
    revisions = Revision.objects.bulk_create(
        Revision(object_id=str(key), content={}, created_at=now, user=author, **of) for key, _returned in pages
    )
    reviews = WorkflowState.objects.bulk_create(
        WorkflowState(
            object_id=str(key),
            workflow=workflow,
            requested_by=author,
            status="needs_changes" if returned else "in_progress",
            **of,
        )
        for key, returned in pages
    )
    stages = TaskState.objects.bulk_create(
        TaskState(
            workflow_state=one,
            revision=revision,
            task=task,
            started_at=now,
            status="rejected" if returned else "in_progress",
            content_type=kind,
        )
        for one, revision, (_key, returned) in zip(reviews, revisions, pages, strict=True)
    )
    for one, stage in zip(reviews, stages, strict=True):
        one.current_task_state = stage
    WorkflowState.objects.bulk_update(reviews, ["current_task_state"], batch_size=400)


if __name__ == "__main__":
    sys.exit(main())
