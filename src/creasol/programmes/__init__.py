"""Programmes: a programme, its editions on one territory after another, their three phases.

Nouns: programme, edition, phase, objective, theme, partner, membership.
Verbs: plan, revise, start, complete (an edition); grant, end (a membership).
"""
