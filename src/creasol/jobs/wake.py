"""The bell that tells the workers of this process that a job has just been committed."""

import threading

job_waiting = threading.Event()
