"""A list of SIREN numbers (ESUS, ESS France…): companies of the ESS that SIRENE does not flag."""

import csv
from pathlib import Path

from django.utils.translation import gettext as _
from stdnum.exceptions import ValidationError
from stdnum.fr import siren

from .refusals import BadInputError

COLUMN = "siren"
SEPARATORS = ",;\t|"


def read_list(path: Path) -> frozenset[str]:
    """Return the numbers of the column `siren` of a CSV; raises `BadInputError` naming what is wrong, and its line."""
    try:
        lines = path.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError as error:
        raise BadInputError(
            _("%(file)s cannot be read: %(error)s") % {"file": path, "error": error.strerror}
        ) from error
    rows = csv.reader(lines, delimiter=max(SEPARATORS, key="".join(lines[:1]).count))
    header = [name.strip().lower() for name in next(rows, [])]
    if COLUMN not in header:
        raise BadInputError(
            _("%(file)s: missing column %(missing)s; columns found: %(found)s")
            % {"file": path.name, "missing": COLUMN, "found": ", ".join(header[:12])}
        )
    place = header.index(COLUMN)
    numbers = frozenset(checked(row[place], path.name, rows.line_num) for row in rows if row[place:])
    if not numbers:
        raise BadInputError(_("%(file)s is empty") % {"file": path.name})
    return numbers


def checked(text: str, file: str, line: int) -> str:
    """Return a SIREN without its spaces; raises `BadInputError` when its nine digits do not check each other."""
    try:
        return siren.validate(text)
    except ValidationError:
        raise BadInputError(
            _("%(file)s, line %(line)d: “%(met)s” is not a SIREN number")
            % {"file": file, "line": line, "met": text[:40]}
        ) from None
