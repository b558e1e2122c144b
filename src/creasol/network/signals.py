"""Facts told to the floors above, and what they are asked for."""

from django.dispatch import Signal

organisations_merged = Signal()
"""An entry of the directory is being merged into another: ``kept``, ``absorbed``.

Each app above answers with its rows that point at the entry absorbed: a QuerySet of a model with a field
``organisation``. They point at the one kept from then on. Rows that would then stand twice (the same list, the same
person) are left out of the answer: they stay with the entry absorbed, unseen, until the merge is undone.
"""

organisations_parted = Signal()
"""A merge was undone: ``kept``, ``absorbed``. The rows that followed it are already back where they were."""

organisations_registered = Signal()
"""Many organisations came in, or were brought up to date, at once: ``organisations``, the rows as they now stand."""
