"""The pages, noun by noun."""
