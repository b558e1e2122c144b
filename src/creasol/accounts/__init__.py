"""Accounts: the people who sign in, by a code that is mailed to them and, if they wish, a second factor.

Nouns: user.
Verbs: invite, rename, deactivate, reactivate, export, erase.
"""
