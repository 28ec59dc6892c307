from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Front page and plain pages")

    def ready(self):
        from . import admin_scripts, checks, chrome  # noqa: F401  (the checks register themselves, the cache listens)

        admin_scripts.install()
