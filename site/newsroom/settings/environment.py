"""The environment, read before anything is chosen by it: what the process was started with, then one file.

The file is `.env` beside manage.py, or the one that ENV_FILE names; an empty ENV_FILE means none. What the process was
started with wins.
"""

import os
from pathlib import Path

import environ

BASE_DIR = Path(__file__).resolve().parents[3]


def read():
    name = os.environ.get("ENV_FILE", ".env")
    if name:
        environ.Env.read_env(BASE_DIR / name)


def prepare(settings):
    """For whatever starts Django: `settings` is the module where neither the process nor the file names one."""
    read()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", settings)
