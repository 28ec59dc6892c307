from .base import *
from .base import env

DEMO_ALLOWED = True
DEBUG = True
SECRET_KEY = env("SECRET_KEY", default="only-for-development-on-this-machine")
