"""How many blocks there are, in which order, and what the editor of running text makes of it, is no person's to type:
nonsense for it is a form that is not whole.

It goes once Wagtail answers otherwise than by an error.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from wagtail.admin.rich_text import DraftailRichTextArea
from wagtail.blocks import BaseStreamBlock, ListBlock

from home.refusing import MISSING, NotWhole


def whole(stock: Callable[..., Any], *wrong: type[Exception]) -> Callable[..., Any]:
    @wraps(stock)
    def value_from_datadict(self: Any, data: Any, files: Any, prefix: str) -> Any:
        try:
            return stock(self, data, files, prefix)
        except MISSING:
            raise
        except wrong as error:
            raise NotWhole from error

    return value_from_datadict


def install() -> None:
    for block in (BaseStreamBlock, ListBlock):
        block.value_from_datadict = whole(block.value_from_datadict, ValueError)
    text = DraftailRichTextArea
    text.value_from_datadict = whole(text.value_from_datadict, ValueError, LookupError, TypeError, AttributeError)
