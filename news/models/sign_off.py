from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import TaskState

from .release import user_key


class SignOff(models.Model):
    """The last reviewer's yes to a version in which they corrected more than a slip.

    It is an approval once somebody else agrees to exactly what they signed. Whoever writes on makes it void.
    """

    task_state = models.ForeignKey(
        TaskState, verbose_name=_("stage"), on_delete=models.CASCADE, related_name="sign_offs"
    )
    stamp = models.CharField(_("stamp"), max_length=64)
    user = user_key(_("signed off by"))
    user_name = models.CharField(_("name"), max_length=255, blank=True)
    at = models.DateTimeField(_("signed off"), default=timezone.now)
    agreed_by = user_key(_("agreed by"))
    agreed_by_name = models.CharField(_("name"), max_length=255, blank=True)
    agreed_at = models.DateTimeField(_("agreed"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        ordering = ["pk"]
        verbose_name = _("sign-off")
        verbose_name_plural = _("sign-offs")

    def __str__(self) -> str:
        return f"{self.task_state_id}: {self.user_name}"
