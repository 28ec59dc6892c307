from home.front.nginx import configuration
from home.management.storing import StoringCommand


class Command(StoringCommand):
    help = "Print what nginx needs to send stored pages, for the `server` of the site."

    def handle(self, **options: object) -> None:
        self.stdout.write(configuration(), ending="")
