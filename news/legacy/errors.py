class UnreadableDocument(Exception):
    """Why a file cannot be imported, in words for the person who imports it."""
