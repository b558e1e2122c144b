"""The pages of the directory: public, of the members, of the staff."""
