"""What the diagnosis does when something happens below; one module per floor it listens to."""

from . import pages, reference_data

__all__ = ["pages", "reference_data"]
