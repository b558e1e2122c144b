"""The pages of this app: public ones, and those of staff."""
