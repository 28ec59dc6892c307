from django import template

from home.locales import LANGUAGES
from news.release.pair import release_of
from news.translation.drafts import open_segments

register = template.Library()


@register.inclusion_tag("news/admin/review_bar.html", takes_context=True)
def review_bar(context, page, translation):
    """Where a translation stands, and the button that submits it for review."""
    state = page.current_workflow_state
    task = state and state.current_task_state and state.current_task_state.task
    in_review = page.workflow_in_progress
    missing = open_segments(translation)
    return {
        "request": context["request"],
        "page": page,
        "release": release_of(page),
        "task": task if in_review else None,
        "returned": bool(state) and not in_review,
        "missing": missing,
    }


@register.filter
def language_name(code):
    """`zh-hans` -> Chinese, in the language of the interface"""
    return LANGUAGES[code].label
