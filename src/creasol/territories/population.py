"""Inhabitants as pages show them: in words, as a table, as a map of circles."""

from collections.abc import Collection, Sequence

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from creasol.foundation.numbers import number, percent
from creasol.foundation.tables import Column, Table

from .maps import Map, Place, circle_map
from .models import Commune, Territory
from .queries import Totals

MOST_CIRCLES = 500


def inhabitants(count: int | None) -> str:
    """Return « 238 246 habitants »."""
    if count is None:
        return _("unknown number of inhabitants")
    return ngettext("%(count)s inhabitant", "%(count)s inhabitants", count) % {"count": number(count)}


def totals_in_words(totals: Totals) -> str:
    """Return « 13 communes, 118 064 habitants »."""
    return ngettext(
        "%(count)s commune, %(population)s inhabitants",
        "%(count)s communes, %(population)s inhabitants",
        totals.communes,
    ) % {"count": number(totals.communes), "population": number(totals.population)}


def years_in_words(years: Sequence[int]) -> str:
    """Return « 2023 », or « 2017–2023 » when the populations summed are of several years."""
    return "–".join(str(year) for year in dict.fromkeys([*years[:1], *years[-1:]]))


def commune_table(communes: Sequence[Commune], totals: Totals, *, cut: bool = False) -> Table:
    """Return the table of communes: code, inhabitants, share of the whole."""
    caption = _("Communes and their inhabitants (%(years)s)") % {"years": years_in_words(totals.years) or "—"}
    if cut:
        caption = _("The %(shown)s most populous of %(all)s communes (%(years)s)") % {
            "shown": number(len(communes)),
            "all": number(totals.communes),
            "years": years_in_words(totals.years),
        }
    return Table(
        name="communes",
        caption=caption,
        columns=[
            Column(_("Commune")),
            Column(capfirst(_("INSEE code"))),
            Column(_("Inhabitants"), number=True),
            Column(_("Share"), number=True),
        ],
        rows=[
            [
                commune.name,
                commune.code,
                number(commune.population),
                share(commune.population, totals.population),
            ]
            for commune in communes
        ],
        links=[reverse("territories:commune", args=[commune.code]) for commune in communes],
        foot=[_("Total"), "", number(totals.population), share(totals.population, totals.population)],
    )


def territory_table(
    territories: Sequence[Territory], *, caption: str, to_revise: bool = False, quiet: bool = False
) -> Table:
    """Return the table of territories read with their reference and totals, linked to their pages."""
    links = [
        reverse("territories:revise", args=[territory.pk])
        if to_revise
        else reverse("territories:territory", args=[territory.slug])
        for territory in territories
    ]
    return Table(
        name="territories",
        caption=caption,
        columns=[
            Column(_("Territory")),
            Column(_("Kind")),
            Column(_("Reference")),
            Column(_("Communes"), number=True),
            Column(_("Inhabitants"), number=True),
        ],
        rows=[
            [
                territory.name,
                territory.get_kind_display(),
                territory.reference.name if territory.reference else "—",
                number(territory.communes_count),
                number(territory.population),
            ]
            for territory in territories
        ],
        links=links,
        quiet=quiet,
    )


def part_table(parts: Sequence[Territory], *, name: str, kind: str) -> Table:
    """Return the table of the parts of a territory that are of one kind, read with their totals."""
    return Table(
        name=name,
        caption=_("Its parts: %(kind)s") % {"kind": kind},
        columns=[
            Column(_("Territory")),
            Column(_("Communes"), number=True),
            Column(_("Inhabitants"), number=True),
        ],
        rows=[[part.name, number(part.communes_count), number(part.population)] for part in parts],
        links=[reverse("territories:territory", args=[part.slug]) for part in parts],
        compact=True,
    )


def share(part: int | None, whole: int) -> str:
    """Return a part of a whole as people read it, — when either is unknown."""
    return percent(part / whole) if part is not None and whole else "—"


def population_map(communes: Sequence[Commune], *, title: str, here: Collection[str] = ()) -> Map:
    """Return the map of communes as circles as large as their inhabitants; those of ``here`` stand out.

    Of more than ``MOST_CIRCLES``, the most populous are drawn.
    """
    placed = [commune for commune in communes if None not in (commune.longitude, commune.latitude)]
    placed.sort(key=lambda commune: commune.population or 0, reverse=True)
    places = [
        Place(
            label=commune.name,
            longitude=commune.longitude,
            latitude=commune.latitude,
            value=commune.population,
            text=inhabitants(commune.population),
            href=reverse("territories:commune", args=[commune.code]),
            here=commune.code in here,
        )
        for commune in placed[:MOST_CIRCLES]
    ]
    return circle_map(places, title=title, say=number, missing=len(communes) - len(placed))
