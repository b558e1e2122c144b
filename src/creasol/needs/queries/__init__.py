"""What the needs answer, noun by noun."""
