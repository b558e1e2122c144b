"""Diagnosis: official files in, the figures of any set of communes out.

Nouns: source, dataset, import, establishment, perimeter, indicator, figure.
Verbs: import, compute, export.
"""
