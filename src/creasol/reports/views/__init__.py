"""The pages of written diagnoses: those of everyone, and the desk of their authors."""
