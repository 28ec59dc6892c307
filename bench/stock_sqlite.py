"""Development settings with SQLite as Django leaves it, to compare with."""

from newsroom.settings.dev import *
from newsroom.settings.dev import DATABASES

DATABASES["default"]["OPTIONS"] = {}
