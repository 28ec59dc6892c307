"""By what the list of releases is narrowed: columns of ReleaseSummary alone, be there ten releases or ten thousand."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import django_filters
from django import forms
from django.contrib.auth.models import User
from django.db.models import Q, QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.models import get_page_models

from home.gate import GatedMixin
from home.languages import CHINESE, Words, current_language
from news.models import Assignment, Mode, PartnerPage, ReleaseSummary, Topic
from news.models.summary import SummaryQuerySet
from news.pair.facts import NextStep
from news.pair.state import ReleaseState
from news.pair.states import VersionState

from .places import PLACES
from .queues import Queues

Rows = SummaryQuerySet
SINGLE = Q(release__mode=Mode.SINGLE)


def with_something_to_do() -> Q:
    """All but front pages and sections that are public as they are."""
    is_public = Q(state_en=VersionState.LIVE, state_zh_hans=VersionState.LIVE)
    waits = Q(release__held_at__isnull=False) | Q(state=ReleaseState.SCHEDULED) | Q(step=NextStep.CORRECT)
    return Q(is_section=False) | ~is_public | waits | SINGLE


def in_either(state: VersionState) -> Q:
    return Q(state_en=state) | Q(state_zh_hans=state)


SHOWN: dict[str, tuple[Words, Callable[[], Q]]] = {
    "all": (_("All releases"), with_something_to_do),
    "review": (_("In review"), lambda: in_either(VersionState.IN_REVIEW)),
    "scheduled": (_("Scheduled"), lambda: Q(state=ReleaseState.SCHEDULED)),
    "held": (_("On hold"), lambda: Q(release__held_at__isnull=False)),
    "owed": (_("Translation to follow"), lambda: SINGLE & Q(release__due__isnull=False)),
    "one": (_("In one language"), lambda: SINGLE & Q(release__due=None) & ~Q(release__alone=False)),
    "unread": (_("Post-release review due"), lambda: Q(unread=True)),
    "withdrawn": (_("Withdrawn"), lambda: Q(release__withdrawn_at__isnull=False)),
    "sections": (_("Front pages and sections"), lambda: Q(is_section=True)),
}


def several(label: Words, method: str) -> django_filters.MultipleChoiceFilter:
    return django_filters.MultipleChoiceFilter(label=label, method=method, widget=forms.CheckboxSelectMultiple)


def one_of(label: Words, choices: Any, **options: Any) -> django_filters.ChoiceFilter:
    return django_filters.ChoiceFilter(
        label=label,
        choices=choices,
        empty_label=pgettext_lazy("of a filter", "All"),
        widget=forms.RadioSelect,
        **options,
    )


def days(label: Words) -> django_filters.DateFromToRangeFilter:
    return django_filters.DateFromToRangeFilter(label=label, widget=DateRangePickerWidget)


def page_types() -> list[tuple[str, str]]:
    gated = [model for model in get_page_models() if issubclass(model, GatedMixin)]
    return [(model._meta.label, capfirst(str(model._meta.verbose_name))) for model in gated]


class ReleasesFilter(WagtailFilterSet):
    show = one_of(_("Show"), [(name, label) for name, (label, _q) in SHOWN.items()], method="by_show")
    state = one_of(_("State"), ReleaseState.choices, method="by_state")
    state_en = one_of(pgettext_lazy("language", "English"), VersionState.choices)
    state_zh_hans = one_of(pgettext_lazy("language", "Chinese"), VersionState.choices)
    page_type = one_of(_("Type"), page_types)
    desk = one_of(_("On my desk"), list(PLACES.items()), method="by_desk")
    own = one_of(_("Whose"), [("own", _("Written by me or assigned to me"))], method="by_own")
    author = several(_("Author"), "by_author")
    reviewer = several(_("Last reviewer"), "by_reviewer")
    topic = several(_("Topic"), "by_topic")
    partner = several(_("Partner"), "by_partner")
    moment = days(_("Release date"))
    since = days(_("Last changed"))

    class Meta:
        model = ReleaseSummary
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choices = choices()
        for name, found in (("author", "person"), ("reviewer", "person"), ("topic", "topic"), ("partner", "partner")):
            self.filters[name].extra["choices"] = self.choices[found]

    def filter_queryset(self, queryset: Rows) -> Rows:
        found: Rows = super().filter_queryset(queryset)
        asked = self.form.cleaned_data
        return found if asked.get("show") or asked.get("desk") else found.filter(with_something_to_do())

    def by_show(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(SHOWN[value][1]())

    def by_state(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.in_state(value)

    def by_desk(self, rows: Rows, name: str, value: str) -> Rows:
        return rows.filter(pk__in=Queues(self.request.user).of(value).values("pk"))

    def by_own(self, rows: Rows, name: str, value: str) -> Rows:
        user = self.request.user
        return rows.filter(Q(author=user) | Q(pk__in=Assignment.objects.filter(user=user).values("release")))

    def by_author(self, rows: Rows, name: str, value: list[str]) -> Rows:
        return rows.filter(author__in=map(int, value))

    def by_reviewer(self, rows: Rows, name: str, value: list[str]) -> Rows:
        return rows.filter(reviewer__in=map(int, value))

    def by_topic(self, rows: Rows, name: str, value: list[str]) -> Rows:
        return naming(rows, topics__in=value)

    def by_partner(self, rows: Rows, name: str, value: list[str]) -> Rows:
        keys = PartnerPage.objects.filter(pk__in=value).values("translation_key")
        return naming(rows, partners__in=PartnerPage.objects.filter(translation_key__in=keys))


def naming(rows: Rows, **named: Any) -> Rows:
    return rows.filter(pk__in=ReleaseSummary.objects.filter(**named).values("pk"))


def choices() -> dict[str, list[tuple[str, str]]]:
    """{"person", "topic", "partner": [(key, name)]} of those that some release names, in one query."""
    rows = ReleaseSummary.objects.order_by()
    people = User.objects.filter(Q(pk__in=rows.values("author")) | Q(pk__in=rows.values("reviewer")))
    topics = Topic.objects.filter(pk__in=rows.values("topics"))
    partners = PartnerPage.objects.filter(pk__in=rows.values("partners"))
    found = said("person", people, "first_name", "last_name", "username").union(
        said("topic", topics, "name_en", "name_zh_hans", "slug"),
        said("partner", partners, "draft_title", "locale__language_code", "translation_key"),
        all=True,
    )
    named: defaultdict[str, dict[str, tuple[str, str]]] = defaultdict(dict)
    mine = current_language().code
    for kind, key, first, second, third in found:
        if kind == "person":
            named[kind][key] = key, f"{first} {second}".strip() or third
        elif kind == "topic":
            named[kind][key] = key, second if mine == CHINESE.code else first
        elif third not in named[kind] or second == mine:  # both versions of a partner are one
            named[kind][third] = key, first
    return defaultdict(list, {kind: in_order(them.values()) for kind, them in named.items()})


def in_order(named: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(named, key=lambda one: one[1].casefold())


def said(kind: str, rows: QuerySet[Any], *names: str) -> QuerySet[Any, Any]:
    shown = {f"said_{number}": Cast(name, TextField()) for number, name in enumerate(names)}
    kinds = {"said_kind": Value(kind, TextField()), "said_key": Cast("pk", TextField())}
    return rows.order_by().annotate(**kinds, **shown).values_list(*kinds, *shown)
