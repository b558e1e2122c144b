"""Foundation: the floor everyone stands on. It has no model.

Nouns: component, page, text, number, date.
Verbs: show, format, render.
"""
