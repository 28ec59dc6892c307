import socket
import threading
from io import StringIO

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import CommandError, CommandParser
from django.db import connection
from django.utils.translation import gettext as _

from home.reading import WritingCommand
from news.demo import content
from news.demo.build import build
from news.demo.database import ADMINISTRATOR, PASSWORD, is_the_demos_own
from news.management.regular import REGULAR, keep_running


class Command(WritingCommand):
    help = "Fill the site with demonstration content and serve it on this machine."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--no-serve", action="store_true", help="Only make the content")
        parser.add_argument("--port", type=int, default=8000, help="Port on 127.0.0.1 (default: 8000)")

    def handle(self, *, no_serve: bool, port: int, **options: object) -> None:
        if not settings.DEMO_ALLOWED:
            raise CommandError(_("The demo's passwords are public: it runs with development settings only."))
        if not no_serve:
            require_free(port)
        if not is_the_demos_own():
            raise CommandError(
                _(
                    "The database %(database)s holds a site that is not the demo's. The demo needs one of its own: "
                    "name an empty one in DATABASE_URL, or another folder in VAR_DIR."
                )
                % {"database": connection.settings_dict["NAME"]}
            )
        settings.SITE_URL = settings.WAGTAILADMIN_BASE_URL = f"http://127.0.0.1:{port}"
        settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"  # nobody reads the demo's mail
        self.say(_("Making the tables of the database, or bringing them up to date…"))
        call_command("migrate", verbosity=0)
        build(self.say)
        self.say(_("Noting which page shows which picture and document…"))
        call_command("rebuild_references_index", verbosity=0)
        self.introduce(port)
        if not no_serve:
            for regular in REGULAR:
                if regular.command != "check_links":  # its links lead nowhere
                    arguments = regular, threading.Event(), StringIO()
                    threading.Thread(target=keep_running, args=arguments, daemon=True).start()
            call_command("runserver", f"127.0.0.1:{port}", use_reloader=False)

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()  # into a pipe too, before what takes its time

    def introduce(self, port: int) -> None:
        base = f"http://127.0.0.1:{port}"
        places = [
            ("/en/", _("the site in English")),
            ("/zh-hans/", _("the site in Chinese")),
            ("/cms/", _("the desk; everybody signs in with the password “%(password)s”") % {"password": PASSWORD}),
        ]
        people = [(username, ", ".join(groups)) for username, *_name, groups, _language in content.PEOPLE]
        self.stdout.write("")
        for path, words in places:
            self.stdout.write(f"  {base + path:32} {words}")
        for username, groups in [*people, (ADMINISTRATOR, _("Administrator"))]:
            self.stdout.write(f"      {username:8} {groups}")
        self.say("")


def require_free(port: int) -> None:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError):
            raise CommandError(
                _("Port %(port)d is not free. Choose another: PORT=8123 make demo") % {"port": port}
            ) from None
