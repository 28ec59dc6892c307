from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")

    def ready(self) -> None:
        from home import both, files, gate, keeping
        from home.front import process
        from home.upstream import membership

        from . import front
        from .notices import (  # noqa: F401  (two of them listen to the trail and to reviews)
            events,
            reset_mail,
            site_words,
            upstream,
        )
        from .pair import file_policy, uses  # noqa: F401  (it listens to revisions)
        from .release import (  # noqa: F401  (they listen, too)
            accounts,
            acting,
            deletion,
            leaving,
            library,
            moving,
            pictures,
            policy,
            replacing,
            sent_back,
            stage_records,
            summaries,
            taking_down,
            topics,
        )
        from .translation import characters  # noqa: F401  (it listens to translations)

        gate.set_policy(policy.NewsPolicy())
        both.set_policy(moving.NewsBothPolicy())
        files.set_policy(file_policy.NewsFilePolicy())
        keeping.set_policy(library.NewsKeepingPolicy())
        membership.set_policy(acting.NewsMembership())
        reset_mail.install()
        upstream.install()
        leaving.install()
        if process.is_on():
            front.install()
        sent_back.install()
