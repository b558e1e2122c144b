"""What can be done to the directory, noun by noun."""
