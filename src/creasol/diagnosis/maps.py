"""The maps of a diagnosis: circles for numbers, shades for rates once the outlines are there."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.foundation.numbers import number
from creasol.territories.maps import Area, Map, Place, circle_map, shaded_map

from .queries.communes import CommuneLine


def circles(lines: Sequence[CommuneLine], outlines: Mapping[str, dict[str, Any]]) -> Map | None:
    """Return the map of ESS establishments, a circle on the centre of each commune; None when they are unknown."""
    if any(line.ess is None for line in lines):
        return None
    placed = [line for line in lines if line.longitude is not None and line.latitude is not None]
    places = [
        Place(
            label=line.name,
            longitude=line.longitude,
            latitude=line.latitude,
            value=line.ess,
            text=ngettext("%(count)s ESS establishment", "%(count)s ESS establishments", line.ess)
            % {"count": number(line.ess)},
            href=reverse("territories:commune", args=[line.code]),
        )
        for line in placed
    ]
    title = _("ESS employer establishments by commune")
    return circle_map(places, title=title, say=number, outlines=tuple(outlines.values()))


def shades(lines: Sequence[CommuneLine], outlines: Mapping[str, dict[str, Any]]) -> Map | None:
    """Return the map of ESS establishments per 1,000 inhabitants; None without outlines or without numbers."""
    areas = [
        Area(
            label=line.name,
            geometry=outlines[line.code],
            value=line.ess_per_1000,
            text=_("not available")
            if line.ess_per_1000 is None
            else _("%(rate)s per 1,000 inhabitants") % {"rate": number(line.ess_per_1000, 2)},
            href=reverse("territories:commune", args=[line.code]),
        )
        for line in lines
        if line.code in outlines
    ]
    if not areas or all(area.value is None for area in areas):
        return None
    title = _("ESS establishments per 1,000 inhabitants, by commune")
    return shaded_map(areas, title=title, say=partial(number, decimals=2))


def maps_of(lines: Sequence[CommuneLine], outlines: Mapping[str, dict[str, Any]]) -> list[Map]:
    """Return the maps that can be drawn."""
    return [drawn for drawn in (circles(lines, outlines), shades(lines, outlines)) if drawn is not None]
