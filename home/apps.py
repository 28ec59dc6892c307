from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Front page and plain pages")

    def ready(self) -> None:
        from . import checks, chrome  # noqa: F401  (the checks register themselves, the cache listens)
        from .upstream import admin_scripts

        admin_scripts.install()
