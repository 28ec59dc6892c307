"""What listens for changes to forget what is kept: {name: (signal, receiver, sender)}; and the tables followed."""

from dataclasses import replace
from importlib import import_module

from django.apps import apps
from django.db.models import signals as of_models
from wagtail import signals as of_wagtail

from home.front import following

ROOMS = ["home.chrome", "news.models.facets"]
"""Modules that keep something and `forget` it."""
SIGNALS = {
    "post_save": of_models.post_save,
    "post_delete": of_models.post_delete,
    "page_published": of_wagtail.page_published,
    "page_unpublished": of_wagtail.page_unpublished,
    "page_slug_changed": of_wagtail.page_slug_changed,
    "post_page_move": of_wagtail.post_page_move,
}


def found():
    models = {id(model): model for model in apps.get_models()}
    for room in ROOMS:
        forget = import_module(room).forget
        for name, signal in SIGNALS.items():
            for (receiver, sender), *_rest in signal.receivers:
                if receiver == id(forget):
                    model = models.get(sender)
                    label = f"{room}, {name}" + (f" of {model.__name__}" if model else "")
                    yield label, (signal, forget, model)


REGISTER = dict(found())


def take_away(name):
    if name in following.REGISTER:
        following.REGISTER[name] = replace(following.REGISTER[name], means=lambda row: ())
        return
    signal, receiver, sender = REGISTER[name]
    assert signal.disconnect(receiver, sender=sender)
