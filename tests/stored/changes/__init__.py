"""Every kind of change that alters public pages, in an order in which they can be made on the demo: {name: change}"""

from . import releases, files, site  # noqa: F401, I001  # in this order
from .ways import REGISTER as REGISTER
