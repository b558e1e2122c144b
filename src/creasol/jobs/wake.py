"""The bells that tell the workers of this process that a job has just been committed."""

import threading
from weakref import WeakSet

_bells: WeakSet[threading.Event] = WeakSet()


def new_bell() -> threading.Event:
    """Return an event that is set whenever a job is committed in this process."""
    bell = threading.Event()
    _bells.add(bell)
    return bell


def ring() -> None:
    """Wake every worker of this process."""
    for bell in list(_bells):
        bell.set()
