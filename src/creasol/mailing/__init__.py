"""Mailing: the outbox every mail goes through, written with the fact it announces, sent after commit.

Nouns: message, notification.
Verbs: queue, deliver, purge.
"""
