"""Whether the tables of the database are those of this version."""

from django.db import connection
from django.db.migrations.loader import MigrationLoader


def newer() -> list[str]:
    """Migrations that were applied by a version which knows more than this one, of apps that this one has."""
    loader = MigrationLoader(connection)
    known = set(loader.disk_migrations)
    known |= {key for migration in loader.disk_migrations.values() for key in migration.replaces}
    return sorted(".".join(key) for key in set(loader.applied_migrations) - known if key[0] in loader.migrated_apps)
