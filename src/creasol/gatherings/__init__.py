"""Gatherings: the evenings, the forum, the meetings and visits of an edition, and what people said there.

Nouns: gathering, series, strand (axis or theme of a forum), workshop, host, speaker, harvest, survey answer.
Verbs: plan, propose, confirm, move, hold, cancel, note, answer.
"""
