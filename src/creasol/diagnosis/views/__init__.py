"""Pages of the diagnosis, one module per noun."""
