"""Tables that Wagtail's reports and lists export: none runs as a formula, and each can be written.

It goes once Wagtail marks formulas in CSV, as it does in the cells of XLSX, and in the headings of both, and leaves out
what XLSX cannot hold.
"""

from typing import Any

from wagtail.admin.views.mixins import SpreadsheetExportMixin

from home.characters import clean
from home.spreadsheets import harmless

mixin: Any = SpreadsheetExportMixin
stock = mixin.preprocess_field_value
stock_heading = mixin.get_heading


def install() -> None:
    def preprocess_field_value(self: Any, field: str, value: Any, export_format: str) -> Any:
        written = stock(self, field, value, export_format)
        if not isinstance(written, str):
            return written
        return harmless(written) if export_format == self.FORMAT_CSV else clean(written)

    def get_heading(self: Any, queryset: Any, field: str) -> str:
        return harmless(stock_heading(self, queryset, field))

    mixin.preprocess_field_value = preprocess_field_value
    mixin.get_heading = get_heading
