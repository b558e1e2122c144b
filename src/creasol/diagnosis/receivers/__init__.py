"""What the diagnosis does when something happens below; one module per floor it listens to."""

from . import reference_data

__all__ = ["reference_data"]
