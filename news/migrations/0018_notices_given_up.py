from django.db import migrations
from django.db.models import F
from django.utils import timezone

ATTEMPTS = 8
"""After so many nothing was tried any more, by versions before this one."""


def give_up(apps, schema_editor):
    """What was given up stays so, until somebody wants it tried again: it may be months old."""
    notices = apps.get_model("news", "Notice").objects.filter(sent_at=None)
    notices.filter(attempts__gte=ATTEMPTS).update(given_up_at=timezone.now(), failing_since=F("created_at"))
    notices.update(claim=None, claimed_at=None)


class Migration(migrations.Migration):

    dependencies = [
        ("news", "0017_undelivered_notices"),
    ]

    operations = [
        migrations.RunPython(give_up, migrations.RunPython.noop, elidable=True),
    ]
