"""The pages of the programmes: public, then staff."""
