"""What can be written, noun by noun."""
