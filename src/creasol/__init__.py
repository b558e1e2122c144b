"""Création solidaire: runs a territorial programme for the emergence of solidarity economy projects."""

__version__ = "0.1.0"
