"""What can be done to programmes, noun by noun."""
