"""The rotation as rows."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from .queries.rotation import Rotation


def rotation_header() -> list[str]:
    """Return the headings of ``rotation_rows``."""
    return [
        _("territory"),
        _("Inhabitants today"),
        _("Turn"),
        _("edition"),
        _("starts on"),
        _("ends on"),
        _("state"),
        _("example"),
    ]


def rotation_rows(rotation: Rotation) -> Iterator[list[Any]]:
    """Return a row per edition, and one for each territory that had none."""
    for stop in rotation.stops:
        place = [stop.territory.name, stop.population, stop.turn.label]
        for edition in stop.editions:
            example = _("yes") if edition.is_example else _("no")
            state = edition.get_state_display()
            yield [*place, edition.name, edition.starts_on, edition.ends_on, state, example]
        if not stop.editions:
            yield [*place, None, None, None, None, None]
