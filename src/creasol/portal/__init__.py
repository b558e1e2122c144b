"""Portal: what looks at everything: home, search, desk, the site's own pages.

Nouns: search entry.
Verbs: search, index, prepare (an empty data folder).
"""
