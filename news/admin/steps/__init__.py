"""What may be done with a release, and by whom."""

from . import review, correction, office, publishing, kinds, languages, privacy, copies  # noqa: F401,I001  (they register their steps, in this order)
from .base import REGISTER, Offer, Step, offers_of, offers_of_release, offers_of_version, step

__all__ = ["REGISTER", "Offer", "Step", "offers_of", "offers_of_release", "offers_of_version", "step"]
