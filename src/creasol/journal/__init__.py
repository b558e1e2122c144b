"""Journal: what happened, by whom, to what. Its last entries are the version of the public site.

Nouns: entry.
Verbs: record, forget (an actor), relabel (a subject).
"""
