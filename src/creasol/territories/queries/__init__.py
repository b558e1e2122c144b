"""Every read of this app."""

from .codes import Pasted, Resolution, read_pasted, resolve_codes
from .communes import CommunePage, all_communes, commune_page, search_communes
from .definitions import Selection, Totals, possible_references, select_communes, totals_of, uses_of
from .territories import (
    TerritoryPage,
    all_territories,
    communes_of,
    comparable_territories,
    defined_territories,
    parts_of,
    territories_listed,
    territory_by_key,
    territory_page,
)

__all__ = [
    "CommunePage",
    "Pasted",
    "Resolution",
    "Selection",
    "TerritoryPage",
    "Totals",
    "all_communes",
    "all_territories",
    "commune_page",
    "communes_of",
    "comparable_territories",
    "defined_territories",
    "parts_of",
    "possible_references",
    "read_pasted",
    "resolve_codes",
    "search_communes",
    "select_communes",
    "territories_listed",
    "territory_by_key",
    "territory_page",
    "totals_of",
    "uses_of",
]
