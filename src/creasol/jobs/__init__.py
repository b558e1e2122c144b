"""Jobs: work done outside of a request, at least once, by leases that survive a dead worker.

Nouns: job, lease, periodic slot.
Verbs: enqueue, claim, run, retry.
"""
