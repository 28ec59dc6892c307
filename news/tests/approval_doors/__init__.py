"""Ways round rules 15 to 18, and round the stages of a review, each by the real views.

By each of them something might reach readers that nobody approved, that the wrong person approved, or that was approved
otherwise than it was shown. A door gets a `walk.Walk`: somebody, a release and the version it is about.
"""

from . import decided, filed, noted, shown, staged, written  # noqa: F401  (they register their doors)
from .walk import DOORS, UNSEEN, Walk

__all__ = ["DOORS", "UNSEEN", "Walk"]
