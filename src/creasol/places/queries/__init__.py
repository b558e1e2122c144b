"""What is asked of places, noun by noun."""
