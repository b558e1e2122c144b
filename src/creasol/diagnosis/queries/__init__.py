"""What the diagnosis answers, one module per noun."""
