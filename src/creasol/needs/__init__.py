"""Needs: what a territory lacks, who says so and with what figures, and what becomes of it.

Nouns: need, evidence, author, step.
Verbs: record, share, address, cover, set aside.
"""
