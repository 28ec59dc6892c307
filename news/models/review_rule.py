"""By which workflow what is reviewed: "a notice one stage, a release two, a report three"."""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, Workflow, WorkflowTask

from home import gate
from home.languages import Words

from .topic import Topic


def page_types() -> list[tuple[str, Words]]:
    """[(label of the model, its name)] of all that goes public through a release."""
    found = [model for model in apps.get_models() if issubclass(model, Page) and gate.gates(model)]
    return [(model._meta.label, model._meta.verbose_name_plural or "") for model in found]


class ReviewRule(models.Model):
    """What it does not name, it says nothing of; where none fits, the section's own workflow holds."""

    page_type = models.CharField(
        gettext_lazy("kind of page"),
        max_length=100,
        blank=True,
        default="",
        db_default="",
        help_text=gettext_lazy("Left empty: pages of every kind on this topic."),
    )
    topic = models.ForeignKey(
        Topic,
        verbose_name=gettext_lazy("topic"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="review_rules",
        help_text=gettext_lazy("Left empty: whatever it is about."),
    )
    workflow = models.ForeignKey(
        Workflow,
        verbose_name=gettext_lazy("stages to pass"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="review_rules",
        help_text=gettext_lazy("The stages that both languages pass."),
    )
    workflow_name = models.CharField(
        gettext_lazy("name of the workflow"), max_length=255, blank=True, editable=False, db_default=""
    )

    class Meta:
        ordering = ["page_type", "topic__slug"]
        verbose_name = gettext_lazy("review rule")
        verbose_name_plural = gettext_lazy("review rules")
        constraints = [
            models.UniqueConstraint(fields=["page_type", "topic"], name="one_review_rule_of_a_type_and_topic"),
            models.UniqueConstraint(
                fields=["page_type"], condition=models.Q(topic=None), name="one_review_rule_of_a_type"
            ),
        ]

    def __str__(self) -> str:
        return self.sentence()

    @property
    def subject(self) -> str:
        """What it is about."""
        kinds = str(dict(page_types()).get(self.page_type, self.page_type))
        kinds = kinds[:1].upper() + kinds[1:]
        if self.topic is None:
            return kinds
        return _("%(kinds)s on “%(topic)s”") % {"kinds": kinds or _("All pages"), "topic": self.topic.name}

    @property
    def stages(self) -> list[str]:
        """Names of what is to be passed; none where the workflow is gone or disabled."""
        if self.workflow is None or not self.workflow.active:
            return []
        rows = WorkflowTask.objects.filter(workflow=self.workflow, task__active=True).order_by("sort_order")
        return list(rows.values_list("task__name", flat=True))

    def sentence(self) -> str:
        """The rule, as one would say it."""
        workflow = self.workflow.name if self.workflow is not None else self.workflow_name
        return _("%(subject)s pass “%(workflow)s”.") % {"subject": self.subject, "workflow": workflow}

    def clean(self) -> None:
        super().clean()
        if self.workflow is not None:
            self.workflow_name = self.workflow.name
        if not self.page_type and self.topic is None:
            raise ValidationError(_("Say what the rule is for: a kind of page, a topic, or both."))
        if self.page_type and self.page_type not in dict(page_types()):
            raise ValidationError({"page_type": _("There is no such kind of page.")})
        if self.page_type and self.topic is not None and not has_topics(self.page_type):
            raise ValidationError({"topic": _("Pages of this kind have no topics.")})
        same = ReviewRule.objects.filter(page_type=self.page_type, topic=self.topic).exclude(pk=self.pk)
        if same.exists():
            raise ValidationError(_("There is a rule for this already: change that one."))
        if self.workflow is not None and not has_review(self.workflow):
            raise ValidationError(
                {"workflow": _("This workflow is disabled, or has no active stage of the kind “Review”.")}
            )


def has_topics(page_type: str) -> bool:
    return hasattr(apps.get_model(page_type), "article_topics")


def has_review(workflow: Workflow) -> bool:
    tasks = WorkflowTask.objects.filter(workflow=workflow, task__active=True, task__reviewtask__isnull=False)
    return workflow.active and tasks.exists()
