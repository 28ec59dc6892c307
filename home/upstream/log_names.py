"""Lines of Wagtail's log keep the name of whoever did it, as it was then. It goes once Wagtail writes it down itself.

Wagtail shows the name that the account has now, and of an account that is gone its number.
"""

from typing import Any

from django.db.models import Model
from django.db.models.signals import pre_save
from django.dispatch import receiver
from wagtail.admin.views.generic.history import LogEntryUserColumn
from wagtail.models import BaseLogEntry

NAME = "user_name"
"""Where it stands in the data of a line."""

stock = BaseLogEntry.__dict__["user_display_name"].func


@receiver(pre_save, dispatch_uid="home.log_names")
def write_down(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    if issubclass(sender, BaseLogEntry) and not raw and instance.user_id and NAME not in instance.data:
        instance.data = {**instance.data, NAME: str(stock(instance))}


def name_then(entry: BaseLogEntry) -> str:
    """Empty in the data: of an account that was gone before names were written down."""
    return entry.data.get(NAME) or stock(entry)


def install() -> None:
    BaseLogEntry.user_display_name = property(name_then)
    stock_cell = LogEntryUserColumn.get_cell_context_data

    def get_cell_context_data(self: Any, instance: BaseLogEntry, parent_context: Any) -> dict[str, Any]:
        return {**stock_cell(self, instance, parent_context), "display_name": instance.user_display_name}

    LogEntryUserColumn.get_cell_context_data = get_cell_context_data
