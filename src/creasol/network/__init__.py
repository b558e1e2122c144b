"""Network: the organisations, the persons, and who speaks for whom.

Nouns: organisation, person, mandate.
Verbs: register, revise, give (a mandate), end (a mandate).
"""
