"""No inline script in the admin: what Wagtail's widgets write as one becomes an element that home/start.js reads.

Wagtail 8 cannot work under `script-src 'self'` (wagtail #1288): its date fields, inline panels and choosers each end in
a `<script>` of one call with JSON arguments. The templates beside this app, in `wagtailadmin/`, replace the first two;
choosers have no template for it. All of it goes once upstream runs under such a policy: then
`test_wagtail_still_writes_inline_scripts` fails.
"""

import json
import re
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from wagtail.admin.widgets.chooser import BaseChooser

CALL = re.compile(r"(?P<call>(?:new )?[\w.]+)\((?P<arguments>.*)\);", re.DOTALL)


def start(call: str, *arguments: object) -> SafeString:
    """The element that makes `call`, the name of a function or `new` and that of a class, with these arguments."""
    return format_html(
        '<span hidden data-start-call="{}" data-start-arguments="{}"></span>',
        call,
        json.dumps(arguments),
    )


def render_chooser(
    self: BaseChooser, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: object = None
) -> SafeString:
    try:
        data = self.get_value_data(value)
    except (ValueError, TypeError, OverflowError, ObjectDoesNotExist):  # no key of anything, as its field says
        data = self.get_value_data(None)
    script = CALL.fullmatch(self.render_js_init((attrs or {})["id"], name, data))
    if script is None:
        raise ValueError(f"{type(self).__name__} is not started by one call")
    arguments = json.loads(f"[{script['arguments']}]")
    return mark_safe(self.render_html(name, data, attrs) + start(script["call"], *arguments))  # noqa: S308


def install() -> None:
    BaseChooser.render = render_chooser
