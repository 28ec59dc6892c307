"""Every address of the site, and whether it takes a form.

An address is a route of the resolver. Where a parameter chooses among forms, as the action of a bulk action does, there
is an address for each choice.
"""

from django.apps import apps
from django.urls import URLPattern, get_resolver
from wagtail.admin.api.views import PagesAdminAPIViewSet
from wagtail.admin.views.bulk_action.registry import bulk_action_registry
from wagtail.admin.viewsets.pages import page_viewset_registry
from wagtail.contrib.settings.registry import registry as settings_registry
from wagtail.models import get_page_models
from wagtail.workflows import get_task_types

from news.admin.steps import REGISTER as STEPS

WRITING = {"post", "put", "patch", "delete"}


def addresses():
    """{address: True or False, or None where the view does not say}; the first of two with one route answers."""
    found = {}
    for route, view in routes(get_resolver()):
        for address in choices(route):
            found.setdefault(address, takes_form(view))
    return found


def routes(resolver, prefix=""):
    for entry in resolver.url_patterns:
        route = prefix + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        else:
            yield from routes(entry, route)


def takes_form(view):
    router = page_router(view)
    if router is not None:
        return any(takes_form(viewset.get_view_by_name(router)) for viewset in page_viewsets())
    if hasattr(view, "actions"):  # of a viewset of the API: {method: name}
        return bool(WRITING & set(view.actions))
    kind = getattr(view, "view_class", None) or getattr(view, "cls", None)
    if kind is None or (is_ours(kind) and "dispatch" in vars(kind)):
        return None
    allowed = {name.lower() for name in kind.http_method_names}
    return any(hasattr(kind, method) for method in WRITING & allowed)


def is_ours(kind):
    return kind.__module__.split(".")[0] in ("home", "news", "newsroom")


def page_router(view):
    """The name of the view that Wagtail's router asks a page type's viewset for, or None of another view."""
    while not hasattr(view, "view_class") and hasattr(view, "__wrapped__"):
        view = view.__wrapped__
    if getattr(view, "__name__", "") != "view_router":
        return None
    return view.__closure__[view.__code__.co_freevars.index("view_name")].cell_contents


def page_viewsets():
    return {page_viewset_registry.get_by_type(model) for model in get_page_models()}


# Choices -------------------------------------------------------------------------------------------------------------


def label(model):
    return model._meta.app_label, model._meta.model_name


def page_types():
    """Those that somebody may add; one more lives in the tests of what is released."""
    known = apps.get_models()  # a type that a test made for itself is in Wagtail's list for ever
    models = [model for model in get_page_models() if model in known and model._meta.app_label != "briefings"]
    return [model for model in models if model.is_creatable]


def bulk_actions():
    bulk_action_registry._scan_for_bulk_actions()
    for app, models in bulk_action_registry.actions.items():
        for model, actions in models.items():
            yield from ((app, model, action) for action in actions)


def choices(route):
    for ending, parameters, values in CHOICES:
        if route.startswith("cms/") and route.endswith(ending):
            for value in values():
                address = route
                for parameter, part in zip(parameters, value, strict=True):
                    address = address.replace(parameter, part)
                yield address
            return
    yield route


PAGE_TYPE = ("<slug:content_type_app_name>", "<slug:content_type_model_name>")
SETTING = ("<slug:app_name>", "<slug:model_name>")
ADD = "/".join(["pages/add", *PAGE_TYPE, "<int:parent_page_id>/"])
TASK_TYPE = ("<str:app_label>", "<str:model_name>")
CHOICES = [
    (ADD, PAGE_TYPE, lambda: map(label, page_types())),
    (f"{ADD}preview/", PAGE_TYPE, lambda: map(label, page_types())),
    (
        "pages/create/<slug:app_label>/<slug:model_name>",
        ("<slug:app_label>", "<slug:model_name>"),
        lambda: map(label, page_types()),
    ),
    (
        "bulk/<str:app_label>/<str:model_name>/<str:action>/",
        ("<str:app_label>", "<str:model_name>", "<str:action>"),
        bulk_actions,
    ),
    ("action/<str:action_name>/", ("<str:action_name>",), lambda: [(name,) for name in PagesAdminAPIViewSet.actions]),
    (f"settings/{'/'.join(SETTING)}/<int:pk>/", SETTING, lambda: map(label, settings_registry)),
    (f"settings/{'/'.join(SETTING)}/<int:pk>/preview/", SETTING, lambda: map(label, settings_registry)),
    (
        "releases/<int:release_id>/<slug:name>/",
        ("<slug:name>",),
        lambda: [(name,) for name, step in STEPS.items() if step.take is not None],
    ),
    ("tasks/add/<str:app_label>/<str:model_name>/", TASK_TYPE, lambda: map(label, get_task_types())),
    (
        "<slug:action_name>/<int:task_state_id>/",
        ("<slug:action_name>",),
        lambda: [("approve",), ("reject",)],
    ),
]
"""(end of a route, parameters that choose a form, their values)"""
