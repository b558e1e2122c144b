"""Indicators: each declared once; pages, tables, files and the API all read them here."""

from . import ess, facilities, make_up, place
from .declaration import REGISTRY, Block, Chart, Counted, Indicator, Row, UnavailableError, Unit

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
    "place",
]
