"""What the directory answers, noun by noun."""
