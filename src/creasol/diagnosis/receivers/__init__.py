"""What the diagnosis does when something happens below; one module per floor it listens to."""

from . import directory, pages, reference_data

__all__ = ["directory", "pages", "reference_data"]
