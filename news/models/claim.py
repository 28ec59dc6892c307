from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from .release import user_key


class Claim(models.Model):
    """A reviewer corrects the version that a stage waits for: for all others it is locked meanwhile.

    Deleted once they let go of it or sign it off; over with the stage.
    """

    task_state = models.OneToOneField(
        TaskState, verbose_name=_("stage"), on_delete=models.CASCADE, related_name="claim"
    )
    user = user_key(_("corrected by"))
    user_name = models.CharField(_("name"), max_length=255, blank=True)
    at = models.DateTimeField(_("correcting since"), default=timezone.now)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("claim of a version")
        verbose_name_plural = _("claims of versions")

    def __str__(self) -> str:
        return f"{self.task_state_id}: {self.user_name}"
