"""What can be done to written diagnoses, noun by noun."""
