"""Why a reading stops: in one line that the person who gave the file can act upon."""


class BadInputError(Exception):
    """The input cannot be used; the text names the file, the row or column, and what was expected."""


class StoppedError(Exception):
    """Somebody asked the reading to stop."""
