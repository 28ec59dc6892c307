import json

from django import template

from home.upstream.admin_scripts import start

register = template.Library()


@register.simple_tag
def start_field(call, field_id, config_json):
    return start(call, field_id, json.loads(config_json))


@register.simple_tag
def start_panel(call, options_json):
    return start(call, json.loads(options_json))
