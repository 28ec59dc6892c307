"""What was settled without a change of text: warnings that are correct as they are, and what a publisher overrode."""

import django_filters
from django.db.models import OuterRef, QuerySet, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.models import Page
from wagtail.permission_policies import ModelPermissionPolicy

from home.languages import Words
from home.reports import Report
from news.jobs import REGISTER
from news.models import Job, Waiver
from news.models.waiver import check_choices

KINDS = [("False", _("Correct as it is")), ("True", _("Overridden"))]


class SettledFilter(WagtailFilterSet):
    name = django_filters.ChoiceFilter(label=_("Check"), choices=check_choices)
    overrides = django_filters.ChoiceFilter(label=_("Settled as"), choices=KINDS)

    class Meta:
        model = Waiver
        fields = ["name", "overrides"]


def link_to_release(waiver: Waiver) -> str:
    title = getattr(waiver, "release_title", "")
    if waiver.release_id is None or not title:
        return "–"
    url = reverse("newsroom_releases:release", args=[waiver.release_id])
    return format_html('<a href="{}#findings">{}</a>', url, title)


class SettledReport(Report):
    page_title = _("Settled findings")
    header_icon = "tasks"
    index_url_name = "newsroom_settled"
    index_results_url_name = "newsroom_settled_results"
    filterset_class = SettledFilter
    columns = [
        Column("said", label=_("Finding")),
        Column("kind", label=_("Settled as")),
        Column("reason", label=_("Reason")),
        Column("user_name", label=_("Who")),
        DateColumn("at", label=_("When")),
        Column("release_title", label=_("Release"), accessor=link_to_release),
    ]
    permission_policy = ModelPermissionPolicy(Waiver)
    list_export = ["name", "said", "kind", "reason", "user_name", "at", "release_title"]
    export_headings = {
        "name": _("Check"),
        "said": _("Finding"),
        "kind": _("Settled as"),
        "reason": _("Reason"),
        "user_name": _("Who"),
        "at": _("When"),
        "release_title": _("Release"),
    }

    def get_queryset(self) -> QuerySet[Waiver]:
        """Each with the title of its release: that of the page which was there first."""
        pages = Page.objects.filter(translation_key=OuterRef("release__translation_key"), alias_of=None)
        titles = Subquery(pages.order_by("pk").values("draft_title")[:1])
        return self.filter_queryset(Waiver.objects.annotate(release_title=titles).order_by("-at", "-pk"))


def step_of(job: Job) -> str:
    return f"{job.done} / {job.total}" if job.total else "–"


def state_of(job: Job) -> Words:
    if job.outcome:
        return job.get_outcome_display()
    return _("Being done") if job.lease and job.leased_until and job.leased_until > timezone.now() else _("Waiting")


class JobReport(Report):
    """What is done in the background, the newest first."""

    page_title = _("Background work")
    header_icon = "cogs"
    index_url_name = "newsroom_jobs"
    index_results_url_name = "newsroom_jobs_results"
    columns = [
        Column(
            "kind", label=_("Kind"), accessor=lambda job: REGISTER[job.kind].label if job.kind in REGISTER else job.kind
        ),
        Column("about", label=_("About"), accessor=lambda job: job.data.get("about", job.key)),
        Column("state", label=_("State"), accessor=state_of),
        Column("steps", label=_("Steps"), accessor=step_of),
        Column("error", label=_("Why it failed")),
        DateColumn("asked_at", label=_("Asked for")),
    ]
    permission_policy = ModelPermissionPolicy(Job)
    list_export = ["kind", "key", "outcome", "done", "total", "error", "asked_at", "ended_at"]
    export_headings = {"kind": _("Kind"), "key": _("About"), "outcome": _("State"), "error": _("Why it failed")}

    def get_queryset(self) -> QuerySet[Job]:
        return self.filter_queryset(Job.objects.order_by("-pk"))
