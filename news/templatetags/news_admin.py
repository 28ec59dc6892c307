import json
from datetime import datetime

from django import template
from django.utils.formats import date_format

from home.locales import LANGUAGES
from home.templatetags.home_tags import dateline
from news.models.review import is_released
from news.release.pair import pair_of
from news.release.steps import version_steps
from news.release.views.forms import with_form
from news.translation.drafts import open_segments

register = template.Library()


@register.inclusion_tag("news/admin/review_bar.html", takes_context=True)
def review_bar(context, page, translation):
    """Where a translation stands, and what may be done with it: submit, recall, approve, return, take back."""
    request = context["request"]
    version = pair_of(page).version_of(page)
    state = version.review
    in_review = page.workflow_in_progress
    steps = [step for step in version_steps(version, request.user) if step.name != "submit"]
    return {
        "request": request,
        "page": page,
        "version": version,
        "release": version.pair.release,
        "task": state.current_task_state.task if in_review else None,
        "returned": bool(state) and not in_review,
        "comments": returned_with(state) if state and not in_review else [],
        "missing": open_segments(translation),
        # Offered though paragraphs may be open: the answer says how many.
        "may_try": not in_review and not version.is_pending,
        "steps": [with_form(step) for step in steps],
        "next": request.path,
    }


def returned_with(state):
    """What the reviewer said who returned it."""
    task_state = state.current_task_state
    return [task_state.comment] if task_state and task_state.comment else []


@register.inclusion_tag("news/admin/release_panel.html")
def release_panel(page):
    """Both versions of the release that a page belongs to; nothing for a page that is not saved yet."""
    if not page.pk or not is_released(page):
        return {}
    pair = pair_of(page)
    return {"pair": pair, "release": pair.release, "here": pair.version_of(page)}


@register.filter
def without_alias(props):
    """What localize's editor is told, without its button that makes the page an alias: that is refused."""
    told = json.loads(props)
    told["links"]["convertToAliasUrl"] = None
    return json.dumps(told)


@register.simple_tag
def deadline(moment):
    """A day, or a moment in Beijing time."""
    return dateline(moment) if isinstance(moment, datetime) else date_format(moment, "DATE_FORMAT")


@register.filter
def language_name(code):
    """`zh-hans` -> Chinese, in the language of the interface"""
    return LANGUAGES[code].label
