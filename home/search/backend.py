"""`WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "home.search.backend"}}`: the one for the database in use."""

from django.db import connection

if connection.vendor == "postgresql":
    from .postgres import SearchBackend
else:
    from .sqlite import SearchBackend

__all__ = ["SearchBackend"]
