from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


def build_search_index(sender, **kwargs):
    """After an update that changed the analyser; on a new site there is nothing to do yet."""
    from .search.build import build, is_current

    if not is_current():
        build()


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Front page and plain pages")

    def ready(self):
        post_migrate.connect(build_search_index, sender=self)
        from . import admin_scripts, checks, chrome  # noqa: F401  (the checks register themselves, the cache listens)

        admin_scripts.install()
