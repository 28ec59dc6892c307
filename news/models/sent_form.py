"""Forms that made something, so that the same form makes it once."""

from datetime import timedelta
from typing import Any

from django.db import models
from django.utils import timezone

REMEMBERED = timedelta(days=2)


class SentForm(models.Model):
    """Who sent it is part of the key's digest alone: it is no record of anybody's work."""

    key = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField(default=timezone.now, db_index=True)
    answer = models.JSONField(default=dict)

    def __str__(self) -> str:
        return self.key

    @classmethod
    def forget_old(cls) -> Any:
        return cls.objects.filter(at__lt=timezone.now() - REMEMBERED).delete()
