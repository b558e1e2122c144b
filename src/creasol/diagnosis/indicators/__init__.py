"""Indicators: each declared once; pages, tables, files and the API all read them here."""

from . import ess, facilities, make_up, place
from .declaration import REGISTRY, Block, Chart, Counted, Indicator, Row, UnavailableError, Unit
from .own import own_indicator

INDICATORS = tuple(sorted(REGISTRY.values(), key=lambda declared: list(Block).index(declared.block)))

__all__ = [
    "INDICATORS",
    "REGISTRY",
    "Block",
    "Chart",
    "Counted",
    "Indicator",
    "Row",
    "UnavailableError",
    "Unit",
    "ess",
    "facilities",
    "make_up",
    "own_indicator",
    "place",
]
