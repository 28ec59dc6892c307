from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    name = "home"
    verbose_name = _("Front page and plain pages")

    def ready(self) -> None:
        from . import above, both, checks, chrome, clock, keeping, restricting, roots, two_languages  # noqa: F401  (they register or listen)
        from .accounts import doors, own_account, rights, sessions  # noqa: F401  (they listen)
        from .front import process
        from .upstream import (
            account,
            admin_scripts,
            exports,
            form_characters,
            library_search,
            log_names,
            many_redirects,
            membership,
            one_clock,
            page_chooser,
            picture_sizes,
            read_only,
            stream_forms,
        )

        account.install()
        admin_scripts.install()
        both.install()
        doors.install()
        exports.install()
        form_characters.install()
        one_clock.install()
        own_account.install()
        keeping.install()
        library_search.install()
        log_names.install()
        many_redirects.install()
        membership.install()
        restricting.install()
        roots.install()
        page_chooser.install()
        picture_sizes.install()
        process.install()
        read_only.install()
        stream_forms.install()
        two_languages.install()
