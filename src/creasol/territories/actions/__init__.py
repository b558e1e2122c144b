"""Every write of this app."""

from .definitions import define_territory, remove_territory, revise_territory
from .reference_data import load_reference_data

__all__ = ["define_territory", "load_reference_data", "remove_territory", "revise_territory"]
