from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from home import gate

        from .notices import events, upstream  # noqa: F401  (they listen to the trail and to reviews)
        from .release import pictures, policy, sent_back, withdrawal  # noqa: F401  (they listen to pages)

        gate.set_policy(policy.NewsPolicy())
        upstream.install()
        sent_back.install()
