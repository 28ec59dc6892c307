from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.contrib.auth.models import Group
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Task, Workflow

Made = TypeVar("Made", bound=models.Model)


class BeginningManager(models.Manager["Beginning"]):
    def known(self, model: type[Made], name: str) -> Made | None:
        """What was made under this name, whatever it is called by now; None where it was deleted, or never made."""
        found = self.filter(kind=model._meta.model_name, name=name).first()
        return found.target if found else None

    def make(self, model: type[Made], name: str, made: Callable[[], Made]) -> tuple[Made | None, bool]:
        """(what was made under this name, whether it was made now). What somebody has deleted is not made again."""
        if self.filter(kind=model._meta.model_name, name=name).exists():
            return self.known(model, name), False
        found = model._default_manager.filter(name=name).first()
        target = found or made()
        self.write_down(model, name, target)
        return target, found is None

    def write_down(self, model: type[models.Model], name: str, target: Any) -> None:
        kind = str(model._meta.model_name)
        self.create(kind=kind, name=name, **{FIELDS[kind]: target})

    def gone(self) -> list[str]:
        """The names of what is not there any more."""
        return [row.name for row in self.order_by("pk") if row.target is None]


FIELDS = {"group": "group", "reviewtask": "task", "workflow": "workflow"}
"""{name of the model: the field that leads there}"""


class Beginning(models.Model):
    """Something that `bootstrap` made once, by the name that it had then: it stays known when it is renamed, and is not
    made again when it is deleted."""

    kind = models.CharField(_("kind"), max_length=20)
    name = models.CharField(_("name at first"), max_length=150)
    group = models.ForeignKey(
        Group, verbose_name=_("group of that name"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    task = models.ForeignKey(
        Task, verbose_name=_("stage of that name"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    workflow = models.ForeignKey(
        Workflow, verbose_name=_("workflow of that name"), null=True, on_delete=models.SET_NULL, related_name="+"
    )

    objects = BeginningManager()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("what the site began with")
        verbose_name_plural = _("what the site began with")
        constraints = [models.UniqueConstraint(fields=["kind", "name"], name="one_beginning_of_a_name")]

    def __str__(self) -> str:
        return self.name

    @property
    def target(self) -> Any:
        found = getattr(self, FIELDS[self.kind])
        return found.specific if isinstance(found, Task) else found
