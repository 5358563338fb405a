"""Why a file is not imported."""

from web.errors import Refused


class Unreadable(Refused):
    """The file is not a table that can be read; the sentence says why and how to save it."""
