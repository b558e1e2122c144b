"""What written diagnoses answer, noun by noun."""
