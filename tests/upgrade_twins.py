"""Equal paragraphs in the articles of a site of an earlier version, as that version kept them; or a step broken off.

python tests/clock.py tests/upgrade_twins.py [STEP]

A process of its own has a database of its own.
"""

import json
import os
import re
import sys

import django

django.setup()

from wagtail.models import Revision  # noqa: E402
from wagtail_localize.models import TranslationSource  # noqa: E402

from home import gate  # noqa: E402
from news import upgrade  # noqa: E402
from news.blocks import ParagraphBlock  # noqa: E402
from news.models import ArticlePage, Release  # noqa: E402
from news.pair.pair import Pair  # noqa: E402

FIRST = re.compile(r"<p[ >].*?</p>", re.DOTALL)
BATCH = 3


def doubled(body):
    """Each running text says its first paragraph twice."""
    rows = json.loads(body)
    for row in rows:
        if row["type"] == "paragraph":
            row["value"] = FIRST.sub(lambda found: found[0] * 2, row["value"], count=1)
    return json.dumps(rows)


def double(page):
    for revision in page.revisions.all():
        content = {**revision.content, "body": doubled(revision.content["body"])}
        Revision.objects.filter(pk=revision.pk).update(content=content)
    field = ArticlePage._meta.get_field("body")
    stored = page.serializable_data()["body"]
    with gate.opened(page.translation_key):
        ArticlePage.objects.filter(pk=page.pk).update(body=field.to_python(doubled(stored)))


def make_twins():
    del ParagraphBlock.get_translatable_segments  # localize takes them apart
    keys = set(ArticlePage.objects.values_list("translation_key", flat=True))
    for page in ArticlePage.objects.all():
        double(page)
    for source in TranslationSource.objects.filter(object_id__in=keys):
        content = json.loads(source.content_json)
        source.content_json = json.dumps({**content, "body": doubled(content["body"])})
        source.save()
        source.refresh_segments()
    for release in Release.objects.filter(translation_key__in=keys):
        upgrade.say_hashes_anew(release)
        release.save(update_fields=["source_hash"])
        for approval in release.approvals.standing().exclude(face=None):
            upgrade.stamp(Pair(release).versions[upgrade.LANGUAGES[approval.language]], approval)


def break_off(step):
    """In the midst of its second batch."""
    upgrade.BATCH = BATCH
    done = []

    def do(found):
        step.do(found)
        done.append(found)
        if len(done) == BATCH + 2:
            os._exit(0)

    upgrade.take(upgrade.DataStep(step.name, step.label, step.waiting, do), lambda done, of: None)


if len(sys.argv) > 1:
    break_off(upgrade.REGISTER[sys.argv[1]])
else:
    make_twins()
