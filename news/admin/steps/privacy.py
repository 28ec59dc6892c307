"""Who may read it."""

from django.contrib.auth.models import User
from django.utils.translation import gettext_lazy as _
from wagtail.models import PageViewRestriction

from home.above import NotHidden
from news.admin.forms import PrivacyForm
from news.pair.pair import Pair
from news.pair.parents import stays_for_what_is_below
from news.pair.stops import stop_of
from news.release.privacy import restrict as put
from news.release.privacy import restriction_of

from .base import Data, Offered, step
from .publishing import to_publishers


@to_publishers
def offers_privacy(pair: Pair) -> Offered:
    found = restriction_of(pair)
    if not pair.pages or (found is not None and pair.is_live and stop_of(pair) is not None):
        return False
    if found is None and stays_for_what_is_below(pair, NotHidden) is not None:
        return False
    if found is None:
        return {"initial": {"restriction_type": PageViewRestriction.NONE}}
    initial = {"restriction_type": found.restriction_type, "password": found.password}
    if found.restriction_type == PageViewRestriction.GROUPS:
        initial["groups"] = [group.pk for group in found.groups.all()]
    return {"initial": initial}


@step(
    "restrict",
    _("Set who may read it"),
    _("Set: from now on it is so in both languages."),
    offers_privacy,
    form=PrivacyForm,
    writes=("restrict",),
)
def restrict(pair: Pair, user: User, data: Data) -> None:
    put(pair.release, user, data["restriction_type"], data["password"], data["groups"])
