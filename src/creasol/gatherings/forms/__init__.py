"""What people fill in, noun by noun."""
