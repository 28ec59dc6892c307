import json

from django import template
from django.utils.safestring import SafeString

from home.upstream.admin_scripts import start

register = template.Library()


@register.simple_tag
def start_field(call: str, field_id: str, config_json: str) -> SafeString:
    return start(call, field_id, json.loads(config_json))


@register.simple_tag
def start_panel(call: str, options_json: str) -> SafeString:
    return start(call, json.loads(options_json))
