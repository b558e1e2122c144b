"""Mailing: the outbox of all mails, written with the fact they tell, sent after commit, at most once.

An app describes a mail as a ``Notification`` in its ``notifications.py`` and calls ``actions.queue_message``
in the transaction of the fact; nothing else ever sends mail.

Nouns: message, notification, mailbox (development only).
Verbs: queue, deliver, retry, purge.
"""
