"""Whose database this is: the demo writes into its own alone, since everybody knows the passwords that it sets."""

from django.contrib.auth import get_user_model
from django.db import connection
from wagtail.models import Site

from home.models import HomePage

ADMINISTRATOR, ADDRESS, PASSWORD = "admin", "admin@newsroom.example", "newsroom"

FIRST = {"django_migrations", "django_content_type"}
"""The tables that a migration makes before that of the users."""


def is_the_demos_own() -> bool:
    """Whether nothing has been set up in the database, or the demo did it.

    A first run that was broken off has made tables and no more: what it writes is one transaction.
    """
    users = get_user_model()
    tables = set(connection.introspection.table_names())
    if users._meta.db_table not in tables:
        return tables <= FIRST
    administrator = users.objects.filter(username=ADMINISTRATOR, email=ADDRESS, is_superuser=True).first()
    if administrator is not None:
        # Whoever made a site of the demo has changed its public password.
        return (
            administrator.check_password(PASSWORD)
            and Site.objects.filter(is_default_site=True, hostname="127.0.0.1").exists()
        )
    is_set_up = HomePage._meta.db_table in tables and HomePage.objects.exists()
    return not is_set_up and not users.objects.exists()
