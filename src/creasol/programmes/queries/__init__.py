"""What the programmes answer, noun by noun."""
