"""Time passes in the state machine without anybody's clock being set: all that was written is so much older then."""

from django.apps import apps
from django.db.models import DateTimeField, F, QuerySet

OF_THE_TEXT = {"news.ArticlePage.date"}
"""Moments that somebody wrote for readers."""


def let_pass(delta):
    """Past the guards: what changes is what the clock would show."""
    for model in apps.get_models():
        fields = [field.name for field in model._meta.local_concrete_fields if isinstance(field, DateTimeField)]
        moved = {name: F(name) - delta for name in fields if f"{model._meta.label}.{name}" not in OF_THE_TEXT}
        if moved and model._meta.managed and not model._meta.proxy:
            QuerySet(model).update(**moved)
