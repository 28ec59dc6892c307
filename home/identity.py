"""Who publishes: the fields of a front page that stand around every page, and are no text of a release."""

from django.utils.translation import gettext_lazy as _

from home.languages import Words
from home.slugs import StandingSlugForm, was_released

IDENTITY = (
    "organisation",
    "logo",
    "address",
    "telephone",
    "email",
    "copyright_holder",
    "icp_number",
    "public_security_number",
    "site_id_code",
)


class HomePageForm(StandingSlugForm):
    """Once the page is there, its identity is changed in both languages at once, on a screen of its own."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        for name in IDENTITY if self.instance.pk else ():
            self.fields.pop(name, None)

    def why_it_stays(self) -> Words:
        if self.instance.pk and was_released(self.instance):
            return _("The address stays as it was when the page was first released.")
        return super().why_it_stays()
