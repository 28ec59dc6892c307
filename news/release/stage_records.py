"""What became of each stage of a review is written down in words, as it comes about. Rule 25."""

from typing import Any

from django.db.models import Exists, Model, OuterRef, QuerySet
from django.db.models.signals import post_save
from django.dispatch import receiver
from wagtail.models import TaskState

from news.models import Release, StageRecord
from news.models.release import name_of
from news.models.review import is_released


def unrecorded() -> QuerySet[TaskState]:
    return TaskState.objects.filter(~Exists(StageRecord.objects.filter(task_state=OuterRef("pk"))))


def write_down(state: TaskState) -> None:
    """Names that are there stay as they are: they were true then."""
    record = StageRecord.objects.filter(task_state=state.pk).first() or begun(state)
    if state.finished_by is not None and (not record.finished_by_name or record.finished_by_id != state.finished_by_id):
        record.finished_by, record.finished_by_name = state.finished_by, name_of(state.finished_by)
    record.status, record.comment, record.revision = state.status, state.comment, state.revision_id
    record.finished_at = state.finished_at
    record.save()


def begun(state: TaskState) -> StageRecord:
    page, release, language = state.workflow_state.content_object, None, ""
    if page is not None and is_released(page):
        release = Release.objects.filter(translation_key=page.translation_key).first()
        language = page.locale.language_code
    return StageRecord(
        task_state_id=state.pk,
        release=release,
        language=language,
        stage=state.task.name,
        submitted_by_name=name_of(state.workflow_state.requested_by),
        started_at=state.started_at,
    )


@receiver(post_save, dispatch_uid="news.release.stage_records")
def after_save(sender: type[Model], instance: Model, raw: bool = False, **kwargs: Any) -> None:
    if isinstance(instance, TaskState) and not raw:
        write_down(instance)
