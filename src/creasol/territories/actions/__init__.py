"""Every write of this app."""

from .reference_data import load_reference_data

__all__ = ["load_reference_data"]
