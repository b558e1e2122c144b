"""Needs: what a territory lacks, who says so and with what figures, and what becomes of it.

Nouns: need, evidence, author, step; contribution: what somebody said, the beginning of the chain.
Verbs: record, share, address, cover, set aside; note, attach, found, follow up, take up again.
"""
