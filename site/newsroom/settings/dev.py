from .base import *
from .base import told

DEMO_ALLOWED = True
DEBUG = True
SECOND_FACTOR = told.said.get("SECOND_FACTOR", "offered").strip().lower()  # nobody has one on the first day
told.refuse()
