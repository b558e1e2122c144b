"""Jobs: work done outside of a request, at least once, by leases that survive a dead worker.

A task is declared with Django's Tasks API (``@task()`` in a ``tasks.py``) and must be idempotent: a job whose
worker dies is run again. ``@periodic(every=…)`` above it runs it once per period, however many workers.

Nouns: job, lease, periodic slot, worker.
Verbs: enqueue, claim, finish, fail, retry, purge.
"""
