"""What is asked of gatherings, noun by noun."""
