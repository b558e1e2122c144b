"""Accounts: the people who sign in.

Nouns: user.
Verbs: invite, rename, deactivate.
"""
