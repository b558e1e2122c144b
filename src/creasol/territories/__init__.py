"""Territories: communes, the dated sets they make, and the calendar of a place.

Nouns: commune, former commune, territory, calendar.
Verbs: load (reference data), define, revise.
"""
