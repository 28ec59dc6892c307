"""Bytes of a saved page -> text."""

from charset_normalizer import from_bytes
from django.utils.translation import gettext_lazy as _

from .errors import UnreadableDocument

LARGEST = 5 * 1024 * 1024
"""Bytes. A page of text is a few thousand; anything larger is not one."""


def decode(content: bytes) -> str:
    """Text with Unix line ends. Raises UnreadableDocument for what is empty, too large or not text."""
    if len(content) > LARGEST:
        raise UnreadableDocument(_("The file is larger than 5 MB."))
    if not content.strip():
        raise UnreadableDocument(_("The file is empty."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        # Old Chinese sites: GB 18030 contains GB 2312 and GBK. What else there may be is guessed.
        guess = from_bytes(content, cp_isolation=["gb18030", "big5", "utf_16", "cp1252"]).best()
        if guess is None:
            raise UnreadableDocument(_("The file is not text, or in an unknown encoding.")) from None
        text = str(guess)
    if "\x00" in text:
        raise UnreadableDocument(_("The file is not text."))
    return text.replace("\r\n", "\n").replace("\r", "\n")
