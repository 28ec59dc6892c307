"""Words of Wagtail's admin that the house says differently in Chinese. Naming them here keeps them in the catalogue.

One goes once Wagtail's Chinese says it as the house does: `tests/test_catalogue.py` names those that differ.
"""

from django.utils.translation import gettext_noop

gettext_noop("Approve")
