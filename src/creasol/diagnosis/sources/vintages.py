"""The year that a file's name tells."""

import re
from collections.abc import Iterable

from django.utils.translation import gettext as _

from .refusals import BadInputError


def year_of_names(names: Iterable[str]) -> str:
    """Return the only year in the names of files; raise `BadInputError` when there is none, or several."""
    names = list(names)
    years = {year for name in names for year in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d)", name)}
    if len(years) != 1:
        raise BadInputError(
            _("%(file)s: its name does not tell the year of the data; give it, for example --vintage 2023")
            % {"file": ", ".join(names)}
        )
    return years.pop()
