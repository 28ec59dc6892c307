"""Words of Wagtail's admin that the house says differently in Chinese. Naming them here keeps them in the catalogue."""

from django.utils.translation import gettext_noop

gettext_noop("Approve")
