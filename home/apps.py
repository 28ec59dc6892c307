from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Front page and plain pages")

    def ready(self) -> None:
        from . import above, both, checks, chrome, clock, keeping, restricting, roots, two_languages  # noqa: F401  (they register or listen)
        from .upstream import (
            account,
            admin_scripts,
            exports,
            form_characters,
            log_names,
            membership,
            one_clock,
            page_chooser,
        )

        account.install()
        admin_scripts.install()
        both.install()
        exports.install()
        form_characters.install()
        one_clock.install()
        keeping.install()
        log_names.install()
        membership.install()
        restricting.install()
        roots.install()
        page_chooser.install()
        two_languages.install()
